package bot_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
	"praline/channels/outbound"
)

// app stands for every chat app: it takes messages, shows them in
// conversations, and gives receipts. It holds the bot to what channels promises
// of a Message. Away, it takes nothing: what was said waits in the store.
type app struct {
	t        testing.TB
	receipts bot.Receipts
	away     bool
	talks    map[string]*talk // by conversation
	taken    int
}

// talk is one conversation as a person sees it, oldest first.
type talk struct {
	shown   []*shown
	unread  int  // the first message that nobody has looked at yet
	looking bool // at the one before it
}

// lookAway makes all that is shown something of before.
func (k *talk) lookAway() { k.unread, k.looking = len(k.shown), false }

// shown is a message in its place, and what can be pressed on it.
type shown struct {
	channels.Message
	order    int // in which it was said, over all apps
	receipt  string
	retired  bool // nothing on it can be pressed any more
	replaced bool // another message stands in its place
}

func (a *app) talk(conversation string) *talk {
	if a.talks[conversation] == nil {
		a.talks[conversation] = &talk{}
	}
	return a.talks[conversation]
}

// Say takes messages at once, in order, and notes each.
func (a *app) Say(sayings ...outbound.Saying) {
	for _, s := range sayings {
		if a.away {
			return
		}
		a.keepsPromises(s.Message)
		a.taken++
		receipt := fmt.Sprintf("%s/%d", channels.Identity(s.Conversation), a.taken)
		replaced := ""
		if s.Message.Replaces != "" {
			var err error
			if replaced, err = a.receipts.Receipt(context.Background(), s, s.Message.Replaces); err != nil {
				a.t.Fatalf("receipt of %s: %v", s.Message.Replaces, err)
			}
			if replaced != "" && !strings.HasPrefix(replaced, channels.Identity(s.Conversation)+"/") {
				a.t.Errorf("in %s a message of another app is replaced: %s", s.Conversation, replaced)
			}
		}
		receipt = a.talk(channels.Identity(s.Conversation)).show(s.Message, receipt, replaced, a.taken)
		if err := a.receipts.Note(context.Background(), s, receipt, nil); err != nil {
			a.t.Fatalf("note: %v", err)
		}
	}
}

// show puts a message in its place: anew, or over the one that it
// replaces; the receipt names the place.
func (k *talk) show(m channels.Message, receipt, replaced string, order int) string {
	for _, s := range k.shown {
		if replaced != "" && s.receipt == replaced {
			s.retired, s.replaced, receipt = true, s.replaced || !m.Retire, replaced
		}
	}
	if !m.Retire {
		k.shown = append(k.shown, &shown{Message: m, receipt: receipt, order: order}) // what changed last stands last
	}
	return receipt
}

var (
	messageID = regexp.MustCompile(`^[a-z0-9.-]{1,24}$`)
	unworded  = regexp.MustCompile(`(?m)^[a-z]+\.[a-z-]+$|<no value>|\{\{|%!`)
)

// keepsPromises fails where a message is not what channels says it is.
func (a *app) keepsPromises(m channels.Message) {
	a.t.Helper()
	if !messageID.MatchString(m.ID) {
		a.t.Errorf("message id %q", m.ID)
	}
	if m.Retire {
		return
	}
	if m.Text == "" && m.Title == "" {
		a.t.Errorf("nothing is said: %+v", m)
	}
	for _, said := range words(m) {
		if unworded.MatchString(said) {
			a.t.Errorf("not said in words: %q", said)
		}
	}
	values := map[string]bool{}
	for _, c := range m.Choices {
		if len(c.Value) > 48 || c.Label == "" || strings.Contains(c.Label, "**") || c.Role == "" {
			a.t.Errorf("choice %+v", c)
		}
		if c.Value != "" && values[c.Value] {
			a.t.Errorf("two choices lead to %q", c.Value)
		}
		values[c.Value] = true
	}
	if m.Form != nil && (len(m.Form.Value) > 48 || len(m.Form.Fields) == 0 || m.Form.Submit == "") {
		a.t.Errorf("form %+v", m.Form)
	}
}

// words are all the words of a message.
func words(m channels.Message) []string {
	all := []string{m.Title, m.Text, m.After, m.Note}
	if m.Steps != nil {
		all = append(all, m.Steps.Label)
	}
	if m.Verdict != nil {
		all = append(all, m.Verdict.Text)
	}
	for _, c := range m.Choices {
		all = append(all, c.Label, c.Said, c.Detail)
	}
	if m.Form != nil {
		all = append(all, m.Form.Submit)
		for _, f := range m.Form.Fields {
			all = append(all, f.Label)
			for _, o := range f.Options {
				all = append(all, o.Label)
			}
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// read is a message as a person reads it, without what can be pressed.
func read(m channels.Message) string {
	var b strings.Builder
	line := func(text string) {
		if text != "" {
			b.WriteString(text + "\n")
		}
	}
	if m.Steps != nil {
		line("(" + m.Steps.Label + ")")
	}
	line(m.Title)
	line(markup.Plain(m.Text))
	if v := m.Verdict; v != nil {
		line(strings.TrimSpace(map[channels.Mark]string{channels.Right: "✓ ", channels.NotQuite: "~ "}[v.Mark] + markup.Plain(v.Text)))
	}
	for _, c := range m.Choices {
		if c.Mark != channels.Unmarked {
			line(strings.TrimSpace(fmt.Sprintf("%s %d. %s", map[channels.Mark]string{
				channels.Right: "✓", channels.NotQuite: "✗", channels.Chosen: "•", channels.Folded: "·",
			}[c.Mark], c.Number, c.Label)))
			line(join(c.Said, markup.PlainLine(c.Detail)))
		}
	}
	line(markup.Plain(m.After))
	if m.Form != nil {
		for _, f := range m.Form.Fields {
			var options []string
			for _, o := range f.Options {
				options = append(options, o.Label)
			}
			line("[ " + f.Label + ": " + strings.Join(options, " / ") + " ]")
		}
	}
	line(markup.Plain(m.Note))
	if m.Document != nil {
		line("(file " + m.Document.Name + ")")
	}
	return strings.TrimSpace(b.String())
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "   " + a + ": " + b
}

// buttons are the labels that can be pressed, with their numbers.
func buttons(m channels.Message) []string {
	var all []string
	if m.Form != nil {
		all = append(all, m.Form.Submit)
	}
	for _, c := range m.Choices {
		if c.Value == "" {
			continue
		}
		label := c.Label
		if c.Number > 0 {
			label = fmt.Sprintf("%d. %s", c.Number, label)
		}
		all = append(all, label)
	}
	return all
}

// find is the newest message with a choice or a form of this label that still
// stands, or, for an old button, that ever stood.
func (k *talk) find(label string, old bool) (m *shown, value string) {
	for i := len(k.shown) - 1; i >= 0; i-- {
		s := k.shown[i]
		if s.retired != old {
			continue
		}
		if s.Form != nil && s.Form.Submit == label {
			return s, s.Form.Value
		}
		for _, c := range s.Choices {
			if c.Value != "" && spaces(c.Label) == label {
				return s, c.Value
			}
		}
	}
	return nil, ""
}

// spaces makes every space an ordinary one.
func spaces(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(text)
}

// Forget has nothing to drop: what is said is shown at once.
func (*app) Forget(context.Context, string) error { return nil }

var _ bot.Outbound = (*app)(nil)

var home = learner.Address{Channel: "chat", Conversation: "ann"}
