package learner

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
)

// digest shortens an app's event id to 8 characters: 48 bits, among a few
// dozen, do not meet by chance.
func digest(event string) string {
	sum := sha256.Sum256([]byte(event))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// HasSeen says whether an event's effect is in this state already.
func (l *Learner) HasSeen(event string) bool {
	return event != "" && slices.Contains(l.Seen, digest(event))
}

// Remember notes that an event's effect is in this state, and keeps the last
// few of them.
func (l *Learner) Remember(event string, keep int) {
	if event == "" {
		return
	}
	l.Seen = append(l.Seen, digest(event))
	if extra := len(l.Seen) - keep; extra > 0 {
		l.Seen = slices.Delete(l.Seen, 0, extra)
	}
}
