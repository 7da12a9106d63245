package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/store"
	"praline/channels"
	"praline/channels/outbound"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/queue"
	"praline/scheduler/recall"
)

// TestFigures measures what docs/performance.md tells, on this machine, and
// writes it as a table to the file that PRALINE_FIGURES names (make bench).
func TestFigures(t *testing.T) {
	file := os.Getenv("PRALINE_FIGURES")
	if file == "" {
		t.Skip("make bench measures; PRALINE_FIGURES names the file to write")
	}
	var rows []string
	row := func(what, format string, values ...any) {
		line := fmt.Sprintf("| %s | %s |", what, fmt.Sprintf(format, values...))
		t.Log(line)
		rows = append(rows, line)
	}
	binary(t, row)
	redis := redisURL(t)
	for _, place := range []struct {
		name, redis         string
		learners, perSecond int
	}{
		{"file", "", 5000, 500},
		{"Redis", redis, 20000, 500},
	} {
		p := newCrowd(t, place.redis)
		for _, perSecond := range []int{1, place.perSecond} {
			p50, p99, worst, n := p.answers(t, perSecond)
			row(fmt.Sprintf("answer to reply on %s, %d a second", place.name, perSecond), "p50 %s, p99 %s, worst %s (%d presses)", ms(p50), ms(p99), ms(worst), n)
		}
		p.close(t)
		p = newCrowd(t, place.redis)
		n, took := p.pushes(t, place.learners)
		row(fmt.Sprintf("full pushes on %s, %d due at one minute", place.name, n), "%.0f a second", float64(n)/took.Seconds())
		p.close(t)
	}
	storms(t, row)
	text := fmt.Sprintf("%s, %d cores, %s\n\n| what | figure |\n| --- | --- |\n%s\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), runtime.Version(), strings.Join(rows, "\n"))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func ms(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

// binary measures the program as it is shipped: size, start, memory at rest.
func binary(t testing.TB, row func(string, string, ...any)) {
	path := filepath.Join(t.TempDir(), "praline")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	row("binary, stripped", "%.1f MB", float64(info.Size())/1e6)
	var starts []time.Duration
	var resident int
	for i := range 5 {
		listen := fmt.Sprintf("127.0.0.1:%d", 18080+i)
		c := exec.Command(path)
		c.Env = append(os.Environ(), "PRALINE_LISTEN="+listen, "PRALINE_DATA="+filepath.Join(t.TempDir(), "data"))
		began := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for {
			response, err := http.Get("http://" + listen + "/readyz")
			if err == nil {
				response.Body.Close()
				if response.StatusCode == http.StatusOK {
					break
				}
			}
			if time.Since(began) > 20*time.Second {
				t.Fatal("does not start")
			}
			time.Sleep(2 * time.Millisecond)
		}
		starts = append(starts, time.Since(began))
		time.Sleep(2 * time.Second) // at rest
		resident = max(resident, residentKB(c.Process.Pid))
		_ = c.Process.Signal(os.Interrupt)
		_ = c.Wait()
	}
	slices.Sort(starts)
	row("start to ready, file, median of 5 (worst)", "%s (%s)", ms(starts[2]), ms(starts[4]))
	row("resident at rest", "%.0f MB", float64(resident)/1000)
}

func residentKB(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}

// BenchmarkPushes is one full push, on both stores: loaded, chosen, committed,
// handed over, the receipt noted.
func BenchmarkPushes(b *testing.B) {
	for _, name := range []string{"file", "redis"} {
		b.Run(name, func(b *testing.B) {
			redis := ""
			if name == "redis" {
				redis = redisURL(b)
			}
			p := newCrowd(b, redis)
			defer p.close(b)
			_, took := p.pushes(b, b.N)
			b.ReportMetric(float64(b.N)/took.Seconds(), "pushes/s")
		})
	}
}

// crowd are learners on one store, with an app that takes everything.
type crowd struct {
	bot      *bot.Bot
	store    *store.Store
	outbound *outbound.Outbound
	app      *easyApp
}

func newCrowd(t testing.TB, redis string) *crowd {
	t.Helper()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	s, err := store.Open(t.Context(), store.Options{Redis: redis, Folder: filepath.Join(t.TempDir(), "data"), Secret: make([]byte, 32), Log: log})
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := catalogueFrom("", log)
	if err != nil {
		t.Fatal(err)
	}
	p := &crowd{store: s, app: &easyApp{took: make(map[string]func())}}
	p.bot = &bot.Bot{Store: s, Catalogue: catalogue, Log: log}
	p.outbound = outbound.New(bot.Receipts{Store: s}, s, log, time.Now, nil, p.app)
	p.bot.Outbound = p.outbound
	return p
}

func (p *crowd) close(t testing.TB) {
	p.outbound.Close(t.Context())
	if err := p.store.Close(); err != nil {
		t.Error(err)
	}
}

// easyApp takes everything at once.
type easyApp struct {
	mu   sync.Mutex
	took map[string]func() // by conversation, once
	said int
}

func (*easyApp) Name() string            { return "easy" }
func (*easyApp) Limits() channels.Limits { return channels.Limits{Replaces: true} }

func (a *easyApp) Send(_ context.Context, conversation string, m channels.Message, _ string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.said++
	if took := a.took[conversation]; took != nil {
		took()
		delete(a.took, conversation)
	}
	return "receipt-" + m.ID, nil
}

// answers has learners press what leads on, perSecond presses a second whether
// or not the ones before were answered, and returns how long it took from the
// press to the first message that the app was handed.
func (p *crowd) answers(t testing.TB, perSecond int) (p50, p99, worst time.Duration, n int) {
	t.Helper()
	learners, presses := perSecond, 10*perSecond
	if perSecond < 10 {
		learners, presses = 2, 20*perSecond
	}
	next := make([]chan string, learners)
	var wait sync.WaitGroup
	for i := range next {
		next[i] = make(chan string, 1)
		wait.Go(func() { next[i] <- p.through(t, fmt.Sprintf("%d-%d", perSecond, i)) })
	}
	wait.Wait()
	p.outboundDrained(t)
	var mu sync.Mutex
	var took []time.Duration
	ticker := time.NewTicker(time.Second / time.Duration(perSecond))
	defer ticker.Stop()
	for i := range presses {
		<-ticker.C
		who := i % learners
		value := <-next[who] // nobody presses before the answer is there
		conversation := fmt.Sprintf("%d-%d", perSecond, who)
		began := time.Now()
		p.app.mu.Lock()
		p.app.took[conversation] = func() {
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(began))
		}
		p.app.mu.Unlock()
		wait.Go(func() { next[who] <- p.press(t, conversation, value, fmt.Sprint("press-", perSecond, "-", i)) })
	}
	wait.Wait()
	p.outboundDrained(t)
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100], took[len(took)-1], len(took)
}

