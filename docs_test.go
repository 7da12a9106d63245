package praline_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestLinks follows every relative link and picture of every page that people
// read here: the file is there, and so is the heading that it names.
func TestLinks(t *testing.T) {
	pages, links := markdown(t), 0
	for _, page := range pages {
		for _, target := range linksOf(read(t, page)) {
			u, err := url.Parse(target)
			if err != nil {
				t.Errorf("%s: %q is no address: %v", page, target, err)
				continue
			}
			if u.Scheme != "" || u.Host != "" {
				continue // elsewhere: tests run offline
			}
			links++
			to := page
			if u.Path != "" {
				to = filepath.Join(filepath.Dir(page), filepath.FromSlash(u.Path))
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: %q leads nowhere: correct the path, or add the file", page, target)
			} else if u.Fragment != "" && !anchors(read(t, to))[u.Fragment] {
				t.Errorf("%s: %q: %s has no such heading: correct the anchor, or take it out", page, target, to)
			}
		}
	}
	if links < 20 {
		t.Errorf("only %d relative links in %d pages: are they still found?", links, len(pages))
	}
}

// TestLinksOf holds what TestLinks stands on: how links and headings are read.
func TestLinksOf(t *testing.T) {
	const page = "# Een *eerste* kop: “ja”\n\n[a](b.md#c) ![d](e.png \"f\") [g](<h i.md>)\n<img src=\"j.png\"> <a href=\"k.md\">k</a>\n\n[l]: m.md\n\n" +
		"`[no](no.md)`\n\n```markdown\n# Geen kop\n[no](no.md)\n```\n\n## Deux mots\n\n## Deux mots\n"
	if got, want := strings.Join(linksOf(page), " | "), "b.md#c | e.png | h i.md | j.png | k.md | m.md"; got != want {
		t.Errorf("links %q, want %q", got, want)
	}
	got := anchors(page)
	for _, want := range []string{"een-eerste-kop-ja", "deux-mots", "deux-mots-1"} {
		if !got[want] {
			t.Errorf("no anchor %q in %v", want, got)
		}
	}
	if len(got) != 3 {
		t.Errorf("anchors %v", got)
	}
}

// markdown is every page of the tree but those that are only there for tests.
func markdown(t *testing.T) []string {
	t.Helper()
	var pages []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := path != "." && strings.HasPrefix(entry.Name(), ".")
		if entry.IsDir() && (hidden || entry.Name() == "testdata" || entry.Name() == "node_modules" || path == "data" || path == "bin") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".md") {
			pages = append(pages, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	fence   = regexp.MustCompile("(?ms)^```.*?^```")
	code    = regexp.MustCompile("`[^`\n]+`")
	link    = regexp.MustCompile(`\]\((?:<([^>\n]+)>|([^)\s]+))|(?:src|href)="([^"]+)"|(?m:^\[[^\]\n]+\]: (\S+))`)
	heading = regexp.MustCompile(`(?m)^#{1,6} +(.+)$`)
	named   = regexp.MustCompile(`(?:id|name)="([^"]+)"`)
)

// linksOf are the targets of a page's links and pictures, those in code aside.
func linksOf(page string) []string {
	var targets []string
	for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(fence.ReplaceAllString(page, ""), ""), -1) {
		targets = append(targets, m[1]+m[2]+m[3]+m[4])
	}
	return targets
}

// anchors are what a link to a page may name after "#": each heading in small
// letters, without punctuation, with hyphens for spaces; the same one again has
// a number.
func anchors(page string) map[string]bool {
	page = fence.ReplaceAllString(page, "")
	found := map[string]bool{}
	for _, m := range named.FindAllStringSubmatch(page, -1) {
		found[m[1]] = true
	}
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, strings.TrimSpace(m[1]))
		again := name
		for n := 1; found[again]; n++ {
			again = fmt.Sprint(name, "-", n)
		}
		found[again] = true
	}
	return found
}
