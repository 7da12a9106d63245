package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/outbound"
)

// TestConversation plays one script, told once, in every app, through the app's
// own wire format and by its strict stand-in: the learner ends up the same at
// each step, and what each app showed stands in a golden file.
func TestConversation(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"fr", "nl"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			script := readScript(t, filepath.Join("testdata", "conversation", lang+".txt"))
			apps := siblings(t)
			world := startWorld(t, apps)
			states := make([][]string, len(apps))
			for i, app := range apps {
				talk := world.joins(t, app, lang)
				for _, step := range script {
					states[i] = append(states[i], talk.does(t, step))
				}
				if wrong := app.wrong(); len(wrong) > 0 {
					t.Errorf("%s: the vendor would have refused: %q", app.name, wrong)
				}
				channelstest.Golden(t, filepath.Join("testdata", "conversation", "golden", app.name+"."+lang+".txt"), talk.picture.String())
			}
			for i, app := range apps[1:] {
				for n, step := range script {
					if diff := cmp.Diff(states[0][n], states[i+1][n]); diff != "" {
						t.Fatalf("after %q the learner on %s is another than on %s (-%[3]s +%[2]s):\n%[4]s", step, app.name, apps[0].name, diff)
					}
				}
			}
		})
	}
}

// step is one thing that the learner does: say, press, fill.
type step struct{ verb, rest string }

func (s step) String() string { return s.verb + ": " + s.rest }

func readScript(t testing.TB, path string) []step {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []step
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("%s: %q is no step", path, line)
		}
		all = append(all, step{verb, strings.TrimSpace(rest)})
	}
	return all
}

// world is the real server with every app turned on, at a time that stands still.
type world struct {
	*server
	address string
	said    *recorder
	log     *channelstest.Log // what the server has logged
}

// when the conversations take place: a Wednesday at ten in Brussels.
var when = time.Date(2026, 10, 14, 8, 0, 0, 0, time.UTC)

func startWorld(t testing.TB, apps []sibling) *world {
	t.Helper()
	c := &serveCommand{Speed: 1, Lease: time.Minute, settings: settings{
		Listen: "127.0.0.1:0", Folder: t.TempDir(), Web: "off", Outside: "off",
		Series: filepath.Join("..", "..", "bot", "testdata", "series"),
		Slack:  slackSettings{APIURL: "https://slack.com/api/"},
	}}
	for _, app := range apps {
		app.set(&c.settings)
	}
	logged := &channelstest.Log{}
	log := slog.New(slog.NewTextHandler(logged, nil))
	s, err := c.open(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	s.clock.wall = func() time.Time { return when }
	s.bot.NewID = func(a learner.Address) learner.ID { return learner.ID("example-on-" + a.Channel) } // what is shuffled follows from it
	unhurried := make([]channels.Adapter, len(s.channels.adapters))
	for i, a := range s.channels.adapters {
		unhurried[i] = unlimited{a}
	}
	s.outbound = outbound.New(bot.Receipts{Store: s.store, Gone: s.gone}, s.store, log, time.Now, s.metrics.sent, unhurried...)
	w := &world{server: s, address: "http://" + s.listener.Addr().String(), said: &recorder{Outbound: s.outbound}, log: logged}
	s.bot.Outbound = w.said
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.run(ctx, io.Discard) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the server stopped with %v", err)
		}
	})
	return w
}

// unlimited is an adapter in no hurry to keep its app's rates: what a learner
// reads in minutes is played in a second.
type unlimited struct{ channels.Adapter }

func (u unlimited) Limits() channels.Limits {
	l := u.Adapter.Limits()
	l.App, l.Workspace, l.Conversation, l.Steady = channels.Rate{}, channels.Rate{}, channels.Rate{}, channels.Rate{}
	return l
}

// recorder notes what the bot says, as it says it to every app.
type recorder struct {
	bot.Outbound
	mu  sync.Mutex
	all map[string][]channels.Message // by channel
	who map[string]learner.ID
}

func (r *recorder) Say(all ...outbound.Saying) {
	r.mu.Lock()
	for _, s := range all {
		if r.all == nil {
			r.all, r.who = map[string][]channels.Message{}, map[string]learner.ID{}
		}
		r.all[s.Channel] = append(r.all[s.Channel], s.Message)
		if s.Owner != "" {
			r.who[s.Channel] = learner.ID(s.Owner)
		}
	}
	r.mu.Unlock()
	r.Outbound.Say(all...)
}

func (r *recorder) messages(channel string) []channels.Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.all[channel])
}

func (r *recorder) learner(channel string) learner.ID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.who[channel]
}

// talk is one person's conversation in one app.
type talk struct {
	*world
	app     sibling
	human   human
	version uint64
	picture strings.Builder
	seen    []string
}

func (w *world) joins(t testing.TB, app sibling, lang string) *talk {
	t.Helper()
	k := &talk{world: w, app: app}
	k.human = app.join(w.address, lang)
	k.settles(t, "comes")
	k.draws("comes")
	return k
}

// does a step, waits until its effect is stored and said, and returns the
// learner as they are then, without what differs from one person to another.
func (k *talk) does(t testing.TB, s step) string {
	t.Helper()
	switch s.verb {
	case "say":
		k.human.Says(s.rest)
	case "press":
		choice, ok := k.choice(s.rest)
		if !ok {
			t.Fatalf("%s: %s: nothing is called so in %+v", k.app.name, s, k.newest())
		}
		k.human.Presses(choice)
	case "fill":
		k.fills(t, s)
	default:
		t.Fatalf("%q is no verb", s.verb)
	}
	state := k.settles(t, s.String())
	k.draws(s.String())
	return state
}

