package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"praline/channels/markup"
	"praline/lessons"
	"praline/locales"
	"praline/pages/browsertest"
)

// TestEmulator is a learner in Microsoft's own emulator of Teams: the real
// program, speeded, and a real browser, in which a person presses what is
// written on the buttons. From hello to a lesson in which each kind of question
// is asked, each answered in the place of its card, and on to a later day, on
// which the bot speaks first.
//
// With PRALINE_SCREENSHOTS=folder (make screenshots) it is taught what ships,
// and the pictures of docs/screenshots are taken.
func TestEmulator(t *testing.T) {
	t.Parallel()
	e := newEmulated(t)
	e.hello()
	e.untilAsked()
	e.inDutchAndBack()
	e.questions()
	e.push()
	e.nothingLost()
}

// emulated is a learner at the emulator, and what they talk to.
type emulated struct {
	*playground
	server    *program
	address   string
	words     locales.Words
	catalogue lessons.Catalogue
	folder    string // of pictures; "" for none
	asked     map[string]bool
	kinds     map[lessons.Kind]bool
	answers   int
}

func newEmulated(t *testing.T) *emulated {
	t.Helper()
	e := &emulated{address: freeAddress(t), words: locales.For("fr"), folder: os.Getenv("PRALINE_SCREENSHOTS"), asked: map[string]bool{}, kinds: map[lessons.Kind]bool{}}
	emulator := startPlayground(t, e.address)
	browser := browsertest.Start(t)
	series := "testdata/series"
	if e.folder != "" {
		series = ""
	}
	catalogue, err := catalogueFrom(series, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	e.catalogue = catalogue
	data := filepath.Join(t.TempDir(), "data")
	e.server = &program{t: t, env: []string{
		"PRALINE_LISTEN=" + e.address, "PRALINE_DATA=" + data, "PRALINE_SERIES=" + series, "PRALINE_WEB=off", "TEAMS_ANONYMOUS=1", "TEAMS_APP_ID=", "TELEGRAM_BOT_TOKEN=", "SLACK_BOT_TOKEN=",
	}}
	beginOnMonday(t, data, "", calmSpeed)
	e.serve(t, calmSpeed)
	e.playground = openPlayground(t, browser, browsertest.Screen{Name: "teams", Width: 620, Height: 860, Scale: 1.5, Lang: "fr-BE"}, emulator)
	t.Cleanup(e.lastSeen)
	return e
}

// serve starts the program and waits until it is ready.
func (e *emulated) serve(t *testing.T, speed int) {
	t.Helper()
	e.server.start("serve", "--speed", strconv.Itoa(speed))
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+e.address+"/readyz", nil)
		if err != nil {
			t.Fatal(err)
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		} else if ctx.Err() != nil {
			t.Fatalf("the server is not ready: %v\n%s", err, e.server.log.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// lastSeen keeps a picture of where the test failed.
func (e *emulated) lastSeen() {
	if !e.t.Failed() {
		return
	}
	file := filepath.Join(os.TempDir(), "praline-emulator-failed.png")
	if err := os.WriteFile(file, e.Picture(), 0o644); err == nil {
		e.t.Logf("the emulator when it failed: %s: %+v\n%s", file, e.look(), e.server.log.String())
	}
}

// hello goes from the first card to the first screen of a lesson. Each step
// takes the place of the one before.
func (e *emulated) hello() {
	e.has(locales.For("nl").Say("hello.go-on"))
	e.press(e.words.Say("hello.go-on"))
	l := e.has(e.words.Say("hello.yes"))
	if l.Cards != 1 || !strings.Contains(letters(l.Text), letters(e.words.Say("hello.privacy-title"))) {
		e.t.Errorf("privacy does not stand in the place of hello: %+v", l)
	}
	e.press(e.words.Say("hello.yes"))
	e.chooseOne(e.words.Count("minutes.n", 5))
	e.chooseOne(e.words.Say("times.weekdays"))
	e.chooseOne(e.words.Say("comfort.free"))
	l = e.has(e.words.Say("hello.first"))
	if l.Cards != 1 {
		e.t.Errorf("hello is %d cards, and not one that changes", l.Cards)
	}
	e.press(e.words.Say("hello.first"))
}

// chooseOne gives one answer: it has a round before it, and a button below the
// list sends it, or it is a button. What is too long or could be taken for
// markup is written out above, and chosen by its number.
func (e *emulated) chooseOne(label string) {
	e.t.Helper()
	var list, button string
	e.until(label, soon, func(l look) bool {
		list, button = choiceIn(l.Text, l.Checks, label), choiceIn(l.Text, l.Buttons, label)
		return list != "" || button != ""
	})
	if list == "" {
		e.press(button)
		return
	}
	choose := letters(e.words.Say("teams.choose"))
	missed := false
	e.tick(list)
	e.press(e.words.Say("teams.answer"))
	e.until(label+" taken", soon, func(l look) bool {
		missed = strings.Contains(letters(l.Text), choose)
		return missed || choiceIn(l.Text, l.Checks, label) == ""
	})
	if missed { // the card was put once more under the finger, and what was ticked is not: as one does, again
		e.tick(list)
		e.press(e.words.Say("teams.answer"))
	}
}

// number is what a choice may be introduced by.
var number = regexp.MustCompile(`^\d+\.\s*`)

// choiceIn finds which of titles stands for a choice that begins with these
// words, "" for none.
func choiceIn(text string, titles []string, label string) string {
	for _, title := range titles {
		if strings.HasPrefix(letters(number.ReplaceAllString(title, "")), letters(label)) {
			return title
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		n, rest, found := strings.Cut(strings.TrimSpace(line), ".")
		if found && strings.HasPrefix(letters(rest), letters(label)) && slices.Contains(titles, n) {
			return n
		}
	}
	return ""
}

// untilAsked reads screens until a question is asked, and starts another lesson
// where a session has ended; false when there is nothing more.
func (e *emulated) untilAsked() bool {
	e.t.Helper()
	on, lesson := e.words.Say("lesson.next"), ""
	for range 40 {
		l := e.look()
		switch {
		case e.question(l) != nil:
			return true
		case slices.Contains(l.Buttons, on):
			e.press(on)
		case slices.Contains(l.Buttons, e.words.Say("feedback.on")):
			e.press(e.words.Say("feedback.on"))
		case lesson == l.Text:
			return false
		default:
			lesson = l.Text
			word, _, _ := strings.Cut(e.words.Say("command.lesson"), "|")
			e.says(word)
		}
	}
	e.t.Fatalf("no question comes; there stands %+v", e.look())
	return false
}

// question finds what the newest card asks; nil where it asks nothing.
func (e *emulated) question(l look) *lessons.Question {
	if slices.Contains(l.Buttons, e.words.Say("feedback.on")) {
		return nil
	}
	for _, series := range e.catalogue.All() {
		for _, lesson := range series.Lessons {
			in := lesson.In(e.words.Lang)
			if in == nil {
				continue
			}
			for _, q := range in.Questions {
				if strings.Contains(letters(l.Text), letters(markup.Plain(q.Text))) {
					return q
				}
			}
		}
	}
	return nil
}

// inDutchAndBack asks for the same question in another language, by its name.
func (e *emulated) inDutchAndBack() {
	q := e.question(e.look())
	for _, lang := range []string{"nl", "fr"} {
		words := locales.For(lang)
		e.says(words.Say("language.name"))
		e.words = words
		l := e.until("the question in "+lang, soon, func(l look) bool { return e.question(l) != nil })
		if twin := e.question(l); twin.ID != q.ID {
			e.t.Errorf("in %s another question is asked: %s, not %s", lang, twin.ID, q.ID)
		}
	}
}

// questions answers all that is asked until every kind was: each in the place
// of its card.
func (e *emulated) questions() {
	wanted := map[lessons.Kind]bool{}
	for _, series := range e.catalogue.All() {
		for _, lesson := range series.Lessons {
			for _, q := range lesson.In("fr").Questions {
				wanted[q.Kind] = true
			}
		}
	}
	e.shown("09-teams-question.fr")
	for e.untilAsked() {
		e.answer()
		if len(e.kinds) == 1 && e.answers == 1 {
			e.shown("10-teams-feedback.fr")
			if e.folder != "" {
				break // the pictures tell no more
			}
		}
		if len(e.kinds) == len(wanted) {
			break
		}
	}
	if e.folder == "" && len(e.kinds) != len(wanted) {
		e.t.Errorf("kinds of questions that were asked: %v, want %v", e.kinds, wanted)
	}
	for slices.Contains(e.look().Buttons, e.words.Say("feedback.on")) { // to the end of the session
		e.press(e.words.Say("feedback.on"))
		if e.question(e.look()) != nil {
			e.answer()
		}
	}
}

// answer answers what is asked, right, as each kind of question is answered in
// Teams, and sees the feedback where the question stood.
func (e *emulated) answer() {
	e.t.Helper()
	before := e.look()
	q := e.question(before)
	if before.Width > 0 {
		e.t.Errorf("the card of %s is %d pixels too wide", q.ID, before.Width)
	}
	e.answers++
	e.kinds[q.Kind] = true
	submit := e.words.Say("question.submit")
	switch q.Kind {
	case lessons.Single, lessons.Poll:
		for _, c := range q.Choices {
			if c.Right || q.Kind == lessons.Poll {
				e.chooseOne(markup.PlainLine(c.Text))
				break
			}
		}
	case lessons.Multiple:
		for _, c := range q.Choices {
			if c.Right {
				e.tick(choiceIn(before.Text, before.Checks, markup.PlainLine(c.Text)))
			}
		}
		e.press(submit)
	case lessons.Order:
		e.choose(before, q.Items)
		e.press(submit)
	case lessons.Pairs:
		e.choose(before, q.Right)
		e.press(submit)
	case lessons.Number:
		e.types(strconv.FormatFloat(q.Value, 'f', -1, 64))
		e.press(submit)
	default:
		e.types(q.Accepted[0])
		e.press(submit)
	}
	after := e.until("the answer to "+q.ID, soon, func(l look) bool { return slices.Contains(l.Buttons, e.words.Say("feedback.on")) })
	if after.Cards != before.Cards || len(after.Checks)+len(after.Lists) > 0 || after.Field {
		e.t.Errorf("%s: the feedback does not stand in the place of the question: before %+v, after %+v", q.ID, before, after)
	}
	if explained := letters(markup.Plain(q.Explanation)); !strings.Contains(letters(after.Text), explained) {
		e.t.Errorf("%s: the explanation %q is not read in %q", q.ID, q.Explanation, after.Text)
	}
	if after.Width > 0 {
		e.t.Errorf("the card of the answer to %s is %d pixels too wide", q.ID, after.Width)
	}
}

// choose picks from each list in turn what stands in want.
func (e *emulated) choose(l look, want []string) {
	e.t.Helper()
	if len(l.Lists) != len(want) {
		e.t.Fatalf("%d lists to choose from, want %d: %+v", len(l.Lists), len(want), l)
	}
	for i := range l.Lists {
		e.chooses(i, func(option string) bool { return choiceIn("", []string{option}, markup.PlainLine(want[i])) != "" })
	}
}

// push lets the days pass, in Dutch, until the bot speaks first.
func (e *emulated) push() {
	e.says(locales.For("nl").Say("language.name"))
	e.words = locales.For("nl")
	before := e.look()
	e.server.stop()
	e.serve(e.t.(*testing.T), quickSpeed)
	l := e.until("a push", 2*soon, func(l look) bool { return slices.Contains(l.Buttons, e.words.Say("push.not-today")) })
	if l.Cards <= before.Cards {
		e.t.Errorf("a push is a card of its own: %d before, %d now", before.Cards, l.Cards)
	}
	e.t.Logf("push: %q", l.Text)
	e.shown("11-teams-push.nl")
	e.press(e.words.Say("push.start"))
}

// nothingLost asks the store. Nobody pressed a button that had served: no card
// fell back to what it was before.
func (e *emulated) nothingLost() {
	if all := browsertest.Value[string](e.Page, cardsScript); strings.Contains(letters(all), letters(locales.For("fr").Say("other.old"))) {
		e.t.Errorf("a press was taken for an old one:\n%s", all)
	}
	e.server.stop()
	if x := e.server.export(); len(x.Answers) != e.answers {
		e.t.Errorf("%d answers were given, %d are stored", e.answers, len(x.Answers))
	}
}

// shown takes the picture of the conversation down to the newest card, where
// pictures are asked for: without the emulator's own remarks about itself.
func (e *emulated) shown(name string) {
	e.t.Helper()
	if e.folder == "" {
		return
	}
	browsertest.Value[bool](e.Page, `(() => {
		[...document.querySelectorAll(".ac-adaptiveCard")].pop().scrollIntoView({ block: "center" });
		document.activeElement.blur();
		for (const e of document.querySelectorAll("span, div")) {
			if (!e.children.length && e.innerText.startsWith("Full width control")) e.parentElement.parentElement.style.visibility = "hidden";
		}
		return true;
	})()`)
	e.Do(chromedp.MouseEvent(chromedp.MouseMoved, 0, 0))
	time.Sleep(300 * time.Millisecond) // the emulator's own movements
	at := browsertest.Value[struct{ Top, Bottom float64 }](e.Page, `({
		Top: document.querySelector("h1").parentElement.getBoundingClientRect().bottom,
		Bottom: Math.min([...document.querySelectorAll(".fai-OutputCard")].pop().getBoundingClientRect().bottom + 16, document.querySelector("[data-lexical-editor]").getBoundingClientRect().top - 8),
	})`)
	whole, err := png.Decode(bytes.NewReader(e.Picture()))
	if err != nil {
		e.t.Fatal(err)
	}
	conversation := image.Rect(0, int((at.Top+2)*e.Screen.Scale), whole.Bounds().Dx(), int(at.Bottom*e.Screen.Scale))
	var b bytes.Buffer
	if err := png.Encode(&b, whole.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(conversation)); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(e.folder, name+".png"), small(e.t.(*testing.T), b.Bytes()), 0o644); err != nil {
		e.t.Fatal(err)
	}
}
