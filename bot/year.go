package bot

import (
	"context"
	"strconv"
	"strings"

	"praline/bot/recognition"
	"praline/channels"
	"praline/channels/markup"
)

// showYear says what the learner did this year; in January, last year. Nobody
// else can ask.
func (t *turn) showYear() {
	year := t.today.Year
	if t.today.Month == 1 {
		year--
	}
	log, l, catalogue, zone, today := t.log, *t.learner, t.catalogue, t.zone, t.today
	made, ok := t.wish("year", func(ctx context.Context) (any, error) {
		answers, err := log(ctx)
		return recognition.YearOf(l, answers, catalogue, nil, zone, year, today), err
	})
	if !ok {
		return
	}
	of := made.(recognition.Year)
	if of.Days == 0 {
		t.text(t.w("year.nothing", "year", strconv.Itoa(year)), t.wayOn()...)
		return
	}
	lines := []string{t.words.Count("year.days", of.Days, "minutes", t.words.Count("minutes.n", of.Minutes))}
	if of.Answers > 0 {
		lines = append(lines, t.words.Count("year.answers", of.Answers, "right", of.Right))
	}
	for _, learning := range of.Learnings {
		lines = append(lines, "- "+t.w("year.series", "title", markup.Escape(learning.Series.Title.In(l.Lang)),
			"taught", learning.Taught, "lessons", learning.Lessons, "known", learning.Known, "questions", learning.Questions))
	}
	choices := t.wayOn()
	if len(l.Badges) > 0 {
		choices = append(choices, secondary(t.w("do.badges"), "do.badges"))
	}
	t.say(channels.Message{Title: t.w("year.title", "year", strconv.Itoa(year)), Text: strings.Join(lines, "\n"), Choices: choices, Note: t.w("year.note")})
}
