// Package audience reads what campaigns are judged by: who is in an
// organisation, when they work and learn, and what they can be taught. Console
// and commands ask it the same way.
package audience

import (
	"context"
	"fmt"
	"sync"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// Learners is where it stands when people chose to learn.
type Learners interface {
	Load(ctx context.Context, ids ...learner.ID) ([]learner.Record, error)
}

// Reader reads situations.
type Reader struct {
	People    *people.People
	Campaigns *campaign.Campaigns
	Catalogue func(ctx context.Context, org string) (lessons.Catalogue, error)
	Learners  Learners         // nil: everybody is taken as the roster has them
	Now       func() time.Time // the bot's clock
	Wall      func() time.Time // where given, people are read again only after a moment

	mu    sync.Mutex
	known map[string]read
}

// read is who was in an organisation a moment ago.
type read struct {
	at     time.Time
	people []campaign.Person
}

// moment is how old what was read of people may be: who looks at a forecast and
// changes it should not wait for ten thousand people each time.
const moment = 5 * time.Second

// Situation is what a campaign of an organisation is judged by today.
func (r *Reader) Situation(ctx context.Context, org string) (campaign.Situation, error) {
	o, err := r.People.Organisation(ctx, org)
	if err != nil {
		return campaign.Situation{}, err
	}
	s := campaign.Situation{Today: Today(r.Now()), Calendar: Calendar(o), Languages: o.Languages}
	if s.Campaigns, err = r.Campaigns.All(ctx, org); err != nil {
		return s, err
	}
	teams, err := r.People.Teams(ctx, org)
	if err != nil {
		return s, err
	}
	for _, team := range teams {
		s.Teams = append(s.Teams, team.ID)
	}
	catalogue, err := r.Catalogue(ctx, org)
	if err != nil {
		return s, err
	}
	for _, one := range catalogue.All() {
		s.Series = append(s.Series, Series(one))
	}
	s.People, err = r.people(ctx, org, s.Today)
	return s, err
}

// people are who belongs to the organisation, as it was a moment ago.
func (r *Reader) people(ctx context.Context, org string, today scheduler.Date) ([]campaign.Person, error) {
	if r.Wall == nil {
		return r.read(ctx, org, today)
	}
	now := r.Wall()
	r.mu.Lock()
	last, ok := r.known[org]
	r.mu.Unlock()
	if ok && now.Sub(last.at) < moment && !now.Before(last.at) {
		return last.people, nil
	}
	all, err := r.read(ctx, org, today)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = make(map[string]read)
	}
	r.known[org] = read{now, all}
	return all, nil
}

// together is how many learners are read at once.
const together = 500

// read reads who belongs to the organisation now.
func (r *Reader) read(ctx context.Context, org string, today scheduler.Date) ([]campaign.Person, error) {
	roster, err := r.People.Persons(ctx, org)
	if err != nil {
		return nil, err
	}
	var all []campaign.Person
	var at []int
	var ids []learner.ID
	for _, p := range roster {
		if !p.Left.IsZero() {
			continue
		}
		if p.Learner != "" {
			at, ids = append(at, len(all)), append(ids, p.Learner)
		}
		all = append(all, listed(p, today))
	}
	if r.Learners == nil {
		return all, nil
	}
	for from := 0; from < len(ids); from += together {
		to := min(from+together, len(ids))
		learners, err := r.Learners.Load(ctx, ids[from:to]...)
		if err != nil {
			return nil, fmt.Errorf("organisation %s: learners: %w", org, err)
		}
		for i, record := range learners {
			if record.Damaged == nil && record.Learner.Version != 0 && record.Learner.Into == "" {
				all[at[from+i]] = chosen(all[at[from+i]], record.Learner)
			}
		}
	}
	return all, nil
}

// listed is somebody as the roster has them.
func listed(p people.Person, today scheduler.Date) campaign.Person {
	person := campaign.Person{Facts: Facts(p, "")}
	if hours, ok := people.Pattern(p.Pattern, p.Lang); ok && p.Pattern != "" {
		person.Working = hours.Apply(person.Working, today)
	}
	return person
}

// chosen is the same with what they chose in their chat.
func chosen(person campaign.Person, l learner.Learner) campaign.Person {
	person.Slots, person.Outside, person.Minutes = l.Slots, l.Outside, l.Minutes
	if l.Working.Week != nil || len(l.Working.Pauses) > 0 || len(l.Working.Off) > 0 {
		person.Working = l.Working
	}
	if l.Lang != "" {
		person.Lang = l.Lang
	}
	return person
}

// Facts are what a campaign looks at of a person: of the roster, with the
// language that they learn in ("": that of the roster).
func Facts(p people.Person, lang string) campaign.Facts {
	facts := campaign.Facts{Team: p.Team, Lang: p.Lang}
	if lang != "" {
		facts.Lang = lang
	}
	if !p.Joined.IsZero() {
		facts.Joined = Today(p.Joined)
	}
	return facts
}

// Series is what a forecast knows of a series: of each lesson the language that
// takes longest, and the questions that come back.
func Series(s *lessons.Series) campaign.Series {
	known := campaign.Series{ID: s.ID, Languages: s.Languages}
	for _, l := range s.Lessons {
		var one campaign.Lesson
		for _, twin := range l.Twins {
			one.Seconds = max(one.Seconds, twin.Seconds(0))
			one.Questions = 0
			for _, q := range twin.Questions {
				if q.Kind != lessons.Poll {
					one.Questions++
				}
			}
		}
		known.Lessons = append(known.Lessons, one)
	}
	return known
}

// Calendar is the days on which an organisation is shut.
func Calendar(o people.Organisation) scheduler.Calendar {
	calendar, _ := scheduler.Named(o.Calendar)
	for _, text := range o.Days {
		var day scheduler.Date
		if day.UnmarshalText([]byte(text)) == nil && !day.IsZero() {
			calendar = calendar.With(day, "bridge")
		}
	}
	return calendar
}

var brussels = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC
	}
	return zone
}()

// Today is the day of a time, where organisations are.
func Today(now time.Time) scheduler.Date { return scheduler.DateOf(now, brussels) }
