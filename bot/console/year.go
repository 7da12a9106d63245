package console

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
	"praline/scheduler"
)

func (c *Console) yearPages() []page {
	return []page{
		{"GET /console/year", people.Learn, c.year},
		{"GET /console/year/{year}", people.Learn, c.year},
	}
}

// yearView is what one did for series in a year: one's own page, to print and
// to put in an appraisal. It ranks nobody.
type yearView struct {
	Year          string
	Lead          string
	Series        []yearSeries
	Before, After string // the other years' paths
	Printed       string
}

type yearSeries struct {
	Title, Part      string // what the visitor was: author, reviewer, expert
	Versions, Thanks int
	Lessons          int
	Reach            int // people, at least; 0: fewer than five
	Taken, Adapted   int
	Better           []string // what became clearer, in words
}

// fewest is from how many people on a figure is shown.
const fewest = 5

func (c *Console) year(v *visit) error {
	today := scheduler.DateOf(c.options.Now(), time.UTC)
	year := today.Year
	if text := v.r.PathValue("year"); text != "" {
		var err error
		if year, err = strconv.Atoi(text); err != nil || year < 2020 || year > today.Year {
			return fmt.Errorf("year %q: %w", text, records.ErrNone)
		}
	}
	data := yearView{Year: strconv.Itoa(year), Before: "/console/year/" + strconv.Itoa(year-1), Printed: v.weekday(today)}
	if year < today.Year {
		data.After = "/console/year/" + strconv.Itoa(year+1)
	}
	shelves, err := c.options.Library.Shelves(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	others, err := c.otherOrganisations(v.ctx())
	if err != nil {
		return err
	}
	thanks := 0
	for _, shelf := range shelves {
		one, mine, err := c.yearOf(v, shelf, year, others)
		if err != nil {
			return err
		}
		if mine {
			data.Series = append(data.Series, one)
			thanks += one.Thanks
		}
	}
	data.Lead = v.W.Say("year-page.nothing", "year", data.Year)
	if n := len(data.Series); n > 0 {
		data.Lead = v.W.Say("year-page.lead", "series", v.W.Count("year-page.series", n), "thanks", v.W.Count("year-page.thanks", thanks))
	}
	return v.draw("year", "year-page.title", data)
}

func (c *Console) otherOrganisations(ctx context.Context) ([]string, error) {
	all, err := c.options.People.Organisations(ctx)
	ids := make([]string, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return ids, err
}

// yearOf is what the visitor did for one series in a year; false for nothing.
func (c *Console) yearOf(v *visit, shelf library.Shelf, year int, others []string) (yearSeries, bool, error) {
	one := yearSeries{Part: v.W.Say(partOf(v.Person, shelf.Versions, year))}
	for _, version := range shelf.Versions {
		if version.At.Year() == year && part(v.Person, version) != "" {
			one.Versions++
		}
	}
	live, err := c.options.Library.Version(v.ctx(), v.Org, shelf.ID, shelf.Live)
	if one.Versions == 0 || errors.Is(err, records.ErrNone) {
		return one, false, nil
	}
	if err != nil {
		return one, false, err
	}
	one.Title, one.Lessons = live.Title.In(v.W.Lang), len(live.Lessons)
	if _, one.Thanks, err = c.options.Recognition.Thanked(v.ctx(), v.Org, shelf.ID, year); err != nil {
		return one, false, err
	}
	if one.Taken, one.Adapted, err = c.options.Library.Reuse(v.ctx(), v.Org, shelf.ID, others); err != nil {
		return one, false, err
	}
	one.Reach, err = c.reach(v.ctx(), v.Org, live)
	return one, true, err
}

// reach is how many people answered the question of a series that most
// answered; 0 below five.
func (c *Console) reach(ctx context.Context, org string, s *lessons.Series) (int, error) {
	questions, err := c.options.Reports.Questions(ctx, org, func(key string) *lessons.Question { return questionIn(s, key) })
	if err != nil {
		return 0, err
	}
	most := 0
	for _, q := range questions {
		if !q.Withheld {
			most = max(most, q.Facility.Of)
		}
	}
	if most < fewest {
		return 0, nil
	}
	return most, nil
}

// questionIn finds a question of a series by its key, in its first language.
func questionIn(s *lessons.Series, key string) *lessons.Question {
	for _, lesson := range s.Lessons {
		for _, q := range lesson.In(s.Languages[0]).Questions {
			if s.ID+"/"+q.ID == key {
				return q
			}
		}
	}
	return nil
}

// The parts that somebody can have in a version.
const (
	partAuthor   = "year-page.author"
	partReviewer = "year-page.reviewer"
	partExpert   = "year-page.expert"
)

// part is what a person was for a version, "" for nothing.
func part(person string, version library.Version) string {
	switch {
	case slices.Contains(version.Authors, person):
		return partAuthor
	case slices.Contains(version.Approved, person):
		return partReviewer
	case slices.ContainsFunc(version.Experts, func(e library.Credit) bool { return e.Person == person }):
		return partExpert
	}
	return ""
}

// partOf is the first part that a person had in a year's versions.
func partOf(person string, versions []library.Version, year int) string {
	for _, version := range slices.Backward(versions) {
		if p := part(person, version); p != "" && version.At.Year() == year {
			return p
		}
	}
	return partAuthor
}
