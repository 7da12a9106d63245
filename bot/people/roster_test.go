package people_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"praline/bot/people"
)

const exemple = "Matricule;Nom;Équipe;Langue;Horaire;Rôles;Dirige\n" +
	"0071;Amélie Exemple;Finances;FR;lu-je 9h-16h;responsable;Finances, Accueil\n" +
	"0072;Bert Voorbeeld;Accueil;néerlandais;;formateur | relecteur;\n"

// TestGuidesRoster imports the rosters that the guides of administrators show.
func TestGuidesRoster(t *testing.T) {
	for _, lang := range []string{"fr", "nl"} {
		guide, err := os.ReadFile("../../docs/administrators/organisation." + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		_, example, _ := strings.Cut(string(guide), "```text\n")
		example, _, _ = strings.Cut(example, "```")
		h := newHouse(t)
		plan := h.bring([]byte(example))
		if plan.Count(people.Create) != 5 || len(plan.NewTeams) != 3 || len(plan.Ignored) > 0 {
			t.Errorf("%s: %+v", lang, plan)
		}
		for _, line := range plan.Lines {
			if line.Advice != "" {
				t.Errorf("%s: row %d: %s %q", lang, line.Row, line.Advice, line.Written)
			}
		}
		els, err := h.Find(t.Context(), "spf", "0003")
		if err != nil || len(els.Manages) != 2 || !slices.Equal(els.Roles, []people.Role{people.Manager}) {
			t.Errorf("%s: %v, %+v", lang, err, els)
		}
	}
}

func (h *house) plan(file string) people.Plan {
	h.t.Helper()
	plan, err := h.Plan(h.t.Context(), people.Shell("spf"), people.Roster{File: []byte(file)})
	if err != nil {
		h.t.Fatal(err)
	}
	return plan
}

func (h *house) bring(file []byte) people.Plan {
	h.t.Helper()
	plan, err := h.Import(h.t.Context(), people.Shell("spf"), people.Roster{File: file})
	if err != nil {
		h.t.Fatalf("%v: %v", err, plan.Faults)
	}
	return plan
}

func TestRoster(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	plan := h.plan(exemple)
	if plan.Count(people.Create) != 2 || !slices.Equal(plan.NewTeams, []string{"Finances", "Accueil"}) || len(h.all("spf")) != 0 {
		t.Fatalf("dry run: %+v", plan)
	}
	h.bring([]byte(exemple))
	amelie, err := h.Find(ctx, "spf", "0071")
	if err != nil {
		t.Fatal(err)
	}
	if amelie.Name != "Amélie Exemple" || amelie.Team != "finances" || amelie.Lang != "fr" || !slices.Equal(amelie.Manages, []string{"accueil", "finances"}) ||
		!slices.Equal(amelie.Roles, []people.Role{people.Manager}) {
		t.Errorf("%+v", amelie)
	}
	if bert, _ := h.Find(ctx, "spf", "0072"); bert.Lang != "nl" || !slices.Equal(bert.Roles, []people.Role{people.Trainer, people.Reviewer}) {
		t.Errorf("%+v", bert)
	}
	before := h.lines()
	if again := h.bring([]byte(exemple)); again.Count(people.Same) != 2 || h.lines() != before || len(h.all("spf")) != 2 {
		t.Errorf("again: %+v", again.Lines)
	}
	changed := h.plan("numéro,nom,équipe\n0071,Amélie Exemple,accueil\n0073,Carla Exemple,-\n")
	if changed.Count(people.Alter) != 1 || changed.Count(people.Create) != 1 || len(changed.Missing) != 1 || changed.Missing[0].Number != "0072" {
		t.Errorf("changed: %+v", changed)
	}
	if line := changed.Lines[0]; !slices.Equal(line.Fields, []string{"team"}) || len(line.Person.Manages) != 2 {
		t.Errorf("what a file does not say stays: %+v", line)
	}
}

func TestRosterOfWhoLeftOrIsGone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.bring([]byte(exemple))
	amelie, _ := h.Find(ctx, "spf", "0071")
	bert, _ := h.Find(ctx, "spf", "0072")
	if err := errors.Join(h.Leave(ctx, people.Shell("spf"), amelie.ID), h.Delete(ctx, people.Shell("spf"), bert.ID)); err != nil {
		t.Fatal(err)
	}
	plan := h.bring([]byte(exemple))
	if plan.Lines[0].What != people.Return || plan.Lines[1].What != people.Gone || len(h.all("spf")) != 1 {
		t.Errorf("%+v", plan.Lines)
	}
	again, err := h.Import(ctx, people.Shell("spf"), people.Roster{File: []byte(exemple), Again: true})
	if err != nil || again.Lines[1].What != people.Create {
		t.Errorf("asked for again: %+v %v", again.Lines, err)
	}
	if plan := h.bring([]byte(exemple)); plan.Count(people.Same) != 2 {
		t.Errorf("and then: %+v", plan.Lines)
	}
	if gone, err := h.store.List(ctx, "spf", "gone"); err != nil || len(gone) != 0 {
		t.Errorf("who is back is still known as deleted: %v %v", gone, err)
	}
	left, err := h.Import(ctx, people.Shell("spf"), people.Roster{File: []byte("nummer;naam\n0072;Bert Voorbeeld\n"), Leaving: true})
	if who, _ := h.Find(ctx, "spf", "0071"); err != nil || len(left.Missing) != 1 || who.Left.IsZero() {
		t.Errorf("who is missing leaves: %+v %v", who, err)
	}
}

