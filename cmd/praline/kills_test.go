package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/store/storetest"
	"praline/channels/channelstest"
	"praline/channels/telegram/telegramtest"
	"praline/scheduler"
)

// TestKills kills the real program at random moments of a learner's month and
// asks afterwards what is missing. Time runs at monthSpeed, so a day takes some
// 17 seconds; the month goes on until all kills were done and a month of
// pushes was seen.
//
// PRALINE_KILLS sets how many (make kills: 200); a few are enough to show
// that it works at all.
func TestKills(t *testing.T) {
	t.Parallel()
	kills, pushes := 5, 2
	if n, err := strconv.Atoi(os.Getenv("PRALINE_KILLS")); err == nil {
		kills, pushes = n, max(n/10, 4)
	}
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		month{kills: kills, pushes: pushes, seed: 1}.live(t)
	})
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		month{kills: kills, pushes: pushes, seed: 2, redis: redisURL(t)}.live(t)
	})
}

const monthSpeed = 5000

// monthLease on the wall is half a minute of the month, as in real time: with
// the usual one each kill would cost the learner a week.
const monthLease = 30 * time.Second / monthSpeed

// month is one learner's month with Praline, on one store.
type month struct {
	kills, pushes int
	seed          uint64
	redis         string // "": the file
}

func (m month) live(t *testing.T) {
	api := telegramtest.Start(t)
	data := filepath.Join(t.TempDir(), "data")
	beginOnMonday(t, data, m.redis, monthSpeed)
	p := &program{t: t, env: []string{
		"PRALINE_LISTEN=127.0.0.1:0", "PRALINE_DATA=" + data, "PRALINE_REDIS=" + m.redis,
		"PRALINE_WEB=off", "TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_API_URL=" + api.URL,
	}}
	random := rand.New(rand.NewPCG(m.seed, 2026))
	pupil := newPupil(api, random)
	pupil.Says("/start")

	p.start("serve", "--speed", strconv.Itoa(monthSpeed), "--lease", monthLease.String())
	killed, nextKill := 0, time.Now().Add(time.Second)
	deadline := time.Now().Add(20*time.Second + time.Duration(m.kills)*6*time.Second + time.Duration(m.pushes)*60*time.Second)
	for killed < m.kills || len(pupil.pushes) < m.pushes {
		if time.Now().After(deadline) {
			last, _ := pupil.last()
			t.Fatalf("after %d kills and %d pushes the conversation does not go on; last shown: %+v\n%s\n%s", killed, len(pupil.pushes), last, strings.Join(pupil.history, "\n"), p.log.String())
		}
		pupil.act()
		if killed < m.kills && time.Now().After(nextKill) {
			p.kill()
			killed++
			pupil.history = append(pupil.history, time.Now().Format("04:05.000")+" kill")
			p.start("serve", "--speed", strconv.Itoa(monthSpeed), "--lease", monthLease.String())
			nextKill = time.Now().Add(time.Duration(300+random.IntN(3000)) * time.Millisecond)
		}
	}
	pupil.settle(t)
	p.stop()

	learned := p.export()
	if len(learned.Answers) != len(pupil.answered) {
		t.Errorf("%d answers were acknowledged, %d are stored", len(pupil.answered), len(learned.Answers))
	}
	if learned.Learner.Answers != len(learned.Answers) {
		t.Errorf("%d answers are counted, %d are in the log", learned.Learner.Answers, len(learned.Answers))
	}
	due := slotsBetween(learned)
	if len(pupil.pushes) < due {
		t.Errorf("%d pushes were due, %d came", due, len(pupil.pushes))
	}
	if double := len(pupil.pushes) - due; double > killed {
		t.Errorf("%d pushes too many after %d kills", double, killed)
	}
	if v := api.Violations(); len(v) > 0 {
		t.Errorf("Telegram would have refused: %q", v)
	}
	t.Logf("%d kills, %d answers, %d pushes due, %d came", killed, len(learned.Answers), due, len(pupil.pushes))
}

