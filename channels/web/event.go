package web

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"praline/channels"
	"praline/locales"
)

const (
	maxBody = 64 << 10 // bytes of a form
	maxText = 4000     // characters that can be typed at once
	// answerWait is how long a form waits until its answer stands on the page.
	answerWait = 4 * time.Second
)

// A form is one of these, by the field it carries; all carry a random event,
// so that sending one twice is one event, and all but the first two a message.
const (
	fieldEvent   = "event"
	fieldMessage = "message"
	fieldSay     = "say"     // typed text
	fieldCommand = "command" // a plain word from the menu, by its name
	fieldCame    = "came"    // the page was opened for the first time
	fieldZone    = "zone"
	fieldJoin    = "join"  // what a link says that leads here: /chat?join=INV-…
	fieldPress   = "press" // a choice's value
	fieldForm    = "form"  // a form's value; its fields begin with inForm
	inForm       = "in."
	fieldSince   = "since" // what the script has seen
)

var (
	eventPattern = regexp.MustCompile(`^[a-z2-7]{26}$`) // of pages.NewName
	zonePattern  = regexp.MustCompile(`^[A-Za-z0-9_+/-]{1,64}$`)
	joinPattern  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`) // as Telegram's links
)

// payloadOf is what a link says that leads here, "" for nothing.
func payloadOf(form url.Values) string {
	if payload := form.Get(fieldJoin); joinPattern.MatchString(payload) {
		return payload
	}
	return ""
}

// refusal is a form that we do not take, in words.
type refusal struct {
	status int
	words  string // message id
}

func (r *refusal) Error() string { return r.words }

// take takes in what a person did. The answer shows the conversation: to a
// browser by a redirect, to the script as a state.
func (a *Adapter) take(w http.ResponseWriter, r *http.Request) {
	name, ok := a.sessions.Read(r)
	if !ok {
		a.problem(w, r, http.StatusForbidden, "web.no-session")
		return
	}
	if !a.floods.session.Allow(name, a.options.Wall()) {
		a.problem(w, r, http.StatusTooManyRequests, "web.too-many")
		return
	}
	if err := readForm(w, r); err != nil {
		a.refuse(w, r, name, err)
		return
	}
	entries, err := a.entries(r.Context(), name)
	if err != nil {
		a.refuse(w, r, name, err)
		return
	}
	event, shown, err := event(r, name, entries)
	if err != nil {
		a.refuse(w, r, name, err)
		return
	}
	if err := a.hand(r, event, shown); err != nil {
		a.refuse(w, r, name, err)
		return
	}
	if !wantsState(r) {
		http.Redirect(w, r, "/chat#last", http.StatusSeeOther)
		return
	}
	c, err := a.look(r.Context(), name)
	if err != nil {
		a.refuse(w, r, name, err)
		return
	}
	since, _ := strconv.ParseInt(r.PostForm.Get(fieldSince), 10, 64)
	a.json(w, r, http.StatusOK, a.since(c, since))
}

// hand brings an event to the bot, and waits until what it answers was said.
// shown is what the learner sees of it on the page.
func (a *Adapter) hand(r *http.Request, e channels.Event, shown string) error {
	ctx := r.Context()
	said, done := a.rooms.await(e.Conversation)
	defer done()
	switch e.Kind {
	case channels.Said:
		if err := a.put(ctx, e.Conversation, Entry{At: a.options.Now(), Key: e.ID, Text: shown}, ""); err != nil {
			return err
		}
		a.rooms.changed(e.Conversation, "")
	case channels.Pressed, channels.Formed:
		p := &press{event: e.ID, message: e.Message, text: shown}
		a.rooms.press(e.Conversation, p)
		defer a.rooms.settle(e.Conversation, p)
	}
	messages, err := a.handle(ctx, e)
	if err != nil {
		return err
	}
	late := time.NewTimer(answerWait)
	defer late.Stop()
	a.rooms.until(said, messages, ctx.Done(), late.C)
	return nil
}

// slowest is how long a form may take to arrive.
const slowest = 10 * time.Second

// readForm reads a bounded form of the one type that our pages send.
func readForm(w http.ResponseWriter, r *http.Request) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return &refusal{http.StatusUnsupportedMediaType, "web.unreadable"}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	connection := http.NewResponseController(w) // a stand-in for one in a test has no deadline
	_ = connection.SetReadDeadline(time.Now().Add(slowest))
	err = r.ParseForm()
	if err == nil {
		_ = connection.SetReadDeadline(time.Time{}) // the form is here; its answer takes what it takes
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &refusal{http.StatusRequestEntityTooLarge, "web.too-long"}
	case err != nil:
		return &refusal{http.StatusBadRequest, "web.unreadable"}
	}
	return nil
}

// event turns a form into an Event, and says how the page shows it.
func event(r *http.Request, name string, entries []Entry) (e channels.Event, shown string, err error) {
	form := r.PostForm
	e = channels.Event{
		Channel: Name, Conversation: name, User: name, ID: form.Get(fieldEvent),
		Message: form.Get(fieldMessage), Languages: languages(r),
	}
	if !eventPattern.MatchString(e.ID) || !utf8.ValidString(e.Message) || len(e.Message) > 64 {
		return e, "", &refusal{http.StatusBadRequest, "web.unreadable"}
	}
	for _, values := range form {
		for _, v := range values {
			if !utf8.ValidString(v) {
				return e, "", &refusal{http.StatusBadRequest, "web.unreadable"}
			}
			if utf8.RuneCountInString(v) > maxText {
				return e, "", &refusal{http.StatusUnprocessableEntity, "web.too-long"}
			}
		}
	}
	message := messageOf(entries, e.Message)
	switch {
	case form.Has(fieldPress):
		e.Kind, e.Value = channels.Pressed, form.Get(fieldPress)
		return e, labelOf(message, e.Value), nil
	case form.Has(fieldForm):
		e.Kind, e.Value, e.Fields = channels.Formed, form.Get(fieldForm), fields(form)
		return e, filledIn(message, e.Fields), nil
	case form.Has(fieldCommand):
		word, label, ok := command(form.Get(fieldCommand), langOf(r, entries))
		if !ok {
			return e, "", &refusal{http.StatusBadRequest, "web.unreadable"}
		}
		e.Kind, e.Text = channels.Said, word
		return e, label, nil
	case form.Has(fieldSay):
		e.Kind, e.Text = channels.Said, strings.TrimSpace(form.Get(fieldSay))
		if e.Text == "" {
			return e, "", &refusal{http.StatusUnprocessableEntity, "web.empty"}
		}
		return e, e.Text, nil
	case form.Has(fieldCame):
		e.Kind, e.Payload = channels.Came, payloadOf(form)
		// UTC is what a browser says that keeps its zone to itself.
		if zone := form.Get(fieldZone); zonePattern.MatchString(zone) && zone != "UTC" {
			e.Zone = zone
		}
		return e, "", nil
	}
	return e, "", &refusal{http.StatusBadRequest, "web.unreadable"}
}

// fields are the values of a form's inputs, by their names; one that was left
// empty has none.
func fields(form url.Values) map[string][]string {
	all := make(map[string][]string)
	for name, values := range form {
		name, ok := strings.CutPrefix(name, inForm)
		for _, v := range values {
			if ok && v != "" {
				all[name] = append(all[name], v)
			}
		}
	}
	return all
}

func messageOf(entries []Entry, key string) *channels.Message {
	if i := index(entries, key); i >= 0 && entries[i].Message != nil {
		return entries[i].Message
	}
	return &channels.Message{}
}

// labelOf is what the learner is shown to have said by pressing: what stands on
// the button, "" if there is none, or if it only leads on ("Continuer"): then
// what comes next says enough.
func labelOf(m *channels.Message, value string) string {
	for _, c := range m.Choices {
		if c.Value == value {
			if c.Role == channels.Primary || c.Role == channels.Quiet {
				return ""
			}
			return c.Label
		}
	}
	return ""
}

// filledIn says a form's values as one would: the labels of what was chosen.
func filledIn(m *channels.Message, values map[string][]string) string {
	if m.Form == nil {
		return ""
	}
	var said []string
	for _, f := range m.Form.Fields {
		for _, v := range values[f.Name] {
			for _, o := range f.Options {
				if o.Value == v {
					v = o.Label
					break
				}
			}
			said = append(said, v)
		}
	}
	return strings.Join(said, ", ")
}

// command is what the menu says for a command: the word that the bot knows it
// by, and what stands in the menu.
func command(name, lang string) (word, label string, ok bool) {
	words := locales.For(lang)
	for _, c := range locales.MenuCommands {
		if c == name {
			word, _, _ = strings.Cut(words.Say("command."+c), "|")
			return "/" + word, words.Say("menu." + c), true
		}
	}
	return "", "", false
}

// languages are the browser's, best first; a few are enough.
func languages(r *http.Request) []string {
	header := r.Header.Get("Accept-Language")
	if len(header) > 256 {
		header = header[:256]
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return nil
	}
	var all []string
	for _, tag := range tags[:min(len(tags), 6)] {
		all = append(all, tag.String())
	}
	return all
}

// langOf is the language of the page: what the bot spoke last, else the browser's.
func langOf(r *http.Request, entries []Entry) string {
	if lang := (conversation{entries: entries}).lang(); lang != "" {
		return lang
	}
	if lang := locales.Best(languages(r), locales.Spoken); lang != "" {
		return lang
	}
	return locales.Spoken[0]
}

// wantsState says that the script asks, not the browser.
func wantsState(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Accept"), "application/json")
}
