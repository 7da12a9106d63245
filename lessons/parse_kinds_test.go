package lessons_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"praline/lessons"
)

// page is a lesson with this body, in the base series.
func page(t testing.TB, body string) fstest.MapFS {
	t.Helper()
	folder := base(t)
	head, _, _ := strings.Cut(string(folder["01-one.fr.md"].Data), "## ? one")
	folder["01-one.fr.md"] = &fstest.MapFile{Data: []byte(head + body)}
	folder["media/link.png"] = &fstest.MapFile{Data: []byte("\x89PNG\r\n\x1a\n")}
	folder["media/fin de mois.mp3"] = &fstest.MapFile{Data: []byte("mp3")}
	return folder
}

// read is the lesson with this body; it has no fault.
func read(t *testing.T, label, body string) *lessons.Twin {
	t.Helper()
	s, report := lessons.Read(page(t, body))
	if !report.OK() {
		t.Errorf("%s: %v", label, report.Faults)
	}
	return s.Lessons[0].Twins["fr"]
}

// TestKinds reads a question of each kind, as a trainer may write it. The
// heading is on line 7.
func TestKinds(t *testing.T) {
	const because = "\n\n> Parce que.\n"
	for _, row := range []struct {
		label, body string
		want        lessons.Question
	}{
		{
			"single", "Couleur ?\n\n- [ ] Rouge\n  > Le **sang**.\n- [x] Bleu\n  > Oui.\n  >\n  > Le ciel.\n* [X] Vert\n" + because,
			lessons.Question{Kind: lessons.Multiple, Text: "Couleur ?", Choices: []lessons.Choice{
				{Text: "Rouge", Feedback: "Le **sang**.", Line: 11},
				{Text: "Bleu", Right: true, Feedback: "Oui.\n\nLe ciel.", Line: 13},
				{Text: "Vert", Right: true, Line: 17},
			}},
		},
		{
			"a choice over two lines, with marks", "Couleur ?\n\n- [x] Le `bleu`\n  _du_ ciel\n- [ ] [Rouge](https://x.be/a_(b))" + because,
			lessons.Question{Kind: lessons.Single, Text: "Couleur ?", Choices: []lessons.Choice{
				{Text: "Le `bleu` *du* ciel", Right: true, Line: 11}, {Text: "[Rouge](https://x.be/a_%28b%29)", Line: 13},
			}},
		},
		{
			"poll", "Couleur ?\n\n- [ ] Rouge\n- [ ] Bleu" + because,
			lessons.Question{Kind: lessons.Poll, Text: "Couleur ?", Choices: []lessons.Choice{{Text: "Rouge", Line: 11}, {Text: "Bleu", Line: 12}}},
		},
		{"short", "Capitale ?\n\n= Bruxelles | Bruxelles-Capitale" + because, lessons.Question{Kind: lessons.Short, Text: "Capitale ?", Accepted: []string{"Bruxelles", "Bruxelles-Capitale"}}},
		{"short, right under the text", "Capitale ?\n= mot_de_passe" + because, lessons.Question{Kind: lessons.Short, Text: "Capitale ?", Accepted: []string{"mot_de_passe"}}},
		{"short, with marks and on two lines", "Capitale ?\n\n= `sudo` | a\\*b\n= **c**" + because, lessons.Question{Kind: lessons.Short, Text: "Capitale ?", Accepted: []string{"sudo", "a*b", "c"}}},
		{"a number among words", "Combien ?\n\n= 13 | treize" + because, lessons.Question{Kind: lessons.Short, Text: "Combien ?", Accepted: []string{"13", "treize"}}},
		{"number", "Combien ?\n\n= 42 ± 2" + because, lessons.Question{Kind: lessons.Number, Text: "Combien ?", Value: 42, Tolerance: 2}},
		{"number with a comma", "Combien ?\n\n= -1 234,5 ± 0,25" + because, lessons.Question{Kind: lessons.Number, Text: "Combien ?", Value: -1234.5, Tolerance: 0.25}},
		{"number with a point", "Combien ?\n\n=1.5 +/- 0.5" + because, lessons.Question{Kind: lessons.Number, Text: "Combien ?", Value: 1.5, Tolerance: 0.5}},
		{"number with both", "Combien ?\n\n= 1.234,56" + because, lessons.Question{Kind: lessons.Number, Text: "Combien ?", Value: 1234.56}},
		{"a number with a unit is a word", "Combien ?\n\n= 42 km" + because, lessons.Question{Kind: lessons.Short, Text: "Combien ?", Accepted: []string{"42 km"}}},
		{"a telephone number is no number", "Lequel ?\n\n= 078 170 170" + because, lessons.Question{Kind: lessons.Short, Text: "Lequel ?", Accepted: []string{"078 170 170"}}},
		{"order", "Dans quel ordre ?\n\n1. Un\n1. Deux\n   lignes\n1. Trois" + because, lessons.Question{Kind: lessons.Order, Text: "Dans quel ordre ?", Items: []string{"Un", "Deux lignes", "Trois"}}},
		{
			"pairs", "Associez.\n\n| Mot | Sens |\n| --- | :-: |\n| a \\| b | *un* |\n| c | deux |" + because,
			lessons.Question{Kind: lessons.Pairs, Text: "Associez.", LeftTitle: "Mot", RightTitle: "Sens", Left: []string{"a \\| b", "c"}, Right: []string{"*un*", "deux"}},
		},
		{"gap", "Complétez.\n\nJe lis le **{{domaine | nom de domaine}}** du lien." + because, lessons.Question{Kind: lessons.Gap, Text: "Complétez.\n\nJe lis le **____** du lien.", Accepted: []string{"domaine", "nom de domaine"}}},
		{"a gap over two lines", "Le {{domaine|nom de\ndomaine}} ?" + because, lessons.Question{Kind: lessons.Gap, Text: "Le ____ ?", Accepted: []string{"domaine", "nom de domaine"}}},
		{
			"a list and a quote in the text, and an image", "Un mail dit :\n\n> Cliquez *ici* !\n>\n> - vite\n\nIl y a :\n\n* un\n* deux\n\n![Un lien](media/link.png)\n\n= non" + because,
			lessons.Question{Kind: lessons.Short, Text: "Un mail dit :\n\n> Cliquez *ici* !\n> \n> - vite\n\nIl y a :\n\n- un\n- deux", Accepted: []string{"non"}, Media: []lessons.Media{{Path: "media/link.png", Alt: "Un lien", Line: 20}}},
		},
	} {
		row.want.ID, row.want.Line, row.want.Explanation = "one", 7, "Parce que."
		twin := read(t, row.label, "## ? one\n\n"+row.body)
		got := twin.Questions[0]
		got.Text = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(got.Text) // spaces_test.go holds these
		if diff := cmp.Diff(&row.want, got); diff != "" {
			t.Errorf("%s:\n%s", row.label, diff)
		}
	}
}