// slotsBetween counts the occurrences of the learner's slots that passed the
// gate, from the first to the last that was handled.
func slotsBetween(e bot.Export) int {
	brussels, _ := time.LoadLocation("Europe/Brussels")
	calendar, _ := scheduler.Named("")
	gate := scheduler.Gate{Working: e.Learner.Working, Calendar: calendar, Zone: brussels}
	n := 0
	for at := scheduler.Next(e.Learner.Slots, e.Learner.Agreed, brussels); !at.After(e.Learner.Push.Last); at = scheduler.Next(e.Learner.Slots, at, brussels) {
		if gate.Check(at, at, false, 0).Open {
			n++
		}
	}
	return n
}

// pupil is a learner on a phone: presses what leads on, and again where
// nothing happens for a while.
type pupil struct {
	*telegramtest.Person
	api      *telegramtest.Server
	random   *rand.Rand
	pushes   map[int]bool         // messages that spoke first
	answered map[string]bool      // asks
	pressed  map[string]time.Time // messages, as they were shown
	history  []string
}

func newPupil(api *telegramtest.Server, random *rand.Rand) *pupil {
	return &pupil{Person: api.Person(42, "fr"), api: api, random: random, pushes: map[int]bool{}, answered: map[string]bool{}, pressed: map[string]time.Time{}}
}

// impatience is after how long a press is repeated.
const impatience = 5 * time.Second

// act looks at the phone once, and presses at most one button.
func (p *pupil) act() {
	time.Sleep(5 * time.Millisecond) // a real process answers meanwhile
	for _, m := range p.Shown() {
		for _, b := range flat(m) {
			if b.Value() == "snooze.no" {
				p.pushes[m.ID] = true
			}
		}
	}
	m, b, ok := p.choose()
	key := fmt.Sprint(m.ID, " ", m.Edits) // one press on what is shown
	if !ok || time.Since(p.pressed[key]) < impatience {
		return
	}
	p.pressed[key] = time.Now()
	p.history = append(p.history, fmt.Sprintf("%s pressed %s on %d", time.Now().Format("04:05.000"), b.Value(), m.ID))
	if ask := askOf(b.Value()); ask != "" {
		p.answered[ask] = true
	}
	p.PressesData(m.ID, b.Data)
}

func flat(m telegramtest.Message) []telegramtest.Button {
	var all []telegramtest.Button
	for _, row := range m.Buttons {
		all = append(all, row...)
	}
	return all
}

// ways lead on, the first that is there is taken.
var ways = []string{"hello.lang.fr", "hello.yes", "hello.minutes.2", "times.offer.0", "comfort.free", "start.", "screen.next.", "on.", "here"}

// choose finds the button to press on the newest message that has any.
func (p *pupil) choose() (telegramtest.Message, telegramtest.Button, bool) {
	m, ok := p.last()
	if !ok {
		return m, telegramtest.Button{}, false
	}
	var answers, submits, grows []telegramtest.Button
	for _, b := range flat(m) {
		switch {
		case strings.HasPrefix(b.Data, "answer."):
			answers = append(answers, b)
		case strings.HasPrefix(b.Data, "~") && b.Data[1] <= 'Z':
			submits = append(submits, b)
		case strings.HasPrefix(b.Data, "~"):
			grows = append(grows, b)
		}
	}
	submits = slices.DeleteFunc(submits, func(b telegramtest.Button) bool { return !filled(b.Value(), len(grows)) })
	for _, some := range [][]telegramtest.Button{submits, furthest(grows), answers} {
		if len(some) > 0 {
			return m, some[p.random.IntN(len(some))], true
		}
	}
	for _, way := range ways {
		for _, b := range flat(m) {
			if strings.HasPrefix(b.Data, way) {
				return m, b, true
			}
		}
	}
	return m, telegramtest.Button{}, false
}

