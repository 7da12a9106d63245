package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/bot/report"
	"praline/lessons"
	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// reportCommand is about figures. None of them names anybody.
type reportCommand struct {
	Questions reportQuestions `cmd:"" help:"How questions do, from five people on, with advice."`
	Mistakes  reportMistakes  `cmd:"" help:"Mistakes that learners reported."`
	Digest    reportDigest    `cmd:"" help:"A week of teams, as their managers see it."`
	Counts    reportCounts    `cmd:"" help:"What was counted in a week: pushes by outcome, lessons, thanks."`
	Fold      reportFold      `cmd:"" help:"Count what was answered since the last time, and publish the last week if nobody did (the server does both by itself)."`
}

type reportQuestions struct {
	actingFlags
	Series string `help:"Only of this series." placeholder:"ID"`
}

// reportAsked is what the requests of reports have beside who asks.
type reportAsked struct {
	acting
	Series string `json:"series,omitempty"`
	Week   string `json:"week,omitempty"`
	Lang   string `json:"lang,omitempty"`
}

// Run says how questions do.
func (c *reportQuestions) Run(out io.Writer) error {
	return c.ask(out, "report questions", reportAsked{acting: c.acting(), Series: c.Series})
}

type reportMistakes struct{ actingFlags }

// Run lists mistakes.
func (c *reportMistakes) Run(out io.Writer) error {
	return c.ask(out, "report mistakes", reportAsked{acting: c.acting()})
}

type reportDigest struct {
	actingFlags
	Week string `help:"A day of the week, 2006-01-02; without it the one that was published last." placeholder:"DAY"`
	Lang string `default:"fr" enum:"fr,nl" help:"Language of the text: fr or nl."`
}

// Run says a week.
func (c *reportDigest) Run(out io.Writer) error {
	return c.ask(out, "report digest", reportAsked{acting: c.acting(), Week: c.Week, Lang: c.Lang})
}

type reportCounts struct {
	actingFlags
	Week string `help:"A day of the week, 2006-01-02; without it this week." placeholder:"DAY"`
}

// Run says what was counted.
func (c *reportCounts) Run(out io.Writer) error {
	return c.ask(out, "report counts", reportAsked{acting: c.acting(), Week: c.Week})
}

type reportFold struct{ actingFlags }

// Run counts.
func (c *reportFold) Run(out io.Writer) error {
	return c.ask(out, "report fold", reportAsked{acting: c.acting()})
}

// reporting reads a request, and refuses who may not.
func (a administration) reporting(ctx context.Context, body json.RawMessage, action people.Action) (reportAsked, people.Actor, error) {
	request, actor, err := asked[reportAsked](a, ctx, body)
	if err == nil && !actor.May(action) {
		err = foundError{people.ErrNotAllowed.Error()}
	}
	return request, actor, err
}

// monday is the Monday of the week of a day that was typed, zero for none.
func (r reportAsked) monday() (scheduler.Date, error) {
	var day scheduler.Date
	if r.Week == "" {
		return day, nil
	}
	if err := day.UnmarshalText([]byte(r.Week)); err != nil {
		return day, foundError{fmt.Sprintf("--week %q is no day: write it as 2026-10-12", r.Week)}
	}
	return day.Monday(), nil
}

func (a administration) reportQuestions(ctx context.Context, body json.RawMessage, out io.Writer) error {
	request, actor, err := a.reporting(ctx, body, people.SeeQuestions)
	if err != nil {
		return err
	}
	catalogue, err := a.house.catalogue(ctx, actor.Org)
	if err != nil {
		return err
	}
	all, err := a.house.reports.Questions(ctx, actor.Org, finder(catalogue))
	if err != nil {
		return err
	}
	if request.Series != "" {
		all = slices.DeleteFunc(all, func(q report.Question) bool { return !strings.HasPrefix(q.Key, request.Series+"/") })
	}
	if request.JSON {
		return say(out, map[string]any{"questions": all})
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(out, "nobody has answered a question yet")
		return err
	}
	for _, q := range all {
		if q.Withheld {
			fmt.Fprintf(out, "%s\tfewer than five people: withheld\n", q.Key)
			continue
		}
		fmt.Fprintf(out, "%s\t%.0f%% right (%.0f–%.0f%%) of %d people\n", q.Key, 100*q.Facility.Value, 100*q.Facility.Low, 100*q.Facility.High, q.Facility.Of)
		for _, advice := range q.Advice {
			fmt.Fprintf(out, "\t%s %s\n", advice.Code, listed(advice.With))
		}
	}
	return nil
}

