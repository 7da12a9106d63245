package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"praline/bot/store"
	"praline/channels/markup"
	"praline/lessons"
	"praline/locales"
	"praline/pages/browsertest"
)

// TestWeek is a week of one learner's life: the real program, speeded, and a
// real browser, in which a person presses what is written on the buttons. A
// question is missed on purpose, and followed until it comes back on a later
// day. The server is killed three times meanwhile.
//
// By itself it ends when that question was answered right, within a minute.
// With PRALINE_SCREENSHOTS=folder (make screenshots) it lives a whole week at a
// day a minute, and the pictures of docs/screenshots are taken.
func TestWeek(t *testing.T) {
	t.Parallel()
	w := newWeek(t)
	w.hello()
	w.lesson()
	w.questions()
	missed := w.untilItReturns()
	w.onAnotherDevice(missed)
	w.progress()
	w.nothingLost()
}

const (
	daySpeed   = 1440   // a day in a minute, with pictures
	quickSpeed = 20_000 // a day in four seconds, without: while a person only waits
	calmSpeed  = 60     // and while they do something, for the days not to fly by
)

// week is the learner, on the phone, and what they talk to.
type week struct {
	*person
	browser   *browsertest.Browser
	server    *program
	address   string
	speed     int // while waiting
	calm      int // while doing something
	catalogue lessons.Catalogue
	answers   int    // given
	missed    string // the question
	missedOn  time.Time
	misses    bool      // the next question of a session that can be missed
	ended     time.Time // the last session
}

