package teams

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
)

// cardType is how an Adaptive Card is attached.
const cardType = "application/vnd.microsoft.card.adaptive"

// part is a piece of JSON: a card, an element, an action.
type part = map[string]any

// writer writes a message on cards, one after the other, each of at most
// maxText of text.
type writer struct {
	m        channels.Message
	words    locales.Words
	pictures func(channels.Media) string

	done []page
	page page
	// What is filled in and pressed stands on the last card.
	filled []part
	sets   [][]any // rows of buttons
}

// page is one card as far as it is written.
type page struct {
	body  []any
	read  []string // all that is read on it, as plain text
	units int      // of it
}

// add puts an element on the card, and what is read of it for who hears the
// card or gets none. What does not fit begins the next card.
func (w *writer) add(element part, read string) {
	units := markup.Units(read) + 1
	if w.page.units > 0 && w.page.units+units > maxText {
		w.done = append(w.done, w.page)
		w.page = page{}
	}
	w.page.body = append(w.page.body, element)
	w.page.read = append(w.page.read, read)
	w.page.units += units
}

// text writes a Markdown text in as many blocks as it needs.
func (w *writer) text(source string, style part) {
	for _, written := range markup.Parts(source, maxText-100, markup.Card, markup.Units) {
		w.block(written, markup.CardSeen(written), style)
	}
}

// plain writes a plain text on a line of its own.
func (w *writer) plain(text string, style part) {
	text = flat(clean(text))
	if markup.Units(text) > maxText/2 {
		w.text(markup.Escape(text), style)
		return
	}
	if written := markup.CardText(text); written != "" {
		w.block(written, text, style)
	}
}

// block adds a block of text, as it is written and as it is read.
func (w *writer) block(written, read string, style part) {
	block := part{"type": "TextBlock", "text": written, "wrap": true}
	for name, value := range style {
		if name != "color" || value != "Default" {
			block[name] = value
		}
	}
	w.add(block, read)
}

// rich writes a line whose beginning, and end, are coloured. A label that fills a card is
// not one: it is written as text.
func (w *writer) rich(head, label, verdict, colour string) {
	head, label, verdict = clean(head), clean(label), clean(verdict)
	if markup.Units(label) > maxText/2 {
		w.text(markup.Escape(head+label+verdict), nil)
		return
	}
	bold := func(text string) part {
		run := part{"type": "TextRun", "text": text, "weight": "Bolder"}
		if colour != "Default" {
			run["color"] = colour
		}
		return run
	}
	inlines := []any{bold(head), part{"type": "TextRun", "text": label}}
	if verdict != "" {
		inlines = append(inlines, bold(verdict))
	}
	w.add(part{"type": "RichTextBlock", "inlines": inlines}, head+label+verdict)
}

// cards closes the last card and returns all of them.
func (w *writer) cards() []part {
	if len(w.page.body) == 0 && len(w.done) == 0 {
		w.add(part{"type": "TextBlock", "text": "…", "wrap": true}, "…") // Teams takes no empty message
	}
	w.page.read = append(w.page.read, w.choosable()...)
	w.done = append(w.done, w.page)
	w.page = page{}
	var all []part
	for i, p := range w.done {
		if i == len(w.done)-1 {
			all = append(all, p.card(w.m.Lang, w.filled, w.sets))
		} else {
			all = append(all, p.card(w.m.Lang, nil, nil))
		}
	}
	return all
}

// choosable is what can be chosen in the lists of the last card, for who hears
// the card; a list of which each field has the same is said once.
func (w *writer) choosable() []string {
	var all []string
	units := 0
	for _, in := range w.filled {
		choices, _ := in["choices"].([]any)
		for _, c := range choices {
			title, _ := c.(part)["title"].(string)
			if units += markup.Units(title); units > maxText/2 {
				return nil
			}
			if !slices.Contains(all, title) {
				all = append(all, title)
			}
		}
	}
	return all
}

// card is a page as Teams takes it.
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#adaptive-card
func (p page) card(lang string, inputs []part, sets [][]any) part {
	body := p.body
	for _, in := range inputs {
		body = append(body, in)
	}
	read := strings.Join(p.read, "\n")
	if strings.TrimSpace(read) == "" {
		read = "Praline"
	}
	c := part{
		"type": "AdaptiveCard", "version": "1.5", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
		"msteams": part{"width": "Full"}, "fallbackText": read, "speak": strings.TrimLeft(read, " \n<"),
	}
	if len(sets) == 1 {
		c["actions"] = sets[0]
	} else {
		for _, set := range sets {
			body = append(body, part{"type": "ActionSet", "actions": set})
		}
	}
	c["body"] = body
	if _, ok := spokenLanguages[lang]; ok {
		c["lang"] = lang
	}
	// What is read stands on it three times; a small card need not be measured.
	if (p.units > smallUnits || len(inputs) > 2) && size(c) > wiseBytes { // the same words stand on the card
		c["speak"], c["fallbackText"] = beginning(read), beginning(read)
	}
	return c
}

// smallUnits of text are far below wiseBytes, however they are written.
const smallUnits = 1200

var spokenLanguages = map[string]bool{"fr": true, "nl": true, "de": true, "en": true}

// beginning is what a notification shows of a text.
func beginning(text string) string {
	const most = 200
	text = flat(text)
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimRightFunc(string(runes[:most]), unicode.IsSpace) + "…"
	}
	return strings.TrimLeft(text, "<")
}

// size is how large Teams finds a part, in bytes of UTF-16.
func size(p any) int {
	encoded, err := json.Marshal(p)
	if err != nil {
		return mostBytes
	}
	return 2 * markup.Units(string(encoded))
}

// clean is a text on one line, without what nobody can read.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, text)
}

// public says whether everybody can open an address, by https.
func public(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && !loopback(u.Hostname()) && u.User == nil
}

// opens says whether there is such a picture.
func (a *Adapter) opens(name string) bool {
	if a.options.Media == nil || !fs.ValidPath(name) {
		return false
	}
	found, err := fs.Stat(a.options.Media, name)
	return err == nil && !found.IsDir()
}

func escapedPath(name string) string { return (&url.URL{Path: name}).EscapedPath() }