// finder finds questions in the first language that they are in.
func finder(catalogue lessons.Catalogue) func(string) *lessons.Question {
	return func(key string) *lessons.Question {
		id, name, _ := strings.Cut(key, "/")
		s := catalogue.Series(id)
		if s == nil {
			return nil
		}
		lesson, i, ok := s.Question(name)
		if !ok || i >= len(lesson.In(locales.Languages[0]).Questions) {
			return nil
		}
		return lesson.In(locales.Languages[0]).Questions[i]
	}
}

// listed are arguments in the order of their names.
func listed(arguments map[string]any) string {
	var all []string
	for name, value := range arguments {
		all = append(all, fmt.Sprint(name, "=", value))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func (a administration) reportMistakes(ctx context.Context, body json.RawMessage, out io.Writer) error {
	request, actor, err := a.reporting(ctx, body, people.SeeQuestions)
	if err != nil {
		return err
	}
	all, err := a.house.reports.Mistakes(ctx, actor.Org, "")
	if err != nil {
		return err
	}
	if actor.Person == "" { // whoever runs the server also reads those of the open catalogue
		open, err := a.house.reports.Mistakes(ctx, "", "")
		if err != nil {
			return err
		}
		all = append(all, open...)
	}
	if request.JSON {
		return say(out, map[string]any{"mistakes": all})
	}
	for _, m := range all {
		state := "open"
		if m.Done {
			state = "done"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%q\n", m.Day, m.Question, m.Lang, state, m.Text)
	}
	return nil
}

func (a administration) reportDigest(ctx context.Context, body json.RawMessage, out io.Writer) error {
	request, actor, err := a.reporting(ctx, body, people.SeeTeams)
	if err != nil {
		return err
	}
	week, err := request.monday()
	if err != nil {
		return err
	}
	if actor.Person != "" && len(actor.Teams) == 0 { // no team is not every team
		return foundError{"you manage no team: ask an administrator of your organisation"}
	}
	d, err := a.house.reports.Digest(ctx, actor.Org, week, actor.Teams)
	if errors.Is(err, records.ErrNone) {
		return foundError{"nothing was published of that week: the server does it each Monday; \"praline report fold\" does it now"}
	}
	if err != nil {
		return err
	}
	if request.JSON {
		return say(out, d)
	}
	words := locales.For(request.Lang)
	_, err = fmt.Fprintf(out, "%s\n%s\n", d.Title(words), d.Text(words))
	return err
}

func (a administration) reportCounts(ctx context.Context, body json.RawMessage, out io.Writer) error {
	request, actor, err := a.reporting(ctx, body, people.SeeQuestions)
	if err != nil {
		return err
	}
	week, err := request.monday()
	if err != nil {
		return err
	}
	if week.IsZero() {
		week = scheduler.DateOf(a.now(), report.Zone()).Monday()
	}
	counts, err := a.house.reports.Tallied(ctx, actor.Org, week)
	if err != nil {
		return err
	}
	if request.JSON {
		return say(out, map[string]any{"week": week, "counts": counts})
	}
	_, err = fmt.Fprintf(out, "%s\t%s\n", week, listed(anys(counts)))
	return err
}

func anys(counts map[string]int) map[string]any {
	all := make(map[string]any, len(counts))
	for what, n := range counts {
		all[what] = n
	}
	return all
}

func (a administration) reportFold(ctx context.Context, body json.RawMessage, out io.Writer) error {
	request, actor, err := a.reporting(ctx, body, people.ManageOrganisation)
	if err != nil {
		return err
	}
	done, err := a.house.reports.Fold(ctx, actor.Org)
	if err != nil {
		return err
	}
	p, err := a.house.monday(ctx, actor.Org)
	if err != nil {
		return err
	}
	if request.JSON {
		return say(out, map[string]any{"learners": done.Learners, "answers": done.Answers, "week": p.Week})
	}
	_, err = fmt.Fprintf(out, "%d learners looked at, %d answers counted, week %s published\n", done.Learners, done.Answers, p.Week)
	return err
}
