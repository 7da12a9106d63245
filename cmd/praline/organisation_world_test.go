package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/report"
	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/outbound"
	"praline/channels/slack/slacktest"
	"praline/channels/teams/teamstest"
	"praline/channels/telegram/telegramtest"
	"praline/pages/browsertest"
	"praline/scheduler"
	"praline/scheduler/queue"
)

// story is an organisation, its people, and the server between them.
type story struct {
	*world
	t       *stage
	browser *browsertest.Browser
	command *program // the command line, on the same store
	weeks   int      // that people learn
	folder  string   // of files that are handed over

	made      atomic.Int32    // learners
	pictures  string          // folder of pictures; "" for none
	seen      map[string]bool // pages of which they were taken
	redis     string          // its address; "": on the file
	org       string
	answering bool              // a question waits for the trainer's evening
	erased    string            // who erased everything
	team      map[string]string // ids, by name
	code      map[string]string // of invitations, by whom or by team
	bridge    scheduler.Date    // a day off of the organisation
	people    int               // who came

	telegram *telegramtest.Server
	slack    *slacktest.Server
	teams    *teamstest.Server

	time  *moving
	queue *queue.Queue
	heard *heard
	cast
}

// cast are the people of the story, by what they do.
type cast struct {
	rachida *desk // administrator

	amelie *colleague // trainer
	writer *desk      // where she sits
	bert   *colleague // reviewer
	reader *desk
	els    *colleague // manager
	head   *desk
	who    map[string]*colleague // who only learn, by name
}

// stage is the test of the act that is played: what fails, fails there. What is
// opened stays open until the whole story ends.
type stage struct {
	testing.TB
	whole testing.TB
}

func (s *stage) Cleanup(f func())         { s.whole.Cleanup(f) }
func (s *stage) TempDir() string          { return s.whole.TempDir() }
func (s *stage) Context() context.Context { return s.whole.Context() }

// in is the story within an act.
func (s *story) in(t testing.TB) *story {
	s.t.TB = t
	return s
}

// moving is the bot's clock, and the wall's for what it reads anew: it moves when it is told.
type moving struct {
	mu  sync.Mutex
	now time.Time
}

func (m *moving) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *moving) to(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at.After(m.now) {
		m.now = at
	}
}

// secretOfStory is always the same, so that what is drawn by it is.
const secretOfStory = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

// firstMonday is a Monday, nine o'clock in Brussels, from today on, before six
// weeks without a holiday: whenever the story is told, it is the same one.
func firstMonday(now time.Time) time.Time {
	calendar, _ := scheduler.Named("")
	day := scheduler.DateOf(now, report.Zone()).Monday()
	for {
		day = day.AddDays(7)
		free := true
		for n := range 42 {
			if _, holiday := calendar.Holiday(day.AddDays(n)); holiday {
				free = false
			}
		}
		if free {
			return day.At(9*60, report.Zone())
		}
	}
}

func newStory(whole *testing.T, redis string, weeks int) *story {
	whole.Helper()
	t := &stage{whole, whole}
	s := &story{
		t: t, browser: browsertest.Start(t), redis: redis, weeks: weeks, seen: map[string]bool{}, folder: t.TempDir(), time: &moving{now: firstMonday(time.Now())}, heard: &heard{},
		telegram: telegramtest.Start(t), slack: slacktest.Start(t), teams: teamstest.Start(t),
	}
	if redis != "" { // once is enough
		s.pictures = os.Getenv("PRALINE_SCREENSHOTS")
	}
	data, address := filepath.Join(t.TempDir(), "data"), freeAddress(t)
	c := &serveCommand{Speed: 1, Lease: time.Minute, settings: settings{
		Secret: secretOfStory, Listen: address, Redis: redis, Folder: data, Web: "on", Outside: "off", PublicURL: "http://" + address,
		Slack: slackSettings{APIURL: "https://slack.com/api/"},
	}}
	for _, app := range []sibling{telegramIn(s.telegram), slackIn(s.slack), teamsIn(s.teams)} {
		app.set(&c.settings)
		t.Cleanup(func() {
			if wrong := app.wrong(); len(wrong) > 0 {
				t.Errorf("%s: the vendor would have refused: %q", app.name, wrong)
			}
		})
	}
	s.slack.Posts("http://" + address)
	s.teams.Posts("http://" + address + "/api/messages")
	s.command = &program{t: t, env: []string{
		"PRALINE_SECRET=" + secretOfStory, "PRALINE_LISTEN=" + address, "PRALINE_PUBLIC_URL=http://" + address, "PRALINE_DATA=" + data, "PRALINE_REDIS=" + redis,
		"TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_API_URL=" + s.telegram.URL,
	}}
	t.Cleanup(func() {
		if redis == "" && s.erased != "" {
			s.in(whole).nothingInFile(data)
		}
	})
	s.run(t, c)
	return s
}

