package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot/learner"
	"praline/channels/slack/slacktest"
	"praline/channels/teams/teamstest"
	"praline/scheduler/queue"
)

// TestFaults: a learner goes through lessons in an app that has a bad day (one
// call in seven fails in one way or another, what they do is brought twice,
// connections break), and somebody else does the same on the web page. At each
// step the two are the same: no answer is lost, none counts twice. Then they
// leave as one leaves in that app, are left alone, and come back.
//
// PRALINE_PRESSES sets how much each does before the end of a session; there
// are a few seconds of waiting in every ten.
func TestFaults(t *testing.T) {
	t.Parallel()
	presses := 8
	if n, err := strconv.Atoi(os.Getenv("PRALINE_PRESSES")); err == nil {
		presses = n
	}
	for _, row := range []struct {
		label, lang string
		day         func(testing.TB, string) *badDay
	}{
		{"Slack by HTTP", "fr", slackByHTTP},
		{"Slack by Socket Mode", "nl", slackBySocket},
		{"Teams", "nl", teamsByHTTP},
	} {
		t.Run(row.label, func(t *testing.T) {
			t.Parallel()
			for done := 0; done < presses; {
				d := row.day(t, row.lang)
				d.faults = done // another kind comes first
				done += d.lives(t, row.lang, min(presses-done, mostOfADay))
			}
		})
	}
}

// badDay is an app that has one, and a learner in it.
type badDay struct {
	*world
	app    sibling
	talk   *talk
	steady *talk // somebody else, on the web page

	// calls counts what was said to the app, pending the faults that wait for
	// a call, and fails is the next fault.
	calls, pending func() int
	fails          func(n int)
	// again brings what the learner did last once more.
	again func(n int)
	// upset is what else breaks before a step.
	upset func(n int)
	// settled says that nothing is left to be brought.
	settled func() bool
	faults  int // so far
	// leavings are the ways to leave, and to come back.
	leavings []leaving
	secrets  []string
}

// leaving is one way to leave an app, as far as we know of it, and to come
// back; nil where nobody does.
type leaving struct {
	how          string
	leaves, back func()
}

const (
	// oneIn is one call in how many fails.
	oneIn = 7
	// mostOfADay is after how many steps a learner goes home: whoever wants
	// more of them begins another day.
	mostOfADay = 20
)

// lives lets the learner do the script until the session ends in which at
// least so many steps were done, and returns how many that were.
func (d *badDay) lives(t *testing.T, lang string, presses int) (steps int) {
	t.Helper()
	end := map[string]string{"fr": "C’est tout pour aujourd’hui", "nl": "Dat was het voor vandaag"}[lang]
	answered, next, first := 0, 2, d.faults
	for _, s := range readScript(t, filepath.Join("testdata", "conversation", lang+".txt")) {
		if d.pending() == 0 && d.calls() >= next {
			d.fails(d.faults)
			d.faults, next = d.faults+1, d.calls()+oneIn
		}
		if d.talk.learner(t).Place.Ask != nil {
			answered++
		}
		d.upset(steps)
		state := d.talk.does(t, s)
		d.again(steps)
		if steps++; steps%3 == 0 {
			d.again(steps)
		}
		if diff := cmp.Diff(d.steady.does(t, s), state); diff != "" {
			t.Fatalf("after %q the learner is another than where nothing fails (-web +%s):\n%s", s, d.app.name, diff)
		}
		if steps >= presses && strings.Contains(lastSeen(d.talk), end) {
			break
		}
	}
	if text := lastSeen(d.talk); !strings.Contains(text, end) {
		t.Errorf("the end of the session is not seen, but %s", text)
	}
	d.quiet(t)
	l := d.talk.learner(t)
	log, err := d.store.Log(t.Context(), l.ID)
	if err != nil || l.Answers != answered || len(log) != answered || answered == 0 {
		t.Errorf("%d answers were given, %d are counted, %d are in the log (%v)", answered, l.Answers, len(log), err)
	}
	for _, way := range d.leavings {
		d.leaves(t, way)
	}
	if wrong := d.app.wrong(); len(wrong) > 0 {
		t.Errorf("the vendor would have refused: %q", wrong)
	}
	for _, secret := range append(d.secrets, "Namur", "Brussel", "xample ") {
		if strings.Contains(d.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, d.log.String())
		}
	}
	t.Logf("%d steps, %d answers, %d faults, %d calls", steps, answered, d.faults-first, d.calls())
	return steps
}

// quiet waits until nothing is to be brought or said any more.
func (d *badDay) quiet(t testing.TB) {
	t.Helper()
	d.until(t, "quiet", func() bool {
		records, err := d.store.Load(t.Context(), d.said.learner(d.app.name))
		return err == nil && len(records[0].Outbox) == 0 && d.settled()
	})
}

func (d *badDay) until(t testing.TB, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(soon); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: does not come: %s\n%s", d.app.name, what, d.log.String())
		}
	}
}

