package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"praline/channels"
)

// Send gives a message its place in the transcript; its receipt is its ID.
//
// A message takes the place of the one that it replaces while nothing was said
// after that one. Otherwise it stands at the end, where the reader is, and the
// other keeps its words and loses its choices.
func (a *Adapter) Send(ctx context.Context, conversation string, m channels.Message, replaced string) (string, error) {
	replaces := cmp.Or(replaced, m.Replaces)
	switch {
	case m.Fleeting:
		a.rooms.settle(conversation, a.rooms.take(conversation))
		a.rooms.show(conversation, &m, a.options.Wall())
	case m.Retire:
		if err := a.retire(ctx, conversation, replaces); err != nil {
			return "", err
		}
	default:
		if err := a.place(ctx, conversation, m, replaces); err != nil {
			return "", err
		}
		a.rooms.show(conversation, nil, a.options.Wall())
	}
	a.rooms.changed(conversation, m.ID)
	return m.ID, nil
}

func (a *Adapter) place(ctx context.Context, conversation string, m channels.Message, replaces string) error {
	entry := Entry{At: a.options.Now(), Key: m.ID, Message: &m}
	pressed := a.rooms.take(conversation)
	if replaces == "" {
		if err := a.own(ctx, conversation, pressed); err != nil {
			return err
		}
		return a.put(ctx, conversation, entry, "")
	}
	entries, err := a.entries(ctx, conversation)
	if err != nil {
		return err
	}
	if index(entries, m.ID) >= 0 {
		return a.put(ctx, conversation, entry, "") // said before: where it stands
	}
	if pressed != nil && pressed.message != replaces {
		if err := a.own(ctx, conversation, pressed); err != nil {
			return err
		}
	}
	i := index(entries, replaces)
	if i < 0 {
		return a.put(ctx, conversation, entry, "")
	}
	if i == len(entries)-1 {
		return a.put(ctx, conversation, entry, replaces)
	}
	if err := a.put(ctx, conversation, retired(entries[i]), ""); err != nil {
		return err
	}
	return a.put(ctx, conversation, entry, "")
}

// own shows what the learner pressed.
func (a *Adapter) own(ctx context.Context, conversation string, p *press) error {
	if p == nil || p.text == "" {
		return nil
	}
	return a.put(ctx, conversation, Entry{At: a.options.Now(), Key: p.event, Text: p.text}, "")
}

func (a *Adapter) retire(ctx context.Context, conversation, message string) error {
	entries, err := a.entries(ctx, conversation)
	if err != nil {
		return err
	}
	if i := index(entries, message); i >= 0 && entries[i].Message != nil {
		return a.put(ctx, conversation, retired(entries[i]), "")
	}
	return nil // it is gone: nothing can be pressed
}

// retired is an entry with nothing left to press.
func retired(e Entry) Entry {
	if e.Message == nil {
		return e
	}
	m := *e.Message
	if m.Form != nil || slices.ContainsFunc(m.Choices, func(c channels.Choice) bool { return c.Role == channels.Answer && c.Value != "" }) {
		m.Note = "" // how to answer
	}
	m.Form = nil
	m.Choices = slices.DeleteFunc(slices.Clone(m.Choices), func(c channels.Choice) bool { return c.Value != "" })
	e.Message = &m
	return e
}

func (a *Adapter) put(ctx context.Context, conversation string, entry Entry, replaces string) error {
	if _, err := a.options.Transcript.Put(ctx, conversation, entry, replaces); err != nil {
		return fmt.Errorf("web: transcript: %w", err)
	}
	return nil
}

func (a *Adapter) entries(ctx context.Context, conversation string) ([]Entry, error) {
	entries, err := a.options.Transcript.Entries(ctx, conversation)
	if err != nil {
		return nil, fmt.Errorf("web: transcript: %w", err)
	}
	return entries, nil
}

func index(entries []Entry, key string) int {
	return slices.IndexFunc(entries, func(e Entry) bool { return e.Key == key })
}
