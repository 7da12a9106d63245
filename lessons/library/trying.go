package library

import (
	"context"

	"praline/lessons"
	"praline/records"
)

// TryPrefix begins the id of a draft in the chat of who tries it: what they
// answer there is no memory of the series that is taught.
const TryPrefix = "try-"

// Try lets a person have a draft among what they can be taught, until they try
// another, or "" for no longer. A draft that cannot be taught is refused as
// Broken.
func (l *Library) Try(ctx context.Context, org, person, id string) error {
	key := records.Key{Org: org, Kind: kindTrying, ID: person}
	if id == "" {
		return records.Remove(ctx, l.Store, key)
	}
	_, report, err := l.Draft(ctx, org, id)
	switch {
	case err != nil:
		return err
	case !report.OK():
		return Broken{report}
	}
	return records.Put(ctx, l.Store, key, id)
}

// Trying is the draft that a person tries, as it is now, under the id
// TryPrefix+id; nil where there is none that can be taught.
func (l *Library) Trying(ctx context.Context, org, person string) (*lessons.Series, error) {
	if org == "" || person == "" {
		return nil, nil
	}
	id, err := records.Load[string](ctx, l.Store, records.Key{Org: org, Kind: kindTrying, ID: person})
	if isNone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	series, report, err := l.Draft(ctx, org, id)
	if isNone(err) || err == nil && (!report.OK() || series == nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	tried := *series
	tried.ID = TryPrefix + id
	return &tried, nil
}
