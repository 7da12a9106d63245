package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
	"praline/lessons/exchange/formats"
	"praline/records"
)

// exportCommand takes a series along in another format.
type exportCommand struct {
	actingFlags
	Series string `arg:"" help:"Id of the series."`
	Format string `required:"" enum:"moodle,gift,aiken,csv,xlsx,zip" help:"moodle, gift, aiken, csv, xlsx, or zip: the folder of the series."`
	Lang   string `help:"Language; needed by moodle, gift and aiken where the series has several." placeholder:"fr"`
	Output string `short:"o" required:"" help:"File to write; - is the terminal." placeholder:"FILE"`
	Live   bool   `help:"What is taught, though there is a draft."`
}

type exportFileRequest struct {
	acting
	Series string `json:"series"`
	Format string `json:"format"`
	Lang   string `json:"lang,omitempty"`
	Live   bool   `json:"live,omitempty"`
}

// exported is a file, and what it lost.
type exported struct {
	Series  string     `json:"series"`
	Version string     `json:"version"`
	Format  string     `json:"format"`
	File    string     `json:"file,omitempty"`
	Bytes   int        `json:"bytes"`
	Notes   []saidNote `json:"notes"`
	Content []byte     `json:"content,omitempty"`
}

// Run exports a series.
func (c *exportCommand) Run(out io.Writer) error {
	var answer bytes.Buffer
	if err := c.ask(&answer, "series export", exportFileRequest{c.acting(), c.Series, c.Format, c.Lang, c.Live}); err != nil {
		return err
	}
	var is exported
	if err := json.Unmarshal(answer.Bytes(), &is); err != nil {
		return err
	}
	if c.Output == "-" {
		_, err := out.Write(is.Content)
		return err
	}
	if err := os.WriteFile(c.Output, is.Content, 0o644); err != nil { //nolint:gosec // what a trainer hands on
		return foundError{fmt.Sprintf("%v: name a file that can be written with -o", err)}
	}
	is.File, is.Bytes, is.Content = c.Output, len(is.Content), nil
	if c.JSON {
		return say(out, is)
	}
	for _, n := range is.Notes {
		fmt.Fprintf(out, "%s: %s\n", n.at(c.Series), n.Words)
	}
	_, err := fmt.Fprintf(out, "%s: series %s %s as %s, %d bytes, %d notes on what it cannot hold\n", c.Output, is.Series, is.Version, is.Format, is.Bytes, len(is.Notes))
	return err
}

func (a administration) exportFile(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[exportFileRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.WriteSeries) {
		return mendable(people.ErrNotAllowed)
	}
	s, err := a.exportedSeries(ctx, actor.Org, r)
	if err != nil {
		return err
	}
	is := exported{Series: s.ID, Version: s.Version, Format: r.Format, Notes: []saidNote{}}
	if r.Format == formats.Zip {
		if is.Content, err = packed(s); err != nil {
			return err
		}
		return say(out, is)
	}
	f, ok := formats.Named(r.Format)
	if !ok {
		return foundError{fmt.Sprintf("no format %q: take moodle, gift, aiken, csv, xlsx or zip", r.Format)}
	}
	lang := r.Lang
	if lang == "" && !f.Languages && len(s.Languages) == 1 {
		lang = s.Languages[0]
	}
	if !f.Languages && lang == "" || lang != "" && !slices.Contains(s.Languages, lang) {
		return foundError{fmt.Sprintf("series %s is in %s: say which with --lang", s.ID, strings.Join(s.Languages, ", "))}
	}
	var notes []exchange.Note
	if is.Content, notes, err = f.Write(s, lang); err != nil {
		return err
	}
	is.Notes = saidNotes(notes)
	return say(out, is)
}

// exportedSeries is a draft of the organisation, else what it is taught.
func (a administration) exportedSeries(ctx context.Context, org string, r exportFileRequest) (*lessons.Series, error) {
	if !r.Live {
		s, _, err := a.house.library.Draft(ctx, org, r.Series)
		if err == nil && s != nil || err != nil && !errors.Is(err, records.ErrNone) {
			return s, err
		}
	}
	live, err := a.house.catalogue(ctx, org)
	if err != nil {
		return nil, err
	}
	if s := live.Series(r.Series); s != nil {
		return s, nil
	}
	var ids []string
	for _, s := range live.All() {
		ids = append(ids, s.ID)
	}
	return nil, foundError{fmt.Sprintf("there is no series %q: taught are %s", r.Series, strings.Join(ids, ", "))}
}

// packed is the folder of a series as it is.
func packed(s *lessons.Series) ([]byte, error) {
	files, err := archive.Files(s.Files)
	if err != nil {
		return nil, fmt.Errorf("series %s: %w", s.ID, err)
	}
	return archive.Pack(files)
}
