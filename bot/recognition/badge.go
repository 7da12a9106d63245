package recognition

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/locales"
	"praline/records"
)

// Badge is what stands in the store of one that was given: nothing of whose it
// is. Its id follows from the learner and the series, so giving twice is giving
// once; the way back from it is the server's secret.
type Badge struct {
	ID           string            `json:"id"`
	Organisation string            `json:"organisation"` // by name
	Series       string            `json:"series"`
	Version      string            `json:"version"`
	Titles       map[string]string `json:"titles"`
	Summaries    map[string]string `json:"summaries,omitempty"`
	Competences  []string          `json:"competences,omitempty"`
	Known        int               `json:"known"`
	Questions    int               `json:"questions"`
	Lessons      int               `json:"lessons"`
	At           time.Time         `json:"at"`
}

const kindBadge = "badge" // of the whole server

// BadgeID names the badge of a learner for a series.
func (r *Recognition) BadgeID(id learner.ID, series string) string {
	mac := hmac.New(sha256.New, r.Secret)
	mac.Write([]byte("recognition: badge\x00" + string(id) + "\x00" + series))
	return strings.ToLower(base32.StdEncoding.EncodeToString(mac.Sum(nil)[:10]))
}

// Give gives a learner the badge for what they learned, in the name of an
// organisation, and says whether they had it before.
func (r *Recognition) Give(ctx context.Context, id learner.ID, organisation string, l Learning, at time.Time) (b Badge, before bool, err error) {
	s := l.Series
	key := records.Key{Kind: kindBadge, ID: r.BadgeID(id, s.ID)}
	b, err = records.Update(ctx, r.Store, key, func(b *Badge) error {
		if before = b.ID != ""; before {
			return nil
		}
		*b = Badge{
			ID: key.ID, Organisation: organisation, Series: s.ID, Version: s.Version, Titles: s.Title, Summaries: s.Summary, Competences: s.Competences,
			Known: l.Known, Questions: l.Questions, Lessons: l.Lessons, At: at.UTC().Truncate(time.Second),
		}
		return nil
	})
	return b, before, err
}

// Badge looks one up; records.ErrNone if none was given.
func (r *Recognition) Badge(ctx context.Context, id string) (Badge, error) {
	return records.Load[Badge](ctx, r.Store, records.Key{Kind: kindBadge, ID: strings.ToLower(strings.ReplaceAll(id, "-", ""))})
}

// Badges of a learner, among these series, in their order.
func (r *Recognition) Badges(ctx context.Context, id learner.ID, series []string) ([]Badge, error) {
	var all []Badge
	for _, s := range series {
		b, err := r.Badge(ctx, r.BadgeID(id, s))
		switch {
		case errors.Is(err, records.ErrNone):
			continue
		case err != nil:
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// Page is the address at which anybody sees that a badge is true; "" where the
// world does not reach us.
func (r *Recognition) Page(b Badge) string {
	if r.PublicURL == "" {
		return ""
	}
	return strings.TrimSuffix(r.PublicURL, "/") + "/b/" + b.ID
}

// claim is a badge in a language, with or without a name.
func (b Badge) claim(lang, name string) Claim {
	w := locales.For(lang)
	return Claim{
		ID: b.ID, Organisation: b.Organisation, Name: name, Lang: w.Lang, Title: in(b.Titles, w.Lang), Series: b.Series, Version: b.Version,
		Summary: in(b.Summaries, w.Lang), Criteria: b.criteria(w), Competences: b.Competences, At: b.At,
	}
}

// criteria says what one had to do, and what was known.
func (b Badge) criteria(w locales.Words) string {
	return w.Say("recognition.criteria", "lessons", w.Count("recognition.lessons", b.Lessons), "known", b.Known, "questions", b.Questions)
}

// in is a text in lang, else in any language.
func in(texts map[string]string, lang string) string {
	if text, ok := texts[lang]; ok {
		return text
	}
	for _, lang := range locales.Spoken {
		if text, ok := texts[lang]; ok {
			return text
		}
	}
	return ""
}

// Files are a badge to keep: the credential, and a picture that carries it.
func (r *Recognition) Files(b Badge, lang, name string) (credential, picture []byte, err error) {
	w := locales.For(lang)
	if credential, err = r.Credential(b.claim(lang, name)); err != nil {
		return nil, nil, fmt.Errorf("badge %s: %w", b.ID, err)
	}
	return credential, bake(credential, in(b.Titles, w.Lang), b.Organisation, day(w, b.At)), nil
}
