package people

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"slices"
	"strings"

	"praline/records"
)

// Verdict is what was found of an audit log.
type Verdict struct {
	Lines  int    `json:"lines"`
	Digest string `json:"digest"`          // of the last: note it elsewhere, and nobody can write the log anew
	First  int    `json:"first,omitempty"` // line that is not as it was written; 0: all are
	Why    string `json:"why,omitempty"`   // "changed", "missing", "cut off", "head", "added"
}

// VerifyAudit looks whether the audit log of an organisation is as it was
// written: each line with its digest, each after the one before, none missing
// at the end.
func (p *People) VerifyAudit(ctx context.Context, org string) (Verdict, error) {
	end, _, err := p.head(ctx, org)
	if err != nil {
		return Verdict{}, err
	}
	list, err := p.Store.List(ctx, org, kindAudit) // after the head: what is written meanwhile stands behind it
	if err != nil {
		return Verdict{}, err
	}
	found := Verdict{Lines: end.Count, Digest: end.Digest}
	if end.Count > 0 && !hmac.Equal([]byte(end.Seal), []byte(p.seal(org, end))) {
		found.First, found.Why = max(1, end.Count), "head"
		return found, nil
	}
	before := ""
	for i := range end.Count {
		if i >= len(list) {
			found.First, found.Why = i+1, "cut off"
			return found, nil
		}
		entry, err := records.Decode[Entry](list[i])
		switch {
		case list[i].ID > auditKey(org, i+1).ID:
			found.First, found.Why = i+1, "missing"
		case err != nil || entry.Number != i+1 || entry.Before != before || !hmac.Equal([]byte(entry.Digest), []byte(p.digest(org, entry))):
			found.First, found.Why = i+1, "changed"
		case i+1 == end.Count && entry.Digest != end.Digest:
			found.First, found.Why = i+1, "head"
		}
		if found.Why != "" {
			return found, nil
		}
		before = entry.Digest
	}
	return found, p.added(ctx, org, len(list), &found)
}

// added looks whether there are lines that no head speaks of.
func (p *People) added(ctx context.Context, org string, lines int, found *Verdict) error {
	if lines == found.Lines {
		return nil
	}
	now, _, err := p.head(ctx, org)
	if err == nil && now.Count < lines { // else they were written meanwhile
		found.First, found.Why = now.Count+1, "added"
	}
	return err
}

// AuditPage returns lines of the log, the newest first, past so many, and how
// many there are in all.
func (p *People) AuditPage(ctx context.Context, actor Actor, past, most int) (page []Entry, all int, err error) {
	if !actor.May(SeeAudit) {
		return nil, 0, ErrNotAllowed
	}
	end, _, err := p.head(ctx, actor.Org)
	if err != nil {
		return nil, 0, err
	}
	var keys []records.Key
	for number := end.Count - max(past, 0); number > 0 && len(keys) < most; number-- {
		keys = append(keys, auditKey(actor.Org, number))
	}
	list, err := p.Store.Read(ctx, keys...)
	if err != nil {
		return nil, 0, err
	}
	for _, r := range list {
		if r.Version == 0 {
			continue // VerifyAudit says that it is missing
		}
		entry, err := records.Decode[Entry](r)
		if err != nil {
			return nil, 0, err
		}
		page = append(page, entry)
	}
	return page, end.Count, nil
}

// AuditOf returns the lines that a person wrote or that are about them, the
// newest first: what they may see of the log.
func (p *People) AuditOf(ctx context.Context, org, person string) ([]Entry, error) {
	key, err := p.Store.Read(ctx, records.Key{Org: org, Kind: kindAuditKey, ID: person})
	if err != nil || key[0].Version == 0 {
		return nil, err
	}
	called := pseudonym(key[0].Body, person)
	all, err := records.All[Entry](ctx, p.Store, org, kindAudit)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e Entry) bool { return e.Who != called && !slices.Contains(e.About, aboutPerson+called) })
	for i, e := range all { // others on the same line are not theirs to see
		all[i].About = slices.DeleteFunc(slices.Clone(e.About), func(a string) bool {
			return strings.HasPrefix(a, aboutPerson) && a != aboutPerson+called && e.Who != called
		})
	}
	slices.Reverse(all)
	return all, nil
}

// Called are the people whom an administrator can still name in the log, by
// their pseudonyms.
func (p *People) Called(ctx context.Context, actor Actor) (map[string]Person, error) {
	if !actor.May(SeeAudit) {
		return nil, ErrNotAllowed
	}
	keys, err := p.Store.List(ctx, actor.Org, kindAuditKey)
	if err != nil {
		return nil, err
	}
	all, err := p.Persons(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]Person, len(all))
	for _, who := range all {
		byID[who.ID] = who
	}
	called := make(map[string]Person, len(keys))
	for _, key := range keys {
		if who, is := byID[key.ID]; is {
			called[pseudonym(key.Body, key.ID)] = who
		}
	}
	return called, nil
}

// ErrAuditBroken says that the log is not as it was written.
var ErrAuditBroken = errors.New("the audit log is not as it was written")

// Err is the verdict as an error; nil where all is well.
func (v Verdict) Err() error {
	if v.Why == "" {
		return nil
	}
	return fmt.Errorf("line %d of %d: %s: %w: somebody wrote to the store past Praline; compare with a backup of before", v.First, v.Lines, v.Why, ErrAuditBroken)
}
