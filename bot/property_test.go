package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// typed are things that people type, sensible or not.
var typed = []string{
	"bonjour", "leçon", "pause", "pause jusqu'au 2 novembre", "reprendre", "heures", "samedi à 10h", "lundi et jeudi à 13 h", "2h30",
	"oui", "non", "1", "2", "3", "4", "10", "99", "progrès", "les sujets", "stop", "pourquoi", "mes données", "effacer", "aide", "signaler",
	"langue", "nederlands", "français", "minutes 5", "je ne travaille pas le vendredi", "un mercredi sur deux", "palais", "1b 2a 3c", "2 1 3",
	"console", "que voit mon chef ?", "pourquoi rien lundi ?", "quitter l'organisation", "INV-2222-3333-4444",
	"🙂", "", "   ", "/", "/start", "/xyz", "**gras** [x](y)", "\x00", "je ne sais pas", "boutons", "tous les jours à 9 h, 11 h, 14 h et 16 h",
}

// TestAnyLife lets somebody do anything at any time, and holds what is promised
// of every message and every state.
func TestAnyLife(t *testing.T) {
	series := atelier(t)
	total := 0
	rapid.Check(t, func(r *rapid.T) {
		s := newMemory()
		c := newChat(t, s, lessons.NewCatalogue(series))
		c.now = c.now.Add(time.Duration(rapid.IntRange(0, 700*24*60).Draw(r, "begins")) * time.Minute)
		c.bot.Policy.ForbidOutside = rapid.Bool().Draw(r, "forbid outside")
		if rapid.Bool().Draw(r, "web") {
			c.bot.Policy.Waits = func(string) bool { return true }
		}
		h := newHouse(c)
		if rapid.IntRange(0, 4).Draw(r, "ready") > 0 {
			stepReady(c, rapid.SampledFrom([]string{"fr", "nl", "fr guided"}).Draw(r, "as"))
		}
		if rapid.Bool().Draw(r, "often") {
			c.says("chaque jour ouvrable à 9 h, 11 h, 14 h et 16 h")
			c.says("oui")
		}
		days := map[string]int{}
		for range rapid.IntRange(1, 60).Draw(r, "events") {
			before, known := c.learnerIfAny()
			switch rapid.IntRange(-2, 13).Draw(r, "what") {
			case -2:
				if known {
					kind := rapid.SampledFrom([]learner.LetterKind{learner.LetterAnswer, learner.LetterBadge, learner.LetterDigest, learner.LetterThanks}).Draw(r, "kind")
					l := letter(fmt.Sprint(rapid.IntRange(0, 30).Draw(r, "letter")), kind)
					if rapid.Bool().Draw(r, "until") {
						l.Until = c.now.Add(48 * time.Hour)
					}
					c.write(l)
				}
			case -1:
				h.anything(r)

			case 0, 1, 2, 3, 4:
				c.anyPress(r)
			case 5, 6:
				c.says(rapid.SampledFrom(typed).Draw(r, "typed"))
			case 7:
				kind := rapid.SampledFrom([]channels.Kind{channels.Came, channels.Left, channels.Blocked, channels.Sent, channels.Edited}).Draw(r, "kind")
				c.does(channels.Event{Kind: kind, Text: "x"})
			case 8:
				c.anyForm(r)
			default:
				if next := before.Push.Next; rapid.IntRange(0, 3).Draw(r, "jump") > 0 && next.After(c.now) {
					c.now = next
				}
				c.now = c.now.Add(time.Duration(rapid.SampledFrom([]int{1, 3, 15, 55, 300, 1440, 4000}).Draw(r, "minutes")) * time.Minute)
				c.app.away = rapid.IntRange(0, 4).Draw(r, "away") == 0
				k := c.app.talk("ann")
				k.lookAway()
				c.queue()
				for _, s := range c.heard() {
					unasked, byLetter := pushed(s.Message), isLetter(s.Message)
					if known && (byLetter || unasked && !s.retired) {
						total++
						days[scheduler.DateOf(c.now, brussels).String()]++
						mayBeSaid(t, before, c, byLetter)
					}
				}
			}
			if c.err != nil {
				t.Fatalf("an error: %v", c.err)
			}
			c.app.away = false
			c.consistent()
			if t.Failed() {
				r.FailNow()
			}
		}
		for day, n := range days {
			if n > scheduler.UnaskedPerDay {
				t.Fatalf("%d unasked messages on %s", n, day)
			}
		}
	})
	if total == 0 {
		t.Error("nothing was ever said unasked: this test shows nothing")
	}
}

