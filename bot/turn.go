package bot

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
	"praline/locales"
	"praline/scheduler"
)

// turn is one decision in the making: a learner as they were, a time, and what
// comes out. It knows no clock, no network and no store.
type turn struct {
	now       time.Time
	zone      *time.Location
	today     scheduler.Date
	catalogue lessons.Catalogue
	policy    Policy
	words     locales.Words

	learner  *learner.Learner
	receipts map[string]string
	waiting  []learner.Said // what was still to be said before
	to       learner.Address
	event    channels.Event

	log      []learner.Answer // read before the turn where it is needed
	said     []learner.Said
	answers  []learner.Answer
	drop     []string
	happened []Happening
	reports  []Report
	erase    bool
}

// turn begins a decision.
func (b *Bot) turn(record learner.Record, address learner.Address, now time.Time) *turn {
	l := record.Learner
	t := &turn{
		now: now, catalogue: b.Catalogue, policy: b.Policy,
		learner: &l, receipts: record.Receipts, waiting: record.Outbox, to: address,
	}
	if l.Created.IsZero() {
		l.Created = now.UTC().Truncate(time.Second)
	}
	t.zone = zone(l.Zone)
	t.today = scheduler.DateOf(now, t.zone)
	t.speak(l.Lang)
	return t
}

// zone returns a time zone by name, Brussels where the name is none.
func zone(name string) *time.Location {
	if name != "" {
		if z, err := time.LoadLocation(name); err == nil {
			return z
		}
	}
	z, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC // a build without time/tzdata
	}
	return z
}

// speak sets the language of what is said from here on.
func (t *turn) speak(lang string) {
	t.words = locales.For(lang)
}

// remembered is how many events, answered asks and offers a learner carries:
// enough for an app that brings an event again after minutes.
const remembered = 24

// handle decides on an event.
func (t *turn) handle(event channels.Event) {
	t.event = event
	l := t.learner
	l.Remember(event.ID, remembered)
	if event.Name != "" && l.Version == 0 {
		l.Name = event.Name
	}
	t.present()
	t.decide()
	t.after()
}

// present notes that the learner is here: whoever speaks is not silent.
func (t *turn) present() {
	l := t.learner
	if t.event.Kind == channels.Left || t.event.Kind == channels.Blocked {
		return
	}
	l.Push.Unanswered, l.Push.Quiet = 0, false
	l.Gone = slices.DeleteFunc(l.Gone, func(c string) bool { return c == t.to.Channel })
	if i := slices.Index(l.Addresses, t.to); i < 0 {
		l.Addresses = append([]learner.Address{t.to}, l.Addresses...)
	} else if i > 0 {
		l.Addresses = append([]learner.Address{t.to}, slices.Delete(l.Addresses, i, i+1)...)
	}
}

// after sets what follows from every decision: the next time to speak first.
func (t *turn) after() {
	t.schedule()
}

// change is what is committed.
func (t *turn) change() learner.Change {
	l := *t.learner
	l.Answers += len(t.answers)
	return learner.Change{
		Learner: l, Say: t.said, Answers: t.answers, Drop: t.drop,
		Forget: t.forgotten(), Next: l.Push.Next,
	}
}

// keptReceipts is how many receipts of earlier messages a learner carries.
const keptReceipts = 6

// forgotten are the receipts that nothing refers to any more: all but the
// newest, by the numbers in their IDs.
func (t *turn) forgotten() []string {
	if len(t.receipts) <= keptReceipts {
		return nil
	}
	ids := make([]string, 0, len(t.receipts))
	for id := range t.receipts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return sequence(a) - sequence(b) })
	return ids[:len(ids)-keptReceipts]
}

func sequence(id string) int {
	n, _ := strconv.ParseInt(id, 36, 64)
	return int(n)
}

// next returns a new number of this learner's, in base 36: names messages and asks.
func (t *turn) next() string {
	t.learner.Sequence++
	return strconv.FormatUint(t.learner.Sequence, 36)
}

// say adds a message to what is said, and returns its ID. Its choices are what
// the learner may type instead from now on.
func (t *turn) say(m channels.Message) string {
	m.ID = t.next()
	if m.Lang == "" {
		m.Lang = t.words.Lang
	}
	t.said = append(t.said, learner.Said{To: t.to, Message: m, At: t.now.UTC().Truncate(time.Second)})
	if !m.Retire {
		t.offer(m)
	}
	return m.ID
}

// offer keeps what can be typed instead of pressed.
func (t *turn) offer(m channels.Message) {
	if len(m.Choices) == 0 {
		return
	}
	t.learner.Offers = t.learner.Offers[:0]
	for _, c := range m.Choices {
		if c.Value != "" {
			t.learner.Offers = append(t.learner.Offers, learner.Offer{Value: c.Value, Label: c.Label, Number: c.Number})
		}
	}
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

// w is a message of the bot's words.
func (t *turn) w(id string, arguments ...any) string { return t.words.Say(id, arguments...) }

func (t *turn) happen(what, how string) { t.happened = append(t.happened, Happening{what, how}) }

// Choices, by their role. A value is a verb and its arguments, joined by
// dots; decide.go has the table of verbs.

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

// steps is "step done+1 of of", with its label by message id.
func (t *turn) steps(id string, done, of int) *channels.Steps {
	return &channels.Steps{Done: done, Of: of, Label: t.w(id, "n", done+1, "of", of)}
}

func value(verb string, arguments ...any) string {
	for _, a := range arguments {
		verb += "." + fmt.Sprint(a)
	}
	return verb
}