// leaves: who left is not written to when their time comes, and goes on when
// they are back.
func (d *badDay) leaves(t *testing.T, way leaving) {
	t.Helper()
	before := d.talk.learner(t)
	tomorrow := func() {
		l := d.talk.learner(t)
		if _, err := d.bot.Push(t.Context(), l.Push.Next, []queue.Hint{{Learner: string(l.ID)}}); err != nil {
			t.Fatal(err)
		}
	}
	way.leaves()
	tomorrow() // where nobody tells us we find out now
	d.until(t, "that they left: "+way.how, func() bool {
		l := d.talk.learner(t)
		return l.Reached() == learner.Address{}
	})
	d.quiet(t)
	said := d.calls()
	tomorrow()
	d.quiet(t)
	if n := d.calls() - said; n > 0 {
		t.Errorf("%s: %d calls for somebody who is not there", way.how, n)
	}
	if way.back == nil {
		return
	}
	seen := len(d.talk.human.Sees())
	way.back()
	d.until(t, "a word to who is back: "+way.how, func() bool { return len(d.talk.human.Sees()) > seen })
	d.quiet(t)
	after := d.talk.learner(t)
	if (after.Reached() == learner.Address{}) || after.Answers != before.Answers || len(after.Cards) != len(before.Cards) {
		t.Errorf("%s: back again, they are not who they were: %+v", way.how, after)
	}
}

// starts begins the day, with the app and the web page.
func (d *badDay) starts(t testing.TB, app sibling, lang string) *badDay {
	t.Helper()
	d.app = app
	page := onWeb(t)
	d.world = startWorld(t, []sibling{app, page})
	d.talk, d.steady = d.joins(t, app, lang), d.joins(t, page, lang)
	return d
}

func slackByHTTP(t testing.TB, lang string) *badDay {
	s := slacktest.Start(t)
	d := inSlack(s, lang)
	replays := d.again
	d.again = func(n int) {
		if replays(n); n%2 == 0 {
			s.Replays(1) // by somebody who listened
		}
	}
	return d.starts(t, slackIn(s), lang)
}

func slackBySocket(t testing.TB, lang string) *badDay {
	s := slacktest.Start(t)
	app := slackIn(s)
	set := app.set
	app.set = func(c *settings) {
		set(c)
		c.Slack.AppToken = slacktest.AppToken
	}
	app.join = func(string, string) human {
		r := s.Reader(s.Person("U0EXAMPLE", lang+"-BE"))
		r.OpensMessages()
		return r
	}
	d := inSlack(s, lang)
	d.upset = func(n int) {
		switch n % 6 {
		case 1:
			s.Disconnects("refresh_requested")
		case 4:
			s.Cuts()
		}
	}
	again := d.again
	d.again = func(n int) {
		again(n)
		s.RetriesAll() // what was on its way when a connection broke
	}
	return d.starts(t, app, lang)
}

func inSlack(s *slacktest.Server, lang string) *badDay {
	after := slacktest.TooMany
	after.After = 1
	faults := []slacktest.Fault{
		after.Of("chat.update"), slacktest.Lost.Of("chat.postMessage"), slacktest.BadBridge.Of("chat.update"), slacktest.CutShort.Of("chat.postMessage"),
		slacktest.Internal.Of("chat.update"), slacktest.Lost.Of("chat.update"), after.Of("chat.postMessage"), slacktest.Fatal.Of("chat.postMessage"),
	}
	p := s.Person("U0EXAMPLE", lang+"-BE")
	return &badDay{
		calls:   func() int { return s.Calls("chat.postMessage") + s.Calls("chat.update") },
		pending: s.Pending,
		fails:   func(n int) { s.Fails(faults[n%len(faults)]) },
		again:   func(int) { s.Again(1) },
		upset:   func(int) {},
		settled: func() bool { return s.Unacknowledged() == 0 },
		leavings: []leaving{
			{"the conversation is gone", func() { p.Refuses("channel_not_found") }, func() { p.Refuses(""); p.Says("bonjour") }},
			{"the account is closed", func() { p.Deactivated("account_inactive") }, func() { p.Refuses(""); p.Says("dag") }},
			{"the workspace took the app away", s.First.Uninstalls, nil},
		},
		secrets: []string{slacktest.BotToken, slacktest.AppToken, slacktest.SigningSecret},
	}
}

func teamsByHTTP(t testing.TB, lang string) *badDay {
	s := teamstest.Start(t)
	after := teamstest.TooMany
	after.After = 1
	faults := []teamstest.Fault{
		teamstest.Precondition, after, teamstest.Lost, teamstest.BadGateway, teamstest.CutShort,
		teamstest.HangUp, teamstest.LostHangUp, teamstest.Timeout, teamstest.Internal, teamstest.TooManyPlain,
	}
	p := s.Person("Example", lang+"-BE")
	d := &badDay{
		calls:   func() int { return s.Calls("send") + s.Calls("update") },
		pending: s.Pending,
		fails:   func(n int) { s.Fails(faults[n%len(faults)]) },
		again:   func(int) { p.Again() },
		upset: func(n int) {
			if n%5 == 3 {
				s.Revokes() // the token, before its time
			}
		},
		settled: func() bool { return true }, // it waits for each answer
		leavings: []leaving{
			{"it is uninstalled", func() { p.Uninstalls() }, func() { p.Installs() }},
			{"it is blocked", p.Blocks, func() { p.Unblocks(); p.Says("dag") }},
		},
		secrets: []string{teamstest.AppPassword, "stand-in-token", "eyJ"},
	}
	return d.starts(t, teamsIn(s), lang)
}
