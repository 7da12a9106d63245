package teams

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
)

// render is a message as cards, in order. What can be pressed and filled in
// stands on the last.
func (a *Adapter) render(conversation string, m channels.Message) []part {
	w := a.begin(m)
	w.message()
	w.inputs()
	w.foot()
	w.buttons(a.link(conversation, m))
	return w.cards()
}

// retired is the last card of a message when nothing on it can be pressed any
// more: what could be chosen is still read.
func (a *Adapter) retired(m channels.Message) part {
	w := a.begin(m)
	w.message()
	w.writtenAnswers()
	w.writtenForm()
	w.foot()
	cards := w.cards()
	return cards[len(cards)-1]
}

func (a *Adapter) begin(m channels.Message) *writer {
	return &writer{m: m, words: locales.For(m.Lang), pictures: a.pictures()}
}

// message is what is read, down to the answers.
func (w *writer) message() {
	if w.m.Steps != nil {
		w.plain(w.m.Steps.Label, part{"size": "Small", "isSubtle": true})
	}
	w.plain(w.m.Title, part{"size": "Medium", "weight": "Bolder", "style": "heading"})
	for _, medium := range w.m.Media {
		w.medium(medium)
	}
	w.text(w.m.Text, w.asked())
	if v := w.m.Verdict; v != nil {
		w.text(sign[v.Mark]+v.Text, part{"color": colour(v.Mark)})
	}
	for _, c := range w.m.Choices {
		w.marked(c)
	}
}

// asked is how a text looks: a short question stands out from the answers below.
func (w *writer) asked() part {
	const short = 300
	if w.m.Title != "" || w.m.Form == nil && answers(w.m) == nil || markup.Units(w.m.Text) > short {
		return nil
	}
	return part{"weight": "Bolder"}
}

// foot is what stands below the answers.
func (w *writer) foot() {
	w.text(w.m.After, nil)
	w.text(w.m.Note, part{"size": "Small", "isSubtle": true})
}

// sign and colour say how an answer came out; the words beside them say it, too.
var sign = map[channels.Mark]string{channels.Right: "✓ ", channels.Chosen: "• "}

func colour(m channels.Mark) string {
	switch m {
	case channels.Right:
		return "Good"
	case channels.NotQuite:
		return "Warning"
	}
	return "Default"
}

// marked writes how one answer came out. The runs of a RichTextBlock know no
// Markdown: nothing in them has to be escaped.
func (w *writer) marked(c channels.Choice) {
	if c.Mark == channels.Unmarked || c.Mark == channels.Folded {
		return
	}
	head, label, verdict := sign[c.Mark], c.Label, ""
	said, how, _ := strings.Cut(c.Said, w.words.Colon())
	switch {
	case how != "": // « Votre réponse : c’est exact » is said on both sides of the answer
		head += said + w.words.Colon()
		label, verdict = ended(label), " "+capital(strings.TrimRight(how, ". "))+"."
	case c.Said != "":
		head += c.Said + w.words.Colon()
	case c.Mark == channels.NotQuite:
		head = "✗ "
	}
	if c.Number > 0 {
		head += fmt.Sprintf("%d. ", c.Number)
	}
	w.rich(head, label, verdict, colour(c.Mark))
	w.text(c.Detail, part{"spacing": "Small"})
}

// ended is a label that ends as a sentence does.
func ended(label string) string {
	if label = strings.TrimSpace(label); strings.ContainsAny(label[max(0, len(label)-1):], ".?!") || strings.HasSuffix(label, "…") {
		return label
	}
	return label + "."
}

// capital is a text that begins a sentence.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// medium is a picture with its alternative text or, where Teams cannot open it,
// the text alone, with a way to it.
func (w *writer) medium(m channels.Media) {
	address := w.pictures(m)
	alt := strings.TrimSpace(m.Alt)
	switch {
	case address != "" && alt != "" && shown[m.MIME]:
		w.add(part{"type": "Image", "url": address, "altText": flat(alt), "size": "Stretch"}, flat(alt))
	case alt == "":
	case address != "" && markup.Safe(address):
		w.text("*["+markup.Escape(flat(alt))+"]("+address+")*", nil)
	default:
		w.text("*"+markup.Escape(flat(alt))+"*", nil)
	}
}

// shown are the pictures that a card shows.
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/design-effective-cards#image-guidelines
var shown = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true}

// pictures returns where Teams opens a picture; "" for nowhere. The pictures of
// a series stand under the web page.
func (a *Adapter) pictures() func(channels.Media) string {
	return func(m channels.Media) string {
		switch {
		case public(m.URL):
			return m.URL
		case m.URL == "" && public(a.options.PublicURL) && a.opens(m.Path):
			return a.options.PublicURL + "/chat/media/" + escapedPath(m.Path)
		}
		return ""
	}
}

// flat is a text on one line.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }
