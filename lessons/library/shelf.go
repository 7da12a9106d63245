package library

import (
	"context"
	"slices"

	"golang.org/x/mod/semver"

	"praline/records"
)

// Shelf is the published versions of a series, and the switch: which of them
// is taught.
type Shelf struct {
	ID       string    `json:"id,omitempty"`
	Live     string    `json:"live,omitempty"`     // digest of a pack; "": none
	Versions []Version `json:"versions,omitempty"` // oldest first
	Open     bool      `json:"open,omitempty"`     // to all organisations on this server
	Switched []Switch  `json:"switched,omitempty"` // oldest first
}

// Version is one that was published.
type Version struct {
	Mark              // who published it
	Number   string   `json:"number"` // semantic
	Digest   string   `json:"digest"` // of its pack
	Size     int      `json:"size"`
	Notes    string   `json:"notes,omitempty"`    // what changed, in its author's words
	Authors  []string `json:"authors,omitempty"`  // persons who changed a file of it since the version before
	Approved []string `json:"approved,omitempty"` // persons; none: the server's administrator alone
	Experts  []Credit `json:"experts,omitempty"`  // who signed the facts of a lesson as it is here
}

// Credit is somebody who signed the facts of a lesson.
type Credit struct {
	Person       string `json:"person"`
	Name         string `json:"name"`
	Organisation string `json:"organisation,omitempty"`
	Lesson       string `json:"lesson"`
}

// Switch is one use of the switch.
type Switch struct {
	Mark
	To string `json:"to"` // digest
}

// maxSwitched bounds how much of the switch's history is kept.
const maxSwitched = 200

// Version returns the one that is live, false if none is.
func (s Shelf) Version() (Version, bool) { return s.version(s.Live) }

func (s Shelf) version(digest string) (Version, bool) {
	for _, v := range slices.Backward(s.Versions) { // published twice: as it was last
		if v.Digest == digest && digest != "" {
			return v, true
		}
	}
	return Version{}, false
}

// Highest is the highest number that was ever published, "" for none.
func (s Shelf) Highest() string {
	highest := ""
	for _, v := range s.Versions {
		if highest == "" || Higher(v.Number, highest) {
			highest = v.Number
		}
	}
	return highest
}

// Higher says whether a version comes after another.
func Higher(version, other string) bool { return semver.Compare("v"+version, "v"+other) > 0 }

func (s *Shelf) turn(by Mark, digest string) {
	s.Live = digest
	s.Switched = append(s.Switched, Switch{by, digest})
	s.Switched = s.Switched[max(len(s.Switched)-maxSwitched, 0):]
}

// Shelves are all of an organisation, in the order of their ids.
func (l *Library) Shelves(ctx context.Context, org string) ([]Shelf, error) {
	return records.All[Shelf](ctx, l.Store, org, kindShelf)
}

// Shelf returns that of a series; the zero value where nothing was published.
func (l *Library) Shelf(ctx context.Context, org, id string) (Shelf, error) {
	if !isID(id) {
		return Shelf{}, none(org, id)
	}
	shelf, err := records.Load[Shelf](ctx, l.Store, records.Key{Org: org, Kind: kindShelf, ID: id})
	if isNone(err) {
		err = nil
	}
	return shelf, err
}
