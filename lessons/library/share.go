package library

import (
	"context"
	"regexp"
	"strings"

	"praline/lessons"
	"praline/records"
)

// opened is a hint where a series stands that is open to others. The switch
// itself (Shelf.Open) says whether it is.
type opened struct {
	Org string `json:"org"`
	ID  string `json:"id"`
}

// Offer is a series that another organisation opened.
type Offer struct {
	Org    string
	Series *lessons.Series
}

// OpenToOthers offers what is live of a series to all organisations on this
// server, or no longer. Who took it over keeps it only as long as it is open.
func (l *Library) OpenToOthers(ctx context.Context, org, id string, open bool) error {
	err := l.at(ctx, org, id, func(d *desk) error {
		if _, ok := d.shelf.Version(); !ok {
			return refuse("not-published")
		}
		d.shelf.Open = open
		return nil
	})
	if err != nil {
		return err
	}
	hint := records.Key{Kind: kindOpened, ID: org + ":" + id}
	if !open {
		return records.Remove(ctx, l.Store, hint)
	}
	return records.Put(ctx, l.Store, hint, opened{org, id})
}

// Open are the series that organisations opened to all others.
func (l *Library) Open(ctx context.Context) ([]Offer, error) {
	hints, err := records.All[opened](ctx, l.Store, "", kindOpened)
	if err != nil {
		return nil, err
	}
	var all []Offer
	for _, hint := range hints {
		series, err := l.offered(ctx, hint.Org, hint.ID)
		if err != nil {
			return nil, err
		}
		if series != nil {
			all = append(all, Offer{hint.Org, series})
		}
	}
	return all, nil
}

// offered is a series that is open to others, nil if it is not.
func (l *Library) offered(ctx context.Context, from, id string) (*lessons.Series, error) {
	shelf, err := l.Shelf(ctx, from, id)
	if err != nil || !shelf.Open {
		return nil, err
	}
	return l.version(ctx, from, shelf)
}

// Take teaches another organisation's open series here as it is, also its later
// versions; or no longer.
func (l *Library) Take(ctx context.Context, org string, by Mark, from, id string, take bool) error {
	key := records.Key{Org: org, Kind: kindTaken, ID: from + ":" + id}
	if !take {
		if _, err := records.Load[Mark](ctx, l.Store, key); err != nil {
			return err
		}
		return records.Remove(ctx, l.Store, key)
	}
	series, err := l.offered(ctx, from, id)
	switch {
	case err != nil:
		return err
	case series == nil || from == org:
		return none(from, id)
	}
	own, err := l.Live(ctx, org)
	if err != nil {
		return err
	}
	for _, s := range own {
		if s.ID == id {
			return refuse("id-taken", "id", id)
		}
	}
	return records.Put(ctx, l.Store, key, by)
}

// taught are the series of others that an organisation took over.
func (l *Library) taught(ctx context.Context, org string) ([]*lessons.Series, error) {
	taken, err := l.Store.List(ctx, org, kindTaken)
	if err != nil {
		return nil, err
	}
	var all []*lessons.Series
	for _, r := range taken {
		from, id, _ := strings.Cut(r.ID, ":")
		series, err := l.offered(ctx, from, id)
		if err != nil {
			return nil, err
		}
		if series != nil {
			all = append(all, series)
		}
	}
	return all, nil
}

// Adapt begins a draft from a series of the open catalogue, or of another
// organisation that opened it (from), under an id of its own. It says where it
// comes from.
func (l *Library) Adapt(ctx context.Context, org string, by Mark, from, series, id string) (Draft, error) {
	source := l.Catalogue.Series(series)
	if from != "" {
		var err error
		if source, err = l.offered(ctx, from, series); err != nil {
			return Draft{}, err
		}
	}
	if source == nil || source.Files == nil {
		return Draft{}, none(from, series)
	}
	files, err := filesOf(source.Files)
	if err != nil {
		return Draft{}, err
	}
	var changes []Change
	for p, content := range files {
		if p == "series.yaml" {
			content = adapted(content, id, source)
		}
		if namedWell(p) == nil {
			changes = append(changes, Change{Path: p, Content: content})
		}
	}
	return l.Create(ctx, org, id, by, changes...)
}

var derivedLine = regexp.MustCompile(`(?m)^derived_from:.*\n`)

// adapted is series.yaml of a series that goes on from another.
func adapted(text []byte, id string, source *lessons.Series) []byte {
	text = setKey(setKey(text, "id", id), "version", "0.1.0")
	text = derivedLine.ReplaceAll(text, nil)
	if len(text) > 0 && text[len(text)-1] != '\n' {
		text = append(text, '\n')
	}
	return append(text, "derived_from: "+source.ID+" "+source.Version+"\n"...)
}

// setKey gives a key of series.yaml that stands on one line another value.
func setKey(text []byte, key, value string) []byte {
	line := regexp.MustCompile(`(?m)^` + key + `:.*$`)
	if !line.Match(text) {
		return append([]byte(key+": "+value+"\n"), text...)
	}
	return line.ReplaceAllLiteral(text, []byte(key+": "+value))
}
