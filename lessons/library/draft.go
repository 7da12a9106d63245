package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"praline/records"
)

// State is how far a draft is.
type State string

// The states. A draft whose files are those of the live version is Published.
const (
	Writing   State = "draft"
	InReview  State = "review"
	Changes   State = "changes" // a reviewer asked for some
	Published State = "published"
)

// Draft is a series that is being written.
type Draft struct {
	ID       string             `json:"id"`
	Files    map[string]File    `json:"files"` // by path, as in a series' folder
	State    State              `json:"state"`
	Created  Mark               `json:"created"`
	Authors  []string           `json:"authors,omitempty"`  // who changed a file since the last version
	From     string             `json:"from,omitempty"`     // digest of the version that it goes on from
	Asked    Request            `json:"asked,omitzero"`     // for review, or for changes
	Approved []Approval         `json:"approved,omitempty"` // of any state of the files
	Readings map[string]Reading `json:"readings,omitempty"` // of files, by path: what reviewers read
}

// File is what is known of a file of a draft.
type File struct {
	Mark          // who changed it last
	Digest string `json:"digest"` // of its bytes
	Size   int    `json:"size"`
}

// Digest names the state of all files: another one for any change.
func (d Draft) Digest() string {
	sum := sha256.New()
	for _, p := range d.Paths() {
		fmt.Fprintf(sum, "%s\x00%s\n", p, d.Files[p].Digest)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Paths of all files, in order.
func (d Draft) Paths() []string { return slices.Sorted(maps.Keys(d.Files)) }

// Changed is the newest change of a file.
func (d Draft) Changed() Mark {
	newest := d.Created
	for _, f := range d.Files {
		if f.At.After(newest.At) {
			newest = f.Mark
		}
	}
	return newest
}

// Drafts are all of an organisation, in the order of their ids.
func (l *Library) Drafts(ctx context.Context, org string) ([]Draft, error) {
	return records.All[Draft](ctx, l.Store, org, kindDraft)
}

// Load returns one draft, records.ErrNone if there is none.
func (l *Library) Load(ctx context.Context, org, id string) (Draft, error) {
	if !isID(id) {
		return Draft{}, none(org, id)
	}
	return records.Load[Draft](ctx, l.Store, records.Key{Org: org, Kind: kindDraft, ID: id})
}

// Create begins a draft with some files, or leaves nothing of it behind.
func (l *Library) Create(ctx context.Context, org, id string, by Mark, files ...Change) (Draft, error) {
	switch {
	case !isID(id):
		return Draft{}, refuse("id-form", "id", id)
	case l.Catalogue.Series(id) != nil:
		return Draft{}, refuse("id-open", "id", id)
	}
	begin := func(d *desk) error {
		if d.has(kindDraft) || d.has(kindShelf) {
			return refuse("id-taken", "id", id)
		}
		d.draft = Draft{ID: id, Files: map[string]File{}, State: Writing, Created: by}
		return nil
	}
	return l.save(ctx, org, id, by, begin, files)
}

// kindsOfFiles are the names that a file of a series may end in.
var (
	textFiles  = []string{".md", ".markdown", ".yaml", ".txt", ""}
	mediaFiles = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp3", ".mp4"}
)

// IsText says whether a file is written, rather than drawn or recorded.
func IsText(name string) bool {
	return slices.Contains(textFiles, strings.ToLower(path.Ext(name)))
}

// namedWell refuses a path that is none of a series.
func namedWell(name string) error {
	extension := strings.ToLower(path.Ext(name))
	bad := func(c rune) bool {
		return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || strings.ContainsRune(`\:*?"<>|`, c)
	}
	switch {
	case name == "", len(name) > 160, path.Clean(name) != name, strings.HasPrefix(name, "/"), strings.HasPrefix(name, ".."), !utf8.ValidString(name),
		strings.ContainsFunc(name, bad), strings.Count(name, "/") > 2, strings.HasPrefix(name, "."), strings.Contains(name, "/."):
		return refuse("path-form", "path", name)
	case slices.Contains(mediaFiles, extension) && !strings.HasPrefix(name, "media/"):
		return refuse("path-media", "path", name)
	case !slices.Contains(mediaFiles, extension) && !slices.Contains(textFiles, extension):
		return refuse("path-kind", "path", name)
	}
	return nil
}