func TestRosterFaults(t *testing.T) {
	h := newHouse(t)
	for _, row := range []struct {
		label, file string
		want        []string // row, column, code
	}{
		{"empty", "", []string{"0  file-empty"}},
		{"no headings", "7;Ada\n", []string{"1 number column-missing", "1 name column-missing"}},
		{"a column twice", "titel;naam;nummer;personeelsnummer\n", []string{"1 personeelsnummer column-twice"}},
		{"no number", "nummer;naam\n;Ada\n", []string{"2 number number-missing"}},
		{"no name", "nummer;naam\n7;\n", []string{"2 name no-name"}},
		{"a number twice", "nummer;naam\n7;Ada\n8;Bert\n7;Carl\n", []string{"4 number number-in-file"}},
		{"a language", "nummer;naam;taal\n7;Ada;Klingon\n", []string{"2 language language"}},
		{"a role", "nummer;naam;rol\n7;Ada;koning, opleider\n", []string{"2 roles role"}},
		{"formulas", "nummer;naam;dienst\n7;=1+1;@a\n8;+b;\n", []string{"2 name formula", "2 team formula", "3 name formula"}},
		{"a long name", "nummer;naam\n7;" + strings.Repeat("a", 201) + "\n", []string{"2 name long"}},
		{"a control character", "nummer;naam\n7;A\x01da\n", []string{"2 name characters"}},
		{"several rows, several faults", "nummer;naam;taal\n\n7;;x\n8;Bert;nl\n9;;nl\n", []string{"3 language language", "5 name no-name"}},
	} {
		plan := h.plan(row.file)
		var got []string
		for _, f := range plan.Faults {
			got = append(got, fmt.Sprintf("%d %s %s", f.Row, f.Column, f.Fault.Code))
			if strings.Contains(f.Error(), "people.fault") {
				t.Errorf("%s: no words: %s", row.label, f.Error())
			}
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, not %q", row.label, got, row.want)
		}
		if _, err := h.Import(t.Context(), people.Shell("spf"), people.Roster{File: []byte(row.file)}); !errors.Is(err, people.ErrRosterFaults) {
			t.Errorf("%s: imported: %v", row.label, err)
		}
	}
	if n := len(h.all("spf")); n != 0 {
		t.Errorf("%d people came in", n)
	}
}

func TestRosterFilesThatAreNone(t *testing.T) {
	h := newHouse(t)
	for _, row := range []struct{ label, file, code string }{
		{"an old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-xls"},
		{"a broken zip", "PK\x03\x04 no", "file-unreadable"},
		{"NUL", "nummer;naam\n7;A\x00\n", "file-unreadable"},
		{"quotes", "nummer;naam\n7;\"Ada\n", "file-quotes"},
		{"too large", strings.Repeat("a", 11<<20), "file-large"},
		{"too many rows", "nummer;naam\n" + strings.Repeat("1;a\n", 60_001), "file-rows"},
		{"too many cells", "nummer;naam\n" + strings.Repeat("a;", 101), "file-rows"},
	} {
		_, err := h.Plan(t.Context(), people.Shell("spf"), people.Roster{File: []byte(row.file)})
		if fault := (people.Fault{}); !errors.As(err, &fault) || fault.Code != row.code {
			t.Errorf("%s: %v", row.label, err)
		}
	}
}

