package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
)

// wanted are the kinds of updates that we ask for.
const wanted = `["message","edited_message","callback_query","poll_answer","my_chat_member"]`

// taken is an update that was read.
type taken struct {
	id    int
	event channels.Event
	query *tgbotapi.CallbackQuery // of a press
	room  *room                   // a group or a channel in which we do not stay
	ours  bool                    // false: nothing that the bot reads
}

// where it happened: what happens there is taken in order.
func (t taken) where() string {
	if t.room != nil {
		return t.room.id
	}
	return t.event.Conversation
}

// decode reads one update. Each is read by itself: one that cannot be read
// must not hold up the others for ever.
func (a *Adapter) decode(raw json.RawMessage) taken {
	var head struct {
		ID int `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.ID == 0 {
		a.options.Log.Warn("telegram: update without a number passed over")
		return taken{}
	}
	var update tgbotapi.Update
	if err := json.Unmarshal(raw, &update); err != nil {
		a.options.Log.Warn("telegram: update not understood, passed over", "update", head.ID)
		return taken{id: head.ID}
	}
	e, ours := event(update)
	t := taken{id: head.ID, event: e, query: update.CallbackQuery, ours: ours && !ignored(raw)}
	if t.query == nil {
		t.room = roomOf(update)
	}
	if t.ours && t.query != nil {
		t.event.Value = a.unseal(e.Conversation, e.Value)
	}
	return t
}

// hand answers a press at once, so that the button stops spinning, lets a form
// grow, and hands everything else over. A fault of ours in it is an error of
// this update: it must not end the process, again after each start.
func (a *Adapter) hand(ctx context.Context, t taken, handle channels.Handler) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("telegram: update %d failed, please report this: %v\n%s", t.id, fault, debug.Stack())
		}
	}()
	if t.query != nil {
		acknowledged := make(chan struct{})
		conversation, query := t.event.Conversation, t.query.ID
		go func() {
			defer close(acknowledged)
			a.acknowledge(ctx, conversation, query)
		}()
		defer func() { <-acknowledged }()
	}
	if t.room != nil {
		a.leave(ctx, *t.room)
	}
	if !t.ours {
		return nil
	}
	if t.query != nil {
		e, complete := a.form(ctx, t)
		if !complete {
			return nil
		}
		t.event = e
	}
	_, err = handle(ctx, t.event)
	return err
}

// acknowledge follows each press, or the button spins on; "query is too old"
// harms nobody.
func (a *Adapter) acknowledge(ctx context.Context, conversation, query string) {
	err := a.call(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": query}, nil)
	a.heed(conversation, err)
}
