// Package library is where series are written and published: drafts, review,
// versions, and the one switch that makes a version live.
package library

import (
	"context"

	"praline/lessons"
	"praline/records"
)

// Library keeps the series of organisations.
type Library struct {
	Store records.Store
}

// Live returns the series of an organisation as they are taught now.
func (l *Library) Live(ctx context.Context, org string) ([]*lessons.Series, error) {
	return nil, nil
}
