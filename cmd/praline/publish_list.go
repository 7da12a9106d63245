package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/lessons/library"
)

type publishList struct{ actingFlags }

// Run lists an organisation's series.
func (c *publishList) Run(out io.Writer) error {
	return c.ask(out, "publish list", publishRequest{acting: c.acting()})
}

// seriesLine is a series of an organisation.
type seriesLine struct {
	ID       string   `json:"id"`
	Live     string   `json:"live,omitempty"`  // version
	Draft    string   `json:"draft,omitempty"` // state
	Versions []string `json:"versions"`
	Open     bool     `json:"open,omitempty"` // to other organisations
}

func (a administration) listPublished(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[publishRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.SeeCatalogue) {
		return mendable(people.ErrNotAllowed)
	}
	lines, err := a.seriesLines(ctx, actor.Org)
	if err != nil {
		return err
	}
	if r.JSON {
		return say(out, lines)
	}
	for _, line := range lines {
		live := "not live"
		if line.Live != "" {
			live = "live " + line.Live
		}
		if _, err := fmt.Fprintf(out, "%s\t%s\tdraft: %s\tversions: %s\n", line.ID, live, line.Draft, strings.Join(line.Versions, " ")); err != nil {
			return err
		}
	}
	return nil
}

func (a administration) seriesLines(ctx context.Context, org string) ([]seriesLine, error) {
	drafts, err := a.house.library.Drafts(ctx, org)
	if err != nil {
		return nil, err
	}
	shelves, err := a.house.library.Shelves(ctx, org)
	lines := []seriesLine{}
	for _, d := range drafts {
		line := seriesLine{ID: d.ID, Draft: string(d.State), Versions: []string{}}
		if i := slices.IndexFunc(shelves, func(s library.Shelf) bool { return s.ID == d.ID }); i >= 0 {
			line.Open = shelves[i].Open
			if live, ok := shelves[i].Version(); ok {
				line.Live = live.Number
			}
			for _, v := range shelves[i].Versions {
				line.Versions = append(line.Versions, v.Number)
			}
		}
		lines = append(lines, line)
	}
	return lines, err
}

type publishBack struct {
	actingFlags
	ID      string `arg:"" name:"series" help:"Id of the series."`
	Version string `arg:"" help:"The version that shall be live, as \"praline publish list\" says it."`
}

// Run goes back to a former version.
func (c *publishBack) Run(out io.Writer) error {
	return c.ask(out, "publish back", publishRequest{acting: c.acting(), ID: c.ID, To: c.Version})
}

func (a administration) publishedBack(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[publishRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.ReviewSeries) {
		return mendable(people.ErrNotAllowed)
	}
	shelf, err := a.house.library.Shelf(ctx, actor.Org, r.ID)
	if err != nil {
		return inEnglish(err)
	}
	i := slices.IndexFunc(shelf.Versions, func(v library.Version) bool { return v.Number == r.To })
	if i < 0 {
		return foundError{fmt.Sprintf("%s has no version %s: \"praline publish list\" says which there are", r.ID, r.To)}
	}
	version, err := a.house.library.Back(ctx, actor.Org, r.ID, library.Mark{By: actor.Person, At: a.now()}, shelf.Versions[i].Digest)
	if err != nil {
		return inEnglish(err)
	}
	if err := a.house.people.Audit(ctx, actor, "series-back", "series:"+r.ID, "version:"+version.Number); err != nil {
		return err
	}
	if r.JSON {
		return say(out, published{ID: r.ID, Version: version.Number, State: string(library.Published), Published: true, Live: version.Number})
	}
	_, err = fmt.Fprintf(out, "%s %s is live\n", r.ID, version.Number)
	return err
}

// libraryRefusals are what the library refuses, in English, each with its mend.
var libraryRefusals = map[string]string{
	"id-open":            "a series that ships with Praline has this id: give another in series.yaml",
	"id-form":            "this id is not one: use a-z, 0-9 and hyphens in series.yaml",
	"id-taken":           "the organisation has a series of this id already",
	"version-not-higher": "the version has to rise: give a higher one in series.yaml",
	"changed-meanwhile":  "somebody changed the series meanwhile: try again",
	"nothing-changed":    "nothing changed since the version that is live: nothing to publish",
	"not-in-review":      "the series is not in review: publish it as a trainer first",
	"path-form":          "a file has a name that no series can have: rename it",
	"path-kind":          "a file is of a kind that no series has: take it out of the folder",
	"path-media":         "a picture, sound or film stands outside media/: put it there",
	"file-too-big":       "a file is too big: make it smaller",
	"series-too-big":     "the series is too big: make its pictures and films smaller",
	"too-many-files":     "the series has too many files: part it in two",
}

// inEnglish says what an administrator can mend, and exits with 1 then.
func inEnglish(err error) error {
	var refusal library.Refusal
	var broken library.Broken
	switch {
	case errors.As(err, &refusal):
		words, ok := libraryRefusals[refusal.Code]
		if !ok {
			words = refusal.Code
		}
		var details []string
		for i := 0; i+1 < len(refusal.Args); i += 2 {
			details = append(details, fmt.Sprintf("%v %v", refusal.Args[i], refusal.Args[i+1]))
		}
		if len(details) > 0 {
			words += " (" + strings.Join(details, ", ") + ")"
		}
		return foundError{words}
	case errors.As(err, &broken):
		return foundError{fmt.Sprintf("the series has %d faults: \"praline check\" lists them", len(broken.Report.Faults))}
	}
	return mendable(err)
}
