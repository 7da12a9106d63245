package bot_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels"
	"praline/lessons"
)

// addresses of one person, in three apps; one of them is reached in ways that change.
var addresses = []learner.Address{home, {Channel: "slack", Conversation: "slack-ann"}, {Channel: "teams", Conversation: "teams-ann https://one.example"}}

// at goes over to an address. What is heard there is what the app shows, by the
// conversation's identity.
func (c *chat) at(a learner.Address) { c.who = a }

// everybody are the learners who are met at the addresses, each once.
func (c *chat) everybody() map[learner.ID]learner.Learner {
	c.t.Helper()
	all := map[learner.ID]learner.Learner{}
	for _, a := range addresses {
		id, err := c.store.Resolve(c.t.Context(), a)
		if err != nil {
			c.t.Fatal(err)
		}
		if records, err := c.store.Load(c.t.Context(), id); err != nil {
			c.t.Fatal(err)
		} else if l := records[0].Learner; id != "" && l.Version > 0 {
			all[id] = l
		}
	}
	return all
}

// liveAsks are the asks that can be answered by a press somewhere, with where.
func (c *chat) liveAsks() map[string][]string {
	asks := map[string][]string{}
	for conversation, k := range c.app.talks {
		for _, s := range k.shown {
			if s.retired {
				continue
			}
			values := []string{}
			if s.Form != nil {
				values = append(values, s.Form.Value)
			}
			for _, x := range s.Choices {
				values = append(values, x.Value)
			}
			for _, v := range values {
				if rest, is := strings.CutPrefix(v, "answer."); is && !strings.HasSuffix(rest, ".none") {
					ask, _, _ := strings.Cut(rest, ".")
					asks[ask] = append(asks[ask], conversation+" "+s.ID)
				}
			}
		}
	}
	for ask, where := range asks {
		slices.Sort(where)
		asks[ask] = slices.Compact(where)
	}
	return asks
}

// inStep holds several apps against each other: of one learner one question
// stands in one place at most, and every answer was counted once.
func (c *chat) inStep() (problem string) {
	c.t.Helper()
	wrong := func(format string, arguments ...any) { problem += fmt.Sprintf(format, arguments...) + "\n" }
	all := c.everybody()
	standing := map[learner.ID]int{}
	for ask, where := range c.liveAsks() {
		if len(where) > 1 {
			wrong("ask %s stands in several places: %q", ask, where)
		}
		conversation, _, _ := strings.Cut(where[0], " ")
		i := slices.IndexFunc(addresses, func(a learner.Address) bool { return channels.Identity(a.Conversation) == conversation })
		id, _ := c.store.Resolve(c.t.Context(), addresses[i])
		if standing[id]++; standing[id] > 1 {
			wrong("two questions of one learner stand: %v", c.liveAsks())
		}
	}
	answers := 0
	for id, l := range all {
		log, err := c.store.Log(c.t.Context(), id)
		if err != nil || len(log) != l.Answers {
			wrong("learner %s: %d answers, %d in the log (%v)", id, l.Answers, len(log), err)
		}
		for _, a := range log {
			if a.Card >= len(l.Cards) {
				wrong("an answer to card %d of %d", a.Card, len(l.Cards))
			}
		}
		answers += l.Answers
		for _, other := range l.Addresses {
			if has, _ := c.store.Resolve(c.t.Context(), other); has != id {
				wrong("learner %s is said to be met at %v, where %q is", id, other, has)
			}
		}
		if l.Into != "" || len(l.Parting) > 0 {
			wrong("left unfinished: %s", marshal(l))
		}
	}
	counted := 0
	for h, n := range c.happened {
		if h.What == "answer" {
			counted += n
		}
	}
	if answers != counted && c.happened[bot.Happening{What: "erase", How: "asked"}] == 0 {
		wrong("%d answers are stored, %d were counted", answers, counted)
	}
	return problem
}

