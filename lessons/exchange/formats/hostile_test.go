package formats_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"praline/lessons/exchange"
	"praline/lessons/exchange/formats"
	"praline/locales"
)

// TestHostileFiles: each is refused with words, or read within a second to
// something harmless.
func TestHostileFiles(t *testing.T) {
	deep := "<quiz>" + strings.Repeat("<a>", 100_000)
	for _, row := range []struct{ label, format, content, code string }{
		{"XML with an entity that grows", "moodle", `<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>`, "declares"},
		{"XML that asks for a file", "moodle", `<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>`, "declares"},
		{"XML with an entity that nobody declared", "moodle", `<quiz>&a;</quiz>`, "not-xml"},
		{"XML nested deep", "moodle", deep, "too-deep"},
		{"XML of another kind", "moodle", "<html></html>", "no-quiz"},
		{"XML that ends early", "moodle", "<quiz><question>", "not-xml"},
		{"no workbook", "xlsx", "row;fr", "not-xlsx"},
		{"a workbook cut short", "xlsx", string(workbook(t, "row", "fr"))[:400], "not-xlsx"},
		{"a workbook without headings", "xlsx", string(workbook(t, "a", "b")), "no-head"},
		{"rows without end", "csv", "row;fr\n" + strings.Repeat("x\n", 30_000), "too-many-rows"},
		{"columns without end", "csv", strings.Repeat(";", 1_000_000), "no-head"},
		{"braces without end", "gift", strings.Repeat("{", 500_000), ""},
		{"answers without end", "gift", "a {" + strings.Repeat("=b ", 200_000) + "}", ""},
		{"questions without end", "gift", strings.Repeat("a {T}\n\n", 20_000), ""},
		{"tags without end", "gift", "[html]" + strings.Repeat("<ul><li><b><blockquote>", 50_000) + "{T}", ""},
		{"marks without end", "gift", "[markdown]" + strings.Repeat("[", 20_000) + strings.Repeat("*a ", 20_000) + "{T}", ""},
		{"nothing", "gift", "\x00\x00", "nothing"},
		{"nothing in Aiken", "aiken", "", "nothing"},
	} {
		f, _ := formats.Named(row.format)
		began := time.Now()
		contents, err := f.Read([]byte(row.content), "fr")
		took := time.Since(began)
		if took > 20*time.Second {
			t.Errorf("%s: took %v", row.label, took)
		}
		var fault *exchange.Fault
		switch {
		case row.code == "" && err != nil, row.code != "" && (!errors.As(err, &fault) || fault.Code != row.code):
			t.Errorf("%s: %v, not %q", row.label, err, row.code)
		case contents.Questions() > exchange.MostQuestions:
			t.Errorf("%s: %d questions", row.label, contents.Questions())
		}
		if fault != nil {
			for _, id := range []string{"exchange.fault." + fault.Code, "exchange.fault." + fault.Code + ".mend"} {
				if said := locales.For("en").Say(id, fault.Args...); !locales.For("en").Has(id) || strings.Contains(said, "<no value>") {
					t.Errorf("%s: %q", id, said)
				}
			}
		}
	}
}

// workbook is one with such headings.
func workbook(t *testing.T, headings ...string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, h := range headings {
		at, _ := excelize.CoordinatesToCellName(i+1, 1)
		if err := book.SetCellStr("Sheet1", at, h); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFormulasStayText: what a spreadsheet would compute is marked on the way
// out, and is the same text on the way in.
func TestFormulasStayText(t *testing.T) {
	const list = "question;choix 1;choix 2;juste\nQui ?;=HYPERLINK(1);@b;A\n"
	f, _ := formats.Named("csv")
	contents, err := f.Read([]byte(list), "fr")
	if err != nil {
		t.Fatal(err)
	}
	s := anew(t, everything(t), contents)
	if got := exchange.Plain(s.Lessons[0].Twins["fr"].Questions[0].Choices[0].Text); got != "=HYPERLINK(1)" {
		t.Errorf("%q", got)
	}
	s.Lessons[0].Twins["fr"].Title = "=1+1"
	for name, begins := range map[string]string{"csv": ";'=1+1;"} {
		f, _ := formats.Named(name)
		content, _, _ := f.Write(s, "fr")
		if !strings.Contains(string(content), begins) {
			t.Errorf("%s", content)
		}
		if again, _ := f.Read(content, "fr"); again.Lessons[0].Twins["fr"].Title != "=1+1" {
			t.Errorf("%q", again.Lessons[0].Twins["fr"].Title)
		}
	}
}
