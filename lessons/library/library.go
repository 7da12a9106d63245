// Package library is where series are written and published: drafts, review,
// versions, and the one switch that makes a version live.
//
// A draft is the files of a series' folder, each known by its digest, with who
// changed it when (draft.go, save.go); its bytes stand under that digest
// (bytes.go), so that every earlier text can be had back. It is read and
// checked by lessons.Read, as a folder is (check.go). Whoever changed a file
// since the last version cannot approve it alone (review.go).
//
// A version is an immutable pack: a zip that is known by its digest (pack.go).
// It is stored first; then one record says that it is live (publish.go), so a
// version is live whole or not at all. Live reads what is live (live.go).
//
// Persons are ids of the organisation's roster; who may do what is asked by the
// caller (people.Actor), four eyes are counted here. The time is an argument,
// within a Mark.
//
// Records of an organisation, by kind; series is a series' id:
//
//	draft    series            files, authors, state of the review
//	past     series            what was saved before, newest last
//	remarks  series            comments on lines
//	facts    series            who was asked to sign a lesson's facts, and who did
//	shelf    series            versions, which is live, whether it is open to others: the switch
//	blob     digest            bytes of a file; never listed
//	pack     digest            a published zip; never listed
//	taken    org:series        a series of another organisation that is taught here
//	trying   person            the draft that somebody tries in their own chat
//	waiting  person            an upload that somebody looks at before it goes into a series
//
// Of the whole server (organisation ""): opened, org:series, a hint where to
// look for series that are open to others.
package library

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"time"

	"praline/lessons"
	"praline/records"
)

// Library keeps the series of organisations.
type Library struct {
	Store records.Store
	// Catalogue is the open catalogue: its ids are taken, its series can be adapted.
	Catalogue lessons.Catalogue
	// Holders says how many learners of an organisation hold cards of a series;
	// nil: nobody knows.
	Holders func(ctx context.Context, org, series string) (int, error)
	Log     *slog.Logger // nil: nothing is logged

	kept cache
}

// Kinds of records.
const (
	kindDraft   = "draft"
	kindPast    = "past"
	kindRemarks = "remarks"
	kindFacts   = "facts"
	kindShelf   = "shelf"
	kindBlob    = "blob"
	kindPack    = "pack"
	kindTaken   = "taken"
	kindTrying  = "trying"
	kindOpened  = "opened" // of the whole server
)

// Limits of what is kept. A lesson itself may hold less: lessons.Read says so.
const (
	MaxText   = 256 << 10 // bytes of a text file
	MaxMedia  = 20 << 20  // bytes of a picture, a sound, a film
	MaxSeries = 40 << 20  // bytes of all files of a series
	MaxFiles  = 400       // files of a series
	maxPast   = 300       // earlier texts that can be had back
)

// Mark is who did something, and when.
type Mark struct {
	By string    `json:"by,omitempty"` // Person.ID; "" for the server's own administrator
	At time.Time `json:"at,omitzero"`
}

// Refusal is something that the person who asks can mend. Code is that of its
// words (locales: "library.<code>"), filled with Args: name, value, …
type Refusal struct {
	Code string
	Args []any
}

func (r Refusal) Error() string { return fmt.Sprintf("%s %v", r.Code, r.Args) }

func refuse(code string, arguments ...any) error { return Refusal{code, arguments} }

// idForm is what the id of a series looks like, as lessons has it.
var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func isID(id string) bool { return len(id) <= 60 && idForm.MatchString(id) }

func (l *Library) complain(message string, arguments ...any) {
	if l.Log != nil {
		l.Log.Error("library: "+message, arguments...)
	}
}

// none says that there is no such series in the organisation.
func none(org, id string) error {
	return fmt.Errorf("series %s of %s: %w", id, org, records.ErrNone)
}

func isNone(err error) bool { return errors.Is(err, records.ErrNone) }