// filled says whether what a button submits is complete.
func filled(data string, options int) bool {
	state, _, _ := strings.Cut(data[2:], "~")
	switch data[1] {
	case 'M':
		return state != "0"
	case 'O':
		return len(state) == options
	}
	return !strings.Contains(state, "-")
}

// furthest are the presses after which most of a form is filled in.
func furthest(grows []telegramtest.Button) []telegramtest.Button {
	var best []telegramtest.Button
	most := -1
	for _, b := range grows {
		filled := len(b.Value()) - strings.Count(b.Value(), "-")
		if filled > most {
			best, most = nil, filled
		}
		if filled == most {
			best = append(best, b)
		}
	}
	return best
}

// last is the newest message with buttons.
func (p *pupil) last() (telegramtest.Message, bool) {
	shown := p.Shown()
	for i := len(shown) - 1; i >= 0; i-- {
		if len(shown[i].Buttons) > 0 {
			return shown[i], true
		}
	}
	return telegramtest.Message{}, false
}

// askOf is the ask that a press answers, "" if it answers none.
func askOf(data string) string {
	if strings.HasPrefix(data, "~") && data[1] >= 'A' && data[1] <= 'Z' {
		_, data, _ = strings.Cut(data[1:], "~")
	}
	parts := strings.Split(data, ".")
	if parts[0] != "answer" || len(parts) < 2 {
		return ""
	}
	return parts[1]
}

// settle waits until everything that was pressed is confirmed.
func (p *pupil) settle(t *testing.T) {
	deadline := time.Now().Add(20 * time.Second)
	for len(p.api.Waiting()) > 0 {
		if time.Now().After(deadline) {
			t.Fatalf("%d updates are never confirmed", len(p.api.Waiting()))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// program is the real binary as a process.
type program struct {
	t       testing.TB
	env     []string
	running *exec.Cmd
	log     channelstest.Log
}

func (p *program) command(arguments ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], arguments...)
	c.Env = append(append(os.Environ(), asPraline+"=1"), p.env...)
	return c
}

func (p *program) start(arguments ...string) {
	p.t.Helper()
	p.running = p.command(arguments...)
	p.log.Reset()
	p.running.Stdout, p.running.Stderr = &p.log, &p.log
	if err := p.running.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { p.kill() })
}

// kill is kill -9.
func (p *program) kill() {
	if p.running != nil {
		_ = p.running.Process.Kill()
		_ = p.running.Wait()
		p.running = nil
	}
}

// stop is Ctrl+C, once it is up; nothing may be left undone.
func (p *program) stop() {
	p.t.Helper()
	for until := time.Now().Add(20 * time.Second); !strings.Contains(p.log.String(), "Ctrl+C"); {
		if time.Now().After(until) {
			p.t.Fatalf("not up:\n%s", p.log.String())
		}
		time.Sleep(5 * time.Millisecond)
	}
	c := p.running
	p.running = nil
	_ = c.Process.Signal(os.Interrupt)
	if err := c.Wait(); err != nil {
		p.t.Fatalf("did not stop cleanly: %v\n%s", err, p.log.String())
	}
}

// run is a subcommand's output.
func (p *program) run(arguments ...string) []byte {
	p.t.Helper()
	out, err := p.command(arguments...).Output()
	if err != nil {
		p.t.Fatalf("praline %v: %v", arguments, err)
	}
	return out
}

// export is everything that is stored about the one learner.
func (p *program) export() bot.Export {
	p.t.Helper()
	id, _, _ := strings.Cut(string(p.run("data", "list")), "\t")
	var e bot.Export
	if err := json.Unmarshal(p.run("data", "export", id), &e); err != nil {
		p.t.Fatal(err)
	}
	return e
}

func redisURL(t testing.TB) string {
	url, _ := storetest.Redis(t)
	return url
}