// run runs the server until the test ends, by the story's clock.
func (s *story) run(t testing.TB, c *serveCommand) {
	t.Helper()
	logged := &channelstest.Log{}
	log := slog.New(slog.NewTextHandler(logged, nil))
	served, err := c.open(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	served.clock.wall = s.time.Now
	served.bot.NewID = func(learner.Address) learner.ID {
		return learner.ID(fmt.Sprintf("example-%03d-of-the-story", s.made.Add(1)))
	} // figures are drawn by who is behind them
	served.bot.Organisations.(*organisations).wall = impatient(moment)
	served.wall = impatient(time.Second) // nobody is too fast
	unhurried := make([]channels.Adapter, len(served.channels.adapters))
	for i, a := range served.channels.adapters {
		unhurried[i] = unlimited{a}
	}
	served.outbound = outbound.New(bot.Receipts{Store: served.store, Gone: served.gone}, served.store, log, time.Now, served.metrics.sent, unhurried...)
	s.heard.Outbound = served.outbound
	served.bot.Outbound = s.heard
	s.world = &world{server: served, address: c.PublicURL, log: logged}
	s.queue = &queue.Queue{Hints: served.store, Speak: served.bot.Push, Now: served.clock.Now, Log: log, Lease: c.lease()}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- served.run(ctx, io.Discard) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the server stopped with %v", err)
		}
		if t.Failed() {
			_ = os.WriteFile(filepath.Join(os.TempDir(), "praline-organisation-failed.log"), []byte(logged.String()), 0o600)
		}
	})
}

// impatient is a wall's clock that goes on each time that it is looked at: what
// is kept for a moment is read anew, and nobody presses too often.
func impatient(by time.Duration) func() time.Time {
	var looks atomic.Int64
	began := time.Now()
	return func() time.Time { return began.Add(time.Duration(looks.Add(1)) * by) }
}

// passes moves the clock on, and has everything done that is due then.
func (s *story) passes(to time.Time) {
	s.t.Helper()
	s.time.to(to)
	ctx := s.t.Context()
	deadline, patience := time.Now().Add(soon), time.Now().Add(time.Second)
	for ; ; time.Sleep(time.Millisecond) {
		n, err := s.queue.Once(ctx)
		if err != nil {
			s.t.Fatal(err)
		}
		due := s.waiting(0)
		// What the server itself has in hand comes due again after its lease.
		held := s.waiting(s.queue.Lease+time.Second) - s.waiting(s.queue.Lease-time.Second)
		switch now := time.Now(); {
		case n+due+held == 0:
			return
		case now.After(deadline):
			s.t.Fatalf("at %v %d hints are still due, and %d in hand", to, due, held)
		case now.After(patience) && n+due == 0: // two looked at one learner at a time: one looks again
			s.time.to(s.time.Now().Add(s.queue.Lease + time.Second))
			patience = now.Add(time.Second)
		}
	}
}

// waiting is how many hints are due so long from now.
func (s *story) waiting(in time.Duration) int {
	s.t.Helper()
	n, err := s.store.Waiting(s.t.Context(), s.time.Now().Add(in))
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// heard notes what the bot says, by who it is said to.
type heard struct {
	bot.Outbound
	mu    sync.Mutex
	all   map[learner.ID][]channels.Message
	there map[learner.Address]learner.ID
}

func (h *heard) Say(all ...outbound.Saying) {
	h.mu.Lock()
	for _, s := range all {
		if h.all == nil {
			h.all, h.there = map[learner.ID][]channels.Message{}, map[learner.Address]learner.ID{}
		}
		id := learner.ID(s.Owner)
		h.all[id] = append(h.all[id], s.Message)
		h.there[learner.Address{Channel: s.Channel, Conversation: s.Conversation}] = id
	}
	h.mu.Unlock()
	h.Outbound.Say(all...)
}
