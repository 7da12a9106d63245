package bot_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/store"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler/queue"
)

// kept is what a chat needs of a store.
type kept interface {
	bot.Store
	queue.Hints
}

// chat is one learner's (or two learners') conversation, through the real
// doors, on a store, with a clock that stands until the script moves it.
type chat struct {
	t         testing.TB
	bot       *bot.Bot
	store     kept
	app       *app
	now       time.Time
	who       learner.Address
	languages []string
	events    int
	last      channels.Event
	happened  map[bot.Happening]int
	answered  []channels.Message // what Handle returned last
	err       error
}

var brussels = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		panic(err)
	}
	return zone
}()

var chats atomic.Int64

// newChat begins on Wednesday 14 October 2026, at ten.
func newChat(t testing.TB, s kept, catalogue lessons.Catalogue) *chat {
	c := &chat{
		t: t, store: s, now: time.Date(2026, 10, 14, 10, 0, 0, 0, brussels), who: home,
		languages: []string{"fr-BE"}, happened: map[bot.Happening]int{},
	}
	c.app = &app{t: t, receipts: bot.Receipts{Store: s}, talks: map[string]*talk{}}
	c.bot = &bot.Bot{
		Store: s, Catalogue: catalogue, Outbound: c.app, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Count: func(h bot.Happening) { c.happened[h]++ },
	}
	// The stores forget by the true wall what has expired; each chat begins an
	// hour after another, and finds all buckets full.
	began, real := c.now, time.Now().Add(time.Duration(chats.Add(1))*time.Hour)
	c.bot.Wall = func() time.Time { return real.Add(c.now.Sub(began)) }
	return c
}

// atelier is a series with every kind of question, in French and Dutch.
func atelier(t testing.TB) *lessons.Series { return series(t, "testdata/series/atelier") }

func series(t testing.TB, folder string) *lessons.Series {
	t.Helper()
	s, report := lessons.Read(os.DirFS(folder))
	if !report.OK() {
		t.Fatalf("%s: %+v", folder, report.Faults)
	}
	return s
}

// does brings an event and remembers it, so that it can come again.
func (c *chat) does(e channels.Event) {
	c.events++
	e.ID = fmt.Sprintf("e%d", c.events)
	e.Channel, e.Conversation, e.User, e.Name = c.who.Channel, c.who.Conversation, "u-"+c.who.Conversation, "Ann"
	e.Languages, e.At = c.languages, c.now
	c.last = e
	c.bring(e)
}

func (c *chat) bring(e channels.Event) {
	c.app.talk(channels.Identity(c.who.Conversation)).lookAway()
	c.answered, c.err = c.bot.Handle(context.Background(), c.now, e)
}

func (c *chat) says(text string) { c.does(channels.Event{Kind: channels.Said, Text: text}) }

func (c *chat) presses(label string, old bool) {
	c.t.Helper()
	m, value := c.app.talk(channels.Identity(c.who.Conversation)).find(label, old)
	if m == nil {
		c.t.Fatalf("no button %q; there are %q", label, c.standing())
	}
	c.does(channels.Event{Kind: channels.Pressed, Value: value, Message: m.receipt})
}

// standing are all buttons that can be pressed now.
func (c *chat) standing() []string {
	var all []string
	for _, s := range c.app.talk(channels.Identity(c.who.Conversation)).shown {
		if !s.retired {
			all = append(all, buttons(s.Message)...)
		}
	}
	return all
}

// fills hands in the form that stands: "choices=0,2", "place0=1 place1=0".
func (c *chat) fills(text string) {
	c.t.Helper()
	shown := c.app.talk(channels.Identity(c.who.Conversation)).shown
	fields := map[string][]string{}
	for _, pair := range strings.Fields(text) {
		name, values, _ := strings.Cut(pair, "=")
		fields[name] = strings.Split(values, ",")
	}
	for _, s := range slices.Backward(shown) {
		if s.Form != nil && !s.retired {
			c.does(channels.Event{Kind: channels.Formed, Value: s.Form.Value, Fields: fields, Message: s.receipt})
			return
		}
	}
	c.t.Fatal("no form stands")
}

