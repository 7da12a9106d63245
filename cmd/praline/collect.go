package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/report"
	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// collectEvery is how often answers are folded into counts, by the bot's clock.
const collectEvery = 2 * time.Minute

// digestHour is from when on a Monday managers are written to; the gate decides
// when it is said.
const digestHour = 8

// collect folds what was answered into counts, and publishes each organisation's
// week on Mondays, until ctx ends. At the start, and once a day, it looks at
// everybody: what a crash left is found then. Many instances may do so at a time.
func (s *server) collect(ctx context.Context) {
	tick := time.NewTicker(max(time.Second, time.Duration(float64(collectEvery)/max(1, s.config.Speed))))
	defer tick.Stop()
	var whole scheduler.Date // the day on which everybody was looked at
	for {
		now := s.clock.Now()
		today := scheduler.DateOf(now, report.Zone())
		err := s.house.collectOnce(ctx, today != whole)
		if err == nil {
			whole = today
			err = s.house.digests(ctx, now)
		}
		if err != nil && ctx.Err() == nil {
			s.said.Do(func() { s.log.Warn("figures are brought up to date a little later", "error", err) })
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// collectOnce folds who answered; everybody where all is set.
func (h *house) collectOnce(ctx context.Context, all bool) error {
	_, err := h.reports.FoldAnswered(ctx)
	err = errors.Join(err, h.reports.Flush(ctx))
	if !all || err != nil {
		return err
	}
	orgs, err := h.people.Organisations(ctx)
	for _, org := range orgs {
		_, failed := h.reports.Fold(ctx, org.ID)
		err = errors.Join(err, failed)
	}
	return err
}

// digests publishes the week that ended, and writes to who manages teams; what
// was published and written before is not again.
func (h *house) digests(ctx context.Context, now time.Time) error {
	local := now.In(report.Zone())
	if local.Weekday() == time.Monday && local.Hour() < digestHour {
		return nil
	}
	week := scheduler.DateOf(now, report.Zone()).Monday().AddDays(-7)
	orgs, err := h.people.Organisations(ctx)
	for _, org := range orgs {
		err = errors.Join(err, h.digest(ctx, org.ID, week, now))
	}
	return err
}

func (h *house) digest(ctx context.Context, org string, week scheduler.Date, now time.Time) error {
	told := records.Key{Org: org, Kind: kindTold, ID: "digest"}
	switch last, err := records.Load[scheduler.Date](ctx, h.people.Store, told); {
	case err != nil && !errors.Is(err, records.ErrNone):
		return err
	case err == nil && !last.Before(week):
		return nil
	}
	persons, err := h.people.Persons(ctx, org)
	if err != nil {
		return err
	}
	if len(persons) == 0 {
		return nil
	}
	if _, err := h.monday(ctx, org); err != nil {
		return err
	}
	for _, p := range persons {
		if p.Learner == "" || !p.Left.IsZero() || len(p.Manages) == 0 {
			continue
		}
		d, err := h.reports.Digest(ctx, org, week, p.Manages)
		if err == nil {
			err = h.write(ctx, p.Learner, digestLetter(d, week, now, h.bot.PublicURL))
		}
		if err != nil {
			return err
		}
	}
	return records.Put(ctx, h.people.Store, told, week) // a letter that was written before a crash is the same one again
}

// kindTold is what was written to people of an organisation last.
const kindTold = "told"

// digestLetter is a manager's Monday, in both languages.
func digestLetter(d report.Digest, week scheduler.Date, now time.Time, publicURL string) learner.Letter {
	letter := learner.Letter{
		ID: "digest " + week.String(), Kind: learner.LetterDigest, At: now, Until: week.AddDays(14).At(0, report.Zone()),
		Title: make(map[string]string), Text: make(map[string]string),
	}
	label := make(map[string]string)
	for _, lang := range locales.Languages {
		w := locales.For(lang)
		letter.Title[lang], letter.Text[lang], label[lang] = d.Title(w), d.Text(w), w.Say("digest.open")
	}
	if publicURL != "" {
		letter.Buttons = []learner.LetterButton{{Label: label, URL: strings.TrimSuffix(publicURL, "/") + "/console/digest"}}
	}
	return letter
}

// tallied are the happenings that trainers see as counts, by week and team.
var tallied = map[string]bool{"push": true, "letter": true, "lesson": true, "thanks": true, "badge": true, "session": true}

// tally counts what happened to people of an organisation, and who answered.
func (h *house) tally(b *bot.Bot) {
	b.Tally = func(member learner.Membership, team string, day scheduler.Date, what bot.Happening) {
		if tallied[what.What] {
			h.reports.Count(member.Org, team, day, what.What+" "+what.How, 1)
		}
	}
	b.Answered = h.reports.Answered
}