// pushed says that a message is one that nobody asked for.
func pushed(m channels.Message) bool {
	for _, c := range m.Choices {
		if c.Value == "snooze.no" || c.Value == "times.less" {
			return true
		}
	}
	return false
}

// mayBeSaid holds what was said unasked against what the learner had told before.
func mayBeSaid(t *testing.T, l learner.Learner, c *chat, byLetter bool) {
	gate := scheduler.Gate{Working: l.Working, Zone: brussels}
	gate.Calendar, _ = scheduler.Named("")
	open := gate.Open(c.now).Open
	for back := range 10*60 + 2 { // what was due inside may be ten minutes late, to the second
		open = open || gate.Open(c.now.Add(-time.Duration(back)*time.Second)).Open && gate.WorkingDay(scheduler.DateOf(c.now, brussels))
	}
	if byLetter { // nothing opens the gate for it
		open = gate.Open(c.now).Open
	}
	chosen := false
	for back := range 11 {
		at := c.now.Add(-time.Duration(back) * time.Minute)
		chosen = chosen || !byLetter && l.Outside && slices.ContainsFunc(l.Slots, func(s scheduler.Slot) bool {
			return s.Hour == at.In(brussels).Hour() && s.Minute == at.In(brussels).Minute()
		})
	}
	switch {
	case l.Stopped, l.Agreed.IsZero(), l.Push.Quiet:
		t.Errorf("said to somebody who does not want it: %+v", l)
	case !open && !chosen:
		t.Errorf("said outside the gate at %s: %+v", c.now.In(brussels).Format(clock), l.Working)
	}
}

// isLetter says that a message is one that others began.
func isLetter(m channels.Message) bool {
	return strings.HasPrefix(m.Text, "Lettre ") || strings.HasPrefix(m.Text, "Brief ") || strings.Contains(m.Text, "commence chez") || strings.Contains(m.Text, "begint bij")
}

// anything happens in the organisation.
func (h *house) anything(r *rapid.T) {
	_, known := h.c.learnerIfAny()
	switch rapid.IntRange(0, 5).Draw(r, "in the organisation") {
	case 0:
		h.c.says(h.poster(people.Invitation{}))
	case 1:
		h.c.does(cameWith(h.poster(people.Invitation{})))
	case 2:
		if known && h.c.learner().Member.Org != "" {
			h.leaves()
		}
	case 3:
		h.campaigns = nil
	default:
		running := h.running(fmt.Sprint("c", rapid.IntRange(0, 3).Draw(r, "campaign")))
		running.Compulsory, running.PerWeek = rapid.Bool().Draw(r, "compulsory"), rapid.IntRange(0, 2).Draw(r, "a week")
		h.campaigns = []campaign.Campaign{running}
		if known {
			if err := h.c.bot.Attend(h.c.t.Context(), h.c.now, h.c.learner().ID); err != nil {
				h.c.t.Fatal(err)
			}
		}
	}
}

func (c *chat) learnerIfAny() (learner.Learner, bool) {
	id, err := c.store.Resolve(c.t.Context(), c.who)
	if err != nil || id == "" {
		return learner.Learner{}, false
	}
	l := c.learner()
	return l, l.Version > 0
}

// anyPress presses any button that ever was shown; what stands must lead
// somewhere that says something.
func (c *chat) anyPress(r *rapid.T) {
	type button struct {
		value, receipt, label string
		stands                bool
	}
	var all []button
	for _, s := range c.app.talk("ann").shown {
		for _, x := range s.Choices {
			if x.Value != "" {
				all = append(all, button{x.Value, s.receipt, x.Label, !s.retired})
			}
		}
	}
	if len(all) == 0 {
		c.does(channels.Event{Kind: channels.Came})
		return
	}
	recent := all[max(0, len(all)-6):]
	if rapid.IntRange(0, 4).Draw(r, "old") == 0 {
		recent = all
	}
	b := rapid.SampledFrom(recent).Draw(r, "button")
	c.does(channels.Event{Kind: channels.Pressed, Value: b.value, Message: b.receipt})
	if b.stands && !slices.ContainsFunc(c.answered, func(m channels.Message) bool { return !m.Retire }) {
		c.t.Errorf("%q (%s) leads nowhere", b.label, b.value)
	}
}