// TestAnyAppsStayInStep lets one person wander over three apps, join them, leave
// them and do anything in any of them.
func TestAnyAppsStayInStep(t *testing.T) {
	series := atelier(t)
	seen := map[bot.Happening]int{}
	rapid.Check(t, func(r *rapid.T) {
		c := newChat(t, newMemory(), lessons.NewCatalogue(series))
		stepReady(c, "fr")
		if rapid.IntRange(0, 2).Draw(r, "asked") > 0 {
			for _, label := range []string{"Ma première leçon", "Continuer", "Continuer", "Continuer"} {
				c.presses(label, false)
			}
		}
		if rapid.Bool().Draw(r, "another") {
			c.at(addresses[1])
			stepReady(c, "nl")
		}
		ways := 0
		for range rapid.IntRange(10, 80).Draw(r, "events") {
			a := addresses[rapid.IntRange(0, 2).Draw(r, "app")]
			if a.Channel == "teams" && rapid.IntRange(0, 3).Draw(r, "another way") == 0 {
				ways++
				a.Conversation = fmt.Sprintf("teams-ann https://%d.example", ways)
			}
			c.at(a)
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0, 1, 2, 3, 4:
				c.pressesHere(r, a)
			case 5:
				c.says(rapid.SampledFrom([]string{"leçon", "palais", "1", "oui", "apps", "10", "bonjour", "nederlands", "2 1 3"}).Draw(r, "typed"))
			case 6:
				kind := rapid.SampledFrom([]channels.Kind{channels.Came, channels.Left, channels.Sent}).Draw(r, "kind")
				if kind == channels.Left { // they see nothing of it any more
					for _, s := range c.app.talk(channels.Identity(a.Conversation)).shown {
						s.retired = true
					}
				}
				c.does(channels.Event{Kind: kind})
			case 7:
				c.joins(r)
			case 8:
				if rapid.IntRange(0, 2).Draw(r, "leaves") > 0 {
					c.joins(r)
					break
				}
				c.does(channels.Event{Kind: channels.Pressed, Value: "apps.leave"})
				c.says("oui")
			default:
				c.now = c.now.Add(time.Duration(rapid.SampledFrom([]int{1, 11, 300, 1440}).Draw(r, "minutes")) * time.Minute)
				c.queue()
			}
			if c.err != nil {
				t.Fatalf("an error: %v", c.err)
			}
			if rapid.IntRange(0, 5).Draw(r, "again") == 0 {
				c.bring(c.last)
			}
			if problem := c.inStep(); problem != "" || t.Failed() {
				r.Fatalf("%safter %+v\n%s", problem, c.last, c.transcript())
			}
		}
		for h, n := range c.happened {
			seen[h] += n
		}
	})
	for _, h := range []bot.Happening{{What: "join", How: "done"}, {What: "join", How: "left"}, {What: "answer", How: "right"}, {What: "push", How: "sent"}} {
		if seen[h] == 0 {
			t.Errorf("%v never happened: this test shows little", h)
		}
	}
}

// pressesHere presses something that was ever shown in this app, but what erases.
func (c *chat) pressesHere(r *rapid.T, a learner.Address) {
	type button struct{ value, receipt string }
	var all []button
	for _, s := range c.app.talk(channels.Identity(a.Conversation)).shown {
		for _, x := range s.Choices {
			if x.Value != "" && x.Value != "forget.yes" && x.Value != "hello.no" {
				all = append(all, button{x.Value, s.receipt})
			}
		}
	}
	if len(all) == 0 {
		c.does(channels.Event{Kind: channels.Came})
		return
	}
	if rapid.IntRange(0, 3).Draw(r, "old") > 0 {
		all = all[max(0, len(all)-8):]
	}
	b := rapid.SampledFrom(all).Draw(r, "button")
	c.does(channels.Event{Kind: channels.Pressed, Value: b.value, Message: b.receipt})
}

// joins asks for a code in one app and says it in another.
func (c *chat) joins(r *rapid.T) {
	code, err := c.bot.NewCode(c.t.Context(), c.now, addresses[rapid.IntRange(0, 2).Draw(r, "from")])
	if err != nil {
		c.t.Fatal(err)
	}
	if code == "" {
		code = "leçon"
	}
	c.says(code)
}

