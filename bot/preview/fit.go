// Package preview shows a lesson as learners will see it, and says what each
// app will do with every screen and question: the channel fit.
//
// Both come from the conversation itself (bot.Rehearse) and from the limits
// that the adapters state (channels.Limits), so they cannot differ from what
// happens.
package preview

import (
	"unicode/utf16"
	"unicode/utf8"

	"praline/channels"
)

// App is a channel's name and limits.
type App struct {
	Name   string
	Limits channels.Limits
}

// Effect is what an app does with a message.
type Effect string

// The effects.
const (
	Whole    Effect = "whole"    // shown as it is
	Split    Effect = "split"    // in several messages, at sentence ends
	Numbered Effect = "numbered" // answers are written out, the buttons carry numbers
	Typed    Effect = "typed"    // answered by typing, or by a keyboard that grows
	Worded   Effect = "worded"   // a picture's alternative text instead of the picture
)

// Fit is what an app does with one message, from most to least important;
// Whole alone where nothing is changed.
func Fit(app App, m channels.Message) []Effect {
	var effects []Effect
	limits := app.Limits
	if limits.Text.Max > 0 && Length(m, limits.Text.Unit) > limits.Text.Max {
		effects = append(effects, Split)
	}
	if m.Form != nil && limits.Typed {
		effects = append(effects, Typed)
	}
	for _, c := range m.Choices {
		if c.Role == channels.Answer && c.Value != "" && limits.ButtonLabel.Max > 0 && count(c.Label, limits.ButtonLabel.Unit) > limits.ButtonLabel.Max {
			effects = append(effects, Numbered)
			break
		}
	}
	for _, medium := range m.Media {
		if !shows(limits.Media, medium.MIME) {
			effects = append(effects, Worded)
			break
		}
	}
	if len(effects) == 0 {
		return []Effect{Whole}
	}
	return effects
}

func shows(kinds []string, mime string) bool {
	for _, k := range kinds {
		if k == mime {
			return true
		}
	}
	return false
}

// Length is how long all words of a message are, in an app's unit.
func Length(m channels.Message, unit channels.Unit) int {
	n := count(m.Title, unit) + count(m.Text, unit) + count(m.After, unit) + count(m.Note, unit)
	if m.Verdict != nil {
		n += count(m.Verdict.Text, unit)
	}
	for _, c := range m.Choices {
		n += count(c.Label, unit) + count(c.Detail, unit) + count(c.Said, unit)
	}
	if m.Form != nil {
		for _, f := range m.Form.Fields {
			n += count(f.Label, unit)
			for _, o := range f.Options {
				n += count(o.Label, unit)
			}
		}
	}
	return n
}

func count(text string, unit channels.Unit) int {
	switch unit {
	case channels.UTF16:
		n := 0
		for _, r := range text {
			n += utf16.RuneLen(r)
		}
		return n
	case channels.Bytes:
		return len(text)
	}
	return utf8.RuneCountInString(text)
}
