package recognition

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// Success is something that somebody wished their team to know. It stands as
// long as they wish, and goes when they erase what they learned.
type Success struct {
	Team   string            `json:"team"`
	Name   string            `json:"name"`
	Series string            `json:"series"`
	Titles map[string]string `json:"titles"`
	At     time.Time         `json:"at"`
	By     string            `json:"by"` // keyed digest of the learner
}

const (
	kindSuccess = "success"
	// successFor is how long a success is news.
	successFor = 60 * 24 * time.Hour
)

// keyed is a digest that nobody makes without the server's secret.
func (r *Recognition) keyed(texts ...string) string {
	mac := hmac.New(sha256.New, r.Secret)
	mac.Write([]byte("recognition: success"))
	for _, text := range texts {
		mac.Write([]byte("\x00" + text))
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

func (r *Recognition) successKey(org string, id learner.ID, series string) records.Key {
	return records.Key{Org: org, Kind: kindSuccess, ID: r.keyed(string(id), series)}
}

// Share tells a learner's team of a badge; once, however often it is asked.
func (r *Recognition) Share(ctx context.Context, org string, id learner.ID, s Success) error {
	s.By = r.keyed(string(id))
	return records.Put(ctx, r.Store, r.successKey(org, id, s.Series), s)
}

// Unshare takes it back.
func (r *Recognition) Unshare(ctx context.Context, org string, id learner.ID, series string) error {
	return records.Remove(ctx, r.Store, r.successKey(org, id, series))
}

// Successes are what people of a team wished it to know lately, the newest first.
func (r *Recognition) Successes(ctx context.Context, org, team string, now time.Time) ([]Success, error) {
	all, err := records.All[Success](ctx, r.Store, org, kindSuccess)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s Success) bool { return s.Team != team || now.Sub(s.At) > successFor })
	slices.SortFunc(all, func(a, b Success) int { return b.At.Compare(a.At) })
	return all, nil
}

// Forget takes back all that a learner shared with an organisation.
func (r *Recognition) Forget(ctx context.Context, org string, id learner.ID) error {
	list, err := r.Store.List(ctx, org, kindSuccess)
	if err != nil {
		return err
	}
	for _, record := range list {
		s, err := records.Decode[Success](record)
		if err != nil {
			return err
		}
		if s.By != r.keyed(string(id)) {
			continue
		}
		if err := records.Remove(ctx, r.Store, record.Key); err != nil {
			return err
		}
	}
	return nil
}
