package teams

import (
	"encoding/json"
	"net/http"

	"praline/channels"
	"praline/locales"
)

// What a press is answered: the card that takes the place of the pressed one,
// words, or an error.
// https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format
const (
	cardAnswer    = cardType
	messageAnswer = "application/vnd.microsoft.activity.message"
	errorAnswer   = "application/vnd.microsoft.error"
)

// answerPress answers a press with the card of the message that replaces the
// pressed one, so that it changes under the finger. Outbound says the same
// card once more, which harms nothing: others who look and a crash in between
// need it. Which message was pressed stands in the button itself; nothing has
// to be remembered.
func (a *Adapter) answerPress(w http.ResponseWriter, in activity, e channels.Event, messages []channels.Message) {
	pressed := pressedMessage(in)
	for _, m := range messages {
		if pressed == "" || m.Replaces != pressed || m.Retire {
			continue
		}
		if cards := a.render(e.Conversation, m); len(cards) > 0 {
			a.passed.keep(passedKey(e.Conversation, pressed), part{})
			answer(w, http.StatusOK, cardAnswer, cards[0])
			return
		}
	}
	answer(w, http.StatusOK, messageAnswer, locales.For(first(e.Languages)).Say("teams.noted")) // Teams wants words
}

// passedKey is how a message is known that no longer stands where it stood: when
// it is said late, at the pace that Teams allows, it must not come back.
func passedKey(conversation, id string) string { return receiptKey(conversation, "message "+id) }

// answerNothing confirms what is not for us. Who pressed without choosing is
// told so, where the app let it pass.
func (a *Adapter) answerNothing(w http.ResponseWriter, in activity) {
	switch {
	case in.Type != "invoke":
	case in.Name == cardAction:
		answer(w, http.StatusOK, messageAnswer, locales.For(first(in.languages())).Say("teams.choose"))
	default: // an invoke of which nobody told us
		w.WriteHeader(http.StatusNotImplemented)
	}
}

// answerError tells that a press had no effect.
func answerError(w http.ResponseWriter, words string) {
	answer(w, http.StatusInternalServerError, errorAnswer, map[string]string{"code": "NotStored", "message": words})
}

// answer writes the body that Teams reads. Its own status says how it went; the
// request was answered.
func answer(w http.ResponseWriter, status int, kind string, value any) {
	body, err := json.Marshal(map[string]any{"statusCode": status, "type": kind, "value": value})
	if err != nil { // cannot happen: maps and texts
		http.Error(w, "again, please", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}
