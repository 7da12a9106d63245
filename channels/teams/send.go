package teams

import (
	"context"
	"net/http"

	"praline/channels"
	"praline/channels/partway"
)

// Send says one message; its receipt is the id of the Teams message that holds
// its buttons. One message of ours may be several of theirs: when the app is
// busy in the middle, the next Send goes on where this one stopped.
func (a *Adapter) Send(ctx context.Context, conversation string, m channels.Message, replaced string) (string, error) {
	if m.Retire {
		return replaced, a.retire(ctx, conversation, replaced)
	}
	receipt, err := a.partway.Say(ctx, conversation, m.ID, a.steps(conversation, m, replaced))
	if err == nil {
		a.remember(conversation, m, receipt, replaced)
	}
	return receipt, err
}

// steps are what it takes to say a message: a card in the place of another,
// then those that follow it.
func (a *Adapter) steps(conversation string, m channels.Message, replaced string) []partway.Step {
	var steps []partway.Step
	cards := a.render(conversation, m)
	for i, card := range cards {
		steps = append(steps, func(ctx context.Context) (string, error) {
			if i == 0 && replaced != "" {
				if a.passed.of(passedKey(conversation, m.ID)) != nil {
					return replaced, nil
				}
				receipt, err := a.put(ctx, conversation, replaced, card)
				if !notThere(err) {
					return receipt, err
				}
				// it is not there any more: said anew
			}
			return a.post(ctx, conversation, card)
		})
	}
	if m.Document != nil {
		steps = append(steps, func(ctx context.Context) (string, error) {
			return "", a.offer(ctx, conversation, m)
		})
	}
	return steps
}

// remember keeps what taking the buttons off will need.
func (a *Adapter) remember(conversation string, m channels.Message, receipt, replaced string) {
	if replaced != "" {
		a.recent.forget(receiptKey(conversation, replaced))
	}
	if m.Fleeting { // all that was said before is erased
		a.recent.forgetAll(conversation)
		return
	}
	if receipt != "" && (len(m.Choices) > 0 || m.Form != nil) {
		a.recent.keep(receiptKey(conversation, receipt), a.retired(m))
	}
}

// retire takes the buttons off a message. Only an app that is busy is asked again.
func (a *Adapter) retire(ctx context.Context, conversation, receipt string) error {
	key := receiptKey(conversation, receipt)
	card := a.recent.of(key)
	if receipt == "" || card == nil {
		return nil
	}
	if _, err := a.put(ctx, conversation, receipt, card); err != nil && !invalid(err) && !notThere(err) {
		return err
	}
	a.recent.forget(key)
	return nil
}

// post says a card anew.
func (a *Adapter) post(ctx context.Context, conversation string, card part) (string, error) {
	return a.fitting(card, func(card part) (string, error) {
		return a.call(ctx, http.MethodPost, conversation, "", message(card))
	})
}

// put says a card in the place of another; its receipt stays.
func (a *Adapter) put(ctx context.Context, conversation, receipt string, card part) (string, error) {
	return a.fitting(card, func(card part) (string, error) {
		body := message(card)
		body["id"] = receipt
		_, err := a.call(ctx, http.MethodPut, conversation, receipt, body)
		if err != nil {
			return "", err
		}
		return receipt, nil
	})
}

// fitting says a card and, where Teams finds it too large all the same, once
// more without what only stands in for it.
func (a *Adapter) fitting(card part, say func(part) (string, error)) (string, error) {
	receipt, err := say(card)
	f := failed(err)
	if f == nil || f.status != http.StatusRequestEntityTooLarge {
		return receipt, err
	}
	a.options.Log.Warn("teams: a card was too large, said shorter: please report this", "bytes", size(card))
	shorter := part{}
	for name, value := range card {
		shorter[name] = value
	}
	text, _ := card["fallbackText"].(string)
	shorter["speak"], shorter["fallbackText"] = beginning(text), beginning(text)
	return say(shorter)
}

// message is a card as an activity: alone, so that its id comes back. The
// summary is what a notification shows.
func message(card part) part {
	text, _ := card["fallbackText"].(string)
	return part{
		"type": "message", "summary": beginning(text),
		"attachments": []any{part{"contentType": cardType, "content": card}},
	}
}

// notThere says whether a message cannot be replaced any more.
func notThere(err error) bool {
	f := failed(err)
	return f != nil && (f.status == http.StatusNotFound || f.status == http.StatusBadRequest || f.status == http.StatusMethodNotAllowed)
}

// invalid says whether Teams will never take what was sent.
func invalid(err error) bool {
	refusal := channels.Refused(err)
	return refusal != nil && refusal.Reason == channels.Invalid
}
