package people

import (
	"slices"
	"strings"

	"praline/locales"
)

// roleWords are what rosters call a role, beside what our pages call it.
var roleWords = map[Role][]string{
	Learner:       {"agent", "medewerker", "apprenant", "lerende"},
	Trainer:       {"formateur", "formatrice", "opleider", "lesgever", "auteur"},
	Reviewer:      {"relecteur", "relectrice", "réviseur", "nalezer", "beoordelaar"},
	Manager:       {"responsable", "chef", "chef d'équipe", "leidinggevende", "teamleider", "diensthoofd"},
	Administrator: {"administrateur", "administratrice", "admin", "beheerder"},
}

// readRole is the role that a word means, in French, Dutch or English.
func readRole(word string) (Role, bool) {
	plain := plainHeading(word)
	for _, role := range Roles {
		if plain == string(role) || slices.ContainsFunc(roleWords[role], func(w string) bool { return plainHeading(w) == plain }) {
			return role, true
		}
	}
	return "", false
}

// languageWords are what rosters call a language.
var languageWords = map[string][]string{
	"fr": {"fr", "f", "fra", "fre", "français", "française", "french", "frans"},
	"nl": {"nl", "n", "nld", "dut", "nederlands", "néerlandais", "dutch"},
}

func readLanguage(word string) (string, bool) {
	plain := plainHeading(word)
	for _, lang := range locales.Languages {
		if slices.ContainsFunc(languageWords[lang], func(w string) bool { return plainHeading(w) == plain }) {
			return lang, true
		}
	}
	return "", false
}

// parted are the several things in one cell.
func parted(cell string) []string {
	var all []string
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(",;|+/\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
