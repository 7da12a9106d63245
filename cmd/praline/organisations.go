package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/report"
	"praline/lessons"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// organisations tells the conversation what organisations decide. It is asked
// at every event and every push: so it answers from what it read at most a
// moment ago, and what changes in a console is felt that much later.
type organisations struct {
	house   *house
	machine bot.Policy // what the server's own settings decide
	wall    func() time.Time

	mu    sync.Mutex
	known map[string]*belongings
}

// moment is how old an answer may be, on the wall's clock.
const moment = 2 * time.Second

// crowded is after how many people of one organisation within a moment all of
// its roster is read at once: nine o'clock.
const crowded = 20

// belongings are what was read of one organisation.
type belongings struct {
	at        time.Time
	org       people.Organisation
	policy    bot.Policy
	catalogue lessons.Catalogue
	campaigns []campaign.Campaign
	persons   map[string]people.Person
	asked     int
	whole     bool // persons is the whole roster
}

// Of returns what the organisation of a membership decides now.
func (o *organisations) Of(ctx context.Context, member learner.Membership) (*bot.Organisation, error) {
	b, err := o.read(ctx, member.Org)
	if err != nil {
		return nil, err
	}
	who, err := o.person(ctx, b, member)
	if err != nil {
		return nil, err
	}
	catalogue := b.catalogue
	if len(who.Roles) > 0 { // who may write a draft may try one
		trying, err := o.house.library.Trying(ctx, member.Org, who.ID)
		if err != nil {
			return nil, err
		}
		if trying != nil {
			catalogue = with(catalogue, trying)
		}
	}
	return &bot.Organisation{
		Organisation: b.org, Person: who, Catalogue: catalogue, Policy: b.policy,
		Campaigns: campaign.For(b.campaigns, factsOf(who), scheduler.DateOf(o.house.now(), report.Zone())),
	}, nil
}

// factsOf is what a campaign looks at of one of the roster.
func factsOf(who people.Person) campaign.Facts {
	facts := campaign.Facts{Team: who.Team, Lang: who.Lang}
	if !who.Joined.IsZero() {
		facts.Joined = scheduler.DateOf(who.Joined, report.Zone())
	}
	return facts
}

// with is a catalogue with a series in the place of the one of the same id, or
// after the others.
func with(c lessons.Catalogue, s *lessons.Series) lessons.Catalogue {
	all := slices.Clone(c.All())
	if i := slices.IndexFunc(all, func(other *lessons.Series) bool { return other.ID == s.ID }); i >= 0 {
		all[i] = s
		return lessons.NewCatalogue(all...)
	}
	return lessons.NewCatalogue(append(all, s)...)
}

// read returns what is known of an organisation, read anew where it is old.
func (o *organisations) read(ctx context.Context, org string) (*belongings, error) {
	now := o.wall()
	o.mu.Lock()
	b, ok := o.known[org]
	o.mu.Unlock()
	if ok && now.Sub(b.at) < moment && !now.Before(b.at) {
		return b, nil
	}
	b = &belongings{at: now, persons: make(map[string]people.Person)}
	var err error
	if b.org, err = o.house.people.Organisation(ctx, org); err != nil {
		return nil, fmt.Errorf("organisation %s: %w", org, err)
	}
	if b.catalogue, err = o.house.catalogue(ctx, org); err != nil {
		return nil, fmt.Errorf("organisation %s: series: %w", org, err)
	}
	if b.campaigns, err = o.house.campaigns.All(ctx, org); err != nil {
		return nil, fmt.Errorf("organisation %s: campaigns: %w", org, err)
	}
	if b.policy, err = policyOf(o.machine, b.org); err != nil {
		return nil, fmt.Errorf("organisation %s: %w", org, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil {
		o.known = make(map[string]*belongings)
	}
	o.known[org] = b
	return b, nil
}

// policyOf is the server's policy with what an organisation decides for itself.
func policyOf(p bot.Policy, org people.Organisation) (bot.Policy, error) {
	if org.Calendar != "" {
		p.Calendar = org.Calendar
	}
	var days []scheduler.Date
	for _, text := range org.Days {
		var day scheduler.Date
		if err := day.UnmarshalText([]byte(text)); err != nil {
			return p, fmt.Errorf("its day off %q is no date: change it with \"praline people organisation\"", text)
		}
		days = append(days, day)
	}
	return p.Shut(days...), nil
}

// person is one of the roster: records.ErrNone for who is not there or has left.
func (o *organisations) person(ctx context.Context, b *belongings, member learner.Membership) (people.Person, error) {
	o.mu.Lock()
	who, ok := b.persons[member.Person]
	b.asked++
	all := !ok && !b.whole && b.asked > crowded
	o.mu.Unlock()
	switch {
	case ok:
	case all:
		roster, err := o.house.people.Persons(ctx, member.Org)
		if err != nil {
			return who, err
		}
		o.mu.Lock()
		for _, p := range roster {
			b.persons[p.ID] = p
		}
		b.whole = true
		who, ok = b.persons[member.Person]
		o.mu.Unlock()
	default:
		var err error
		if who, err = o.house.people.Person(ctx, member.Org, member.Person); err != nil {
			return who, err
		}
		o.mu.Lock()
		b.persons[who.ID] = who
		o.mu.Unlock()
		ok = true
	}
	if !ok || !who.Left.IsZero() {
		return who, fmt.Errorf("person %s of %s: %w", member.Person, member.Org, records.ErrNone)
	}
	return who, nil
}