func TestRosterEncodings(t *testing.T) {
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(exemple)
	latin, _ := charmap.Windows1252.NewEncoder().String(exemple)
	for label, file := range map[string]string{
		"UTF-8": exemple, "UTF-8 with its mark": "\ufeff" + exemple, "UTF-16": utf16, "windows-1252": latin,
		"commas": strings.ReplaceAll(strings.ReplaceAll(exemple, ", ", " / "), ";", ","), "tabs": strings.ReplaceAll(exemple, ";", "\t"),
		"told by Excel": "sep=;\r\n" + strings.ReplaceAll(exemple, "\n", "\r\n"), "an XLSX": string(workbook(t)),
	} {
		h := newHouse(t)
		h.bring([]byte(file))
		if who, err := h.Find(t.Context(), "spf", "0071"); err != nil || who.Name != "Amélie Exemple" || len(who.Manages) != 2 {
			t.Errorf("%s: %+v %v", label, who, err)
		}
	}
}

func workbook(t *testing.T) []byte {
	book := excelize.NewFile()
	defer book.Close()
	for i, line := range strings.Split(strings.TrimSpace(exemple), "\n") {
		var cells []any
		for cell := range strings.SplitSeq(line, ";") {
			cells = append(cells, cell)
		}
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellValue("Sheet1", "A4", 123456789012345); err != nil { // long numbers are shown rounded
		t.Fatal(err)
	}
	_ = book.SetCellValue("Sheet1", "B4", "Carla Exemple")
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRosterLongNumbersOfWorkbooks(t *testing.T) {
	h := newHouse(t)
	h.bring(workbook(t))
	if _, err := h.Find(t.Context(), "spf", "123456789012345"); err != nil {
		t.Error(err)
	}
}

func large(n int) []byte {
	var b bytes.Buffer
	b.WriteString("matricule;nom;équipe;langue;horaire\n")
	for i := range n {
		fmt.Fprintf(&b, "%06d;Personne Exemple %d;Équipe %d;%s;lu-je 9h-16h\n", i, i, i%200, []string{"fr", "nl"}[i%2])
	}
	return b.Bytes()
}

// What is written is no formula, and comes back as it was.
func TestRosterComesBack(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.bring([]byte(exemple))
	h.person("spf", people.Person{Number: "-9", Name: "=cmd|' /C calc'!A0"})
	var out bytes.Buffer
	if err := h.Export(ctx, people.Shell("spf"), "nl", &out); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.HasPrefix(text, "\ufeffnummer;naam;team;") || strings.Contains(text, ";=") || !strings.Contains(text, "'=cmd") {
		t.Errorf("%s", text)
	}
	if plan := h.bring(out.Bytes()); plan.Count(people.Same) != 3 {
		t.Errorf("%+v", plan.Lines)
	}
}

func TestRosterKeepsAnAdministrator(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.bring([]byte("number;name;roles\n1;Ada Exemple;admin\n2;Bert Voorbeeld;\n"))
	ada, _ := h.Find(ctx, "spf", "1")
	for label, roster := range map[string]people.Roster{
		"the role is taken":   {File: []byte("number;name;roles\n1;Ada Exemple;-\n")},
		"they are missing":    {File: []byte("number;name\n2;Bert Voorbeeld\n"), Leaving: true},
		"they become another": {File: []byte("number;name;roles\n1;Ada Exemple;trainer\n")},
	} {
		plan, err := h.Import(ctx, h.actor("spf", ada.ID), roster)
		if !errors.Is(err, people.ErrRosterFaults) || len(plan.Faults) != 1 || plan.Faults[0].Fault.Code != "no-administrator" {
			t.Errorf("%s: %v %v", label, plan.Faults, err)
		}
	}
	given := people.Roster{File: []byte("number;name;roles\n1;Ada Exemple;-\n2;Bert Voorbeeld;admin\n")}
	if _, err := h.Import(ctx, h.actor("spf", ada.ID), given); err != nil {
		t.Errorf("the role is given on: %v", err)
	}
}
