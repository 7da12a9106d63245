package slack

import (
	"regexp"
	"strings"

	slackapi "github.com/slack-go/slack"

	"praline/channels/markup"
)

// drawn is one block with what a screen reader says of it.
type drawn struct {
	block slackapi.Block
	words string // plain, escaped
	size  int    // characters of all its texts, as they are counted together
	live  bool   // it can be pressed or filled in
}

// mrkdwn is a text object in Slack's own markup. Verbatim: nothing that looks
// like a channel or an address becomes a link by itself.
func mrkdwn(written string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject(slackapi.MarkdownType, written, false, true)
}

// plainText is a text object without any markup, cut where the app has no
// room. The app reads its three entities there, too: what looks like one is
// kept from being one.
func plainText(text string, most int) *slackapi.TextBlockObject {
	kept := entities.ReplaceAllString(markup.Short(text, most), "&amp;$1;")
	if over := markup.Units(kept) - most; over > 0 {
		kept = entities.ReplaceAllString(markup.Short(text, most-over), "&amp;$1;")
	}
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, kept, false, false)
}

var entities = regexp.MustCompile(`&(amp|lt|gt);`)

// sections is a text in our Markdown, in as many sections as it needs.
func sections(source string) []drawn {
	return written(source, func(text string) slackapi.Block {
		return slackapi.NewSectionBlock(mrkdwn(text), nil, nil)
	})
}

// written is a text in our Markdown, each part in a block that block makes.
func written(source string, block func(string) slackapi.Block) []drawn {
	var all []drawn
	for _, part := range markup.Parts(source, maxSection, markup.Slack, markup.Units) {
		all = append(all, drawn{block: block(part), words: part, size: markup.Units(part)})
	}
	if len(all) == 1 {
		all[0].words = markup.SlackText(strings.TrimSpace(markup.Plain(source)))
	}
	return all
}

// bold is a plain text in a section of its own.
func bold(text string) []drawn { return sections("**" + markup.Escape(markup.Line(text)) + "**") }

// header is a heading; one that is too long is a bold section.
func header(title string) []drawn {
	title = markup.Line(title)
	if title == "" {
		return nil
	}
	if markup.Units(title) > maxHeader {
		return bold(title)
	}
	return []drawn{{block: slackapi.NewHeaderBlock(plainText(title, maxHeader)), words: markup.SlackText(title), size: markup.Units(title)}}
}

// small is the small print: each text an element of one context block.
func small(sources ...string) []drawn {
	var elements []slackapi.MixedElement
	d := drawn{}
	for _, source := range sources {
		for _, one := range written(source, func(text string) slackapi.Block { return slackapi.NewContextBlock("", mrkdwn(text)) }) {
			elements = append(elements, one.block.(*slackapi.ContextBlock).ContextElements.Elements...)
			d.words = strings.TrimSpace(d.words + "\n" + one.words)
			d.size += one.size
		}
	}
	if len(elements) == 0 {
		return nil
	}
	d.block = slackapi.NewContextBlock("", elements[:min(len(elements), 10)]...)
	return []drawn{d}
}

// fits says whether a label needs no cutting.
func fits(label string, most int) bool { return markup.Units(markup.Line(label)) <= most }
