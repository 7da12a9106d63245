package bot

import (
	"slices"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/channels"
)

// moveTo goes over to another app: what stands in the app that was left loses
// its buttons, and nothing of it is replaced any more.
func (t *turn) moveTo(to learner.Address) {
	l := t.learner
	was := l.Stand()
	if was != (learner.Address{}) && !was.Same(to) {
		for _, id := range l.Live() {
			t.retireIn(was, id)
		}
		l.LetGo()
		t.receipts, t.moved = nil, true
	}
	l.StandAt(to)
}

// retireIn takes the buttons off a message in another app.
func (t *turn) retireIn(there learner.Address, message string) {
	if t.learner.IsGone(there) || t.isForeign(message) && !strings.HasPrefix(message, carriedID("")) {
		return
	}
	t.said = append(t.said, learner.Said{
		To: there, At: t.now.UTC().Truncate(time.Second),
		Message: channels.Message{ID: t.next(), Lang: t.words.Lang, Replaces: message, Retire: true},
	})
}

// readdress says what waits for this conversation where it is reached now.
func (t *turn) readdress() {
	for _, s := range t.waiting {
		if s.To.Same(t.to) && s.To != t.to && !slices.Contains(t.drop, s.Message.ID) {
			t.drop = append(t.drop, s.Message.ID)
			s.To = t.to
			t.said = append(t.said, s)
		}
	}
}
