package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
)

// modalCallback is the callback_id of our windows.
const modalCallback = "praline_form"

// clockTime is what the app's clock holds.
var clockTime = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// open shows the window of a form: within the three seconds that a trigger
// lives, and before anything else is done.
func (a *Adapter) open(ctx context.Context, c came) error {
	window, err := modal(c.form)
	if err != nil {
		return err
	}
	return a.call(ctx, c.workspace, "views.open", func(api *slackapi.Client) error {
		_, err := api.OpenViewContext(ctx, c.trigger, window)
		return err
	})
}

// modal is the window of a form.
func modal(o opening) (slackapi.ModalViewRequest, error) {
	w := locales.For(o.Lang)
	p := pencil{w: w}
	var blocks []slackapi.Block
	if o.Title != "" {
		for _, d := range sections(markup.Escape(o.Title)) {
			blocks = append(blocks, d.block)
		}
	}
	n := 0
	input := func(label string, element slackapi.BlockElement) drawn {
		n++
		return drawn{block: slackapi.NewInputBlock(fmt.Sprint("input.", n), plainText(label, maxInputLabel), nil, element).WithOptional(true)}
	}
	for _, field := range o.Fields {
		f := channels.Field{Name: field.Name, Label: field.Label, Kind: field.Kind, Value: field.Value}
		for _, option := range field.Options {
			f.Options = append(f.Options, channels.Option{Value: option[0], Label: option[1]})
		}
		if typed(f) {
			element := slackapi.NewPlainTextInputBlockElement(nil, p.field(f.Name))
			element.InitialValue = f.Value
			element.FocusOnLoad = n == 0
			d := input(f.Label, element)
			d.block.(*slackapi.InputBlock).Optional = false
			blocks = append(blocks, d.block)
			continue
		}
		for _, d := range p.fieldBlocks(f, false, input) {
			blocks = append(blocks, d.block)
		}
	}
	// What comes back: whose answer it is, and to what.
	kept, err := json.Marshal(opening{Value: o.Value, Lang: o.Lang, Conversation: o.Conversation, Message: o.Message})
	if err != nil || len(kept) > maxMetadata || len(blocks) > maxViewBlocks {
		return slackapi.ModalViewRequest{}, &channels.Refusal{Reason: channels.Invalid, Detail: "views.open: the form is too large"}
	}
	return slackapi.ModalViewRequest{
		Type: slackapi.VTModal, CallbackID: modalCallback, PrivateMetadata: string(kept),
		Title:  plainText("Praline", maxViewTitle),
		Submit: plainText(o.Submit, maxViewTitle),
		Close:  plainText(w.Say("slack.cancel"), maxViewTitle),
		Blocks: slackapi.Blocks{BlockSet: blocks},
	}, nil
}