// choice is what is labelled so in the newest message that has one.
func (k *talk) choice(label string) (channels.Choice, bool) {
	for _, m := range slices.Backward(k.said.messages(k.app.name)) {
		for _, c := range m.Choices {
			if c.Value != "" && strings.HasPrefix(typed(c.Label), typed(label)) {
				return c, true
			}
		}
	}
	return channels.Choice{}, false
}

// typed is a text with the spaces and apostrophes that a keyboard has.
func typed(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "’", "'")
}

func (k *talk) newest() []channels.Message {
	all := k.said.messages(k.app.name)
	return all[max(0, len(all)-2):]
}

// fills the newest form: "a | b" field by field (or, of one field of several
// choices, its choices), by labels.
func (k *talk) fills(t testing.TB, s step) {
	t.Helper()
	var form *channels.Form
	for _, m := range slices.Backward(k.said.messages(k.app.name)) {
		if form = m.Form; form != nil {
			break
		}
	}
	if form == nil {
		t.Fatalf("%s: %s: there is no form", k.app.name, s)
	}
	wanted := strings.Split(s.rest, "|")
	values := map[string][]string{}
	for i, f := range form.Fields {
		labels := wanted
		if f.Kind != channels.ChoicesField {
			labels = wanted[i : i+1]
		}
		for _, label := range labels {
			values[f.Name] = append(values[f.Name], valueOf(f, strings.TrimSpace(label)))
		}
	}
	kind := form.Fields[0].Kind
	if k.limits().Typed && (kind == channels.TextField || kind == channels.NumberField) {
		k.human.Says(values[form.Fields[0].Name][0])
		return
	}
	k.human.Fills(*form, values)
}

func (k *talk) limits() channels.Limits {
	for _, a := range k.channels.adapters {
		if a.Name() == k.app.name {
			return a.Limits()
		}
	}
	return channels.Limits{}
}

func valueOf(f channels.Field, label string) string {
	for _, o := range f.Options {
		if typed(o.Label) == typed(label) {
			return o.Value
		}
	}
	return label
}

// settles waits until the learner has changed and everything was said.
func (k *talk) settles(t testing.TB, after string) string {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if id := k.said.learner(k.app.name); id != "" {
			records, err := k.store.Load(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if r := records[0]; r.Learner.Version > k.version && len(r.Outbox) == 0 {
				k.version = r.Learner.Version
				return alike(t, r.Learner)
			}
		}
		time.Sleep(time.Millisecond) // a real server: there is no other way to know
	}
	t.Fatalf("%s: nothing came of %q; the last that is seen: %+v", k.app.name, after, k.human.Sees())
	return ""
}

// Names of asks differ between people, and so do those of messages where one
// types what another fills in.
var (
	askNames     = regexp.MustCompile(`\b[0-9a-z]{1,3}-[0-9a-z]{4}\b`)
	tagNames     = regexp.MustCompile(`\.[0-9a-z]{4}\b`)
	messageNames = regexp.MustCompile(`"m": "[0-9a-z]+"`)
)

// alike is a learner without what differs from one person to another: where
// they are met, their name there, how their questions are shuffled, how many
// messages it took.
func alike(t testing.TB, l learner.Learner) string {
	l.Addresses, l.Stands, l.Reach, l.Name, l.Seen, l.Zone, l.Sequence, l.Latest = nil, learner.Address{}, learner.Address{}, "", nil, "", 0, ""
	if l.Place.Ask != nil {
		ask := *l.Place.Ask
		ask.Order = nil
		l.Place.Ask = &ask
	}
	l.Asked = slices.Clone(l.Asked)
	for i := range l.Asked {
		l.Asked[i].Order = nil
	}
	l.Offers = slices.Clone(l.Offers)
	for i, o := range l.Offers {
		l.Offers[i].Value, _, _ = strings.Cut(o.Value, ".")
	}
	text, err := json.MarshalIndent(l, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	alike := askNames.ReplaceAllString(string(text), "ask")
	return messageNames.ReplaceAllString(tagNames.ReplaceAllString(alike, ".tag"), `"m": ""`)
}

// draws adds to the picture what the app shows now and did not before.
func (k *talk) draws(after string) {
	fmt.Fprintf(&k.picture, ">>> %s\n\n", after)
	var now []string
	for _, s := range k.human.Sees() {
		now = append(now, drawn(s))
	}
	for i, text := range now {
		switch {
		case i >= len(k.seen):
			k.picture.WriteString(text)
		case text != k.seen[i]:
			fmt.Fprintf(&k.picture, "(message %d is now)\n%s", i+1, text)
		}
	}
	k.seen = now
}

func drawn(s channelstest.Seen) string {
	var b strings.Builder
	for _, picture := range s.Pictures {
		fmt.Fprintf(&b, "  (picture: %s)\n", picture)
	}
	b.WriteString(strings.TrimSpace(s.Text) + "\n")
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		fmt.Fprintf(&b, "  (file: %s)\n", name)
	}
	if len(s.Pressable) > 0 {
		b.WriteString("  [" + strings.Join(s.Pressable, "] [") + "]\n")
	}
	return b.String() + "\n"
}
