package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"praline/lessons"
	"praline/locales"
)

// checkCommand names every fault of series, and what could be better.
type checkCommand struct {
	Series []string `arg:"" name:"series" help:"Folders of series, or a folder that holds some."`
	Strict bool     `help:"Fail on advice as on faults."`
	Lang   string   `help:"Language of the report: fr, nl or en; that of the terminal without it." enum:",fr,nl,en" default:"" placeholder:"fr"`
}

// Run checks all series and says everything in one run. The exit code is 1
// where there is a fault, 2 where a path is no series.
func (c *checkCommand) Run(out io.Writer) error {
	check := checking{out: out, words: c.words(), ids: map[string]string{}}
	var misused []error
	for _, path := range c.Series {
		folders, err := check.folders(path)
		if err != nil {
			misused = append(misused, err)
		}
		for _, folder := range folders {
			if err := check.series(folder); err != nil {
				misused = append(misused, err)
			}
		}
	}
	if check.read > 0 {
		check.summary()
	}
	switch {
	case len(misused) > 0:
		return errors.Join(misused...)
	case check.faults > 0, c.Strict && check.advice > 0:
		return foundError{}
	}
	return nil
}

// words are those of --lang, else of the terminal where the checker speaks its
// language, else English.
func (c *checkCommand) words() locales.Words {
	lang := c.Lang
	if lang == "" {
		lang = reader().Lang
	}
	if lang == "de" { // bot words only
		lang = "en"
	}
	return locales.For(lang)
}

// checking is one run over some series.
type checking struct {
	out                           io.Writer
	words                         locales.Words
	ids                           map[string]string // of series read so far: their folder
	read, lessons, faults, advice int
}

// folders are the series at a path: the folder itself, or those in it.
func (c *checking) folders(path string) ([]string, error) {
	entries, err := os.ReadDir(path)
	switch info, statErr := os.Stat(path); {
	case errors.Is(statErr, fs.ErrNotExist):
		return nil, errors.New(c.words.Say("checker.no-path", "path", path))
	case statErr == nil && !info.IsDir():
		return nil, errors.New(c.words.Say("checker.no-folder", "path", path))
	case err != nil:
		return nil, c.unreadable(path, err)
	}
	var inner []string
	for _, e := range entries {
		name := e.Name()
		if name == seriesFile || filepath.Ext(name) == ".md" && name[0] >= '0' && name[0] <= '9' {
			return []string{path}, nil
		}
		if _, err := os.Stat(filepath.Join(path, name, seriesFile)); err == nil {
			inner = append(inner, filepath.Join(path, name))
		}
	}
	if len(inner) == 0 {
		return nil, errors.New(c.words.Say("checker.no-series", "path", path))
	}
	return inner, nil
}

// series reads one series and says what was found. Nothing outside its folder
// is opened, whatever its links say.
func (c *checking) series(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return c.unreadable(folder, err)
	}
	defer root.Close()
	s, report := lessons.Read(root.FS())
	c.read++
	for _, f := range report.Faults {
		fmt.Fprintln(c.out, sayFinding(c.words, folder, "check.", f))
	}
	for _, f := range report.Advice {
		fmt.Fprintln(c.out, sayFinding(c.words, folder, "advice.", f))
	}
	c.faults += len(report.Faults)
	c.advice += len(report.Advice)
	if s == nil {
		return nil
	}
	c.lessons += len(s.Lessons)
	if other, taken := c.ids[s.ID]; taken && s.ID != "" {
		c.faults++
		fmt.Fprintf(c.out, "%s: %s\n", filepath.Join(folder, seriesFile), c.words.Say("checker.id-twice", "id", s.ID, "other", other))
	}
	c.ids[s.ID] = folder
	return nil
}

func (c *checking) unreadable(path string, err error) error {
	const code = "check.folder-unreadable"
	return fmt.Errorf("%s: %s (%w): %s", path, c.words.Say(code), err, c.words.Say(code+".mend"))
}

func (c *checking) summary() {
	w := c.words
	fmt.Fprintf(c.out, "%s, %s%s%s, %s\n", w.Count("checker.series", c.read), w.Count("checker.lessons", c.lessons), w.Colon(),
		w.Count("checker.faults", c.faults), w.Count("checker.advice", c.advice))
}

// advicePage explains every advice, each under an anchor of its code.
const advicePage = "docs/trainers/advice."

// sayFinding says a finding of the series in a folder, on one line:
// "file:line: what is wrong: how to mend it" for a fault (kind "check."),
// "file:line: advice: what could be better: why (where to read more)" for
// advice (kind "advice.").
func sayFinding(words locales.Words, folder, kind string, f lessons.Finding) string {
	where := filepath.Join(folder, filepath.FromSlash(f.File))
	if f.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, f.Line)
	}
	colon := words.Colon()
	what := words.Say(kind+f.Code, f.Args...)
	if kind == "advice." {
		lang := words.Lang
		if lang != "nl" {
			lang = "fr"
		}
		return fmt.Sprintf("%s: %s%s%s%s%s (%s%s.md#%s)", where, words.Say("checker.advice-label"), colon,
			strings.TrimSuffix(what, "."), colon, strings.TrimSuffix(words.Say(kind+f.Code+".why", f.Args...), "."), advicePage, lang, f.Code)
	}
	return where + ": " + what + colon + words.Say(kind+f.Code+".mend", f.Args...)
}
