package bot

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/recognition"
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
	org       *Organisation // to which the learner belongs; nil: to none
	parted    bool          // they belonged to one, and do no more

	learner  *learner.Learner
	receipts map[string]string // of what stands in this app
	kept     map[string]string // all of them
	waiting  []learner.Said    // what was still to be said before
	to       learner.Address
	event    channels.Event
	known    bool // the event's effect is in the learner already
	moved    bool // the learner was in another app before
	found    findings

	said     []learner.Said
	offers   bool               // something that was said can be pressed
	export   *channels.Document // to be filled with all that is stored
	answers  []learner.Answer
	drop     []string
	happened []Happening
	reports  []Report
	erase    bool

	bot         *Bot         // for wishes, and for what is everybody's
	inbox       *inbox.Inbox // for wishes only, as are these two
	recognition *recognition.Recognition
	log         func(context.Context) ([]learner.Answer, error)
	entered     string // a code: who made it?
	wantsCode   bool   // one is to be made
	wished      *wish
	carried     []learner.Noted // receipts that come along from a newcomer
}

// turn begins a decision.
func (b *Bot) turn(record learner.Record, address learner.Address, now time.Time) *turn {
	l := record.Learner.Clone()
	t := &turn{
		now: now, catalogue: b.Catalogue, policy: b.Policy,
		bot: b, inbox: b.Inbox, recognition: b.Recognition, learner: l, kept: record.Receipts, waiting: record.Outbox, to: address,
	}
	t.log = func(ctx context.Context) ([]learner.Answer, error) { return b.Store.Log(ctx, l.ID) }
	t.receipts = maps.Clone(t.kept)
	maps.DeleteFunc(t.receipts, func(id, _ string) bool { return t.isForeign(id) })
	if l.Created.IsZero() {
		l.Created = now.UTC().Truncate(time.Second)
	}
	t.zone = zone(l.Zone)
	t.today = scheduler.DateOf(now, t.zone)
	t.speak(l.Lang)
	return t
}

// zones are the time zones that were read: reading one takes longer than a decision.
var zones sync.Map // by name, *time.Location

// zone returns a time zone by name, Brussels where the name is none.
func zone(name string) *time.Location {
	if name == "" {
		name = "Europe/Brussels"
	}
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	switch {
	case err == nil:
		zones.Store(name, z)
		return z
	case name != "Europe/Brussels":
		return zone("")
	}
	return time.UTC // a build without time/tzdata
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
	t.present()
	t.mendOrder()
	t.dropLate()
	t.readdress()
	t.dropLetters()
	t.sayParted()
	t.enrol("")
	t.decide()
	t.name()
	t.after()
}

// present notes that the learner is here: whoever speaks is not silent.
func (t *turn) present() {
	l := t.learner
	if t.event.Kind == channels.Left || t.event.Kind == channels.Blocked {
		if !l.Knows(t.to) { // it leads here all the same
			l.Addresses = append(l.Addresses, t.to)
		}
		return
	}
	l.Push.Unanswered, l.Push.Quiet = 0, false
	t.moveTo(t.to)
	l.Met(t.to)
	l.StandAt(t.to)
}

// longestName of a person, in characters.
const longestName = 60

// name keeps how the app calls a person who has agreed.
func (t *turn) name() {
	l := t.learner
	if l.Agreed.IsZero() || l.Name != "" {
		return
	}
	name := []rune(strings.Join(strings.Fields(t.event.Name), " "))
	l.Name = string(name[:min(len(name), longestName)])
}

// after sets what follows from every decision: the next time to speak first,
// and that the numbers of an earlier message mean nothing under a newer one.
func (t *turn) after() {
	t.schedule()
	if !t.offers && slices.ContainsFunc(t.said, func(s learner.Said) bool { return !s.Message.Retire }) {
		t.learner.Offers = nil
	}
}

// committed is the learner as the change is stored.
func (t *turn) committed() *learner.Learner {
	l := t.change().Learner
	l.Version++
	return &l
}

// change is what is committed.
func (t *turn) change() learner.Change {
	l := *t.learner
	l.Answers += len(t.answers)
	next := t.nextLook()
	if owed := t.now.Add(finishWithin); l.Owes() && (next.IsZero() || next.After(owed)) {
		next = owed
	}
	if unfinished(l) {
		next = t.now.Add(finishWithin) // should we not come to it
	}
	return learner.Change{
		Learner: l, Say: t.said, Answers: t.answers, Drop: t.drop,
		Forget: t.forgotten(), Next: next,
	}
}

// keptReceipts is how many receipts of earlier messages a learner carries.
const keptReceipts = 6

// forgotten are the receipts that nothing refers to any more: those of an app
// that was left, and all but the newest, by the numbers in their IDs, those
// whose buttons still stand, and those of messages that something on its way
// will replace.
func (t *turn) forgotten() []string {
	var gone []string
	ids := make([]string, 0, len(t.kept))
	place := t.learner.Place
	for id := range t.kept {
		replaced := func(s learner.Said) bool { return s.Message.Replaces == id }
		if slices.ContainsFunc(t.said, replaced) || slices.ContainsFunc(t.waiting, replaced) {
			continue
		}
		if t.isForeign(id) {
			gone = append(gone, id)
			continue
		}
		if id != place.Live && id != t.learner.Push.Message && (place.Ask == nil || id != place.Ask.Said) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return sequence(a) - sequence(b) })
	if len(t.kept) <= keptReceipts {
		return gone
	}
	return append(gone, ids[:max(0, len(ids)-keptReceipts)]...)
}

func sequence(id string) int {
	n, _ := strconv.ParseInt(id, 36, 64)
	return int(n)
}

// w is a message of the bot's words.
func (t *turn) w(id string, arguments ...any) string { return t.words.Say(id, arguments...) }

func (t *turn) happen(what, how string) { t.happened = append(t.happened, Happening{what, how}) }
