package slack

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
)

// What a button's action_id begins with, before a number that makes it the
// only one of its message.
const (
	pressAction  = "press"  // its value is a Choice's
	linkAction   = "link"   // the app opens it by itself
	submitAction = "submit" // its value is a Form's
	openAction   = "open"   // its value is the form of a window
	fieldAction  = "field"  // holds a value of a Field, whose name follows
)

// crowd is how many answers stand each in a section of its own; more of them
// are listed, and the buttons carry the numbers.
const crowd = 20

// pencil numbers the action_ids of one surface.
type pencil struct {
	n int
	w locales.Words
}

func (p *pencil) id(kind string) string {
	p.n++
	return kind + "." + strconv.Itoa(p.n)
}

// answers are the numbered ones, each a section with its whole label and a
// button beside it, in the words of "one question, four apps".
func (p *pencil) answers(all []channels.Choice) []drawn {
	var out []drawn
	var buttons []slackapi.BlockElement
	crowded := len(all) > crowd
	size := 0
	for _, c := range all {
		size += markup.Units(c.Label)
	}
	crowded = crowded || size > maxMessage/2
	for _, c := range all {
		label := strconv.Itoa(c.Number) + ". " + markup.Line(c.Label)
		button := slackapi.NewButtonBlockElement(p.id(pressAction), c.Value, plainText(p.w.Say("slack.choose", "n", c.Number), maxButtonLabel))
		// Which "Choisir 1" this is: read aloud, a button stands alone.
		button.AccessibilityLabel = markup.Short(button.Text.Text+" : "+markup.Line(c.Label), maxButtonLabel)
		if crowded {
			out = append(out, sections(markup.Escape(label))...)
			buttons = append(buttons, button)
			continue
		}
		text := plainText(label, maxSection)
		d := drawn{block: slackapi.NewSectionBlock(text, nil, slackapi.NewAccessory(button)), words: markup.SlackText(text.Text), live: true}
		d.size = markup.Units(text.Text) + markup.Units(button.Text.Text)
		out = append(out, d)
	}
	return append(out, actions(buttons)...)
}

// others are the ways on: buttons in a row. Labels that would be cut, and links
// that no button may carry, are written out as well.
func (p *pencil) others(all []channels.Choice) (text, buttons []drawn) {
	var lines []string
	var elements []slackapi.BlockElement
	for _, c := range all {
		label := markup.Line(c.Label)
		if c.Number > 0 {
			label = strconv.Itoa(c.Number) + ". " + label
		}
		if !fits(label, maxButtonLabel) {
			lines = append(lines, "- "+markup.Escape(label))
		}
		switch {
		case c.URL != "" && public(c.URL):
			button := slackapi.NewButtonBlockElement(p.id(linkAction), "", plainText(label, maxButtonLabel))
			button.URL = c.URL
			elements = append(elements, button)
		case c.URL != "":
			lines = append(lines, "- "+markup.Escape(label+" "+c.URL))
		case c.Value != "":
			button := slackapi.NewButtonBlockElement(p.id(pressAction), c.Value, plainText(label, maxButtonLabel))
			if c.Role == channels.Primary {
				button.Style = slackapi.StylePrimary
			}
			elements = append(elements, button)
		}
	}
	if len(lines) > 0 {
		text = sections(strings.Join(lines, "\n"))
	}
	return text, actions(elements)
}

// actions are rows of buttons, in as many blocks as they need.
func actions(elements []slackapi.BlockElement) []drawn {
	var out []drawn
	for len(elements) > 0 {
		n := min(len(elements), maxActions)
		d := drawn{block: slackapi.NewActionBlock("", elements[:n]...), live: true}
		for _, e := range elements[:n] {
			if b, ok := e.(*slackapi.ButtonBlockElement); ok {
				d.size += markup.Units(b.Text.Text)
			}
		}
		out = append(out, d)
		elements = elements[n:]
	}
	return out
}

// public says whether Slack takes an address for a button.
func public(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= maxURL
}

// marks write how the answers came out: what was chosen, what is right.
func marks(all []channels.Choice) []drawn {
	var out []drawn
	for _, c := range all {
		if c.Mark == channels.Unmarked || c.Mark == channels.Folded {
			continue
		}
		text := map[channels.Mark]string{channels.Right: "✓ ", channels.NotQuite: "✗ ", channels.Chosen: "• "}[c.Mark]
		if c.Said != "" {
			text += "**" + markup.Escape(markup.Line(c.Said)) + "**\\\n"
		}
		label := markup.Line(c.Label)
		if c.Number > 0 {
			label = fmt.Sprintf("%d. %s", c.Number, label)
		}
		text += markup.Escape(label)
		if c.Detail != "" {
			text += "\n\n" + c.Detail
		}
		out = append(out, sections(text)...)
	}
	return out
}