// through leads a new learner to the first screen of a lesson, and returns what to press there.
func (p *crowd) through(t testing.TB, conversation string) string {
	value := p.press(t, conversation, "", "came-"+conversation)
	for i := 0; !strings.HasPrefix(value, "screen."); i++ {
		if i > 12 {
			t.Errorf("no lesson: %q", value)
			return value
		}
		value = p.press(t, conversation, value, fmt.Sprint("hello-", conversation, "-", i))
	}
	return value
}

// press does one thing, and returns what leads on from there.
func (p *crowd) press(t testing.TB, conversation, value, id string) string {
	e := channels.Event{Kind: channels.Pressed, Channel: "easy", Conversation: conversation, Value: value, ID: id, Languages: []string{"fr"}}
	if value == "" {
		e.Kind = channels.Came
	}
	messages, err := p.bot.Handle(t.Context(), time.Now(), e)
	if err != nil {
		t.Error(err)
		return value
	}
	for _, m := range slices.Backward(messages) {
		for _, way := range append(slices.Clone(ways), "answer.", "more", "do.lesson") {
			for _, c := range m.Choices {
				if strings.HasPrefix(c.Value, way) {
					return c.Value
				}
			}
		}
	}
	return "do.lesson"
}

func (p *crowd) outboundDrained(t testing.TB) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		n, err := p.store.Waiting(ctx, time.Now().Add(queue.Lease))
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// pushes makes n learners due at one minute and says to each what is due:
// loaded, chosen, committed, handed over, and the receipt noted.
func (p *crowd) pushes(t testing.TB, n int) (int, time.Duration) {
	t.Helper()
	slot := time.Now().Truncate(time.Minute)
	due := mondayAtNine(slot)
	changes := make([]learner.Change, 0, queue.Batch)
	for i := range n {
		changes = append(changes, learner.Change{Learner: seasoned(p.bot.Catalogue, i, due), Next: due})
		if len(changes) == cap(changes) || i == n-1 {
			for _, err := range p.store.Commit(t.Context(), due.Add(-time.Hour), changes...) {
				if err != nil {
					t.Fatal(err)
				}
			}
			var noted []learner.Noted
			for _, c := range changes {
				noted = append(noted, learner.Noted{Learner: c.Learner.ID, Message: "none"})
			}
			if err := p.store.Note(t.Context(), noted...); err != nil {
				t.Fatal(err)
			}
			changes = changes[:0]
		}
	}
	q := &queue.Queue{Hints: p.store, Speak: p.bot.Push, Now: func() time.Time { return due.Add(time.Second) }, Log: p.bot.Log}
	before := p.app.said
	if b, ok := t.(*testing.B); ok {
		b.ResetTimer()
	}
	began := time.Now()
	for {
		took, err := q.Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if took == 0 {
			break
		}
	}
	for {
		p.app.mu.Lock()
		said := p.app.said - before
		p.app.mu.Unlock()
		if said >= n {
			break
		}
		if time.Since(began) > 5*time.Minute {
			t.Fatalf("%d of %d pushes came", said, n)
		}
		time.Sleep(time.Millisecond)
	}
	took := time.Since(began)
	return n, took
}

