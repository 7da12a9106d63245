package web

import (
	"context"
	"strings"
	"time"
)

// state is what a page needs to become what the conversation is: the order of
// its entries, and those that changed since a number. It is idempotent: a page
// that has had some of it already ends up the same. So nothing is lost and
// nothing doubled, whichever way it comes: over the stream, again after it
// broke, or as the answer to a form.
type state struct {
	Number  int64    `json:"n"`
	Anew    bool     `json:"anew,omitempty"` // forget what stood there before
	Lang    string   `json:"lang"`
	Order   []string `json:"order"`
	Changed []change `json:"changed"`
}

type change struct {
	Key    string `json:"k"`
	Number int64  `json:"n"`
	HTML   string `json:"html"`
}

// conversation is a transcript as it is shown now.
type conversation struct {
	entries  []Entry
	number   int64
	fleeting bool // the last entry stands nowhere but here
}

// look reads a conversation.
func (a *Adapter) look(ctx context.Context, name string) (conversation, error) {
	entries, err := a.entries(ctx, name)
	if err != nil {
		return conversation{}, err
	}
	c := conversation{entries: entries}
	for _, e := range entries {
		c.number = max(c.number, e.Number)
	}
	if m := a.rooms.receipt(name, a.options.Wall()); m != nil {
		c.fleeting = true
		c.entries = append(c.entries, Entry{At: a.options.Now(), Key: "fleeting-" + m.ID, Message: m})
	}
	return c, nil
}

// since is what changed after a number. A number that was never given (the
// conversation was erased meanwhile) shows everything anew.
func (a *Adapter) since(c conversation, number int64) state {
	s := state{Number: c.number, Anew: number > c.number || c.fleeting, Order: []string{}, Changed: []change{}, Lang: c.lang()}
	for i, e := range c.entries {
		s.Order = append(s.Order, e.Key)
		if s.Anew || e.Number > number {
			var b strings.Builder
			if err := templates.ExecuteTemplate(&b, "entry", a.entryView(c.entries, i)); err != nil {
				a.options.Log.Error("web: entry not drawn", "error", err)
				continue
			}
			s.Changed = append(s.Changed, change{e.Key, e.Number, b.String()})
		}
	}
	return s
}

// lang is the language of what the bot said last, "" when it has said nothing.
func (c conversation) lang() string {
	for i := len(c.entries) - 1; i >= 0; i-- {
		if m := c.entries[i].Message; m != nil && m.Lang != "" {
			return m.Lang
		}
	}
	return ""
}

// stamped says whether an entry is far enough from the one before it to say
// when it was.
func stamped(entries []Entry, i int, zone *time.Location) bool {
	if i == 0 {
		return true
	}
	before, now := entries[i-1].At.In(zone), entries[i].At.In(zone)
	return now.Sub(before) > time.Hour || before.YearDay() != now.YearDay() || before.Year() != now.Year()
}
