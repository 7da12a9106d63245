package web

import (
	"embed"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
	"praline/pages"
)

const staticPath = "/chat/static/"

//go:embed chat.html chat.css chat.js
var own embed.FS

var templates = template.Must(template.New("chat").Funcs(template.FuncMap{"icon": icon, "dict": dict, "held": heldText}).ParseFS(own, "chat.html"))

func staticFiles() map[string][]byte {
	script, err := own.ReadFile("chat.js")
	if err != nil {
		panic(err) // embedded: a build that is broken
	}
	return map[string][]byte{"chat.css": []byte(Stylesheet()), "chat.js": script, "praline.svg": pages.Icon}
}

// Stylesheet is all of the page's style, for a page that shows messages by Static.
func Stylesheet() string {
	sheet, err := own.ReadFile("chat.css")
	if err != nil {
		panic(err) // embedded: a build that is broken
	}
	return pages.Tokens + string(sheet)
}

// Static is a message as it stands in the chat, with nothing to press.
func Static(m channels.Message) template.HTML {
	var b strings.Builder
	view := entryView{Key: m.ID, W: locales.For(m.Lang), Message: messageViewOf(m, false)}
	if err := templates.ExecuteTemplate(&b, "entry", view); err != nil {
		return template.HTML("<p>" + template.HTMLEscapeString(err.Error()) + "</p>") //nolint:gosec // escaped
	}
	return template.HTML(b.String()) //nolint:gosec // by html/template
}

// entryView is one entry of the conversation as it is drawn.
type entryView struct {
	Key     string
	Number  int64
	Last    bool
	Stamp   string // when it was, if that is worth saying
	ISO     string
	Text    string // of the learner
	W       locales.Words
	Message *messageView // of the bot
}

// messageView is one message of the bot as it is drawn.
type messageView struct {
	channels.Message
	W        locales.Words
	Live     bool // its forms can be sent
	Event    string
	Card     bool
	Pieces   []string
	Asks     bool // its text is a question
	Body     template.HTML
	Pictures []mediaView
	Came     *cameView // how an answer without choices came out
	Marked   []markedView
	Folded   []markedView
	Rest     string // what the folded ones are called
	Below    template.HTML
	Small    template.HTML
	Returns  bool // the small print says when a question returns
	Inputs   []inputView
	Answers  []channels.Choice
	Buttons  []channels.Choice // primary and secondary
	Links    []channels.Choice // quiet
	File     string
}

type mediaView struct {
	Kind, URL, Alt string // kind: image, audio, video, link
}

type markedView struct {
	channels.Choice
	Feedback template.HTML
}

type cameView struct {
	Mark  channels.Mark
	Words template.HTML
}

type inputView struct {
	channels.Field
	ID   string // in the page
	As   string // text, number, time, checks, radios, select
	Only bool   // the one input of its form
}

func (a *Adapter) entryView(entries []Entry, i int) entryView {
	e := entries[i]
	v := entryView{Key: e.Key, Number: e.Number, Text: e.Text, ISO: e.At.UTC().Format(time.RFC3339)}
	lang := (conversation{entries: entries[:i+1]}).lang()
	v.W = locales.For(lang)
	if stamped(entries, i, a.options.Zone) {
		v.Stamp = stamp(v.W, e.At.In(a.options.Zone))
	}
	if e.Message != nil {
		v.Message = messageViewOf(*e.Message, true)
	}
	return v
}

// stamp is "Mardi 20 octobre, 8 h 30".
func stamp(w locales.Words, at time.Time) string {
	said := w.Date(at.Year(), at.Month(), at.Day()) + ", " + w.Clock(at.Hour(), at.Minute())
	return strings.ToUpper(said[:1]) + said[1:]
}

func messageViewOf(m channels.Message, live bool) *messageView {
	w := locales.For(m.Lang)
	v := &messageView{
		Message: m, W: w, Live: live, Body: drawn(m.Text), Below: drawn(m.After), Small: drawn(m.Note),
		Pieces: pieces(m.Steps), Pictures: pictures(m.Media),
	}
	if live {
		v.Event = pages.NewName()
	}
	for _, c := range m.Choices {
		switch {
		case c.Mark == channels.Folded:
			v.Folded = append(v.Folded, markedView{c, drawn(c.Detail)})
		case c.Mark != channels.Unmarked:
			v.Marked = append(v.Marked, markedView{c, drawn(c.Detail)})
		case c.Role == channels.Answer:
			v.Answers = append(v.Answers, c)
		case c.Role == channels.Quiet:
			v.Links = append(v.Links, c)
		default:
			v.Buttons = append(v.Buttons, c)
		}
	}
	switch came := m.Verdict; {
	case came == nil:
	case came.Mark == channels.Unmarked:
		v.Body += drawn(came.Text)
	default:
		v.Came = &cameView{came.Mark, drawn(came.Text)}
	}
	slices.SortStableFunc(v.Marked, func(x, y markedView) int { return weight(x.Mark) - weight(y.Mark) })
	if n := len(v.Folded); n > 0 {
		v.Rest = w.Count("web.other-choices", n)
	}
	v.Inputs = inputs(m)
	if m.Document != nil {
		v.File = "/chat/file/" + url.PathEscape(m.ID)
	}
	v.Returns = len(v.Marked) > 0 || m.Verdict != nil || m.After != ""
	v.Asks = m.Title == "" && len(v.Marked) == 0 && (len(v.Answers) > 0 || m.Form != nil)
	v.Card = m.Title != "" || m.Steps != nil || m.Form != nil || v.Returns || len(v.Answers) > 0 || len(m.Media) > 0
	return v
}

