package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"praline/channels"
	"praline/locales"
	"praline/pages"
)

// pageView is what chat.html draws.
type pageView struct {
	View
	Number   int64
	Entries  []entryView
	New      bool   // nobody has been here: the script says hello, with the time zone
	Waiting  bool   // the answer does not stand here yet
	Notice   string // what went wrong
	Draft    string // what was typed when it went wrong
	Menu     []menuItem
	Calendar bool
	Earlier  bool   // there is more than is shown
	Join     string // what the link says that led here
}

// shownAtOnce is how many entries a page begins with: the first view stays
// small, and who wants to see more asks for it.
const shownAtOnce = 30

// View is what every page of ours needs.
type View struct {
	Lang      string
	W         locales.Words
	CSS, JS   string
	Icon      string
	Event     string // of the forms outside messages
	TitleWord string
}

type menuItem struct{ Command, Label, Event string }

func (a *Adapter) view(lang, title string) View {
	words := locales.For(lang)
	return View{
		Lang: words.Lang, W: words, Event: pages.NewName(), TitleWord: words.Say(title),
		CSS: a.files.URL("chat.css"), JS: a.files.URL("chat.js"), Icon: a.files.URL("praline.svg"),
	}
}

// page shows the conversation. Who has no cookie gets one and comes again, by
// the script or by the browser itself; only who brings it back is greeted. So
// crawlers and previews of links leave nothing behind.
func (a *Adapter) page(w http.ResponseWriter, r *http.Request) {
	name, known := a.sessions.Read(r)
	payload := payloadOf(r.URL.Query())
	if !known {
		if r.URL.Query().Has("again") {
			a.problem(w, r, http.StatusForbidden, "web.no-cookies")
			return
		}
		a.sessions.Write(w, pages.NewName())
		a.draw(w, r, http.StatusOK, conversation{}, pageView{New: true, Join: payload})
		return
	}
	c, err := a.look(r.Context(), name)
	if err == nil && (len(c.entries) == 0 || payload != "") && r.Method == http.MethodGet {
		if err = a.greet(r, name, payload); err == nil && payload != "" {
			http.Redirect(w, r, "/chat", http.StatusSeeOther) // an address that may be opened again
			return
		}
		if err == nil {
			c, err = a.look(r.Context(), name)
		}
	}
	if err != nil {
		a.options.Log.Error("web: conversation not shown", "error", err)
		a.problem(w, r, http.StatusServiceUnavailable, "web.away")
		return
	}
	a.sessions.Write(w, name) // for as long again
	a.draw(w, r, http.StatusOK, c, pageView{})
}

// greet tells the bot that somebody came, and what the link says that led them
// here. Two pages opened at once are one visit.
func (a *Adapter) greet(r *http.Request, name, payload string) error {
	visit := strconv.FormatInt(a.options.Wall().Unix()/60, 36)
	return a.hand(r, channels.Event{
		Kind: channels.Came, Channel: Name, Conversation: name, User: name,
		ID: "came-" + visit + payload, Languages: languages(r), Payload: payload,
	}, "")
}

func (a *Adapter) draw(w http.ResponseWriter, r *http.Request, status int, c conversation, p pageView) {
	p.View = a.view(langOf(r, c.entries), "web.title")
	p.Number, p.Calendar = c.number, a.options.Calendar != nil
	first := max(0, len(c.entries)-shownAtOnce)
	if p.Earlier = first > 0 && !r.URL.Query().Has("all"); !p.Earlier {
		first = 0
	}
	for i := first; i < len(c.entries); i++ {
		p.Entries = append(p.Entries, a.entryView(c.entries, i))
	}
	if n := len(p.Entries); n > 0 {
		p.Entries[n-1].Last = true
		p.Waiting = p.Entries[n-1].Message == nil
	}
	for _, name := range locales.MenuCommands {
		p.Menu = append(p.Menu, menuItem{name, p.W.Say("menu." + name), pages.NewName()})
	}
	a.template(w, r, status, "page", p)
}

// refuse says what was wrong with a form, and keeps what was typed.
func (a *Adapter) refuse(w http.ResponseWriter, r *http.Request, name string, err error) {
	status, words := http.StatusServiceUnavailable, "web.away"
	var known *refusal
	if errors.As(err, &known) {
		status, words = known.status, known.words
	} else {
		a.options.Log.Error("web: not taken in, the page says so", "error", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	c, lookErr := a.look(r.Context(), name)
	lang := langOf(r, c.entries)
	switch {
	case wantsState(r):
		a.json(w, r, status, word{locales.For(lang).Say(words)})
		return
	case lookErr != nil:
		a.problemWith(w, r, status, words, sentFields(r))
		return
	}
	a.draw(w, r, status, c, pageView{Notice: locales.For(lang).Say(words), Draft: r.PostForm.Get(fieldSay)})
}

// word is what the script shows when something went wrong.
type word struct {
	Error string `json:"error"`
}

// sent is a field of a form that could not be taken in.
type sent struct{ Name, Value string }

// sentFields are what a form carried, to be sent again as it was: the same
// event, so that it counts once. Only what we would take is shown.
func sentFields(r *http.Request) []sent {
	var all []sent
	for name, values := range r.PostForm {
		for _, v := range values {
			if utf8.ValidString(name) && utf8.ValidString(v) {
				all = append(all, sent{name, v})
			}
		}
	}
	slices.SortFunc(all, func(a, b sent) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	return all
}

// problem is a page of its own, or a word to the script.
func (a *Adapter) problem(w http.ResponseWriter, r *http.Request, status int, words string) {
	a.problemWith(w, r, status, words, nil)
}

// problemWith keeps the form that was sent on the page, to be sent again.
func (a *Adapter) problemWith(w http.ResponseWriter, r *http.Request, status int, words string, again []sent) {
	lang := langOf(r, nil)
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	if wantsState(r) {
		a.json(w, r, status, word{locales.For(lang).Say(words)})
		return
	}
	a.template(w, r, status, "problem", struct {
		View
		Said  string
		Again []sent
	}{a.view(lang, "web.title"), locales.For(lang).Say(words), again})
}

func (a *Adapter) json(w http.ResponseWriter, r *http.Request, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		body = []byte("{}") // plain values: cannot happen
	}
	pages.Write(w, r, status, "application/json", body)
}

func (a *Adapter) template(w http.ResponseWriter, r *http.Request, status int, name string, view any) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, view); err != nil {
		a.options.Log.Error("web: page not drawn", "page", name, "error", err)
		http.Error(w, "this page cannot be shown now", http.StatusInternalServerError)
		return
	}
	pages.Write(w, r, status, "text/html; charset=utf-8", b.Bytes())
}
