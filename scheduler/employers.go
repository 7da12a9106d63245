package scheduler

import (
	"slices"
	"time"
)

// Employers lists the names that Named knows, the usual ones first.
func Employers() []string {
	names := make([]string, len(employers))
	for i, c := range employers {
		names[i] = c.Name
	}
	return names
}

// HolidayKeys lists every key that a Calendar of this package returns, and
// those meant for days that an administrator adds ("bridge", "compensation",
// "exemption"). Each needs a name in every language.
func HolidayKeys() []string {
	keys := []string{"bridge", "compensation", "exemption"}
	for _, h := range legalHolidays {
		keys = append(keys, h.key)
	}
	for _, c := range employers {
		for _, y := range c.yearly {
			keys = append(keys, y.key)
		}
		for _, key := range c.once {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Named returns an employer's calendar. "" is the legal holidays; a name that
// is not known gives those too, and false.
func Named(employer string) (Calendar, bool) {
	for _, c := range employers {
		if c.Name == employer {
			return c, true
		}
	}
	return employers[0], employer == ""
}

const sourceLegal = "https://www.belgium.be/fr/emploi/conges_et_interruption_de_carriere/jours_feries"

// employers is the calendar of each kind of employer: all that was found, with
// where and of which year. How a Calendar is read stands in holidays.go. What a
// source does not say (bridges of 2027, substitute days of a town) is left for
// an administrator to add: Calendar.With.
var employers = []Calendar{
	{Name: "be", legal: true, Sources: []string{sourceLegal}},
	{
		Name: "federal", legal: true,
		Sources: []string{
			sourceLegal,
			// the list of 2026: 2 and 15 November, 26 December, both bridges, 28–31 December
			"https://www.acv-gevangenissen.be/faq/feest-brug-compensatiedagen",
			// what falls on a weekend is compensated together on 27–31 December, however many:
			// the page "feest-en-brugdagen" of BOSA, the federal service for staff
		},
		yearly: []yearly{allSouls, kingsDay, dayAfterChristmas, compensation},
		once: map[Date]string{
			{2026, time.May, 15}:  "bridge",
			{2026, time.July, 20}: "bridge",
		},
	},
	{
		Name: "flemish", legal: true,
		Sources: []string{
			sourceLegal,
			"https://overheid.vlaanderen.be/jaarlijkse-vakantie-en-feestdagen", // 14 holidays, Christmas to New Year
			"https://www.acod-overheidsdiensten.be/vlaams/vakantieregeling",    // 11 July, 2 and 15 November
			// 26 December is deduced: the fourteenth
		},
		yearly: []yearly{
			{month: time.July, from: 11, to: 11, key: "flemish-community"},
			allSouls, kingsDay, dayAfterChristmas,
			{month: time.December, from: 27, to: 31, key: "year-end"},
		},
	},
	{
		Name: "walloon", legal: true,
		Sources: []string{
			sourceLegal,
			"https://etaamb.openjustice.be/fr/circulaire-du-17-janvier-2002_n2002027196.html",
		},
		yearly: []yearly{frenchCommunity, allSouls, kingsDay, dayAfterChristmas},
	},
	{
		Name: "fwb", legal: true,
		Sources: []string{
			sourceLegal,
			"https://www.rtbf.be/article/27-administrations-banques-et-ecoles-fermees-le-27-septembre-11074105",
		},
		yearly: []yearly{frenchCommunity},
	},
	{
		Name: "brussels", legal: true,
		Sources: []string{
			sourceLegal,
			// 2025: 8 May, 2 and 15 November, 26 December; weekends compensated 27–31 December
			"https://talentanalytics.brussels/fr/actualites/lesaviezvous-les-conges-2025-la-region-bruxelloise-tout-ce-que-vous-devez-savoir-613547?type=actualit%C3%A9s",
		},
		yearly: []yearly{
			{month: time.May, from: 8, to: 8, key: "brussels-region"},
			allSouls, kingsDay, dayAfterChristmas, compensation,
		},
	},
	{
		Name: "german-speaking", legal: true,
		Sources: []string{
			sourceLegal,
			"https://www.ucm.be/actualites/le-27-septembre-jour-ferie-legal-en-belgique-ou-pas", // 15 November
		},
		yearly: []yearly{{month: time.November, from: 15, to: 15, key: "german-community"}},
	},
	{Name: "local", legal: true, Sources: []string{sourceLegal}},
	{Name: "none"}, // shifts: who works on holidays says which days they are off
}

var (
	allSouls          = yearly{month: time.November, from: 2, to: 2, key: "all-souls"}
	kingsDay          = yearly{month: time.November, from: 15, to: 15, key: "kings-day"}
	dayAfterChristmas = yearly{month: time.December, from: 26, to: 26, key: "day-after-christmas"}
	compensation      = yearly{month: time.December, from: 27, to: 31, key: "compensation"}
	frenchCommunity   = yearly{month: time.September, from: 27, to: 27, key: "french-community"}
)
