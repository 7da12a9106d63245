package report

import (
	"context"
	"errors"
	"maps"
	"slices"

	"praline/records"
	"praline/scheduler"
)

// tallyKey is one thing that is counted.
type tallyKey struct {
	org, team, what string
	monday          scheduler.Date
}

// Tally is what was counted in a week, by team and what.
type Tally map[string]map[string]int

// Count counts something that happened n times: "push sent", "push holiday",
// "lesson", "thanks". It is kept in memory until Flush; what a crash takes away
// is at most what came since the last one.
func (r *Reports) Count(org, team string, day scheduler.Date, what string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tallies == nil {
		r.tallies = make(map[tallyKey]int)
	}
	r.tallies[tallyKey{org, team, what, day.Monday()}] += n
}

// Flush writes what was counted; what could not be written is kept for the next
// time.
func (r *Reports) Flush(ctx context.Context) error {
	r.mu.Lock()
	counted := r.tallies
	r.tallies = nil
	r.mu.Unlock()
	byRecord := make(map[records.Key]map[tallyKey]int)
	for key, n := range counted {
		record := records.Key{Org: key.org, Kind: kindTally, ID: key.monday.String()}
		if byRecord[record] == nil {
			byRecord[record] = make(map[tallyKey]int)
		}
		byRecord[record][key] = n
	}
	var failed error
	for record, more := range byRecord {
		_, err := records.Update(ctx, r.Store, record, func(t *Tally) error {
			if *t == nil {
				*t = make(Tally)
			}
			for key, n := range more {
				if (*t)[key.team] == nil {
					(*t)[key.team] = make(map[string]int)
				}
				(*t)[key.team][key.what] += n
			}
			return nil
		})
		if err != nil {
			failed = errors.Join(failed, err)
			for key, n := range more {
				r.Count(key.org, key.team, key.monday, key.what, n)
			}
		}
	}
	return failed
}

// Tallied is what was counted in a week over all teams, what happened fewer
// than five times left out.
func (r *Reports) Tallied(ctx context.Context, org string, monday scheduler.Date) (map[string]int, error) {
	t, err := records.Load[Tally](ctx, r.Store, records.Key{Org: org, Kind: kindTally, ID: monday.String()})
	if err != nil && !errors.Is(err, records.ErrNone) {
		return nil, err
	}
	sum := make(map[string]int)
	for _, team := range slices.Collect(maps.Values(t)) {
		for what, n := range team {
			sum[what] += n
		}
	}
	maps.DeleteFunc(sum, func(_ string, n int) bool { return n < five })
	return sum, nil
}