func (c *chat) anyForm(r *rapid.T) {
	fields := map[string][]string{}
	for _, name := range []string{"choices", "text", "place0", "place1", "place2", "pair0", "pair1", "pair2"} {
		if rapid.Bool().Draw(r, name) {
			fields[name] = rapid.SliceOfN(rapid.SampledFrom([]string{"0", "1", "2", "9", "-1", "x", "", "10", "palais"}), 0, 3).Draw(r, "values")
		}
	}
	for _, s := range slices.Backward(c.app.talk("ann").shown) {
		if s.Form != nil {
			c.does(channels.Event{Kind: channels.Formed, Value: s.Form.Value, Fields: fields, Message: s.receipt})
			return
		}
	}
}

// consistent holds a stored learner against itself.
func (c *chat) consistent() {
	l, known := c.learnerIfAny()
	if !known {
		return
	}
	log, _ := c.store.Log(c.t.Context(), l.ID)
	p := l.Place
	problem := ""
	switch {
	case len(log) != l.Answers:
		problem = fmt.Sprintf("%d answers, %d in the log", l.Answers, len(log))
	case (p.Topic == "question") != (p.Ask != nil):
		problem = "a question without an ask, or an ask without its question"
	case (p.Topic == "question" || p.Topic == "lesson" || p.Topic == "feedback") && l.Session == nil:
		problem = "in a session that is none"
	case p.Topic == "hello" && l.Session != nil:
		problem = "a session in hello"
	case l.Session != nil && p.Topic == "":
		problem = "a session that is nowhere"
	case l.Minutes < 0 || l.Minutes > 30:
		problem = fmt.Sprint(l.Minutes, " minutes")
	case len(l.Seen) > 24 || len(l.Asked) > 4 || len(l.Working.Pauses) > 12:
		problem = "it grows without end"
	case len(l.Letters) > 6 || len(l.Posted) > 16 || len(l.Log.All()) > 40 || len(l.Campaigns) > 8:
		problem = "what others begin grows without end"
	case l.Owes() && l.Member.Org == "":
		problem = "owed to no organisation"
	case l.Push.Today > scheduler.UnaskedPerDay:
		problem = fmt.Sprint(l.Push.Today, " unasked messages today")
	case len(l.Slots) > 0 && !l.Stopped && !l.Agreed.IsZero() && l.Push.Next.IsZero():
		problem = "nobody looks at them again"
	}
	for _, card := range l.Cards {
		if !strings.HasPrefix(card.Key, "atelier/") || !card.Memory.Asked() || card.Key == "atelier/mood" {
			problem = fmt.Sprintf("card %+v", card)
		}
	}
	var back learner.Learner
	unmarshal(marshal(l), &back)
	if string(marshal(back)) != string(marshal(l)) {
		problem = "it is not the same after the store"
	}
	if problem != "" {
		c.t.Errorf("%s\n%s\nlast event %+v", problem, marshal(l), c.last)
	}
}

// FuzzTyped types anything in any place of the conversation.
func FuzzTyped(f *testing.F) {
	for _, text := range typed {
		for where := range uint8(4) {
			f.Add(text, where)
		}
	}
	series := atelier(f)
	f.Fuzz(func(t *testing.T, text string, where uint8) {
		c := newChat(t, newMemory(), lessons.NewCatalogue(series))
		if where%8 > 0 {
			stepReady(c, "fr")
		}
		labels := []string{"Ma première leçon", "Continuer", "Continuer", "Continuer", "Bruxelles", "Continuer", "Oui", "Continuer"}
		if n := int(where % 8); n > 1 {
			for _, label := range labels[:n] {
				c.presses(label, false)
			}
		}
		for range 2 {
			c.says(text)
			if c.err != nil {
				t.Fatal(c.err)
			}
			c.consistent()
		}
		if len(c.heard()) == 0 {
			t.Errorf("%q is met with silence", text)
		}
	})
}
