package main

import (
	"context"
	"errors"
	"net/url"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/report"
	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// belong lets the conversation ask what it needs of organisations: who joins and
// leaves, who is done with compulsory training, what a manager sees.
func (h *house) belong(publicURL string) {
	h.bot.Roster, h.bot.PublicURL = h.people, publicURL
	h.bot.ManagerPage = h.managerPage(publicURL)
	h.bot.Completed = func(ctx context.Context, m learner.Membership, campaign string, at time.Time) error {
		return h.campaigns.Complete(ctx, m.Org, campaign, m.Person, at)
	}
	h.people.Departed = func(ctx context.Context, who learner.ID) error { return h.bot.Departed(ctx, h.now(), who) }
}

// managerPage is the page of the team's manager for somebody of the team: its
// text, and a link that signs in to it.
func (h *house) managerPage(publicURL string) func(context.Context, learner.Membership, string) (bot.Seen, error) {
	return func(ctx context.Context, m learner.Membership, lang string) (bot.Seen, error) {
		who, err := h.people.Person(ctx, m.Org, m.Person)
		if err != nil {
			return bot.Seen{}, err
		}
		page, err := h.reports.Seen(ctx, m.Org, who.Team, scheduler.Date{})
		if errors.Is(err, records.ErrNone) {
			return bot.Seen{}, nil // nothing was published yet
		}
		if err != nil || page.Nobody {
			return bot.Seen{}, err
		}
		seen := bot.Seen{Text: page.Text(locales.For(lang))}
		if publicURL == "" {
			return seen, nil
		}
		path, _, err := h.people.NewSignIn(ctx, m)
		if err != nil {
			return bot.Seen{}, err
		}
		seen.URL = h.bot.Address(path) + "&" + url.Values{"next": {"/console/my-manager"}}.Encode()
		return seen, nil
	}
}

// attendEvery is how often campaigns look who is to be written to, by the bot's
// clock; of many instances one does.
const attendEvery = time.Hour

// attendCampaigns writes to people whose campaign begins, and reminds who has
// not begun, until ctx ends.
func (s *server) attendCampaigns(ctx context.Context) {
	every := max(time.Second, time.Duration(float64(attendEvery)/max(1, s.config.Speed)))
	tick := time.NewTicker(min(every, time.Minute)) // a campaign that was just launched need not wait for the hour
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.house.attend(ctx, time.Now(), every); err != nil && ctx.Err() == nil {
			s.said.Do(func() { s.log.Warn("campaigns look a little later who is to be written to", "error", err) })
		}
	}
}

// attended is when an organisation's campaigns were looked after last, and how
// they stood.
type attended struct {
	At    time.Time `json:"at"`
	Stood string    `json:"stood"`
}

// attend looks after the organisations whose campaigns changed, or were not
// looked after for so long.
func (h *house) attend(ctx context.Context, wall time.Time, every time.Duration) error {
	all, err := h.people.Organisations(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, org := range all {
		failed = append(failed, h.attendTo(ctx, org.ID, wall, every))
	}
	return errors.Join(failed...)
}

func (h *house) attendTo(ctx context.Context, org string, wall time.Time, every time.Duration) error {
	campaigns, err := h.campaigns.All(ctx, org)
	if err != nil {
		return err
	}
	stood, today := "", scheduler.DateOf(h.now(), report.Zone())
	for _, c := range campaigns {
		if c.Running(today) {
			stood += c.ID + " "
		}
	}
	if stood == "" {
		return nil
	}
	mine := false
	if _, err := records.Update(ctx, h.people.Store, records.Key{Org: org, Kind: "attended", ID: "last"}, func(last *attended) error {
		if mine = last.Stood != stood || wall.Sub(last.At) >= every; mine {
			*last = attended{wall, stood}
		}
		return nil
	}); err != nil || !mine {
		return err
	}
	persons, err := h.people.Persons(ctx, org)
	if err != nil {
		return err
	}
	var ids []learner.ID
	for _, p := range persons {
		if p.Learner != "" && p.Left.IsZero() {
			ids = append(ids, p.Learner)
		}
	}
	return h.bot.Attend(ctx, h.now(), ids...)
}
