package library

import (
	"context"
	"fmt"
	"slices"

	"praline/lessons"
)

// Live returns the series of an organisation as they are taught now: its own,
// and what it took over from others. It costs a read of the switches; packs are
// read once. The series are shared: change none.
func (l *Library) Live(ctx context.Context, org string) ([]*lessons.Series, error) {
	if org == "" {
		return nil, nil
	}
	shelves, err := l.Shelves(ctx, org)
	if err != nil {
		return nil, err
	}
	var all []*lessons.Series
	for _, shelf := range shelves {
		series, err := l.version(ctx, org, shelf)
		if err != nil {
			return nil, err
		}
		if series != nil {
			all = append(all, series)
		}
	}
	taken, err := l.taught(ctx, org)
	if err != nil {
		return nil, err
	}
	for _, series := range taken {
		if !slices.ContainsFunc(all, func(s *lessons.Series) bool { return s.ID == series.ID }) {
			all = append(all, series)
		}
	}
	return all, nil
}

// version is the live version of a shelf, nil for none. One whose pack is
// damaged is said and left out: the others are taught.
func (l *Library) version(ctx context.Context, org string, shelf Shelf) (*lessons.Series, error) {
	version, ok := shelf.Version()
	if !ok {
		return nil, nil
	}
	value, err := l.kept.value("live "+org+" "+shelf.ID+" "+version.Digest, func() (any, error) {
		pack, err := l.PackOf(ctx, org, version.Digest)
		if isNone(err) {
			pack, err = nil, nil
		}
		if err != nil {
			return nil, err
		}
		if digestOf(pack) != version.Digest {
			l.complain("a version is left out: its pack is damaged; restore a backup of the store", "series", shelf.ID, "version", version.Number)
			return (*lessons.Series)(nil), nil
		}
		series, report, err := readPack(pack)
		if err != nil || !report.OK() {
			l.complain("a version is left out: this Praline finds faults in it; publish it anew", "series", shelf.ID, "version", version.Number, "faults", len(report.Faults), "error", err)
			return (*lessons.Series)(nil), nil
		}
		return credited(series, version), nil
	})
	if err != nil {
		return nil, fmt.Errorf("series %s of %s: %w", shelf.ID, org, err)
	}
	return value.(*lessons.Series), nil
}

// credited names among the reviewers of a series who signed its facts.
func credited(s *lessons.Series, v Version) *lessons.Series {
	for _, e := range v.Experts {
		who := lessons.Person{Name: e.Name, Organisation: e.Organisation}
		if who.Name != "" && !slices.Contains(s.Reviewers, who) {
			s.Reviewers = append(s.Reviewers, who)
		}
	}
	return s
}

// Version reads a published version by its digest; nil for "" and for one that
// cannot be read.
func (l *Library) Version(ctx context.Context, org, id, digest string) (*lessons.Series, error) {
	shelf, err := l.Shelf(ctx, org, id)
	if err != nil {
		return nil, err
	}
	shelf.Live = digest
	return l.version(ctx, org, shelf)
}