func newWeek(t *testing.T) *week {
	t.Helper()
	browser := browsertest.Start(t)
	catalogue, err := catalogueFrom("", slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	w := &week{browser: browser, speed: quickSpeed, calm: calmSpeed, catalogue: catalogue}
	screen := browsertest.Screen{Name: "phone", Width: 390, Height: 844, Lang: "fr-BE", Scale: 2}
	w.person = &person{t: t, Page: browser.Open(t, screen), words: locales.For("fr"), folder: os.Getenv("PRALINE_SCREENSHOTS")}
	t.Cleanup(w.lastSeen)
	if w.folder != "" {
		w.speed, w.calm = daySpeed, daySpeed
		if err := os.MkdirAll(w.folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") // a port that a restarted server finds again
	if err != nil {
		t.Fatal(err)
	}
	w.address = listener.Addr().String()
	listener.Close()
	data := filepath.Join(t.TempDir(), "data")
	w.server = &program{t: t, env: []string{"PRALINE_LISTEN=" + w.address, "PRALINE_DATA=" + data, "TELEGRAM_BOT_TOKEN="}}
	beginOnMonday(t, data, "", w.calm)
	w.serve(w.calm)
	return w
}

// lastSeen keeps a picture of where a test failed.
func (w *week) lastSeen() {
	if !w.t.Failed() {
		return
	}
	file := filepath.Join(os.TempDir(), "praline-week-failed.png")
	if err := os.WriteFile(file, w.Picture(), 0o644); err == nil {
		w.t.Logf("the phone when it failed: %s: %+v", file, w.sight())
	}
}

// beginOnMonday makes the bot's week begin on a Monday morning of a week
// without holidays, whatever day the test is run on.
func beginOnMonday(t *testing.T, data, redis string, speed int) {
	t.Helper()
	brussels, _ := time.LoadLocation("Europe/Brussels")
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	secret, err := secretFor("", data, log)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Folder: data, Redis: redis, Secret: secret, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	monday := newClock(time.Now, float64(speed), time.Date(2027, 3, 1, 9, 10, 0, 0, brussels))
	if err := (&server{store: s, clock: monday}).saveClock(t.Context(), monday.Now()); err != nil {
		t.Fatal(err)
	}
}

// serve starts the program and waits until it is ready.
func (w *week) serve(speed int) {
	w.t.Helper()
	w.server.start("serve", "--speed", strconv.Itoa(speed))
	ctx, cancel := context.WithTimeout(w.t.Context(), soon)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+w.address+"/readyz", nil)
		if err != nil {
			w.t.Fatal(err)
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		} else if ctx.Err() != nil {
			w.t.Fatalf("the server is not ready: %v\n%s", err, w.server.log.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// firstView is how much the first view of the page may weigh, in bytes.
const firstView = 100_000

// mostPresses is how many presses may stand between hello and the first lesson.
const mostPresses = 6

// hello goes from the first page to the first screen of a lesson.
func (w *week) hello() {
	w.Go("http://" + w.address + "/chat")
	w.has("hello.go-on")
	weight := browsertest.Value[int](w.Page, `[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((n, e) => n + e.transferSize, 0)`)
	if weight == 0 || weight > firstView {
		w.t.Errorf("the first view weighs %d bytes, at most %d", weight, firstView)
	}
	w.shown("01-hello.fr")
	w.press(w.words.Say("hello.go-on"))
	w.has("hello.yes")
	if w.folder == "" {
		w.shown("privacy")
	}
	w.press(w.words.Say("hello.yes"))
	w.press(w.words.Count("minutes.n", 3))
	everyDay := w.sight().Choices[0]
	if !strings.Contains(letters(everyDay), letters(w.words.Say("times.weekdays"))) {
		w.t.Errorf("the first offer is not every working day: %q", everyDay)
	}
	if w.folder == "" {
		w.shown("times")
	}
	w.press(everyDay)
	w.press(w.words.Say("comfort.free"))
	w.has("hello.first")
	if w.folder == "" {
		w.shown("ready")
	}
	w.press(w.words.Say("hello.first"))
	w.has("lesson.next")
	if w.presses > mostPresses {
		w.t.Errorf("%d presses to the first lesson, at most %d", w.presses, mostPresses)
	}
	w.t.Logf("the first view weighs %d bytes; %d presses to the first lesson", weight, w.presses)
}

// lesson reads the lesson's screens. The server is killed on the way: what is
// pressed meanwhile waits in the page, and is one press.
func (w *week) lesson() {
	w.shown("02-lesson.fr")
	w.press(w.words.Say("lesson.next"))
	second := w.has("lesson.next")
	before := w.entries("second screen")
	w.server.kill()
	w.click(w.words.Say("lesson.next"))
	w.Wait(`!document.querySelector(".notice").hidden`)
	if w.folder == "" {
		w.shown("server away")
	}
	w.serve(w.calm)
	third := w.until("the screen after the second", func(s sight) bool { return s.Steps != second.Steps && s.Steps != "" })
	w.Wait(`document.querySelector(".notice").hidden && !document.querySelector(".busy")`)
	if want := w.words.Say("lesson.screen", "n", 3, "of", 3); third.Steps != want {
		w.t.Errorf("pressed once while the server was away: %q, not %q", third.Steps, want)
	}
	w.kept("after a kill in the lesson", before)
	for slices.Contains(w.sight().Buttons, w.words.Say("lesson.next")) && !w.sight().asks() {
		w.press(w.words.Say("lesson.next"))
	}
}

// kept fails the test where something is missing that stood on the page; what
// stood last may have made place for what answers it.
func (w *week) kept(label string, before []string) {
	w.t.Helper()
	now, sure := w.entries(label), len(before)-1
	if len(now) < len(before) || !slices.Equal(now[:sure], before[:sure]) {
		w.t.Errorf("%s: what stood there was %q, now there stands %q", label, before, now)
	}
}

// questions answers those of the lesson: the first wrong, and in Dutch for a
// moment; the second without the mouse; the others right.
func (w *week) questions() {
	french := w.sight()
	if !french.asks() {
		w.t.Fatalf("no question after the lesson: %+v", french)
	}
	twins := w.twins(french, "nl")
	w.inLanguage("nl", func() {
		dutch := w.sight()
		if !slices.Equal(letterAll(dutch.Choices), letterAll(twins)) {
			w.t.Errorf("the same question in Dutch: %q", dutch.Choices)
		}
		w.shown("03-question.nl")
	})
	s := w.sight()
	if letters(s.Text) != letters(french.Text) {
		w.t.Errorf("back in French it is the same question: %q, not %q", s.Text, french.Text)
	}
	w.misses = true
	w.answer(s, !w.miss(s))
	w.has("feedback.on")
	if note := w.sight().Note; !strings.Contains(note, w.words.Say("date.tomorrow", "date", "")) {
		w.t.Errorf("a question missed comes back on the next working day: %q", note)
	}
	w.shown("04-feedback.fr")
	w.press(w.words.Say("feedback.on"))
	w.byKeyboard(w.sight())
	w.session()
}

// inLanguage does something in another language, asked for in mid-conversation
// by its name.
func (w *week) inLanguage(lang string, do func()) {
	w.t.Helper()
	before := w.words
	for _, words := range []locales.Words{locales.For(lang), before} {
		w.says(words.Say("language.name"))
		w.words = words
		w.Wait(fmt.Sprintf(`document.documentElement.lang == %q`, words.Lang))
		w.Wait(`document.readyState == "complete"`)
		if words.Lang == lang {
			do()
		}
	}
}

// question finds what stands on the page in the series.
func (w *week) question(s sight) (*lessons.Series, *lessons.Question) {
	w.t.Helper()
	for _, series := range w.catalogue.All() {
		for _, lesson := range series.Lessons {
			for _, q := range lesson.In(w.words.Lang).Questions {
				if letters(markup.Plain(q.Text)) == letters(s.Text) {
					return series, q
				}
			}
		}
	}
	w.t.Fatalf("not a question of the series: %+v", s)
	return nil, nil
}

// twins are the choices of a question in another language.
func (w *week) twins(s sight, lang string) []string {
	w.t.Helper()
	series, q := w.question(s)
	lesson, i, _ := series.Question(q.ID)
	var labels []string
	for _, c := range lesson.In(lang).Questions[i].Choices {
		labels = append(labels, markup.PlainLine(c.Text))
	}
	return labels
}

func letterAll(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = letters(text)
	}
	return all
}

// miss says whether a question is to be missed now.
func (w *week) miss(s sight) bool {
	w.t.Helper()
	if _, q := w.question(s); !w.misses || q.Kind != lessons.Single {
		return false
	}
	w.misses, w.missed, w.missedOn = false, s.Text, s.At
	return true
}

// answer answers what is asked, right or not, as each kind of question is
// answered on the page.
func (w *week) answer(s sight, right bool) {
	w.t.Helper()
	_, q := w.question(s)
	if !right && q.Kind != lessons.Single {
		w.t.Fatalf("to be missed on purpose, a question must have one right choice: %+v", s)
	}
	w.answers++
	submit := w.words.Say("question.submit")
	switch q.Kind {
	case lessons.Single, lessons.Poll:
		w.press(s.Choices[slices.IndexFunc(q.Choices, func(c lessons.Choice) bool { return c.Right == right || q.Kind == lessons.Poll })])
	case lessons.Multiple:
		for i, c := range q.Choices {
			if c.Right {
				w.click(s.Checks[i])
			}
		}
		w.press(submit)
	case lessons.Order:
		w.choose(s, q.Items)
		w.press(submit)
	case lessons.Pairs:
		w.choose(s, q.Right)
		w.press(submit)
	case lessons.Number:
		w.types(strconv.FormatFloat(q.Value, 'f', -1, 64))
	default:
		w.types(q.Accepted[0])
	}
}

// types fills in the one field of a question, and sends it.
func (w *week) types(text string) {
	w.t.Helper()
	w.changes(func() {
		w.Do(chromedp.SendKeys(chromedp.CSS(".entry:last-child .input input"), text+kb.Enter))
	})
}

// choose picks from each list in turn what stands in want.
func (w *week) choose(s sight, want []string) {
	w.t.Helper()
	for i, list := range s.Selects {
		at := slices.IndexFunc(list.Options, func(o string) bool { return letters(o) == letters(want[i]) })
		if at < 0 {
			w.t.Fatalf("%q is not among %q", want[i], list.Options)
		}
		browsertest.Value[bool](w.Page, fmt.Sprintf(`((e) => { e.selectedIndex = %d; return e.dispatchEvent(new Event("change", { bubbles: true })); })([...document.querySelectorAll(".entry:last-child select")][%d])`, at, i))
	}
}

// byKeyboard answers a question with one right choice, and goes on, without
// the mouse: the focus shows, and stays where the conversation is.
func (w *week) byKeyboard(s sight) {
	_, q := w.question(s)
	if q.Kind != lessons.Single {
		w.t.Fatalf("the second question of the first lesson has one right choice: %+v", s)
	}
	w.answers++
	w.tabTo(s.Choices[slices.IndexFunc(q.Choices, func(c lessons.Choice) bool { return c.Right })])
	w.changes(func() { w.Press(kb.Enter) })
	w.has("feedback.on")
	if !browsertest.Value[bool](w.Page, `!![...document.querySelectorAll(".entry.bot")].pop().contains(document.activeElement)`) {
		w.t.Errorf("after an answer by keyboard the focus is not on the feedback")
	}
	w.tabTo(w.words.Say("feedback.on"))
	w.changes(func() { w.Press(kb.Enter) })
}

// session answers until the session ends: right, but for what is to be missed.
func (w *week) session() {
	w.t.Helper()
	for {
		s := w.sight()
		switch {
		case s.asks():
			w.answer(s, !w.miss(s))
		case slices.Contains(s.Buttons, w.words.Say("lesson.next")):
			w.press(w.words.Say("lesson.next"))
		default:
			if !strings.HasPrefix(s.Text, w.words.Say("session.end")) {
				w.t.Fatalf("a session that does not end, and does not go on: %+v", s)
			}
			w.ended = s.At
			return
		}
	}
}

// day is how long a day takes.
func (w *week) day() time.Duration { return 24 * time.Hour / time.Duration(w.speed) }

// push waits until the bot speaks first, on a later day and within working time.
func (w *week) push() sight {
	w.t.Helper()
	s := w.untilWithin(4*w.day()+soon, "a push", func(s sight) bool { return slices.Contains(s.Buttons, w.words.Say("push.not-today")) })
	brussels, _ := time.LoadLocation("Europe/Brussels")
	from, at := w.ended.In(brussels), s.At.In(brussels)
	opens := time.Date(at.Year(), at.Month(), at.Day(), 9, 0, 0, 0, brussels)
	if from.YearDay() == at.YearDay() || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Before(opens) || at.After(opens.Add(9*time.Hour+10*time.Minute)) {
		w.t.Errorf("after %v a push came at %v, not on a later working day from nine on", from, at)
	}
	w.t.Logf("push: %v, %q", at.Format("Monday 2 January 15:04"), s.Text)
	return s
}

// untilItReturns waits for pushes until the question missed comes back, and
// returns it. With pictures it is a whole week: one missed on Friday comes back
// on Monday.
func (w *week) untilItReturns() sight {
	before := w.entries("before the second kill")
	w.server.kill()
	w.serve(w.speed)
	w.push()
	w.kept("after a kill between two days", before)
	w.shown("05-push.fr")
	w.press(w.words.Say("push.start"))
	s := w.returned()
	if w.folder == "" {
		return s
	}
	for day := time.Tuesday; day <= time.Friday; day++ {
		w.misses = day == time.Friday
		w.session()
		w.push()
		w.press(w.words.Say("push.start"))
	}
	return w.returned()
}

// returned waits in a session for the question missed, on a later day; what is
// asked before it is answered right.
func (w *week) returned() sight {
	w.t.Helper()
	s := w.sight()
	for ; letters(s.Text) != letters(w.missed); s = w.sight() {
		if !s.asks() {
			w.t.Fatalf("what was missed does not come back before the lesson: %q; there stands %+v", w.missed, s)
		}
		w.answer(s, true)
		w.press(w.words.Say("feedback.on"))
	}
	if !s.At.After(w.missedOn.Add(12 * time.Hour)) {
		w.t.Errorf("missed at %v, it came back at %v", w.missedOn, s.At)
	}
	return s
}

// onAnotherDevice takes the conversation to a dark desktop and ends the
// session there; the phone follows.
func (w *week) onAnotherDevice(missed sight) {
	w.shown("06-return.fr")
	w.click(w.words.Say("question.why"))
	w.until("why", func(s sight) bool { return s.Text != missed.Text && !s.asks() }) // below the question, whose buttons stay
	w.server.kill()
	w.serve(w.calm)
	w.Go("http://" + w.address + "/chat/code")
	w.click(w.words.Say("web.code-make"))
	w.Wait(`document.querySelector("p.code")`)
	code := browsertest.Value[string](w.Page, `document.querySelector("p.code").textContent`)
	w.Go("http://" + w.address + "/chat")

	screen := browsertest.DesktopDark
	screen.Scale = 1.5
	desktop := *w
	desktop.person = &person{t: w.t, Page: w.browser.Open(w.t, screen), words: w.words, folder: w.folder}
	desktop.Go("http://" + w.address + "/chat/code")
	desktop.Do(chromedp.SendKeys(chromedp.CSS("#code"), code+kb.Enter))
	desktop.Wait(`document.querySelector(".log")`)
	if s := desktop.sight(); !s.asks() {
		lesson, _, _ := strings.Cut(w.words.Say("command.lesson"), "|")
		desktop.says(lesson) // once more, to have it below
	}
	if s := desktop.sight(); letters(s.Text) != letters(missed.Text) {
		w.t.Errorf("on the other device the question still waits: %q", s.Text)
	}
	desktop.answer(desktop.sight(), true)
	s := desktop.has("feedback.on")
	if !strings.Contains(s.Note, strings.TrimSuffix(w.words.Say("feedback.returns", "date", ""), " .")) {
		w.t.Errorf("the page does not say when the question comes back: %q", s.Note)
	}
	w.t.Logf("answered right: %q", s.Note)
	desktop.session()
	ended := desktop.entries("on the desktop")
	desktop.shown("08-desktop-dark.fr")
	w.answers = desktop.answers
	w.Wait(fmt.Sprintf(`document.querySelector('[data-key="%s"]')`, ended[len(ended)-1]))
	w.kept("on the phone", ended)
}

// progress is shown in Dutch.
func (w *week) progress() {
	w.inLanguage("nl", func() {
		w.click(w.words.Say("web.menu"))
		if w.folder == "" {
			w.shown("menu")
		}
		w.press(w.words.Say("menu.progress"))
		w.Wait(`[...document.querySelectorAll("h3 + .text .pieces")].length`)
		w.shown("07-progress.nl")
	})
}

// nothingLost draws the page anew, and asks the store.
func (w *week) nothingLost() {
	w.Check("at the end")
	live := browsertest.Value[string](w.Page, `document.querySelector(".log").innerText`)
	w.Go("http://" + w.address + "/chat")
	anew := strings.Split(browsertest.Value[string](w.Page, `document.querySelector(".log").innerText`), "\n")
	for i, line := range strings.Split(live, "\n") {
		if i >= len(anew) || anew[i] != line {
			w.t.Errorf("drawn anew the page says, after line %d,\n%q\nand not\n%q", i, anew[min(i, len(anew)):min(i+5, len(anew))], line)
			break
		}
	}
	w.entries("drawn anew")
	w.Check("drawn anew")
	w.server.stop()
	if e := w.server.export(); len(e.Answers) != w.answers {
		w.t.Errorf("%d answers were given, %d are stored", w.answers, len(e.Answers))
	}
}
