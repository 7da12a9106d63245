package slack

import (
	"context"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
)

// people remembers what Slack says of persons, and their direct messages.
type people struct {
	mu    sync.Mutex
	hints map[string]hint
	doors map[string]string // by workspace and user: the direct message
}

// hint is what a person's profile tells.
type hint struct {
	name, locale, zone string
	until              time.Time
}

const (
	maxPeople = 5000
	// hintFor is how long a profile is believed, hintLater when to ask again
	// for one that was not told.
	hintFor   = 24 * time.Hour
	hintLater = 10 * time.Minute
	// hintWithin is how long an event may wait for a hint: it must be
	// acknowledged within three seconds, hint or not.
	hintWithin = 700 * time.Millisecond
)

// hinted adds the hints of who it is from.
// https://docs.slack.dev/reference/methods/users.info/
func (a *Adapter) hinted(ctx context.Context, c came) channels.Event {
	e, key := c.event, c.workspace+"/"+c.user
	now := a.options.Now()
	a.people.mu.Lock()
	h, known := a.people.hints[key]
	a.people.mu.Unlock()
	if !known || !now.Before(h.until) {
		h = a.profile(ctx, c, now)
		a.people.mu.Lock()
		if a.people.hints == nil || len(a.people.hints) >= maxPeople {
			a.people.hints = make(map[string]hint)
		}
		a.people.hints[key] = h
		a.people.mu.Unlock()
	}
	e.Name, e.Zone = h.name, h.zone
	if h.locale != "" {
		e.Languages = []string{h.locale}
	}
	return e
}

func (a *Adapter) profile(ctx context.Context, c came, now time.Time) hint {
	ctx, cancel := context.WithTimeout(ctx, hintWithin)
	defer cancel()
	h := hint{until: now.Add(hintLater)}
	err := a.call(ctx, c.workspace, "users.info", func(api *slackapi.Client) error {
		user, err := api.GetUserInfoContext(ctx, c.user)
		if err == nil {
			h = hint{name: user.Profile.FirstName, locale: user.Locale, zone: user.TZ, until: now.Add(hintFor)}
		}
		return err
	})
	if err != nil {
		a.options.Log.Debug("slack: no hints of a person", "error", err)
	}
	return h
}

// speaks is the first of an event's hints, French where there is none.
func speaks(e channels.Event) string {
	if len(e.Languages) > 0 {
		return e.Languages[0]
	}
	return "fr"
}

// door returns the direct message with a person, opening it where that is new.
// https://docs.slack.dev/reference/methods/conversations.open/
func (a *Adapter) door(ctx context.Context, workspace, user string) (string, error) {
	key := workspace + "/" + user
	a.people.mu.Lock()
	channel := a.people.doors[key]
	a.people.mu.Unlock()
	if channel != "" {
		return channel, nil
	}
	err := a.call(ctx, workspace, "conversations.open", func(api *slackapi.Client) error {
		opened, _, _, err := api.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{Users: []string{user}})
		if err == nil {
			channel = opened.ID
		}
		return err
	})
	if err == nil {
		a.people.met(key, channel)
	}
	return channel, err
}

// met remembers where somebody is met.
func (p *people) met(key, channel string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.doors == nil || len(p.doors) >= maxPeople {
		p.doors = make(map[string]string)
	}
	p.doors[key] = channel
}

// greeted remembers who was greeted, where nobody else knows.
type greeted struct {
	mu  sync.Mutex
	all map[string]bool
}

// first says whether somebody comes for the first time.
func (a *Adapter) first(ctx context.Context, conversation string) (bool, error) {
	if a.options.Known != nil {
		known, err := a.options.Known(ctx, conversation)
		return !known, err
	}
	a.greeted.mu.Lock()
	defer a.greeted.mu.Unlock()
	return !a.greeted.all[conversation], nil
}

// met takes note that something of a conversation was handled.
func (g *greeted) met(conversation string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all == nil || len(g.all) >= maxPeople {
		g.all = make(map[string]bool)
	}
	g.all[conversation] = true
}