// Two apps answer the same ask at the same moment: one counts, and both go on.
func TestOneOfTwoAppsCounts(t *testing.T) {
	for round := range 200 {
		s := newMemory()
		c := atQuestion(t, s)
		stepDevice(c, "slack")
		c.bot.Outbound, c.bot.Count = mute{}, nil
		ask := c.learner().Place.Ask.ID
		var both sync.WaitGroup
		for n, a := range []learner.Address{home, {Channel: "slack", Conversation: "slack"}} {
			both.Go(func() {
				if _, err := c.bot.Handle(context.Background(), c.now, channels.Event{
					Kind: channels.Pressed, Channel: a.Channel, Conversation: a.Conversation, ID: a.Channel, Value: fmt.Sprintf("answer.%s.%d", ask, n),
				}); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if l := c.learner(); l.Answers != 1 || len(l.Addresses) != 2 {
			t.Fatalf("round %d: %d answers, apps %v", round, l.Answers, l.Addresses)
		}
	}
}

// joinable is a learner in the middle of a question in one app and another
// learner who knows something in another, with a code that joins them.
func joinable(t testing.TB, s kept) (c *chat, code string) {
	c = atQuestion(t, s)
	c.presses("Bruxelles", false)
	c.presses("Continuer", false)
	c.at(addresses[1])
	stepReady(c, "fr")
	for _, label := range []string{"Ma première leçon", "Continuer", "Continuer", "Continuer", "Namur", "Continuer"} {
		c.presses(label, false)
	}
	c.at(home)
	code, err := c.bot.NewCode(t.Context(), c.now, home)
	if err != nil {
		t.Fatal(err)
	}
	c.at(addresses[1])
	return c, code
}

// ended is what joining leads to, whatever came between.
func (c *chat) ended() string {
	c.t.Helper()
	all := c.everybody()
	if len(all) != 1 {
		c.t.Fatalf("%d learners are met", len(all))
	}
	for id, l := range all {
		log, err := c.store.Log(c.t.Context(), id)
		if err != nil {
			c.t.Fatal(err)
		}
		joined := len(l.Joined)
		receipts := c.record().Receipts
		l.ID, l.Version, l.Joined, l.Created = "", 0, nil, time.Time{}
		l.Sequence, l.Moved, l.Latest, l.Place.Live, l.Place.Step, l.Seen = 0, 0, "", "", "", nil // numbers that retries use up
		if l.Place.Ask != nil {
			if l.Place.Ask.Said == "" || receipts[l.Place.Ask.Said] == "" {
				c.t.Errorf("the question does not stand: %+v", l.Place.Ask)
			}
			l.Place.Ask.Said, l.Place.Ask.ID = "", ""
		}
		for i := range l.Asked {
			l.Asked[i].ID = ""
		}
		l.Offers = nil
		var answered []string
		for _, a := range log {
			a.At = time.Time{}
			answered = append(answered, fmt.Sprintf("%+v", a))
		}
		return fmt.Sprintf("%s\njoined %d\n%s", marshal(l), joined, strings.Join(answered, "\n"))
	}
	return ""
}

// A crash at any call of the store, before it or after it, leaves nothing half
// done: the app brings the event again, or another, or nobody does and the hint
// comes due; and all ends as if nothing had happened.
func TestACrashWhileJoining(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c, code := joinable(t, s)
		c.says(code)
		want := c.ended()
		if c.err != nil || !strings.Contains(want, "joined 1") {
			t.Fatalf("%v: %s", c.err, want)
		}
	})
	fresh := map[string]func(t *testing.T) kept{"memory": func(*testing.T) kept { return newMemory() }}
	for name, open := range crashStores(t) {
		fresh[name] = open
	}
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		t.Run(name, func(t *testing.T) {
			plain, code := joinable(t, fresh[name](t))
			plain.says(code)
			want := plain.ended()
			hows := []string{"the event comes again", "the hint", "another event", "another event in the other app"}
			if name != "memory" { // the stores differ in what they keep, not in who comes next
				hows = hows[:2]
			}
			for _, how := range hows {
				for _, after := range []bool{false, true} {
					crashes := 0
					for at := 1; ; at++ {
						c, code := joinable(t, fresh[name](t))
						f := &failing{kept: c.store, at: at, after: after}
						c.bot.Store, c.app.receipts.Store = f, f
						c.says(code)
						if c.err == nil && f.calls < at {
							break
						}
						f.at = 0 // and it is well again
						label := fmt.Sprintf("%s: crash at call %d (%s), after it: %t", how, at, f.last, after)
						crashes++
						switch how {
						case "the event comes again":
							c.bring(c.last)
						case "another event":
							c.does(channels.Event{Kind: channels.Came})
							c.says(code)
						case "another event in the other app":
							c.at(home)
							c.does(channels.Event{Kind: channels.Came})
							c.at(addresses[1])
							c.says(code)
						default:
							c.until(c.now.Add(2 * time.Minute))
							if problem := c.inStep(); problem != "" {
								t.Fatalf("%s: %s", label, problem)
							}
							c.says(code)
						}
						if c.err != nil {
							t.Fatalf("%s: %v", label, c.err)
						}
						if problem := c.inStep(); problem != "" || len(c.everybody()) != 1 {
							t.Fatalf("%s: %d learners are met: %s\n%s", label, len(c.everybody()), problem, c.transcript())
						}
						l := c.learner()
						if got := c.ended(); how == "the event comes again" && got != want {
							t.Errorf("%s:\n got %s\nwant %s", label, got, want)
						} else if l.Answers != 2 || len(l.Addresses) != 2 || len(l.Cards) != 1 || l.Place.Ask == nil || len(l.Joined) != 1 {
							t.Errorf("%s: %s", label, got)
						}
						if t.Failed() {
							t.FailNow()
						}
					}
					if crashes < 10 {
						t.Fatalf("only %d calls could fail", crashes)
					}
				}
			}
		})
	}
}

