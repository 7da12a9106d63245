package lessons

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/github/go-spdx/v2/spdxexp"
	"golang.org/x/mod/semver"
)

// seriesFile describes a series.
const seriesFile = "series.yaml"

var seriesKeys = []string{
	"id", "version", "title", "summary", "licence", "authors", "translators", "reviewers", "reviewed",
	"derived_from", "level", "keywords", "competences", "ai", "for",
}

// idForm is what ids of series, lessons and questions look like.
var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const maxID = 60

func isID(id string) bool { return len(id) <= maxID && idForm.MatchString(id) }

// series reads series.yaml. What is returned is never nil.
func (r *reading) series() *Series {
	s := &Series{}
	before := len(r.faults)
	text, ok := r.source(seriesFile, maxYAML)
	if !ok {
		if len(r.faults) == before {
			r.fault(seriesFile, 0, "series-file-missing")
		}
		return s
	}
	m, ok := r.mapping(seriesFile, text, 0, seriesKeys...)
	if !ok {
		return s
	}
	m.need("id", "version", "title", "summary", "licence", "authors", "level")
	s.ID, s.Version = m.text("id"), m.text("version")
	s.Title, s.Summary = m.languages("title"), m.languages("summary")
	s.Languages = slices.Sorted(maps.Keys(s.Title))
	s.Licence = m.text("licence")
	s.Authors, s.Translators, s.Reviewers = m.people("authors"), m.people("translators"), m.people("reviewers")
	s.Reviewed, s.DerivedFrom = m.text("reviewed"), m.text("derived_from")
	s.Level, s.AI, s.For = m.text("level"), m.text("ai"), m.text("for")
	s.Keywords, _ = m.texts("keywords")
	var lines []int
	s.Competences, lines = m.texts("competences")
	m.checkSeries(s)
	for i, c := range s.Competences {
		if !isCompetence(c) {
			r.fault(seriesFile, lines[i], "competence-unknown", "competence", c)
		}
	}
	return s
}

// checkSeries notes what is wrong with values that are there.
func (m *mapping) checkSeries(s *Series) {
	wrong := func(is bool, key, code string, arguments ...any) {
		if is {
			m.r.fault(m.file, m.lineAt(key), code, arguments...)
		}
	}
	wrong(s.ID != "" && !isID(s.ID), "id", "id-form", "id", s.ID)
	wrong(s.Version != "" && !isVersion(s.Version), "version", "version-form", "version", s.Version)
	wrong(s.Licence != "" && !isLicence(s.Licence), "licence", "licence-unknown", "licence", s.Licence)
	wrong(s.Level != "" && s.Level != "starter" && s.Level != "confident", "level", "level-unknown", "level", s.Level)
	wrong(s.AI != "" && s.AI != "none" && s.AI != "assisted", "ai", "ai-unknown", "ai", s.AI)
	wrong(s.For != "" && s.For != ForTrainers, "for", "for-unknown", "for", s.For)
	if _, err := time.Parse(time.DateOnly, s.Reviewed); s.Reviewed != "" && err != nil {
		wrong(true, "reviewed", "date-form", "date", s.Reviewed)
	}
	for _, lang := range s.Languages {
		wrong(len(s.Summary) > 0 && s.Summary[lang] == "", "summary", "summary-language-missing", "lang", lang)
	}
	for _, lang := range slices.Sorted(maps.Keys(s.Summary)) {
		wrong(len(s.Title) > 0 && s.Title[lang] == "", "summary", "summary-language-extra", "lang", lang)
	}
}

// languages is the text per language of a key.
func (m *mapping) languages(key string) Text {
	node, ok := m.value[key]
	if !ok || isEmpty(node) {
		return nil
	}
	inner, ok := m.within(key)
	if !ok {
		m.r.fault(m.file, m.lineAt(key), "value-not-languages", "key", key)
		return nil
	}
	text := Text{}
	for _, lang := range slices.Sorted(maps.Keys(inner.value)) {
		switch s := inner.text(lang); {
		case !isLanguage(lang):
			m.r.fault(m.file, inner.at[lang], "language-form", "lang", lang)
		case s == "" && isEmpty(inner.value[lang]):
			m.r.fault(m.file, inner.at[lang], "language-text-empty", "key", key, "lang", lang)
		default:
			text[lang] = s
		}
	}
	return text
}

// people are those credited under a key.
func (m *mapping) people(key string) []Person {
	var all []Person
	for _, node := range m.list(key) {
		one := mapping{r: m.r, file: m.file, line: m.lineOf(node), first: m.first}
		if !one.fill(node, []string{"name", "organisation"}) {
			m.r.fault(m.file, one.line, "value-not-people", "key", key)
			continue
		}
		one.need("name")
		all = append(all, Person{Name: one.text("name"), Organisation: one.text("organisation")})
	}
	return all
}

var languageForm = regexp.MustCompile(`^[a-z]{2}$`)

func isLanguage(lang string) bool { return languageForm.MatchString(lang) }

// isVersion says that a version is semantic: 1.0.0, 1.0.0-draft.1.
func isVersion(v string) bool {
	core, _, _ := strings.Cut(v, "-")
	core, _, _ = strings.Cut(core, "+")
	return strings.Count(core, ".") == 2 && semver.IsValid("v"+v)
}

var licenceForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.+-]{0,60}$`)

// isLicence says that a licence is one SPDX identifier.
func isLicence(id string) bool {
	if !licenceForm.MatchString(id) || strings.HasPrefix(id, "LicenseRef") {
		return false
	}
	ok, _ := spdxexp.ValidateLicenses([]string{id})
	return ok
}

// competences of DigComp 2.2: how many each of its five areas has.
var competences = [...]int{3, 6, 4, 4, 4}

// isCompetence says that a text starts with the number of a competence of
// DigComp 2.2: "4.1 Protecting devices".
func isCompetence(c string) bool {
	number, _, _ := strings.Cut(c, " ")
	if len(number) != 3 || number[1] != '.' {
		return false
	}
	area, n := int(number[0]-'1'), int(number[2]-'0')
	return area >= 0 && area < len(competences) && n >= 1 && n <= competences[area]
}
