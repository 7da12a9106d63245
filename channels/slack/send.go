package slack

import (
	"context"
	"encoding/json"
	"regexp"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
	"praline/channels/partway"
)

// stamp is a message's id in its conversation, our receipt.
var stamp = regexp.MustCompile(`^[0-9]+\.[0-9]+$`)

// Send says one message; its receipt is the ts of the Slack message that holds
// its buttons. One message of ours may be several of theirs: when the app is
// busy in the middle, the next Send goes on where this one stopped.
func (a *Adapter) Send(ctx context.Context, conversation string, m channels.Message, replaced string) (string, error) {
	if workspace, channel := parts(conversation); workspace == "" || channel == "" {
		return "", &channels.Refusal{Reason: channels.Invalid, Detail: "not a conversation of Slack's"}
	}
	if !stamp.MatchString(replaced) {
		replaced = ""
	}
	if m.Retire {
		return replaced, a.retire(ctx, conversation, replaced)
	}
	return a.partway.Say(ctx, conversation, m.ID, a.steps(conversation, m, replaced))
}

// steps are what it takes to say a message.
func (a *Adapter) steps(conversation string, m channels.Message, replaced string) []partway.Step {
	pages := render(m)
	var pictures []channels.Media
	for _, medium := range m.Media {
		if !showsByURL(medium) {
			pictures = append(pictures, medium)
		}
	}
	if len(pages) == 0 && len(pictures) == 0 && m.Document == nil {
		pages = []page{{text: "…"}} // Slack takes no empty message
	}
	var steps []partway.Step
	for _, medium := range pictures {
		steps = append(steps, func(ctx context.Context) (string, error) { return a.picture(ctx, conversation, medium) })
	}
	inPlace := replaced != "" && len(pages) > 0 && len(pictures) == 0
	if replaced != "" && !inPlace {
		// best effort: an old press is answered kindly
		steps = append(steps, func(ctx context.Context) (string, error) {
			_ = a.retire(ctx, conversation, replaced)
			return "", nil
		})
	}
	for i, p := range pages {
		p.fleeting = m.Fleeting
		steps = append(steps, func(ctx context.Context) (string, error) {
			if i == 0 && inPlace {
				receipt, err := a.update(ctx, conversation, replaced, p)
				if !notThere(err) {
					return receipt, err
				}
				// it is not there any more, or cannot be changed: said anew
			}
			return a.post(ctx, conversation, p)
		})
	}
	if m.Document != nil {
		steps = append(steps, func(ctx context.Context) (string, error) {
			return "", a.document(ctx, conversation, *m.Document)
		})
	}
	return steps
}

// notThere says whether a message cannot be changed any more.
// https://docs.slack.dev/reference/methods/chat.update/#errors
func notThere(err error) bool {
	return says(err, "message_not_found", "cant_update_message", "edit_window_closed", "update_failed", "block_mismatch", "is_inactive")
}

// options of a message. Nothing unfolds: a picture of a page that a link leads
// to would stand between a question and its answers.
func (p page) options(more ...slackapi.MsgOption) []slackapi.MsgOption {
	all := append([]slackapi.MsgOption{slackapi.MsgOptionText(p.text, false), slackapi.MsgOptionDisableLinkUnfurl(), slackapi.MsgOptionDisableMediaUnfurl()}, more...)
	return append(all, slackapi.MsgOptionBlocks(p.blocks...))
}

func (a *Adapter) post(ctx context.Context, conversation string, p page) (string, error) {
	return a.write(ctx, "chat.postMessage", conversation, p, p.options()...)
}

func (a *Adapter) update(ctx context.Context, conversation, ts string, p page) (string, error) {
	return a.write(ctx, "chat.update", conversation, p, p.options(slackapi.MsgOptionUpdate(ts))...)
}

func (a *Adapter) write(ctx context.Context, method, conversation string, p page, options ...slackapi.MsgOption) (string, error) {
	workspace, channel := parts(conversation)
	var ts string
	err := a.call(ctx, workspace, method, func(api *slackapi.Client) (err error) {
		_, ts, _, err = api.SendMessageContext(ctx, channel, options...)
		return err
	})
	if err != nil {
		return "", err
	}
	if blocks, err := json.Marshal(p.blocks); err == nil && !p.fleeting {
		a.shown.remember(channels.Identity(conversation), ts, p.text, blocks)
	}
	return ts, nil
}

// retire takes the buttons off a message, where we know what else is on it.
// Only an app that is busy is asked again.
func (a *Adapter) retire(ctx context.Context, conversation, ts string) error {
	left, ok := a.shown.of(channels.Identity(conversation), ts)
	if ts == "" || !ok {
		return nil
	}
	var blocks slackapi.Blocks
	if json.Unmarshal(left.blocks, &blocks) != nil {
		return nil
	}
	_, err := a.update(ctx, conversation, ts, page{blocks: blocks.BlockSet, text: left.text})
	if invalid(err) || notThere(err) {
		return nil
	}
	return err
}