// failing is a store of which one call fails: before it does anything, or after
// all is done, as where the answer is lost.
type failing struct {
	kept
	calls, at int
	after     bool
	last      string
}

var errCrash = errors.New("crash")

func (f *failing) fails(name string) bool {
	f.calls++
	if f.calls == f.at {
		f.last = name
	}
	return f.calls == f.at
}

// call makes one call that may fail.
func call[T any](f *failing, name string, do func() (T, error)) (T, error) {
	var none T
	fails := f.fails(name)
	if fails && !f.after {
		return none, errCrash
	}
	got, err := do()
	if fails {
		return none, errCrash
	}
	return got, err
}

func nothing(err error) (struct{}, error) { return struct{}{}, err }

func (f *failing) Resolve(ctx context.Context, a learner.Address) (learner.ID, error) {
	return call(f, "resolve", func() (learner.ID, error) { return f.kept.Resolve(ctx, a) })
}

func (f *failing) Load(ctx context.Context, ids ...learner.ID) ([]learner.Record, error) {
	return call(f, "load", func() ([]learner.Record, error) { return f.kept.Load(ctx, ids...) })
}

func (f *failing) Log(ctx context.Context, id learner.ID) ([]learner.Answer, error) {
	return call(f, "log", func() ([]learner.Answer, error) { return f.kept.Log(ctx, id) })
}

func (f *failing) Commit(ctx context.Context, now time.Time, changes ...learner.Change) []error {
	_, err := call(f, "commit", func() (struct{}, error) { return nothing(f.kept.Commit(ctx, now, changes...)[0]) })
	return []error{err}
}

func (f *failing) Repoint(ctx context.Context, a learner.Address, from, to learner.ID) error {
	_, err := call(f, "repoint", func() (struct{}, error) { return nothing(f.kept.Repoint(ctx, a, from, to)) })
	return err
}

func (f *failing) Forward(ctx context.Context, id learner.ID, version uint64, into learner.ID) error {
	_, err := call(f, "forward", func() (struct{}, error) { return nothing(f.kept.Forward(ctx, id, version, into)) })
	return err
}

func (f *failing) Coded(ctx context.Context, now time.Time, code, claimer string) (learner.ID, error) {
	return call(f, "coded", func() (learner.ID, error) { return f.kept.Coded(ctx, now, code, claimer) })
}

func (f *failing) ClaimCode(ctx context.Context, now time.Time, code, claimer string) (learner.ID, error) {
	return call(f, "claim code", func() (learner.ID, error) { return f.kept.ClaimCode(ctx, now, code, claimer) })
}

// crashStores are the stores that a crash is tried on, beside the one in memory.
func crashStores(t *testing.T) map[string]func(*testing.T) kept {
	if testing.Short() {
		return nil
	}
	url, _ := storetest.Redis(t)
	return map[string]func(*testing.T) kept{
		"file": func(t *testing.T) kept {
			return storetest.Open(t, store.Options{Folder: t.TempDir(), Secret: storetest.Secret})
		},
		"redis": func(t *testing.T) kept {
			s := storetest.Open(t, store.Options{Redis: url, Secret: storetest.Secret})
			if err := s.Learners(t.Context(), func(id learner.ID) error { return s.Erase(t.Context(), id, nil) }); err != nil {
				t.Fatal(err)
			}
			return s
		},
	}
}

