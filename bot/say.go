package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"praline/bot/learner"
	"praline/channels"
)

// next returns a new number of this learner's, in base 36: names messages and asks.
func (t *turn) next() string {
	t.learner.Sequence++
	return strconv.FormatUint(t.learner.Sequence, 36)
}

// say adds a message to what is said, and returns its ID. Its choices are what
// the learner may type instead from now on.
func (t *turn) say(m channels.Message) string {
	if m.Replaces != "" && !m.Retire && !t.inSight(m.Replaces) {
		t.retire(m.Replaces)
		m.Replaces = ""
	}
	return t.put(m)
}

// put is say for a message that takes another's place wherever that stands.
func (t *turn) put(m channels.Message) string {
	l := t.learner
	if m.Replaces != "" && t.isForeign(m.Replaces) {
		if m.Replaces = ""; m.Retire {
			return ""
		}
	}
	if m.ID == "" {
		m.ID = t.next()
	}
	if m.Lang == "" {
		m.Lang = t.words.Lang
	}
	if l.Guided {
		numberAll(&m)
	}
	t.said = append(t.said, learner.Said{To: t.to, Message: m, At: t.now.UTC().Truncate(time.Second)})
	if !m.Retire {
		l.Latest = m.ID
		t.offer(m)
	}
	return m.ID
}

// isForeign says whether a message stands in an app that was left: nothing takes
// its place.
func (t *turn) isForeign(message string) bool { return sequence(message) <= int(t.learner.Moved) }

// inSight says whether the learner looks at a message: what was pressed, or
// what was said last when anything was pressed. Whoever typed sees their own
// words below it; what took the place of the old one would go unseen.
func (t *turn) inSight(message string) bool {
	if t.event.Kind != channels.Pressed && t.event.Kind != channels.Formed {
		return false
	}
	return message == t.learner.Latest || channels.Names(t.event.Message, t.receipts[message])
}

// sayBelow says something about a message. Only where that one is buried is
// there a way back to it: else it stands right above, and so do its buttons.
func (t *turn) sayBelow(message, text string, back channels.Choice) {
	switch {
	case message == t.learner.Latest:
		t.offers = true // its numbers mean what they meant
		t.text(text)
	case t.inSight(message):
		t.text(text)
	default:
		t.text(text, back)
	}
}

// offer keeps what can be typed instead of pressed. Answers are not kept: the
// question reads them itself.
func (t *turn) offer(m channels.Message) {
	if len(m.Choices) == 0 {
		return
	}
	offers := make([]learner.Offer, 0, len(m.Choices))
	for _, c := range m.Choices {
		if c.Value != "" && (c.Role != channels.Answer || !strings.HasPrefix(c.Value, "answer.")) {
			offers = append(offers, learner.Offer{Value: c.Value, Label: c.Label, Number: c.Number})
		}
	}
	t.learner.Offers, t.offers = offers, true
}

// text says plain words with choices.
func (t *turn) text(text string, choices ...channels.Choice) string {
	return t.say(channels.Message{Text: text, Choices: choices})
}

// retire takes the buttons off an earlier message.
func (t *turn) retire(message string) {
	if message != "" {
		t.say(channels.Message{Replaces: message, Retire: true})
	}
}

// Choices, by their role; what their values mean is in values.go.

func primary(label, value string) channels.Choice {
	return channels.Choice{Label: label, Value: value, Role: channels.Primary}
}

func secondary(label, value string) channels.Choice {
	return channels.Choice{Label: label, Value: value, Role: channels.Secondary}
}

func quiet(label, value string) channels.Choice {
	return channels.Choice{Label: label, Value: value, Role: channels.Quiet}
}

// numbered gives the answers among choices their numbers, from 1.
func numbered(choices []channels.Choice) []channels.Choice {
	n := 0
	for i := range choices {
		if choices[i].Role == channels.Answer {
			n++
			choices[i].Number = n
		}
	}
	return choices
}

// numberAll gives every choice a number that can be typed, for guided
// learners: not where a typed number is the answer to a form, and not where
// the label is itself a number ("3 minutes").
func numberAll(m *channels.Message) {
	n := 0
	if m.Form != nil {
		if m.Form.Fields[0].Kind != channels.ChoicesField {
			return
		}
		n = len(m.Form.Fields[0].Options)
	}
	m.Choices = slices.Clone(m.Choices)
	for _, c := range m.Choices {
		if c.Value != "" {
			n = max(n, c.Number)
		}
	}
	for i, c := range m.Choices {
		first, _ := utf8.DecodeRuneInString(c.Label)
		if c.Value != "" && c.Number == 0 && !unicode.IsDigit(first) {
			n++
			m.Choices[i].Number = n
		}
	}
}

// steps is "step done+1 of of", with its label by message id.
func (t *turn) steps(id string, done, of int) *channels.Steps {
	return &channels.Steps{Done: done, Of: of, Label: t.w(id, "n", done+1, "of", of)}
}
