package people

import (
	"slices"
	"strings"
	"unicode"

	"praline/locales"
)

// column is what a column of a roster says of a person.
type column string

const (
	columnNumber  column = "number"
	columnName    column = "name"
	columnFirst   column = "first" // name, where family names have a column of their own
	columnTeam    column = "team"
	columnLang    column = "language"
	columnPattern column = "pattern"
	columnRoles   column = "roles"
	columnManages column = "manages"
)

// headings are what stands over a column, in the languages of who writes
// rosters: plain letters, without accents. The first of each language is what we write.
var headings = map[column]map[string][]string{
	columnNumber: {
		"fr": {"numéro", "matricule", "numéro de matricule", "numéro de personnel", "numéro du personnel", "no", "n"},
		"nl": {"nummer", "nr", "personeelsnummer", "stamnummer", "personeelsnr"},
		"en": {"number", "employee number", "personnel number", "staff number", "id"},
	},
	columnName: {
		"fr": {"nom", "nom complet", "nom et prénom", "prénom et nom", "agent", "nom de famille"},
		"nl": {"naam", "volledige naam", "naam en voornaam", "voornaam en naam", "medewerker", "familienaam", "achternaam"},
		"en": {"name", "full name", "surname", "last name", "family name"},
	},
	columnFirst: {"fr": {"prénom"}, "nl": {"voornaam"}, "en": {"first name", "given name"}},
	columnTeam: {
		"fr": {"équipe", "service", "direction"},
		"nl": {"team", "dienst", "ploeg", "afdeling"},
		"en": {"team", "department", "unit"},
	},
	columnLang: {"fr": {"langue"}, "nl": {"taal"}, "en": {"language", "lang"}},
	columnPattern: {
		"fr": {"horaire", "horaire de travail", "régime de travail", "heures de travail"},
		"nl": {"uurrooster", "werkpatroon", "werkregime", "werkuren", "werktijd"},
		"en": {"working pattern", "pattern", "working hours", "working time"},
	},
	columnRoles: {"fr": {"rôles", "rôle"}, "nl": {"rollen", "rol"}, "en": {"roles", "role"}},
	columnManages: {
		"fr": {"dirige", "équipes dirigées", "gère", "responsable de"},
		"nl": {"leidt", "geeft leiding aan", "leidinggevende van", "verantwoordelijke voor"},
		"en": {"manages", "manager of"},
	},
}

// columns are all, in the order in which we write them.
var columns = []column{columnNumber, columnName, columnTeam, columnLang, columnPattern, columnRoles, columnManages}

// plainHeading is a heading for comparing.
func plainHeading(text string) string {
	return strings.Join(strings.FieldsFunc(folded(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// headed is the column under a heading, and in which language it is said.
func headed(text string) (c column, lang string, ok bool) {
	plain := plainHeading(text)
	for c, byLang := range headings {
		for lang, all := range byLang {
			if slices.ContainsFunc(all, func(h string) bool { return plainHeading(h) == plain }) {
				return c, lang, true
			}
		}
	}
	return "", "", false
}

// layout is where in a row stands what.
type layout struct {
	at      map[column]int
	ignored []string // headings of columns that say nothing to us
	lang    string   // in which team names are taken to be
}

// readLayout reads the headings of a roster.
func readLayout(first row) (layout, []RowFault) {
	l := layout{at: map[column]int{}, lang: locales.Languages[0]}
	var faults []RowFault
	dutch := 0
	for i, heading := range first.cells {
		c, lang, ok := headed(heading)
		switch _, twice := l.at[c]; {
		case heading == "":
		case !ok:
			l.ignored = append(l.ignored, heading)
		case twice:
			faults = append(faults, RowFault{first.number, heading, Fault{"file", "column-twice", []any{"column", heading}}})
		default:
			l.at[c] = i
		}
		if lang == "nl" {
			dutch++
		}
	}
	if dutch*2 > len(l.at) {
		l.lang = "nl"
	}
	for _, c := range []column{columnNumber, columnName} {
		if _, ok := l.at[c]; !ok {
			known := headings[c]
			faults = append(faults, RowFault{first.number, string(c), Fault{"file", "column-missing", []any{"known", known["fr"][0] + ", " + known["nl"][0] + ", " + known["en"][0]}}})
		}
	}
	return l, faults
}

// cell is what a row says in a column; given is false where it says nothing,
// and "-" says that there is none.
func (l layout) cell(r row, c column) (text string, given bool) {
	i, ok := l.at[c]
	if !ok || i >= len(r.cells) || r.cells[i] == "" {
		return "", false
	}
	if r.cells[i] == none {
		return "", true
	}
	return r.cells[i], true
}

// none is how a cell says that there is nothing, where an empty one leaves
// things as they are.
const none = "-"
