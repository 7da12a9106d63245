package people

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// Signing in to the console goes through one's own chat: who says "console"
// there is given a link for this device and a code for another. Each is good
// for ten minutes and for one use; asking again voids what was given before.
//
// A code has eight characters of Crockford's base 32: 1.1 × 10¹² of them. The
// page lets everybody together enter fifty and then ten a second (console), so
// in the ten minutes of a code 6,050: with a hundred codes alive all that time
// the chance that any guess hits any of them is one in 1.8 million.
const (
	signInFor   = 10 * time.Minute
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength  = 8

	// Of the whole server: who shows a code has not said of which organisation.
	kindSignIn   = "sign-in"    // digest of a link's token or of a code → signIn
	kindSignInOf = "sign-in-of" // "org:person" → the digests that were given last
)

// ErrNoSignIn says that a link or a code leads nowhere: it was never given, was
// used, or is too old.
var ErrNoSignIn = errors.New("this link or code was used or is too old: say “console” to the bot for a new one")

// signIn is what a link or a code leads to.
type signIn struct {
	Org    string    `json:"org"`
	Person string    `json:"person"`
	Until  time.Time `json:"until"`
}

// NewSignIn gives a person a link (the path of a page of the console, to be put
// behind the public address) and a code as it is read out ("ABCD EFGH").
// ErrNotAllowed for one who left, records.ErrNone for nobody of the roster.
func (p *People) NewSignIn(ctx context.Context, of learner.Membership) (path, code string, err error) {
	actor, err := p.Actor(ctx, of.Org, of.Person)
	if err != nil {
		return "", "", err
	}
	token, code := strings.ToLower(rand.Text()), newCode()
	link, typed := p.keyed("link", token), p.keyed("code", code)
	for {
		last, void, err := p.lastSignIns(ctx, actor.Org, actor.Person)
		if err != nil {
			return "", "", err
		}
		given := signIn{actor.Org, actor.Person, p.Now().Add(signInFor)}
		var written []records.Record
		for key, value := range map[records.Key]any{signInKey(link): given, signInKey(typed): given} {
			r, err := records.Encode(key, 0, value)
			if err != nil {
				return "", "", err
			}
			written = append(written, r)
		}
		r, err := records.Encode(last.Key, last.Version, []string{link, typed})
		if err != nil {
			return "", "", err
		}
		err = p.Store.Write(ctx, append(append(written, r), void...)...)
		switch {
		case err == nil:
			return "/console/sign-in?" + url.Values{"t": {token}}.Encode(), code[:codeLength/2] + " " + code[codeLength/2:], nil
		case !errors.Is(err, records.ErrConflict):
			return "", "", err
		}
	}
}

func signInKey(digest string) records.Key { return records.Key{Kind: kindSignIn, ID: digest} }

// lastSignIns is the record of what a person was given last, and what removes
// whatever of it was not used.
func (p *People) lastSignIns(ctx context.Context, org, person string) (last records.Record, void []records.Record, err error) {
	all, err := p.Store.Read(ctx, records.Key{Kind: kindSignInOf, ID: org + ":" + person})
	if err != nil || all[0].Version == 0 {
		return append(all, records.Record{})[0], nil, err
	}
	digests, err := records.Decode[[]string](all[0])
	if err != nil {
		return all[0], nil, err
	}
	for _, digest := range digests {
		given, err := p.Store.Read(ctx, signInKey(digest))
		if err != nil {
			return all[0], nil, err
		}
		if given[0].Version > 0 {
			void = append(void, records.Record{Key: given[0].Key, Version: given[0].Version})
		}
	}
	return all[0], void, nil
}

// voidSignIns makes what a person was given last lead nowhere.
func (p *People) voidSignIns(ctx context.Context, org, person string) error {
	for {
		last, void, err := p.lastSignIns(ctx, org, person)
		if err != nil || last.Version == 0 {
			return err
		}
		last.Body = nil
		if err := p.Store.Write(ctx, append(void, last)...); !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
}

// LeadsTo is whose account the token of a link opens. It uses nothing up:
// robots that preview links look at them too.
func (p *People) LeadsTo(ctx context.Context, token string) (Actor, error) {
	_, actor, err := p.given(ctx, p.keyed("link", token))
	return actor, err
}

// SignInByLink uses the token of a link up and opens a session, whose name it
// returns. browser is how the sessions page calls it.
func (p *People) SignInByLink(ctx context.Context, token, browser string) (string, error) {
	return p.signIn(ctx, p.keyed("link", token), browser)
}

// SignInByCode uses a code up, as it was typed, and opens a session, whose name
// it returns.
func (p *People) SignInByCode(ctx context.Context, typed, browser string) (string, error) {
	return p.signIn(ctx, p.keyed("code", readCode(typed)), browser)
}

func (p *People) signIn(ctx context.Context, digest, browser string) (string, error) {
	r, actor, err := p.given(ctx, digest)
	if err != nil {
		return "", err
	}
	// Whoever removes it has it: of two who show it at once, one.
	r.Body = nil
	if err := p.Store.Write(ctx, r); errors.Is(err, records.ErrConflict) {
		return "", ErrNoSignIn
	} else if err != nil {
		return "", err
	}
	return p.openSession(ctx, actor.Org, actor.Person, browser)
}

// given is what a digest leads to now.
func (p *People) given(ctx context.Context, digest string) (records.Record, Actor, error) {
	all, err := p.Store.Read(ctx, signInKey(digest))
	switch {
	case err != nil:
		return records.Record{}, Actor{}, err
	case all[0].Version == 0:
		return records.Record{}, Actor{}, ErrNoSignIn
	}
	to, err := records.Decode[signIn](all[0])
	if err != nil {
		return records.Record{}, Actor{}, err
	}
	if !p.Now().Before(to.Until) {
		return records.Record{}, Actor{}, ErrNoSignIn
	}
	actor, err := p.Actor(ctx, to.Org, to.Person)
	if errors.Is(err, records.ErrNone) || errors.Is(err, ErrNotAllowed) {
		err = ErrNoSignIn
	}
	return all[0], actor, err
}

// newCode is a code that nobody can foresee.
func newCode() string {
	var random [codeLength]byte
	rand.Read(random[:])
	for i, b := range random {
		random[i] = codeLetters[int(b)%len(codeLetters)] // 256 is a multiple of 32
	}
	return string(random[:])
}

// readCode is a code as it was typed: in small letters, in one word or two,
// with an O for a zero and an I or L for a one; "" if it is none.
func readCode(typed string) string {
	code := strings.NewReplacer(" ", "", "-", "", "–", "", "\u00a0", "", "\u202f", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(strings.TrimSpace(typed)))
	if len(code) != codeLength || strings.Trim(code, codeLetters) != "" {
		return ""
	}
	return code
}
