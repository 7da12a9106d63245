package library

import (
	"context"
	"time"

	"praline/records"
)

// Waiting is an upload that somebody looks at before it goes into a series: one
// a person, for an hour.
type Waiting struct {
	Name    string    `json:"name"` // of the file
	Lang    string    `json:"lang,omitempty"`
	Series  string    `json:"series"`        // where it is to go
	New     bool      `json:"new,omitempty"` // a series that is not there yet
	At      time.Time `json:"at"`
	Content []byte    `json:"content"`
}

const (
	kindWaiting = "waiting"
	waitingFor  = time.Hour
)

// Wait keeps an upload for a person, in the place of the one before.
func (l *Library) Wait(ctx context.Context, org, person string, w Waiting) error {
	return records.Put(ctx, l.Store, records.Key{Org: org, Kind: kindWaiting, ID: person}, w)
}

// Waits returns what a person has waiting; records.ErrNone where there is
// nothing, or it waited for too long.
func (l *Library) Waits(ctx context.Context, org, person string, now time.Time) (Waiting, error) {
	w, err := records.Load[Waiting](ctx, l.Store, records.Key{Org: org, Kind: kindWaiting, ID: person})
	if err == nil && now.Sub(w.At) > waitingFor {
		return Waiting{}, records.ErrNone
	}
	return w, err
}

// Taken forgets what a person had waiting.
func (l *Library) Taken(ctx context.Context, org, person string) error {
	return records.Remove(ctx, l.Store, records.Key{Org: org, Kind: kindWaiting, ID: person})
}
