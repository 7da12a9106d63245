package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"praline/channels"
	"praline/locales"
)

// delivery is one thing that Slack brought, by HTTP or over a socket.
type delivery struct {
	kind string // as Socket Mode calls it
	body []byte // JSON
}

// The kinds of deliveries.
const (
	eventsAPI   = "events_api"
	interactive = "interactive"
	commands    = "slash_commands"
)

// The words that a command and a shortcut say for somebody who typed none; the
// bot knows them in every language.
const (
	helpWord   = "help"
	lessonWord = "lesson"
)

// read makes of a delivery what came; false where it cannot be read.
func (d delivery) read() (came, bool) {
	switch d.kind {
	case eventsAPI:
		var c callback
		if json.Unmarshal(d.body, &c) != nil {
			return came{}, false
		}
		var e inner
		switch c.Type {
		case "url_verification":
			return came{what: challenged, respond: c.Challenge}, true
		case "event_callback":
			if json.Unmarshal(c.Event, &e) != nil {
				e = inner{} // of a kind that we do not read: nothing for us
			}
			return told(c, e), c.EventID != ""
		}
		return came{}, c.Type != ""
	case interactive:
		var i interaction
		if json.Unmarshal(d.body, &i) != nil || i.Type == "" {
			return came{}, false
		}
		return interacted(i, lessonWord), true
	case commands:
		var c command
		if json.Unmarshal(d.body, &c) != nil {
			return came{}, false
		}
		return commanded(c, helpWord), c.Command != "" || c.Check == "1" // now and then Slack only looks whether somebody is there
	}
	return came{}, false
}

// lane is in whose order something is handled.
func (c came) lane() string { return c.workspace + "/" + c.user }

// turn takes the place of what came in its lane. A window waits for nobody: it
// changes nothing, and what opens it lives for three seconds.
func (a *Adapter) turn(c came) (before <-chan struct{}, leave func()) {
	if c.what == opens {
		now := make(chan struct{})
		close(now)
		return now, func() {}
	}
	return a.lanes.enter(c.lane())
}

// take does what came asks for, in the order of who did it, and returns what
// the acknowledgement says; nil for nothing. With an error nothing was stored,
// and it must not be acknowledged. A fault of ours is an error of this delivery
// alone.
func (a *Adapter) take(ctx context.Context, c came, before <-chan struct{}, leave func(), handle channels.Handler) (reply any, err error) {
	select {
	case <-before:
		defer leave()
	case <-ctx.Done():
		go leave() // when it is its turn
		return nil, ctx.Err()
	}
	defer func() {
		if fault := recover(); fault != nil {
			reply, err = nil, fmt.Errorf("slack: a delivery failed, please report this: %v\n%s", fault, debug.Stack())
		}
	}()
	if c.what != nothing && c.what != leaves && c.what != challenged && !c.at.IsZero() {
		a.tokens.heard(c.workspace, c.at)
	}
	switch c.what {
	case leaves:
		return nil, a.uninstall(ctx, c.workspace, c.at)
	case opens:
		if err := a.open(ctx, c); err != nil {
			a.options.Log.Warn("slack: a window did not open", "error", err)
			a.hint(c, a.hinted(ctx, c), "slack.no-window")
		}
		return nil, nil
	case opensHome:
		a.homes.open(c.lane(), c.event.Conversation)
		a.republish(c.lane())
		return nil, nil
	case greets:
		first, err := a.first(ctx, c.event.Conversation)
		if err != nil || !first {
			return nil, err
		}
		return nil, a.bring(ctx, c, handle)
	case hand:
		if c.event.Conversation == "" {
			return a.fromElsewhere(ctx, c, handle)
		}
		return nil, a.bring(ctx, c, handle)
	}
	return nil, nil
}

// bring hands an event over.
func (a *Adapter) bring(ctx context.Context, c came, handle channels.Handler) error {
	if c.original.TS != "" {
		a.shown.remember(c.event.Conversation, c.original.TS, c.original.Text, c.original.Blocks)
	}
	e := a.hinted(ctx, c)
	if _, err := handle(ctx, e); err != nil {
		if c.event.Kind == channels.Pressed || c.event.Kind == channels.Formed {
			a.hint(c, e, "slack.away")
		}
		return err
	}
	_, channel := parts(e.Conversation)
	a.people.met(c.lane(), channel)
	a.greeted.met(e.Conversation)
	a.republish(c.lane())
	return nil
}

// line is an answer that only one person sees.
type line struct {
	Type string `json:"response_type"`
	Text string `json:"text"`
}

func ephemeral(text string) line { return line{"ephemeral", text} }

// fromElsewhere handles what was not done in the conversation: a command, a
// shortcut. The conversation is opened for it, and who is not there is told so.
// A command does not come again: what could not be stored is said at once.
func (a *Adapter) fromElsewhere(ctx context.Context, c came, handle channels.Handler) (reply any, err error) {
	channel, err := a.door(ctx, c.workspace, c.user)
	if err == nil {
		c.event.Conversation = c.workspace + "/" + channel
		err = a.bring(ctx, c, handle)
	}
	w := locales.For(speaks(a.hinted(ctx, c)))
	switch {
	case !c.command:
		return nil, err
	case err != nil:
		a.options.Log.Warn("slack: a command was not stored", "error", err)
		return ephemeral(w.Say("slack.away")), nil
	case c.channel == channel:
		return nil, nil
	}
	return ephemeral(w.Say("slack.elsewhere")), nil
}

// hint tells one person something that is only kind to know, where Slack says
// how.
func (a *Adapter) hint(c came, e channels.Event, id string) {
	if c.respond == "" || !a.trusted(c.respond) {
		return
	}
	words, err := json.Marshal(struct {
		line
		Replace bool `json:"replace_original"`
	}{ephemeral(locales.For(speaks(e)).Say(id)), false})
	if err != nil {
		return
	}
	a.aside(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.respond, strings.NewReader(string(words)))
		if err != nil {
			return
		}
		request.Header.Set("Content-Type", "application/json; charset=utf-8")
		response, err := a.client.Do(request)
		if err == nil {
			response.Body.Close()
		}
	})
}
