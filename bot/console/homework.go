package console

import (
	"errors"
	"regexp"
	"slices"

	"praline/bot/people"
	"praline/lessons/library"
	"praline/records"
	"praline/scheduler"
)

// What home shows of the work of trainers and managers that has pages of its
// own: a sentence or a few lines, and the way there.

// homeMost bounds the series on home: each is read and checked.
const homeMost = 5

// questionTodo is the question that is most worth a look.
func (c *Console) questionTodo(v *visit) ([]todo, error) {
	if !v.May(people.WriteSeries) { // who can mend it
		return nil, nil
	}
	t, err := v.taught()
	if err != nil {
		return nil, err
	}
	all, err := c.options.Reports.Questions(v.ctx(), v.Org, t.find)
	if err != nil {
		return nil, err
	}
	for _, q := range all {
		text, _, _ := t.in(q.Key, v.W.Lang)
		if q.Withheld || len(q.Advice) == 0 || text == nil {
			continue
		}
		row := v.questionRow(q, text)
		return []todo{{
			Topic: v.W.Say("questions.nav"), Title: v.quoted(row.Text), Words: row.Look,
			Path: row.Path, Button: v.W.Say("console.see-question"), Rank: 15,
		}}, nil
	}
	return nil, nil
}

// quoted puts words between quotation marks; marks within them are others.
func (v *visit) quoted(words string) string {
	return v.W.Say("console.quoted", "words", v.unquoted(words))
}

// unquoted changes the quotation marks of words that will stand between them.
func (v *visit) unquoted(words string) string {
	if v.W.Lang == "nl" {
		return withinDutch.ReplaceAllString(words, "“$1”$2")
	}
	return withinFrench.ReplaceAllString(words, "“$1”")
}

var (
	withinFrench = regexp.MustCompile(`«[\s\x{a0}\x{202f}]*(.*?)[\s\x{a0}\x{202f}]*»`)
	withinDutch  = regexp.MustCompile(`‘(.*?)’(\PL|$)`) // a mark before a letter is an apostrophe
)

// seriesSection is the series that were changed last, for who writes them.
func (c *Console) seriesSection(v *visit) ([]section, error) {
	if !v.May(people.WriteSeries) {
		return nil, nil
	}
	drafts, err := v.library().Drafts(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	shelves, err := v.library().Shelves(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(drafts, func(a, b library.Draft) int { return b.Changed().At.Compare(a.Changed().At) })
	var data seriesView
	for _, d := range drafts[:min(len(drafts), homeMost)] {
		var shelf library.Shelf
		if i := slices.IndexFunc(shelves, func(s library.Shelf) bool { return s.ID == d.ID }); i >= 0 {
			shelf = shelves[i]
		}
		line, _, err := v.seriesLine(d, shelf)
		if err != nil {
			return nil, err
		}
		data.Lines = append(data.Lines, line)
	}
	body, err := v.part("home-series", data)
	return []section{{Title: v.W.Say("console.your-series"), Body: body}}, err
}

// teamsSection is the digest of a manager's week in two sentences.
func (c *Console) teamsSection(v *visit) ([]section, error) {
	if !v.May(people.SeeTeams) || len(v.Teams) == 0 {
		return nil, nil
	}
	var data digestView
	d, err := c.options.Reports.Digest(v.ctx(), v.Org, scheduler.Date{}, v.Teams)
	switch {
	case errors.Is(err, records.ErrNone):
	case err != nil:
		return nil, err
	default:
		data = v.digestView(d)
	}
	body, err := v.part("home-teams", data)
	return []section{{Title: v.W.Say("digest.title-plain"), Body: body}}, err
}
