package report

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/records"
)

// Mistake is what a learner reported of a question: their words, and nothing
// about them but a keyed digest, by which it goes when they are erased.
type Mistake struct {
	ID       string `json:"id"`
	Question string `json:"question"` // series/question
	Lang     string `json:"lang"`
	Text     string `json:"text"`
	Day      string `json:"day"` // 2006-01-02
	From     string `json:"from,omitempty"`
	Done     bool   `json:"done,omitempty"`
}

// Report keeps a mistake that a learner reported; the same twice is one.
func (r *Reports) Report(ctx context.Context, org string, id learner.ID, m Mistake) error {
	m.From = r.digest("from", string(id))
	m.ID = m.Day + "-" + r.digest("mistake", string(id), m.Question, m.Text)[:10]
	return records.Put(ctx, r.Store, records.Key{Org: org, Kind: kindMistake, ID: m.ID}, m)
}

// Mistakes are those reported of a question, of a series ("phishing/"), or all
// (""), newest first; who reported them is left out.
func (r *Reports) Mistakes(ctx context.Context, org, question string) ([]Mistake, error) {
	all, err := records.All[Mistake](ctx, r.Store, org, kindMistake)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m Mistake) bool {
		return question != "" && m.Question != question && (!strings.HasSuffix(question, "/") || !strings.HasPrefix(m.Question, question))
	})
	for i := range all {
		all[i].From = ""
	}
	slices.Reverse(all)
	return all, nil
}

// Mend marks a reported mistake as done, or as open again, and returns it;
// records.ErrNone if there is none.
func (r *Reports) Mend(ctx context.Context, org, id string, done bool) (Mistake, error) {
	return records.Update(ctx, r.Store, records.Key{Org: org, Kind: kindMistake, ID: id}, func(m *Mistake) error {
		if m.ID == "" {
			return fmt.Errorf("mistake %s: %w", id, records.ErrNone)
		}
		m.Done = done
		return nil
	})
}

// forgetMistakes removes what somebody wrote.
func (r *Reports) forgetMistakes(ctx context.Context, org string, id learner.ID) error {
	from := r.digest("from", string(id))
	all, err := records.All[Mistake](ctx, r.Store, org, kindMistake)
	if err != nil {
		return err
	}
	var failed error
	for _, m := range all {
		if m.From == from {
			failed = errors.Join(failed, records.Remove(ctx, r.Store, records.Key{Org: org, Kind: kindMistake, ID: m.ID}))
		}
	}
	return failed
}

// digest is short, and says nothing to who has not the secret.
func (r *Reports) digest(parts ...string) string {
	mac := hmac.New(sha256.New, r.Secret)
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:15])
}