// Two who join each other at the very same moment end as one, whoever is first.
func TestTwoJoinEachOtherAtOnce(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	for round := range rounds {
		c, one := joinable(t, newMemory())
		two, err := c.bot.NewCode(t.Context(), c.now, addresses[1])
		if err != nil {
			t.Fatal(err)
		}
		c.bot.Outbound, c.bot.Count = mute{}, nil
		var both sync.WaitGroup
		for at, code := range map[learner.Address]string{addresses[1]: one, home: two} {
			both.Go(func() {
				if _, err := c.bot.Handle(context.Background(), c.now, channels.Event{
					Kind: channels.Said, Channel: at.Channel, Conversation: at.Conversation, ID: "at-once-" + at.Channel, Text: code,
				}); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		both.Wait()
		c.bot.Outbound = c.app
		for range 2 { // whatever is left is finished by whoever comes by
			for _, a := range addresses[:2] {
				c.at(a)
				c.does(channels.Event{Kind: channels.Came})
			}
		}
		all := c.everybody()
		for _, l := range all {
			if len(all) != 1 || l.Answers != 2 || len(l.Cards) != 1 || len(l.Addresses) != 2 || len(l.Joined) != 1 || l.Into != "" {
				t.Fatalf("round %d: %d learners: %s", round, len(all), marshal(l))
			}
		}
	}
}

// loop commits learners as they stand when several joined each other at once:
// each is about to be folded into the next.
func loop(t *testing.T, c *chat, n int) []learner.ID {
	t.Helper()
	ids := make([]learner.ID, n)
	for i := range n {
		c.at(addresses[i])
		stepReady(c, "fr")
		ids[i] = c.learner().ID
	}
	for i, a := range addresses[:n] {
		c.at(a)
		l := c.learner()
		l.Into = ids[(i+1)%n]
		if err := c.store.Commit(t.Context(), c.now, learner.Change{Learner: l, Next: c.now.Add(time.Minute)})[0]; err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

func TestALoopOfJoinsEnds(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
		loop(t, c, 3)
		c.does(channels.Event{Kind: channels.Came})
		c.until(c.now.Add(2 * time.Minute)) // whoever comes before in the row has a hint
		all := c.everybody()
		for _, l := range all {
			if len(all) != 1 || len(l.Addresses) != 3 || len(l.Joined) != 2 {
				t.Errorf("%d learners: %s", len(all), marshal(l))
			}
		}
		if problem := c.inStep(); problem != "" || c.err != nil {
			t.Error(problem, c.err)
		}
	})
}

// Whoever was to be folded into somebody who is erased meanwhile goes on as
// before, with what they know.
func TestErasedWhileJoining(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c, _ := joinable(t, s)
		l := c.learner()
		c.at(home)
		into := c.learner()
		l.Into = into.ID
		if err := s.Commit(t.Context(), c.now, learner.Change{Learner: l})[0]; err != nil {
			t.Fatal(err)
		}
		if err := c.bot.Erase(t.Context(), into.ID, into.Addresses); err != nil {
			t.Fatal(err)
		}
		c.at(addresses[1])
		c.says("mes données")
		if problem := stepBot(c, "Réponses : 1"); problem != "" || c.err != nil || c.learner().Into != "" {
			t.Errorf("%s %v: %s", problem, c.err, marshal(c.learner()))
		}
		// Erased when all was folded but the mark not yet left: both are gone.
		c, _ = joinable(t, newMemory())
		n := c.learner()
		c.at(home)
		into = c.learner()
		into.Joined, into.Addresses, n.Into = []learner.ID{n.ID}, append(into.Addresses, addresses[1]), into.ID
		for i, err := range c.store.Commit(t.Context(), c.now, learner.Change{Learner: into}, learner.Change{Learner: n}) {
			if err != nil {
				t.Fatal(i, err)
			}
		}
		c.says("effacer")
		c.presses("Oui, tout effacer", false)
		if left := stored(c); c.err != nil || strings.Contains(left, string(n.ID)) || strings.Contains(left, string(into.ID)) || strings.Contains(left, "ann") {
			t.Errorf("%v, still kept: %s", c.err, left)
		}
	})
}
