package slack

import (
	"strings"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
)

// page is one message of Slack's: blocks, and what is read aloud or stands in
// a notification.
type page struct {
	blocks   []slackapi.Block
	text     string
	fleeting bool // not to be remembered
}

// render is a message in as many pages as it needs; what can be pressed is on
// the last.
func render(m channels.Message) []page {
	return cut(draw(m, &pencil{w: locales.For(m.Lang)}), maxBlocks)
}

// draw is a message block by block.
func draw(m channels.Message, p *pencil) []drawn {
	all := header(m.Title)
	all = append(all, linked(m.Media)...)
	all = append(all, sections(m.Text)...)
	all = append(all, verdict(m.Verdict)...)
	answers, ways := sorted(m.Choices)
	all = append(all, marks(m.Choices)...)
	all = append(all, sections(m.After)...)
	var submit slackapi.BlockElement
	if m.Form != nil {
		var body []drawn
		body, submit = p.form(m.Form, m.Title)
		all = append(all, body...)
	}
	all = append(all, p.answers(answers)...)
	text, buttons := p.others(ways)
	all = append(all, text...)
	steps := ""
	if m.Steps != nil {
		steps = markup.Escape(markup.Line(m.Steps.Label))
	}
	all = append(all, small(steps, m.Note)...)
	if submit != nil {
		buttons = submitted(submit, buttons)
	}
	return append(all, buttons...)
}

// submitted puts the button of a form before the others.
func submitted(submit slackapi.BlockElement, buttons []drawn) []drawn {
	elements := []slackapi.BlockElement{submit}
	for _, d := range buttons {
		elements = append(elements, d.block.(*slackapi.ActionBlock).Elements.ElementSet...)
	}
	return actions(elements)
}

// sorted tells the numbered answers from the other ways on. What is marked can
// no longer be pressed.
func sorted(all []channels.Choice) (answers, ways []channels.Choice) {
	for _, c := range all {
		switch {
		case c.Mark != channels.Unmarked, c.Value == "" && c.URL == "":
		case c.Role == channels.Answer && c.Number > 0 && c.Value != "":
			answers = append(answers, c)
		default:
			ways = append(ways, c)
		}
	}
	return answers, ways
}

// linked are pictures with a public address. The others are sent as files.
func linked(all []channels.Media) []drawn {
	var out []drawn
	for _, medium := range all {
		if showsByURL(medium) {
			alt := markup.Short(medium.Alt, maxInputLabel)
			out = append(out, drawn{block: slackapi.NewImageBlock(medium.URL, alt, "", nil), words: markup.SlackText(alt)})
		}
	}
	return out
}

// verdict writes how an answer without choices came out.
func verdict(v *channels.Verdict) []drawn {
	if v == nil {
		return nil
	}
	return sections(map[channels.Mark]string{channels.Right: "✓ "}[v.Mark] + v.Text)
}

// cut cuts blocks into messages. What can be pressed begins no earlier than
// on the last one, as long as that fits there.
func cut(all []drawn, most int) []page {
	live := len(all)
	for i, d := range all {
		if d.live {
			live = i
			break
		}
	}
	var out []page
	var now []drawn
	size := 0
	end := func() {
		if len(now) > 0 {
			out = append(out, paged(now))
		}
		now, size = nil, 0
	}
	tail, tailSize := len(all)-live, 0
	for _, d := range all[live:] {
		tailSize += d.size
	}
	for i, d := range all {
		if i == live && (len(now)+tail > most || size+tailSize > maxMessage) {
			end()
		}
		if len(now) == most || size+d.size > maxMessage {
			end()
		}
		now, size = append(now, d), size+d.size
	}
	end()
	return out
}

// paged is the page that blocks make.
func paged(all []drawn) page {
	var p page
	var words []string
	room := maxFallback
	for _, d := range all {
		p.blocks = append(p.blocks, d.block)
		if d.words == "" {
			continue
		}
		if room -= markup.Units(d.words) + 1; room > 0 {
			words = append(words, d.words)
		}
	}
	p.text = strings.Join(words, "\n")
	if p.text == "" {
		p.text = "…"
	}
	return p
}