// TestScreens reads screens as a trainer may write them. They start on line 7.
func TestScreens(t *testing.T) {
	const question = "\n\n## ? one\n\nBleu ?\n\n- [x] Oui\n- [ ] Non\n\n> Oui.\n"
	for _, row := range []struct {
		label, body string
		want        []lessons.Screen
	}{
		{"none", "", nil},
		{"one", "# Titre *en* `code`\n\nUn mot.", []lessons.Screen{{Line: 7, Title: "Titre en code", Text: "Un mot."}}},
		{"two, and a line that is too many", "Un.\n\n---\n\n***\n\n# Deux\n\nMots.\n\n---", []lessons.Screen{{Line: 7, Text: "Un."}, {Line: 13, Title: "Deux", Text: "Mots."}}},
		{"a title that is underlined", "Titre\n=====\n\nMots.", []lessons.Screen{{Line: 7, Title: "Titre", Text: "Mots."}}},
		{"a line under a list or a quote is no heading", "- un\n---\n> deux\n---\nTrois.", []lessons.Screen{{Line: 7, Text: "- un"}, {Line: 9, Text: "> deux"}, {Line: 11, Text: "Trois."}}},
		{"lines that are joined, and one that is broken", "Un\nmot.  \nDeux\\\nTrois.", []lessons.Screen{{Line: 7, Text: "Un mot.\\\nDeux\\\nTrois."}}},
		{"no-break spaces stay", "Dix\u00a0% «\u202foui\u202f»", []lessons.Screen{{Line: 7, Text: "Dix\u00a0% «\u202foui\u202f»"}}},
		{"marks", "__Gras__, *i*, ***les deux***, ``a ` b``, <https://x.be>, 5 \\* 3 &lt; 20.", []lessons.Screen{{Line: 7, Text: "**Gras**, *i*, ***les deux***, ``a ` b``, <https://x.be>, 5 \\* 3 &lt; 20."}}},
		{"a link whose address stands elsewhere", "Voyez [la page][p].\n\n[p]: https://x.be/a\n", []lessons.Screen{{Line: 7, Text: "Voyez [la page](https://x.be/a)."}}},
		{"lists", "1) un\n2) deux\n\n   encore\n\n+ trois", []lessons.Screen{{Line: 7, Text: "1. un\n2. deux encore\n\n- trois"}}},
		{"a comment is for writers", "<!-- à revoir -->\n\nUn <!-- ou deux --> mot.", []lessons.Screen{{Line: 9, Text: "Un mot."}}},
		{"media", "Voyez ![Un *lien*](media/link.png \"titre\").\n\n![Un son](<media/fin de mois.mp3>)\n\n![Encore](./media/fin%20de%20mois.mp3)", []lessons.Screen{{Line: 7, Text: "Voyez .", Media: []lessons.Media{
			{Path: "media/link.png", Alt: "Un lien", Line: 7}, {Path: "media/fin de mois.mp3", Alt: "Un son", Line: 9}, {Path: "media/fin de mois.mp3", Alt: "Encore", Line: 11},
		}}}},
	} {
		twin := read(t, row.label, row.body+question)
		if diff := cmp.Diff(row.want, twin.Screens); diff != "" {
			t.Errorf("%s:\n%s", row.label, diff)
		}
		if len(twin.Questions) != 1 {
			t.Errorf("%s: %d questions", row.label, len(twin.Questions))
		}
	}
}
