package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// linked is a folder with one series, whose picture is a link to a file that
// is none of its own.
func linked(t *testing.T) (folder, secret string) {
	t.Helper()
	outside := filepath.Join(t.TempDir(), "secret.png")
	folder = t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(outside, "not for the world")
	write(filepath.Join(folder, "README.md"), "no series")
	write(filepath.Join(folder, "one", "series.yaml"), "id: one\nversion: 1.0.0\ntitle: {nl: Een}\nsummary: {nl: Een.}\nlicence: CC-BY-4.0\nauthors: [{name: Praline}]\nlevel: starter\n")
	write(filepath.Join(folder, "one", "01-les.nl.md"), "---\ntitle: Les\nminutes: 1\nobjective: Zien.\nsources: [https://example.org/]\n---\n\n# Kop\n\n![Een beeld](media/x.png)\n\n"+
		"## ? yes\n\nJa?\n\n- [x] Ja\n  > Ja.\n- [ ] Nee\n  > Toch.\n\n> Uitleg.\n")
	write(filepath.Join(folder, "one", "media", "y.png"), "a picture")
	if err := os.Symlink(outside, filepath.Join(folder, "one", "media", "x.png")); err != nil {
		t.Skip(err)
	}
	return folder, "not for the world"
}

func TestNoLinkLeadsOutOfASeries(t *testing.T) {
	folder, _ := linked(t)
	var log bytes.Buffer
	if all, err := readAll(apart{os.DirFS(folder), folder}, slog.New(slog.NewTextHandler(&log, nil))); err != nil || len(all) != 0 {
		t.Errorf("a series with a link to a file outside is taught: %d, %v", len(all), err)
	}
	if !strings.Contains(log.String(), "folder=one") || strings.Contains(log.String(), "README") {
		t.Errorf("said of it:\n%s", log.String())
	}
}

// A link that was put there after the series was read opens nothing either.
func TestNoLinkLeadsOutLater(t *testing.T) {
	folder, secret := linked(t)
	picture := filepath.Join(folder, "one", "media", "x.png")
	target, err := os.Readlink(picture)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(picture, []byte("\x89PNG\r\n\x1a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	catalogue, err := catalogueFrom(folder, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(picture); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, picture); err != nil {
		t.Fatal(err)
	}
	preview := mediaOf{&previewCommand{Series: filepath.Join(folder, "one")}}
	for label, open := range map[string]func(string) (io.ReadCloser, error){
		"served":    func(name string) (io.ReadCloser, error) { return catalogue.Open(name) },
		"previewed": func(name string) (io.ReadCloser, error) { return preview.Open(name) },
	} {
		if file, err := open("one/media/x.png"); err == nil {
			text, _ := io.ReadAll(file)
			t.Errorf("%s: the link is followed: %q is %q", label, text, secret)
		}
		file, err := open("one/media/y.png")
		if err != nil {
			t.Errorf("%s: a picture of its own: %v", label, err)
			continue
		}
		if text, _ := io.ReadAll(file); string(text) != "a picture" {
			t.Errorf("%s: %q", label, text)
		}
	}
}
