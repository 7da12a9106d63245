package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"praline/channels"
	"praline/channels/inbound"
	"praline/locales"
)

// slow is when somebody who waits for us is shown that we are at it.
const slow = time.Second

// webhook serves POST /api/messages. A request proves itself by its token
// before its body is read; 200 confirms an activity after its effect is stored,
// 503 lets it come again.
func (a *Adapter) webhook(handle channels.Handler) http.Handler {
	return a.options.Door.Post([]string{"application/json"}, func(w http.ResponseWriter, r *http.Request) {
		proof, err := a.verify(r)
		if errors.Is(err, errNoKeys) {
			// Nobody can be believed now; the app brings it again.
			w.Header().Set("Retry-After", "60")
			http.Error(w, "again, please", http.StatusServiceUnavailable)
			return
		}
		if err != nil {
			a.options.Door.Refuse(w, inbound.Stranger)
			return
		}
		body, ok := a.options.Door.Body(w, r)
		if !ok {
			return
		}
		var in activity
		if json.Unmarshal(body, &in) != nil {
			a.options.Door.Refuse(w, inbound.Unread)
			return
		}
		service, ok := a.covers(proof, in)
		if !ok {
			a.options.Door.Refuse(w, inbound.Stranger)
			return
		}
		a.take(w, r, in, service, handle)
	})
}

// take does what an activity that is proven asks for.
func (a *Adapter) take(w http.ResponseWriter, r *http.Request, in activity, service string, handle channels.Handler) {
	if !in.personal() {
		a.elsewhere(r.Context(), w, in, service)
		return
	}
	if in.Type == "invoke" && in.Name == consentAction {
		a.consented(w, r, in, service)
		return
	}
	e, ok := event(in, service)
	if !ok {
		a.answerNothing(w, in)
		return
	}
	messages, err := a.hand(r.Context(), e, handle)
	switch {
	case err != nil && in.Type == "invoke": // Teams brings no press again: the person does
		a.options.Log.Warn("teams: press not stored, the person is told", "error", err)
		answerError(w, locales.For(first(e.Languages)).Say("teams.away"))
	case err != nil:
		a.options.Log.Warn("teams: activity not stored, it will come again", "kind", in.Type, "error", err)
		http.Error(w, "again, please", http.StatusServiceUnavailable)
	case in.Type == "invoke":
		a.answerPress(w, in, e, messages)
	}
}

// hand brings an event, and shows that we are at it when that takes long.
func (a *Adapter) hand(ctx context.Context, e channels.Event, handle channels.Handler) ([]channels.Message, error) {
	if e.Kind != channels.Left {
		typing, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		defer func() { stop(); <-done }()
		go func() {
			defer close(done)
			select {
			case <-typing.Done():
			case <-time.After(a.slow):
				_, _ = a.call(typing, http.MethodPost, e.Conversation, "", map[string]any{"type": "typing"}) // only looks nice
			}
		}()
	}
	return handle(ctx, e)
}

// elsewhere answers in a group or a channel, where nobody can learn in private.
// A sentence, and nothing is kept.
func (a *Adapter) elsewhere(ctx context.Context, w http.ResponseWriter, in activity, service string) {
	words := locales.For(first(in.languages())).Say("teams.private")
	switch in.Type {
	case "message":
		said := map[string]any{"type": "message", "text": words, "textFormat": "plain", "replyToId": in.ID}
		if _, err := a.call(ctx, http.MethodPost, in.Conversation.ID+" "+service, "", said); err != nil {
			a.options.Log.Info("teams: a group was not answered", "error", err)
		}
	case "invoke":
		answer(w, http.StatusOK, messageAnswer, words)
	}
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}