// mondayAtNine is the first Monday, 9.00 in Brussels, after a time that is no
// holiday.
func mondayAtNine(after time.Time) time.Time {
	brussels, _ := time.LoadLocation("Europe/Brussels")
	slots := []scheduler.Slot{{Days: scheduler.Monday, Hour: 9}}
	calendar, _ := scheduler.Named("")
	gate := scheduler.Gate{Calendar: calendar, Zone: brussels}
	at := scheduler.Next(slots, after, brussels)
	for !gate.Open(at).Open {
		at = scheduler.Next(slots, at, brussels)
	}
	return at
}

// seasoned is a learner with some sixty questions behind them.
func seasoned(catalogue lessons.Catalogue, i int, due time.Time) learner.Learner {
	l := learner.Learner{
		ID: learner.NewID(), Created: due.AddDate(0, -2, 0), Lang: []string{"fr", "nl"}[i%2], Agreed: due.AddDate(0, -2, 0),
		Minutes: 3, Addresses: []learner.Address{{Channel: "easy", Conversation: fmt.Sprint("due-", i)}},
		Slots: []scheduler.Slot{{Days: scheduler.WorkingWeek, Hour: 9}},
		Push:  learner.Push{Next: due},
	}
	day := scheduler.DateOf(due.AddDate(0, 0, -20), time.UTC)
	for _, s := range catalogue.All() {
		for _, lesson := range s.Lessons {
			if len(l.Cards) >= 60 {
				return l
			}
			l.Taught = append(l.Taught, s.ID+"/"+lesson.ID)
			for _, q := range lesson.In(l.Lang).Questions {
				if q.Kind != lessons.Poll && len(l.Cards) < 60 {
					memory := recall.Review(recall.Memory{}, recall.Graded(len(l.Cards)%3 != 0, false, false), day, func(scheduler.Date) bool { return true })
					l.Cards = append(l.Cards, learner.Card{Key: s.ID + "/" + q.ID, Fingerprint: q.Fingerprint(), Memory: memory})
				}
			}
		}
	}
	return l
}
