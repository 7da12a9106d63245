package people

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"praline/records"
)

// Kinds of records of the audit log. A line is never written again; the head
// says how many there are, so that one cannot be cut off unseen.
const (
	kindAudit    = "audit"
	kindHead     = "audit-head"
	kindAuditKey = "audit-key" // by person: random, gone with them
)

// Entry is a line of the audit log. It names people by a pseudonym that only
// their key, which dies with them, leads back to.
type Entry struct {
	Number int       `json:"n"` // 1, 2, 3, …
	At     time.Time `json:"at"`
	Who    string    `json:"who"`             // pseudonym, or ByShell
	What   string    `json:"what"`            // "person-add", "series-publish"
	About  []string  `json:"about,omitempty"` // "person:" and a pseudonym; "campaign:spring", "role:trainer"
	Before string    `json:"before"`          // digest of the line before
	Digest string    `json:"digest"`          // of all of the above
}

// ByShell is the Who of a command that nobody's rights were asked for.
const ByShell = "shell"

// aboutPerson begins what an entry is about where that is a person.
const aboutPerson = "person:"

// AboutPerson is how a person's id is handed to Audit.
func AboutPerson(id string) string { return aboutPerson + id }

// Audit notes that an actor did something, for ever: what is a short word
// ("series-publish"), about names what it was done to: AboutPerson(id), or a
// kind and an id ("series:phishing", "version:1.2.0"); never a name, a text or
// a code.
func (p *People) Audit(ctx context.Context, actor Actor, what string, about ...string) error {
	for range tries {
		line, err := p.line(ctx, actor, what, about)
		if err != nil {
			return err
		}
		if err := p.Store.Write(ctx, line...); !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("audit log of %s: %d times: %w", actor.Org, tries, records.ErrConflict)
}

// head says where the chain ends.
type head struct {
	Count  int    `json:"count"`
	Digest string `json:"digest"` // of the last line
	Seal   string `json:"seal"`   // keyed: who writes to the store cannot make one
}

func headKey(org string) records.Key { return records.Key{Org: org, Kind: kindHead, ID: "head"} }

func (p *People) head(ctx context.Context, org string) (end head, version uint64, err error) {
	return kept[head](ctx, p, headKey(org))
}

// line are the records of one more line: it, the head, and the keys of people
// that are named for the first time.
func (p *People) line(ctx context.Context, actor Actor, what string, about []string) ([]records.Record, error) {
	end, version, err := p.head(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	who, about, made, err := p.pseudonymous(ctx, actor, about)
	if err != nil {
		return nil, err
	}
	entry := Entry{Number: end.Count + 1, At: p.Now().UTC().Truncate(time.Second), Who: who, What: what, About: about, Before: end.Digest}
	entry.Digest = p.digest(actor.Org, entry)
	line, err := records.Encode(auditKey(actor.Org, entry.Number), 0, entry)
	if err != nil {
		return nil, err
	}
	end = head{Count: entry.Number, Digest: entry.Digest}
	end.Seal = p.seal(actor.Org, end)
	last, err := records.Encode(headKey(actor.Org), version, end)
	return append([]records.Record{last, line}, made...), err
}

// auditKey names a line; its number in so many figures that names sort as
// numbers do.
func auditKey(org string, number int) records.Key {
	return records.Key{Org: org, Kind: kindAudit, ID: fmt.Sprintf("%012d", number)}
}

// pseudonymous are the actor and the people among what a line is about by their
// pseudonyms, and the keys that had to be made for it.
func (p *People) pseudonymous(ctx context.Context, actor Actor, about []string) (who string, whom []string, made []records.Record, err error) {
	var ids []string
	if actor.Person != "" {
		ids = append(ids, actor.Person)
	}
	for _, a := range about {
		if id, is := strings.CutPrefix(a, aboutPerson); is && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	keys := make([]records.Key, len(ids))
	for i, id := range ids {
		keys[i] = records.Key{Org: actor.Org, Kind: kindAuditKey, ID: id}
	}
	stored, err := p.Store.Read(ctx, keys...)
	if err != nil {
		return "", nil, nil, err
	}
	names := make(map[string]string, len(ids))
	for i, r := range stored {
		if r.Version == 0 {
			r.Body = make([]byte, 32)
			rand.Read(r.Body)
			made = append(made, r)
		}
		names[ids[i]] = pseudonym(r.Body, ids[i])
	}
	who = ByShell
	if actor.Person != "" {
		who = names[actor.Person]
	}
	for _, a := range about {
		if id, is := strings.CutPrefix(a, aboutPerson); is {
			a = aboutPerson + names[id]
		}
		whom = append(whom, a)
	}
	return who, whom, made, nil
}

// pseudonym is what a person is called in the log: it says nothing without
// their key.
func pseudonym(key []byte, person string) string { return keyed(key, "pseudonym", person)[:16] }

// digest is that of all an entry says but itself, of its organisation.
func (p *People) digest(org string, e Entry) string {
	e.Digest = ""
	body, err := json.Marshal(e)
	if err != nil {
		panic(fmt.Sprintf("people: an entry is no JSON: %v", err)) // texts, a number, a time of our own
	}
	return keyed(p.Secret, "audit", org, string(body))
}

func (p *People) seal(org string, h head) string {
	return keyed(p.Secret, "audit head", org, fmt.Sprint(h.Count), h.Digest)
}

// keyed is a digest of texts that cannot be made without the key.
func keyed(key []byte, use string, texts ...string) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%q", append([]string{"praline people", use}, texts...))
	return hex.EncodeToString(mac.Sum(nil))
}
