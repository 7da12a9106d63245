package campaign

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"praline/scheduler"
)

// Fault is something that keeps a campaign from being kept. Its words for a
// page are the message "campaign.fault-" and its code, with the arguments
// "what" and "n"; Error says it in English, with the mend.
type Fault struct {
	Field string // of the campaign: "series", "teams", "start", "sponsor.words", …
	Code  string
	What  string // the id, the language, the day in question
	N     int
}

var mends = map[string]string{
	"series":         "no series %q can be taught: choose one from \"praline campaign catalogue\" or publish it first",
	"language":       "the series is not written in %q, which this audience reads: choose another series or another language",
	"team":           "no team is called %q: choose one of the roster",
	"lang":           "%q is not a language of this organisation: choose one of its languages, or all",
	"level":          "%q is no level: write starter or confident, or leave it out",
	"start-missing":  "a first day is missing: give one, as 2026-01-31",
	"start-past":     "%s is past: choose today or a later day",
	"end-early":      "the end %s lies before the start: choose a later day",
	"known-early":    "%s lies before the last new lesson: choose a later day",
	"long":           "%s is more than three years after the start: choose an earlier day",
	"rhythm":         "the rhythm is 1 to 5 new lessons a week, or 0 for one each working day",
	"reminders":      "there are 0 to 2 reminders",
	"told-missing":   "learners must be told that it is compulsory, also in %q: write what they read before they start",
	"name-missing":   "the name is missing in %q: write it in every language, or in none",
	"words-missing":  "the sponsor's sentence is missing in %q: write it in every language",
	"words-long":     "the sentence in %q is too long: 200 characters at most",
	"minutes":        "protected time is 0 to 120 minutes a week",
	"sponsor-teams":  "a sponsor gives time to teams that they manage: choose at least one",
	"sponsor-others": "team %q is not in the audience: sponsor teams for whom the campaign is",
	"state":          "this cannot be done with a campaign that is %s",
	"revision":       "somebody changed this campaign meanwhile: look at it again, and decide again",
}

func (f Fault) Error() string {
	words := mends[f.Code]
	if strings.Contains(words, "%") {
		words = fmt.Sprintf(words, f.What)
	}
	return f.Field + ": " + words
}

// FaultCodes are all codes, sorted: each needs words in every language.
func FaultCodes() []string {
	var all []string
	for code := range mends {
		all = append(all, code)
	}
	slices.Sort(all)
	return all
}

// Faults are all that is wrong with a campaign.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Of returns the first fault of a field; false for none.
func (f Faults) Of(field string) (Fault, bool) {
	i := slices.IndexFunc(f, func(one Fault) bool { return one.Field == field })
	if i < 0 {
		return Fault{}, false
	}
	return f[i], true
}

// Most that is taken.
const (
	mostWords   = 200 // characters of a sponsor's sentence
	mostMinutes = 120
)

// Check returns what is wrong with a campaign in a situation; nil for nothing.
// A day that is off is no fault: the forecast says what it puts off.
func (c Campaign) Check(s Situation) Faults {
	var all Faults
	add := func(field, code, what string) { all = append(all, Fault{Field: field, Code: code, What: what}) }
	c.checkSeries(s, add)
	c.checkAudience(s, add)
	c.checkDays(s, add)
	if c.PerWeek < 0 || c.PerWeek > MostPerWeek {
		add("rhythm", "rhythm", "")
	}
	if c.Reminders < 0 || c.Reminders > MostReminders {
		add("reminders", "reminders", "")
	}
	for _, lang := range s.languages() {
		if c.Compulsory && blank(c.Told[lang]) {
			add("told."+lang, "told-missing", lang)
		}
		if len(c.Names) > 0 && blank(c.Names[lang]) {
			add("name."+lang, "name-missing", lang)
		}
	}
	for _, sponsor := range c.Sponsors {
		c.checkSponsor(sponsor, s, add)
	}
	return all
}

func (c Campaign) checkSeries(s Situation, add func(field, code, what string)) {
	series, ok := s.series(c.Series)
	if !ok {
		add("series", "series", c.Series)
		return
	}
	for _, lang := range s.languages() {
		if (c.Audience.Lang == "" || c.Audience.Lang == lang) && !slices.Contains(series.Languages, lang) {
			add("series", "language", lang)
		}
	}
}

func (c Campaign) checkAudience(s Situation, add func(field, code, what string)) {
	for _, team := range c.Audience.Teams {
		if !slices.Contains(s.Teams, team) {
			add("teams", "team", team)
		}
	}
	if lang := c.Audience.Lang; lang != "" && !slices.Contains(s.languages(), lang) {
		add("lang", "lang", lang)
	}
	if level := c.Audience.Level; level != "" && level != Starter && level != Confident {
		add("level", "level", level)
	}
}

func (c Campaign) checkDays(s Situation, add func(field, code, what string)) {
	switch {
	case c.Start.IsZero():
		add("start", "start-missing", "")
		return
	case c.Launched.IsZero() && c.Start.Before(s.Today):
		add("start", "start-past", c.Start.String())
	}
	if !c.End.IsZero() && c.End.Before(c.Start) {
		add("end", "end-early", c.End.String())
	}
	if !c.KnownUntil.IsZero() && (c.KnownUntil.Before(c.Start) || c.KnownUntil.Before(c.End)) {
		add("known", "known-early", c.KnownUntil.String())
	}
	for field, day := range map[string]scheduler.Date{"end": c.End, "known": c.KnownUntil} {
		if !day.IsZero() && day.Since(c.Start) > longest {
			add(field, "long", day.String())
		}
	}
}

func (c Campaign) checkSponsor(sponsor Sponsor, s Situation, add func(field, code, what string)) {
	for _, lang := range s.languages() {
		switch words := sponsor.Words[lang]; {
		case blank(words):
			add("words."+lang, "words-missing", lang)
		case utf8.RuneCountInString(words) > mostWords:
			add("words."+lang, "words-long", lang)
		}
	}
	if sponsor.Minutes < 0 || sponsor.Minutes > mostMinutes {
		add("minutes", "minutes", "")
	}
	if len(sponsor.Teams) == 0 {
		add("teams", "sponsor-teams", "")
	}
	for _, team := range sponsor.Teams {
		if len(c.Audience.Teams) > 0 && !slices.Contains(c.Audience.Teams, team) {
			add("teams", "sponsor-others", team)
		}
	}
}

func blank(words string) bool { return strings.TrimSpace(words) == "" }
