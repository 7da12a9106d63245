package main

import (
	"context"
	"maps"
	"time"

	"praline/bot"
	"praline/bot/audience"
	"praline/bot/console"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/recognition"
	"praline/bot/report"
	"praline/bot/store"
	"praline/lessons"
	"praline/lessons/library"
	"praline/scheduler/campaign"
)

// house is what organisations have, beside the conversation: the same functions
// for the console and for commands.
type house struct {
	people      *people.People
	library     *library.Library
	campaigns   *campaign.Campaigns
	audience    *audience.Reader
	reports     *report.Reports
	recognition *recognition.Recognition
	inbox       *inbox.Inbox
	bot         *bot.Bot
	now         func() time.Time // the bot's clock
	// ways are how an invitation's code is taken up in each app that is on.
	ways func(ctx context.Context, code string) []people.Way
}

// newHouse is for the server, and for a command that opened the store itself:
// that one knows no publicURL.
func newHouse(s *store.Store, b *bot.Bot, secret []byte, publicURL string, now func() time.Time) *house {
	h := &house{
		people:      &people.People{Store: s, Secret: secret, Now: time.Now},
		library:     &library.Library{Store: s, Catalogue: b.Catalogue, Log: b.Log},
		campaigns:   &campaign.Campaigns{Store: s},
		reports:     &report.Reports{Store: s, Learners: s, Secret: secret, Now: now},
		recognition: &recognition.Recognition{Store: s, Secret: secret, PublicURL: publicURL},
		bot:         b, now: now,
	}
	h.audience = h.newAudience(s)
	h.reports.Roster, h.reports.Promised = h.people, h.promised
	h.reportIn(b)
	h.tally(b)
	h.library.Holders = h.holders
	h.inbox = newInbox(s, h.people, h, secret, b.Log)
	b.Inbox, b.Recognition = h.inbox, h.recognition
	return h
}

// catalogue is what an organisation's people can be taught: the open catalogue,
// and what they published themselves.
func (h *house) catalogue(ctx context.Context, org string) (lessons.Catalogue, error) {
	own, err := h.library.Live(ctx, org)
	if err != nil {
		return lessons.Catalogue{}, err
	}
	all := h.bot.Catalogue
	for _, s := range own {
		all = with(all, s)
	}
	return all, nil
}

// write hands a letter to a learner.
func (h *house) write(ctx context.Context, to learner.ID, letter learner.Letter) error {
	return h.bot.Write(ctx, h.now(), to, letter)
}

// console serves the pages of trainers, managers and administrators.
func (s *server) console(secret []byte) error {
	h := s.house
	c, err := console.New(console.Options{
		People: h.people, Library: h.library, Campaigns: h.campaigns, Reports: h.reports, Recognition: h.recognition, Inbox: h.inbox,
		Catalogue: h.catalogue, Write: h.write, Situation: h.audience.Situation, Progress: h.progress, Ways: h.ways, Try: h.tryCode,
		Secret: secret, PublicURL: s.config.PublicURL, Now: s.clock.Now, Wall: time.Now, Log: s.log,
	})
	if err != nil {
		return err
	}
	routes, err := c.Routes()
	if err != nil {
		return err
	}
	maps.Copy(s.channels.routes, routes)
	if routes, err = h.recognition.Routes(time.Now, s.log); err != nil {
		return err
	}
	maps.Copy(s.channels.routes, routes)
	return nil
}
