package library

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/lessons"
	"praline/records"
)

// Publication is what somebody publishes.
type Publication struct {
	Mark
	Draft string // Draft.Digest as they saw it; "" for whatever it is
	Notes string
	Alone bool // without four eyes: the server's own administrator
}

// Broken says that a draft has faults, so that it cannot be published.
type Broken struct{ Report lessons.Report }

func (b Broken) Error() string { return fmt.Sprintf("the series has %d faults", len(b.Report.Faults)) }

// Publish makes a draft the live version: its pack is stored, then one switch
// is turned, and only if the draft is still the one that was seen. It returns
// a Refusal, or Broken, where that may not be; the live version then stays.
func (l *Library) Publish(ctx context.Context, org, id string, p Publication) (Version, error) {
	var published Version
	err := l.written(ctx, org, id, func(d *desk) error {
		series, report, err := l.Check(ctx, org, d.draft)
		if err != nil {
			return err
		}
		if err := publishable(d, p, series, report); err != nil {
			return err
		}
		content, err := l.contents(ctx, org, d.draft, func(string) bool { return true })
		if err != nil {
			return err
		}
		pack, err := Pack(content)
		if err != nil {
			return err
		}
		published = Version{
			Mark: p.Mark, Number: series.Version, Digest: digestOf(pack), Size: len(pack), Notes: p.Notes,
			Authors: d.draft.Authors, Approved: d.draft.approvers(), Experts: d.experts(series),
		}
		if err := l.storePack(ctx, org, published.Digest, pack); err != nil {
			return err
		}
		d.shelf.ID = id
		d.shelf.Versions = append(d.shelf.Versions, published)
		d.shelf.turn(p.Mark, published.Digest)
		d.draft.State, d.draft.From = Published, published.Digest
		d.draft.Authors, d.draft.Approved, d.draft.Asked = nil, nil, Request{}
		return nil
	})
	return published, err
}

// publishable says why a draft cannot be published now.
func publishable(d *desk, p Publication, series *lessons.Series, report lessons.Report) error {
	switch {
	case p.Draft != "" && p.Draft != d.draft.Digest():
		return refuse("changed-meanwhile")
	case !report.OK() || series == nil:
		return Broken{report}
	case series.ID != d.id:
		return refuse("id-differs", "id", d.id, "other", series.ID)
	}
	if highest := d.shelf.Highest(); highest != "" && !Higher(series.Version, highest) {
		return refuse("version-not-higher", "version", series.Version, "highest", highest, "next", Next(highest, false))
	}
	if p.Alone {
		return nil
	}
	if d.draft.State != InReview {
		return refuse("not-in-review")
	}
	return d.draft.FourEyes()
}

// storePack stores a pack under its digest. It is not live by that.
func (l *Library) storePack(ctx context.Context, org, digest string, pack []byte) error {
	err := l.Store.Write(ctx, records.Record{Key: records.Key{Org: org, Kind: kindPack, ID: digest}, Body: pack})
	if errors.Is(err, records.ErrConflict) { // there already, and the same: it is named by its bytes
		return nil
	}
	return err
}

// Back makes a version that was published before the live one: one switch.
func (l *Library) Back(ctx context.Context, org, id string, by Mark, digest string) (Version, error) {
	var version Version
	err := l.at(ctx, org, id, func(d *desk) error {
		var ok bool
		if version, ok = d.shelf.version(digest); !ok {
			return none(org, id)
		}
		if d.shelf.Live != digest {
			d.shelf.turn(by, digest)
		}
		return nil
	})
	return version, err
}

// PackOf returns the zip of a published version, by its digest.
func (l *Library) PackOf(ctx context.Context, org, digest string) ([]byte, error) {
	read, err := l.Store.Read(ctx, records.Key{Org: org, Kind: kindPack, ID: digest})
	switch {
	case err != nil:
		return nil, fmt.Errorf("pack of %s: %w", org, err)
	case read[0].Version == 0:
		return nil, fmt.Errorf("%s: %w", read[0].Key, records.ErrNone)
	}
	return read[0].Body, nil
}

// Next is the number after a version: its patch, or its minor number, raised.
func Next(version string, minor bool) string {
	var a, b, c int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &a, &b, &c); err != nil {
		return "1.0.0"
	}
	if minor {
		return fmt.Sprintf("%d.%d.0", a, b+1)
	}
	return fmt.Sprintf("%d.%d.%d", a, b, c+1)
}

// approvers are who approved the files as they are.
func (d Draft) approvers() []string {
	var all []string
	for _, a := range d.Approved {
		if a.Digest == d.Digest() && !slices.Contains(all, a.By) {
			all = append(all, a.By)
		}
	}
	return all
}

// Withdraw takes a series off: no version of it is live. Its versions stay, and
// Back brings any of them back.
func (l *Library) Withdraw(ctx context.Context, org, id string, by Mark) error {
	return l.at(ctx, org, id, func(d *desk) error {
		switch {
		case len(d.shelf.Versions) == 0:
			return none(org, id)
		case d.shelf.Live != "":
			d.shelf.turn(by, "")
		}
		return nil
	})
}
