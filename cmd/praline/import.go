package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
	"praline/lessons/exchange/formats"
	"praline/lessons/library"
	"praline/locales"
	"praline/records"
)

// importCommand brings a file of another format into a draft.
type importCommand struct {
	actingFlags
	File   string `arg:"" help:"A zip of a series, or a file in GIFT, Moodle XML, XLSX, CSV or Aiken."`
	Into   string `help:"Draft that it goes into: a question of the same name is replaced, others are added." placeholder:"SERIES" xor:"into"`
	New    string `help:"Id of the new series that it becomes." placeholder:"ID" xor:"into"`
	Lang   string `help:"Language of a file that does not say its own; without it, that in its name (quiz.nl.xml), else fr." placeholder:"fr"`
	DryRun bool   `help:"Only say what it holds, and what would be lost or changed."`
}

type importFileRequest struct {
	acting
	Name   string `json:"name"`
	File   []byte `json:"file"`
	Into   string `json:"into,omitempty"`
	New    string `json:"new,omitempty"`
	Lang   string `json:"lang,omitempty"`
	DryRun bool   `json:"dryRun,omitempty"`
}

// imported is what an import did, or would do.
type imported struct {
	Series    string     `json:"series"`
	Format    string     `json:"format"`
	Lessons   int        `json:"lessons"`
	Questions int        `json:"questions"`
	Saved     bool       `json:"saved"`
	Files     []string   `json:"files"`
	Notes     []saidNote `json:"notes"`  // lost or changed
	Faults    []saidNote `json:"faults"` // of the series as it is then
}

// saidNote is a loss, a change or a fault, in English.
type saidNote struct {
	File  string `json:"file,omitempty"`
	Line  int    `json:"line,omitempty"`
	Where string `json:"where,omitempty"`
	Code  string `json:"code"`
	Words string `json:"words"`
}

// Run imports a file.
func (c *importCommand) Run(out io.Writer) error {
	if c.Into == "" && c.New == "" {
		return errors.New("say where it goes: --into SERIES for a draft that is there, or --new ID")
	}
	file, err := os.ReadFile(c.File)
	if err != nil {
		return foundError{fmt.Sprintf("%v: give the path of a file", err)}
	}
	var answer bytes.Buffer
	name := filepath.Base(c.File)
	if err := c.ask(&answer, "series import", importFileRequest{c.acting(), name, file, c.Into, c.New, c.Lang, c.DryRun}); err != nil {
		return err
	}
	if c.JSON {
		_, err := out.Write(answer.Bytes())
		return err
	}
	var did imported
	if err := json.Unmarshal(answer.Bytes(), &did); err != nil {
		return err
	}
	return did.say(out, name)
}

func (i imported) say(out io.Writer, name string) error {
	var b bytes.Buffer
	for _, n := range i.Notes {
		fmt.Fprintf(&b, "%s: %s\n", n.at(name), n.Words)
	}
	for _, f := range i.Faults {
		fmt.Fprintf(&b, "to complete: %s: %s\n", f.at(f.File), f.Words)
	}
	fmt.Fprintf(&b, "%s: %s, %d lessons, %d questions, %d notes; %d files of series %s, %d faults to complete\n",
		name, i.Format, i.Lessons, i.Questions, len(i.Notes), len(i.Files), i.Series, len(i.Faults))
	if !i.Saved {
		b.WriteString("nothing was saved; leave --dry-run away to do it\n")
	}
	_, err := out.Write(b.Bytes())
	return err
}

// at is where something stands: "quiz.txt:12: sender".
func (n saidNote) at(file string) string {
	if n.Line > 0 {
		file = fmt.Sprintf("%s:%d", file, n.Line)
	}
	if n.Where != "" {
		return file + ": " + n.Where
	}
	return file
}

func saidNotes(all []exchange.Note) []saidNote {
	words := locales.For("en")
	said := []saidNote{}
	for _, n := range all {
		said = append(said, saidNote{Line: n.Line, Where: n.Where, Code: n.Code, Words: words.Say("exchange.note."+n.Code, n.Args...)})
	}
	return said
}

func saidFaults(report lessons.Report) []saidNote {
	words := locales.For("en")
	said := []saidNote{}
	for _, f := range report.Faults {
		said = append(said, saidNote{File: f.File, Line: f.Line, Code: f.Code, Words: words.Say("check."+f.Code, f.Args...) + ": " + words.Say("check."+f.Code+".mend", f.Args...)})
	}
	return said
}

// blamed makes of an error that is the file's one that exits with 1.
func blamed(name string, err error) error {
	words := locales.For("en")
	id, line, arguments, ok := formats.Blame(err)
	if ok {
		return foundError{fmt.Sprintf("%s: %s: %s", saidNote{Line: line}.at(name), words.Say(id, arguments...), words.Say(id+".mend", arguments...))}
	}
	switch {
	case errors.As(err, new(library.Refusal)):
		return inEnglish(err)
	case errors.Is(err, records.ErrNone):
		return foundError{name + ": there is no such draft: name one with --into, or make one with --new ID"}
	}
	return mendable(err)
}

func (a administration) importFile(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[importFileRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.WriteSeries) {
		return mendable(people.ErrNotAllowed)
	}
	u, err := formats.Open(r.Name, r.File, r.Lang)
	if err != nil {
		return blamed(r.Name, err)
	}
	did := imported{Series: cmp.Or(r.New, r.Into), Format: u.Format, Saved: !r.DryRun, Notes: saidNotes(u.Notes())}
	l := a.house.library
	files, changes := u.New(r.New), []library.Change{}
	if r.New == "" {
		s, report, err := l.Draft(ctx, actor.Org, r.Into)
		if err == nil {
			files, err = u.Into(s, report)
		}
		if err != nil {
			return blamed(r.Name, err)
		}
	}
	did.Files = slices.Sorted(maps.Keys(files))
	for _, name := range did.Files {
		changes = append(changes, library.Change{Path: name, Base: library.Whatever, Content: files[name]})
	}
	if !r.DryRun {
		by := library.Mark{By: actor.Person, At: a.house.now()}
		if r.New != "" {
			_, err = l.Create(ctx, actor.Org, r.New, by, changes...)
		} else {
			_, err = l.Save(ctx, actor.Org, r.Into, by, changes...)
		}
		if err != nil {
			return blamed(r.Name, err)
		}
	}
	s, report, err := a.afterImport(ctx, actor.Org, r, files, changes)
	if err != nil {
		return blamed(r.Name, err)
	}
	did.Faults = saidFaults(report)
	for _, c := range u.Contents {
		did.Lessons, did.Questions = did.Lessons+len(c.Lessons), did.Questions+c.Questions()
	}
	if u.Format == formats.Zip && s != nil {
		did.Lessons, did.Questions = len(s.Lessons), exchange.Contents{Lessons: s.Lessons}.Questions()
	}
	return say(out, did)
}

// afterImport is the series as it is, or would be.
func (a administration) afterImport(ctx context.Context, org string, r importFileRequest, files map[string][]byte, changes []library.Change) (*lessons.Series, lessons.Report, error) {
	if r.New != "" {
		folder, err := archive.FS(files)
		if err != nil {
			return nil, lessons.Report{}, err
		}
		s, report := lessons.Read(folder)
		return s, report, nil
	}
	d, err := a.house.library.Load(ctx, org, r.Into)
	if err != nil {
		return nil, lessons.Report{}, err
	}
	return a.house.library.Check(ctx, org, d, changes...)
}