// until moves the clock, and lets the queue speak at every time that is due
// on the way.
func (c *chat) until(at time.Time) {
	c.t.Helper()
	for c.now.Before(at) {
		c.queue()
		step := at.Sub(c.now)
		if step > time.Minute {
			step = time.Minute
		}
		if step > 0 && c.quietFor(time.Hour) && at.Sub(c.now) > time.Hour {
			step = time.Hour
		}
		c.now = c.now.Add(step)
	}
	c.queue()
}

// quietFor says that no hint comes due for so long.
func (c *chat) quietFor(d time.Duration) bool {
	n, err := c.store.Waiting(context.Background(), c.now.Add(d))
	return err == nil && n == 0
}

// queue does what scheduler/queue does once.
func (c *chat) queue() {
	c.t.Helper()
	q := queue.Queue{Hints: c.store, Speak: c.bot.Push, Now: func() time.Time { return c.now }, Log: c.bot.Log}
	if _, err := q.Once(context.Background()); err != nil {
		c.t.Fatalf("push: %v", err)
	}
}

// learner is what is stored of who speaks now.
func (c *chat) learner() learner.Learner { return c.record().Learner }

func (c *chat) record() learner.Record {
	c.t.Helper()
	id, err := c.store.Resolve(context.Background(), c.who)
	if err != nil {
		c.t.Fatal(err)
	}
	records, err := c.store.Load(context.Background(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	return records[0]
}

// heard is what was said since somebody last did something, in order.
func (c *chat) heard() []*shown {
	k := c.app.talk(channels.Identity(c.who.Conversation))
	return k.shown[k.unread:]
}

// onStores runs a test on the store in memory and on the embedded file.
func onStores(t *testing.T, test func(*testing.T, kept)) {
	t.Run("memory", func(t *testing.T) { test(t, newMemory()) })
	t.Run("file", func(t *testing.T) {
		if testing.Short() {
			t.Skip("the embedded file")
		}
		s, err := store.Open(t.Context(), store.Options{Folder: t.TempDir(), Secret: make([]byte, 32)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		test(t, s)
	})
}

// TestChats runs the conversations of testdata/chat. A file is a topic; "##"
// begins a conversation with what it shows. What a line may say is in
// testdata/chat/README.md.
func TestChats(t *testing.T) {
	files, err := filepath.Glob("testdata/chat/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no chats: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range strings.Split("\n"+string(text), "\n## ")[1:] {
			label, lines, _ := strings.Cut(part, "\n")
			name := strings.TrimSuffix(filepath.Base(file), ".txt") + "/" + label
			number := strings.Count(strings.Join(strings.SplitAfter("\n"+string(text), "\n## ")[:i+1], ""), "\n")
			t.Run(name, func(t *testing.T) {
				onStores(t, func(t *testing.T, s kept) {
					c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
					play(c, file, number, strings.Split(lines, "\n"))
				})
			})
		}
	}
}

// play does what a script says, line by line.
func play(c *chat, file string, number int, lines []string) {
	c.t.Helper()
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(line, ":")
		rest = strings.TrimSpace(rest)
		step, known := steps[verb]
		if !known {
			c.t.Fatalf("%s:%d: no step %q", file, number+i+1, verb)
		}
		if problem := step(c, rest); problem != "" {
			c.t.Fatalf("%s:%d: %s\n%s\n\nheard:\n%s", file, number+i+1, line, problem, c.transcript())
		}
		if c.t.Failed() {
			c.t.Fatalf("%s:%d: %s", file, number+i+1, line)
		}
	}
}

// transcript is what was heard, to be read.
func (c *chat) transcript() string {
	var b strings.Builder
	for _, s := range c.heard() {
		fmt.Fprintf(&b, "%s\n   | %s\n", read(s.Message), strings.Join(buttons(s.Message), " | "))
	}
	return b.String()
}
