// Package table is a series as the rows of a spreadsheet, which csv and xlsx
// read and write: both languages beside each other in a row, so that a
// translator sees the twin.
//
//	row      id      right  fr               nl                fr 2          nl 2
//	lesson   sender  3      Le vrai nom      De echte naam     objective …
//	screen                  the text …       …                 its title     …
//	single   q-one          Quelle adresse ? Welk adres?       explanation   …
//	choice           x      a@b.be           a@b.be            feedback      …
//
// A row belongs to what stands above it. Texts are Markdown as in a lesson;
// what a lesson cannot hold is noted. read_list.go also reads the simplest
// sheet that there is: a question a row, its choices in columns.
package table

import (
	"strings"

	"praline/lessons/exchange"
)

// Row is a row and the line that it starts on.
type Row struct {
	Line  int
	Cells []string
}

// cell is a cell by its column, "" where there is none.
func (r Row) cell(at int) string {
	if at < 0 || at >= len(r.Cells) {
		return ""
	}
	return strings.TrimSpace(exchange.Clean(r.Cells[at]))
}

// Limits of a sheet.
const (
	MostRows    = 20_000
	MostColumns = 60
)

// words are what a row, or a column, may be called: as we write it, and as
// trainers do.
var words = map[string]string{
	"leçon": "lesson", "lecon": "lesson", "les": "lesson", "écran": "screen", "ecran": "screen", "scherm": "screen", "source": "source", "bron": "source",
	"choix": "choice", "keuze": "choice", "réponse": "answer", "reponse": "answer", "antwoord": "answer", "élément": "item", "element": "item",
	"paire": "pair", "paar": "pair", "colonnes": "columns", "kolommen": "columns", "image": "picture", "afbeelding": "picture", "série": "series",
	"serie": "series", "reeks": "series", "résumé": "summary", "resume": "summary", "samenvatting": "summary",
	"ligne": "row", "rij": "row", "type": "row", "juste": "right", "juist": "right", "correct": "right", "bonne réponse": "right", "bonne reponse": "right",
	"juiste antwoord": "right", "answer": "answer", "question": "question", "vraag": "question", "explication": "explanation", "uitleg": "explanation",
	"explanation": "explanation", "feedback": "explanation", "name": "id", "nom": "id", "naam": "id",
	"choix unique": "single", "choix multiple": "multiple", "sondage": "poll", "réponse courte": "short", "nombre": "number", "ordre": "order",
	"paires": "pairs", "trou": "gap", "één keuze": "single", "meer keuzes": "multiple", "peiling": "poll", "kort antwoord": "short", "getal": "number",
	"volgorde": "order", "paren": "pairs", "gat": "gap",
}

func known(word string) string {
	word = strings.ToLower(exchange.OneLine(word))
	if is, ok := words[word]; ok {
		return is
	}
	return word
}
