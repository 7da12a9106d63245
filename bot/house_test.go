package bot_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/lessons"
	"praline/records"
	"praline/records/recordstest"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// house is an organisation with a real roster, and campaigns as a test sets
// them; what is random in it is fixed where a person reads it.
type house struct {
	*people.People
	c         *chat
	catalogue lessons.Catalogue
	campaigns []campaign.Campaign
	done      []string // campaigns that were reported done, each time
	erased    []learner.ID
	seen      bot.Seen
	away      bool
}

func newHouse(c *chat) *house {
	c.t.Helper()
	h := &house{c: c, catalogue: c.bot.Catalogue, seen: bot.Seen{
		Text: "**Vos équipes, semaine 42**\n\nEnviron 85 personnes participent.", URL: "https://praline.example/console/team",
	}}
	h.People = &people.People{Store: &recordstest.Memory{}, Secret: make([]byte, 32), Now: func() time.Time { return c.now }}
	_, err := h.CreateOrganisation(context.Background(), people.Organisation{ID: "spf", Names: map[string]string{"fr": "SPF Exemple", "nl": "FOD Voorbeeld"}})
	if err != nil {
		c.t.Fatal(err)
	}
	c.bot.Organisations, c.bot.Roster, c.bot.PublicURL = h, h, "https://praline.example"
	c.bot.ManagerPage = func(context.Context, learner.Membership, string) (bot.Seen, error) { return h.seen, nil }
	c.bot.Completed = func(_ context.Context, m learner.Membership, id string, _ time.Time) error {
		if h.away {
			return errAway
		}
		h.done = append(h.done, m.Org+"/"+id)
		return nil
	}
	c.bot.Erased = func(_ context.Context, _ learner.Membership, id learner.ID) error {
		h.erased = append(h.erased, id)
		return nil
	}
	return h
}

// Of is what the organisation decides now.
func (h *house) Of(ctx context.Context, m learner.Membership) (*bot.Organisation, error) {
	if h.away {
		return nil, errAway
	}
	o, err := h.Organisation(ctx, m.Org)
	if err != nil {
		return nil, err
	}
	who, err := h.Person(ctx, m.Org, m.Person)
	if err != nil {
		return nil, err
	}
	if !who.Left.IsZero() {
		return nil, fmt.Errorf("person %s: left: %w", m.Person, records.ErrNone)
	}
	facts := campaign.Facts{Team: who.Team, Lang: who.Lang, Joined: scheduler.DateOf(who.Joined, brussels)}
	return &bot.Organisation{
		Organisation: o, Person: who, Catalogue: h.catalogue,
		Campaigns: campaign.For(h.campaigns, facts, scheduler.DateOf(h.c.now, brussels)),
	}, nil
}

// NewSignIn is always the same.
func (h *house) NewSignIn(ctx context.Context, of learner.Membership) (path, code string, err error) {
	if _, _, err = h.People.NewSignIn(ctx, of); err != nil {
		return "", "", err
	}
	return "/console/sign-in?t=secret", "7KQ2 M3XA", nil
}

// poster makes an invitation for many, and returns its code.
func (h *house) poster(i people.Invitation) string {
	h.c.t.Helper()
	if i.Limit == 0 {
		i.Limit = 100
	}
	i.Expires = h.c.now.Add(7 * 24 * time.Hour)
	i, err := h.Invite(context.Background(), people.Shell("spf"), i)
	if err != nil {
		h.c.t.Fatal(err)
	}
	return h.Code("spf", i)
}

// join makes who speaks now a member.
func (h *house) join(i people.Invitation) {
	h.c.t.Helper()
	h.c.says(h.poster(i))
	yes := "Rejoindre"
	if h.c.learner().Lang == "nl" {
		yes = "Aansluiten"
	}
	h.c.presses(yes, false)
}

// running is a campaign of the atelier that began yesterday.
func (h *house) running(id string) campaign.Campaign {
	return campaign.Campaign{
		ID: id, Series: "atelier", Start: scheduler.DateOf(h.c.now, brussels).AddDays(-1), Launched: h.c.now.Add(-48 * time.Hour),
		Reminders: 2,
	}
}

// leaves is somebody whom the administrator has taken out of the roster.
func (h *house) leaves() {
	h.c.t.Helper()
	if err := h.Leave(context.Background(), people.Shell("spf"), h.c.learner().Member.Person); err != nil && !errors.Is(err, records.ErrNone) {
		h.c.t.Fatal(err)
	}
}

// cameWith is somebody who opens the bot by a link.
func cameWith(payload string) channels.Event {
	return channels.Event{Kind: channels.Came, Payload: payload}
}
