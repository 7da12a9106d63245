package lessons_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"praline/lessons"
	"praline/locales"
)

// TestBroken reads each series of testdata/broken: exactly the faults that its
// archive begins with, each with words in every language.
func TestBroken(t *testing.T) {
	archives, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(archives) < 40 {
		t.Fatalf("%d broken series, %v", len(archives), err)
	}
	for _, archive := range archives {
		label := strings.TrimSuffix(filepath.Base(archive), ".txtar")
		t.Run(label, func(t *testing.T) {
			folder, want := broken(t, archive)
			_, report := lessons.Read(folder)
			var got []string
			for _, f := range report.Faults {
				got = append(got, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Code))
				inWords(t, f)
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// broken is the base series with an archive's files laid over it, and what is
// wrong with it.
func broken(t *testing.T, archive string) (fstest.MapFS, []string) {
	t.Helper()
	folder := base(t)
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		if string(f.Data) == "absent\n" {
			delete(folder, f.Name)
			continue
		}
		folder[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	var want []string
	for line := range strings.Lines(string(a.Comment)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			want = append(want, line)
		}
	}
	return folder, want
}

// base is a small series without a fault.
func base(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, f := range a.Files {
		folder[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return folder
}

// inWords holds that a fault can be said, and how to mend it, in every
// language of the checker.
func inWords(t *testing.T, f lessons.Finding) {
	t.Helper()
	for _, lang := range []string{"fr", "nl", "en"} {
		words, french := locales.For(lang), locales.For("fr") // which is said where a language lacks a message
		for _, id := range []string{"check." + f.Code, "check." + f.Code + ".mend"} {
			said := words.Say(id, f.Args...)
			if said == id || lang != "fr" && said == french.Say(id, f.Args...) || strings.Contains(said, "<no value>") {
				t.Errorf("%s in %s: %q", id, lang, said)
			}
		}
	}
}

// TestBytes reads files whose bytes are unusual.
func TestBytes(t *testing.T) {
	page := string(base(t)["01-one.fr.md"].Data)
	for _, row := range []struct{ label, page, want string }{
		{"as it stands", page, ""},
		{"Windows line ends", strings.ReplaceAll(page, "\n", "\r\n"), ""},
		{"old Mac line ends", strings.ReplaceAll(page, "\n", "\r"), ""},
		{"a byte-order mark", "\uFEFF" + page, ""},
		{"no line end at the end", strings.TrimRight(page, "\n"), ""},
		{"decomposed accents", strings.ReplaceAll(page, "ç", "c\u0327"), ""},
		{"spaces behind the marks of the front matter", strings.ReplaceAll(page, "---\n", "--- \t\n"), ""},
		{"NUL", strings.Replace(page, "Bleu", "Bl\x00eu", 1), "01-one.fr.md:11 control-character"},
		{"another control character", strings.Replace(page, "Bleu", "Bl\x1beu", 1), "01-one.fr.md:11 control-character"},
		{"Latin-1", strings.Replace(page, "Bleu", "Bl\xe9u", 1), "01-one.fr.md:11 not-utf8"},
		{"UTF-16", "\xff\xfe-\x00-\x00", "01-one.fr.md:1 not-utf8"},
		{"empty", "", "01-one.fr.md:0 lesson-without-question, 01-one.fr.md:1 front-matter-missing"},
		{"too big", page + strings.Repeat("mot ", 20_000), "01-one.fr.md:0 file-too-big"},
		{"front matter too big", strings.Replace(page, "---\n", "---\n#"+strings.Repeat("[", 20_000)+"\n", 1), "01-one.fr.md:2 yaml-too-big"},
	} {
		folder := base(t)
		folder["01-one.fr.md"] = &fstest.MapFile{Data: []byte(row.page)}
		s, report := lessons.Read(folder)
		var got []string
		for _, f := range report.Faults {
			got = append(got, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Code))
			inWords(t, f)
		}
		if strings.Join(got, ", ") != row.want {
			t.Errorf("%s: got %v, want %s", row.label, got, row.want)
		}
		if row.want == "" && (s.Lessons[0].Twins["fr"].Title != "Une leçon" || s.Lessons[0].Twins["fr"].Questions[0].Explanation != "Bleu.") {
			t.Errorf("%s: read as %+v", row.label, s.Lessons[0].Twins["fr"])
		}
	}
}

// TestFolder reads what is no folder, and an empty one.
func TestFolder(t *testing.T) {
	s, report := lessons.Read(closed{})
	if s != nil || report.OK() || report.Faults[0].Code != "folder-unreadable" {
		t.Errorf("a folder that cannot be read: %v %v", s, report)
	}
	inWords(t, report.Faults[0])
	s, report = lessons.Read(fstest.MapFS{})
	if s == nil || report.OK() {
		t.Errorf("an empty folder: %v %v", s, report)
	}
	big := base(t)
	big["media/a.png"] = &fstest.MapFile{Data: make([]byte, 5<<20+1)}
	page := big["01-one.fr.md"]
	big["media/b.png"] = &fstest.MapFile{}
	page.Data = []byte(strings.Replace(string(page.Data), "Quelle", "![Un lien](media/a.png) ![Vide](media/b.png) Quelle", 1))
	_, report = lessons.Read(big)
	if len(report.Faults) != 2 || report.Faults[0].Code != "media-missing" || report.Faults[1].Code != "media-too-big" {
		t.Errorf("a big file and an empty one: %v", report.Faults)
	}
}

type closed struct{}

func (closed) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// TestEveryFaultHasASeries holds that each code in this package is found in a
// series of the tests, or named here.
func TestEveryFaultHasASeries(t *testing.T) {
	seen := map[string]bool{"file-unreadable": true, "folder-unreadable": true, "control-character": true, "not-utf8": true, "file-too-big": true, "yaml-too-big": true, "media-too-big": true}
	archives, _ := filepath.Glob("testdata/broken/*.txtar")
	for _, archive := range archives {
		_, want := broken(t, archive)
		for _, line := range want {
			_, code, _ := strings.Cut(line, " ")
			seen[code] = true
		}
	}
	for _, code := range slices.Sorted(maps.Keys(codes(t))) {
		if !seen[code] {
			t.Errorf("no broken series for %s", code)
		}
	}
}
