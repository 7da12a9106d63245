package people

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"praline/records"
)

// A session ends twelve hours after its last page, and seven days after it
// began whatever happens.
const (
	SessionIdle = 12 * time.Hour
	SessionMost = 7 * 24 * time.Hour
	// seenEvery bounds how often a page is noted: idle time is known to this.
	seenEvery = 5 * time.Minute

	kindSession = "session"
)

// ErrNoSession says that a session was never opened, was ended or is over.
var ErrNoSession = errors.New("this session is over: sign in again, say “console” to the bot")

// Session is somebody who is signed in to the console in one browser. Its name,
// which the browser shows, is stored nowhere: only a keyed digest of it.
type Session struct {
	ID      string    `json:"id"` // that digest
	Person  string    `json:"person"`
	Lang    string    `json:"lang,omitempty"` // chosen in the console; "": the person's
	Browser string    `json:"browser,omitempty"`
	Began   time.Time `json:"began"`
	Seen    time.Time `json:"seen"`
}

// Over says whether a session has ended by itself.
func (s Session) Over(now time.Time) bool {
	return now.Sub(s.Seen) >= SessionIdle || now.Sub(s.Began) >= SessionMost
}

// keyed makes a name of what only its holder knows.
func (p *People) keyed(purpose, text string) string {
	mac := hmac.New(sha256.New, p.Secret)
	mac.Write([]byte("people: " + purpose + "\x00" + text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// openSession opens a session and returns the name that its browser shows: the
// organisation and 128 random bits.
func (p *People) openSession(ctx context.Context, org, person, browser string) (string, error) {
	name, now := org+"~"+strings.ToLower(rand.Text()), p.Now()
	s := Session{ID: p.keyed("session", name), Person: person, Browser: browser, Began: now, Seen: now}
	return name, records.Put(ctx, p.Store, records.Key{Org: org, Kind: kindSession, ID: s.ID}, s)
}

// Signed is who is signed in by a session's name: their organisation, their
// roles as they are now, and the session. ErrNoSession for nobody.
func (p *People) Signed(ctx context.Context, name string) (Actor, Session, error) {
	org, _, ok := strings.Cut(name, "~")
	if !ok {
		return Actor{}, Session{}, ErrNoSession
	}
	key := records.Key{Org: org, Kind: kindSession, ID: p.keyed("session", name)}
	s, err := records.Load[Session](ctx, p.Store, key)
	switch {
	case errors.Is(err, records.ErrNone):
		return Actor{}, Session{}, ErrNoSession
	case err != nil:
		return Actor{}, Session{}, err
	case s.Over(p.Now()):
		return Actor{}, Session{}, errors.Join(ErrNoSession, records.Remove(ctx, p.Store, key))
	}
	actor, err := p.Actor(ctx, org, s.Person)
	if errors.Is(err, records.ErrNone) || errors.Is(err, ErrNotAllowed) { // erased, or left
		return Actor{}, Session{}, errors.Join(ErrNoSession, records.Remove(ctx, p.Store, key))
	} else if err != nil {
		return Actor{}, Session{}, err
	}
	if p.Now().Sub(s.Seen) >= seenEvery {
		s.Seen = p.Now()
		err = p.changeSession(ctx, key, func(stored *Session) { stored.Seen = s.Seen })
	}
	if s.Lang != "" {
		actor.Lang = s.Lang
	}
	return actor, s, err
}

// changeSession changes a session that is there: one that was ended meanwhile
// does not come back.
func (p *People) changeSession(ctx context.Context, key records.Key, change func(*Session)) error {
	_, err := records.Update(ctx, p.Store, key, func(s *Session) error {
		if s.ID == "" {
			return ErrNoSession
		}
		change(s)
		return nil
	})
	return err
}

// SpeakIn sets the language of a session.
func (p *People) SpeakIn(ctx context.Context, org, session, lang string) error {
	if lang != "fr" && lang != "nl" {
		return fmt.Errorf("the console speaks fr and nl, not %q: choose one of these", lang)
	}
	return p.changeSession(ctx, records.Key{Org: org, Kind: kindSession, ID: session}, func(s *Session) { s.Lang = lang })
}

// Sessions are those of a person that are open, the one seen last first.
func (p *People) Sessions(ctx context.Context, org, person string) ([]Session, error) {
	all, err := records.All[Session](ctx, p.Store, org, kindSession)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s Session) bool { return s.Person != person || s.Over(p.Now()) })
	slices.SortStableFunc(all, func(a, b Session) int { return b.Seen.Compare(a.Seen) })
	return all, nil
}

// EndSession ends one session of a person; records.ErrNone if it is not theirs.
func (p *People) EndSession(ctx context.Context, org, person, session string) error {
	key := records.Key{Org: org, Kind: kindSession, ID: session}
	s, err := records.Load[Session](ctx, p.Store, key)
	switch {
	case err != nil:
		return err
	case s.Person != person:
		return fmt.Errorf("%s: %w", key, records.ErrNone)
	}
	return records.Remove(ctx, p.Store, key)
}

// EndSessions ends all sessions of a person, and voids the link and the code
// that they were given last. Whoever leaves or is erased is signed out so.
func (p *People) EndSessions(ctx context.Context, org, person string) error {
	all, err := records.All[Session](ctx, p.Store, org, kindSession)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Person == person {
			err = errors.Join(err, records.Remove(ctx, p.Store, records.Key{Org: org, Kind: kindSession, ID: s.ID}))
		}
	}
	return errors.Join(err, p.voidSignIns(ctx, org, person))
}
