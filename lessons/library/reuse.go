package library

import (
	"context"
	"strings"
)

// Reuse counts how many of these other organisations teach a series of one as
// it is, and how many teach a series of their own that comes from it.
func (l *Library) Reuse(ctx context.Context, org, id string, others []string) (taken, adapted int, err error) {
	for _, other := range others {
		if other == org {
			continue
		}
		list, err := l.Store.List(ctx, other, kindTaken)
		if err != nil {
			return 0, 0, err
		}
		for _, r := range list {
			if r.ID == org+":"+id {
				taken++
			}
		}
		theirs, err := l.Live(ctx, other)
		if err != nil {
			return 0, 0, err
		}
		for _, s := range theirs {
			if strings.HasPrefix(s.DerivedFrom, id+" ") {
				adapted++
				break
			}
		}
	}
	return taken, adapted, nil
}