// weight puts what was chosen and is not right first, then what is right.
func weight(m channels.Mark) int {
	if m == channels.NotQuite {
		return 0
	}
	return 1
}

// pieces draws steps: full where one has been, ringed where one is.
func pieces(s *channels.Steps) []string {
	if s == nil || s.Of < 1 || s.Of > 30 {
		return nil
	}
	all := make([]string, s.Of)
	for i := range all {
		switch {
		case i < s.Done:
			all[i] = "full"
		case i == s.Done:
			all[i] = "now"
		}
	}
	return all
}

func inputs(m channels.Message) []inputView {
	if m.Form == nil {
		return nil
	}
	var all []inputView
	for _, f := range m.Form.Fields {
		v := inputView{Field: f, ID: "in-" + m.ID + "-" + f.Name, Only: len(m.Form.Fields) == 1}
		switch {
		case f.Kind == channels.ChoicesField:
			v.As = "checks"
		case f.Kind == channels.ChoiceField && v.Only && len(f.Options) < 8:
			v.As = "radios"
		case f.Kind == channels.ChoiceField:
			v.As = "select"
		case f.Kind == channels.NumberField:
			v.As = "number"
		case f.Kind == channels.TimeField:
			v.As = "time"
		default:
			v.As = "text"
		}
		all = append(all, v)
	}
	return all
}

func pictures(media []channels.Media) []mediaView {
	var all []mediaView
	for _, m := range media {
		v := mediaView{Kind: "link", Alt: m.Alt, URL: m.URL}
		if m.Path != "" {
			v.URL = (&url.URL{Path: "/chat/media/" + m.Path}).EscapedPath()
			v.Kind, _, _ = strings.Cut(m.MIME, "/")
			if v.Kind == "application" {
				v.Kind = "link"
			}
		}
		all = append(all, v)
	}
	return all
}

// bar is a run of the pieces with which the bot draws in text, and the label
// that hangs on it by a no-break space.
var bar = regexp.MustCompile(`([■◧□]+)(\x{a0}[^\s<]+)?`)

// aside is a paragraph that is said in a lower voice, all of it.
var aside = regexp.MustCompile(`<p><em>([^<]*)</em></p>`)

// inverted is a French verb with its subject behind it ("vient-elle"): a
// browser would break the line at the hyphen, and the eye stumbles.
var inverted = regexp.MustCompile(`\pL+-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)\b`)

// outside are the words of HTML, and its tags, one by one.
var outside = regexp.MustCompile(`<[^>]*>|[^<]+`)

// held keeps together in HTML what belongs together on one line.
func held(html string) string {
	if !inverted.MatchString(html) {
		return html
	}
	return outside.ReplaceAllStringFunc(html, func(piece string) string {
		if piece[0] == '<' {
			return piece
		}
		return inverted.ReplaceAllString(piece, `<span class="held">$0</span>`)
	})
}

// heldText is held of a plain text.
func heldText(plain string) template.HTML {
	return template.HTML(held(template.HTMLEscapeString(plain))) //nolint:gosec // escaped, and we add only the above
}

var pieceOf = map[rune]string{'■': "full", '◧': "half", '□': "none"}

// drawn is a text as HTML, its pieces drawn. The count stands beside them in
// words, so they are nothing to be read out.
func drawn(text string) template.HTML {
	if text == "" {
		return ""
	}
	html := aside.ReplaceAllString(string(markup.HTML(text)), `<p class="aside">$1</p>`)
	html = held(html)
	html = bar.ReplaceAllStringFunc(html, func(run string) string {
		part := bar.FindStringSubmatch(run)
		var b strings.Builder
		b.WriteString(`<span class="pieces" aria-hidden="true">`)
		for _, r := range part[1] {
			b.WriteString(`<span class="piece ` + pieceOf[r] + `"></span>`)
		}
		b.WriteString(`</span>`)
		if part[2] == "" {
			return b.String()
		}
		return `<span class="held">` + b.String() + part[2] + `</span>`
	})
	return template.HTML(html) //nolint:gosec // markup escapes, and we add only the above
}

// icons are drawn on a field of 24 by 24.
var icons = map[string]string{
	"menu":     "M4 7h16M4 12h16M4 17h16",
	"send":     "M12 19V5M6 11l6-6 6 6",
	"check":    "M5 13l4 4L19 7",
	"return":   "M4 5v5h5M4.6 10A8 8 0 1 1 4 14",
	"download": "M12 4v11M7 11l5 5 5-5M5 20h14",
	"nearly":   "M5 14c2-5 5-5 7-2s5 3 7-2",
	"back":     "M15 5l-7 7 7 7",
}

func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="` + icons[name] + `"/></svg>`) //nolint:gosec // from the table above
}

// dict hands several values to a template.
func dict(pairs ...any) map[string]any {
	all := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		all[pairs[i].(string)] = pairs[i+1]
	}
	return all
}
