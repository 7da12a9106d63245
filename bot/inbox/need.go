package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"praline/bot/learner"
	"praline/records"
	"praline/words"
)

// Bounds of what counts as a subject.
const (
	mostWords    = 6
	mostDigits   = 4 // a year
	longestNeed  = 60
	shortestNeed = 3
)

// needFor is after how long what few looked for is forgotten.
const needFor = 90 * 24 * time.Hour

// need is a subject that was looked for in vain. Its words are sealed until
// five people have looked for it.
type need struct {
	ID     string   `json:"id"`
	Words  string   `json:"words"` // sealed
	Lang   string   `json:"lang"`
	People []string `json:"people"`           // digests, sorted
	Erased int      `json:"erased,omitempty"` // people who erased what is theirs since
	Day    string   `json:"day"`              // the last, 2006-01-02
	Done   bool     `json:"done,omitempty"`   // a draft was begun about it, or it was set aside
}

func (n need) count() int { return len(n.People) + n.Erased }

// Need is a subject that five people or more looked for and did not find.
type Need struct {
	ID, Words, Lang string
	People          int
	Done            bool
}

// little are plain words that say nothing of a subject, in French and Dutch.
var little = func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(`a au aux avec ce cette comment d dans de des du en est et il je l la le les mes mon ma
		ou par pas pour que quel quelle quoi s se si sur un une y cherche chercher trouver trouve recherche recherchez besoin veux
		voudrais aimerais avoir lecon lecons cours svp bonjour salut merci beaucoup oui non ok va
		aan bij dat de die dit een en er het hoe ik in is kan met mijn naar niet of om op over te u uit van voor waar wat wil
		zoek zoeken zoekt vind vinden nodig graag les lessen dag dank bedankt hallo ja nee aub`) {
		all[word] = true
	}
	return all
}()

// Subject is what a text asks about, as it is counted: plain words without
// those that say nothing; "" for what is no subject (too short, a sentence).
func Subject(text string) string {
	if strings.Contains(text, "@") || digits(text) > mostDigits {
		return "" // somebody's address or number
	}
	var kept []string
	for word := range strings.FieldsSeq(words.Plain(text)) {
		if !little[word] {
			kept = append(kept, word)
		}
	}
	subject := strings.Join(kept, " ")
	if n := utf8.RuneCountInString(subject); len(kept) > mostWords || n < shortestNeed || n > longestNeed {
		return ""
	}
	if !strings.ContainsFunc(subject, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return "" // a number is nobody's subject, and may be somebody's
	}
	return subject
}

func digits(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// readable is a subject as its first asker wrote it: with accents, in lower case.
func readable(text string) string {
	parted := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\'' || r == '’' })
	var kept []string
	for _, word := range parted {
		says := func(plain string) bool { return !little[plain] }
		if slices.ContainsFunc(strings.Fields(words.Plain(word)), says) {
			kept = append(kept, strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })))
		}
	}
	return strings.Join(kept, " ")
}

// Missed counts that somebody looked for something in vain. Each person counts
// once for a subject, however often they ask.
func (i *Inbox) Missed(ctx context.Context, org string, by learner.ID, lang, text string) error {
	subject := Subject(text)
	if subject == "" {
		return nil
	}
	if err := i.trace(ctx, by, func(t *trace) { t.need(org) }); err != nil {
		return err
	}
	id := i.digest("need", org, subject)
	key := records.Key{Org: org, Kind: kindNeed, ID: id}
	who := i.digest("need", org, id, string(by))
	_, err := records.Update(ctx, i.Store, key, func(n *need) error {
		if n.ID == "" {
			*n = need{ID: id, Words: i.seal(key.String(), readable(text)), Lang: lang}
		}
		n.Day = i.now().Format(time.DateOnly)
		if at, there := slices.BinarySearch(n.People, who); !there {
			n.People = slices.Insert(n.People, at, who)
		}
		return nil
	})
	return err
}

// Needs are the subjects that five people or more of an organisation looked for
// in vain, most first, and how many subjects fewer people looked for.
func (i *Inbox) Needs(ctx context.Context, org string) (shown []Need, hidden int, err error) {
	all, err := records.All[need](ctx, i.Store, org, kindNeed)
	if err != nil {
		return nil, 0, err
	}
	for _, n := range all {
		if n.count() < Enough {
			hidden++
			continue
		}
		text, err := i.open(needKey(org, n.ID).String(), n.Words)
		if err != nil {
			return nil, 0, err
		}
		shown = append(shown, Need{n.ID, text, n.Lang, n.count(), n.Done})
	}
	slices.SortStableFunc(shown, func(a, b Need) int {
		if a.People != b.People {
			return b.People - a.People
		}
		return strings.Compare(a.Words, b.Words)
	})
	return shown, hidden, nil
}

// Need returns one that is shown, records.ErrNone for any other.
func (i *Inbox) Need(ctx context.Context, org, id string) (Need, error) {
	shown, _, err := i.Needs(ctx, org)
	if err != nil {
		return Need{}, err
	}
	if at := slices.IndexFunc(shown, func(n Need) bool { return n.ID == id }); at >= 0 {
		return shown[at], nil
	}
	return Need{}, records.ErrNone
}

// SetAside takes a subject off what is to be done, or puts it back.
func (i *Inbox) SetAside(ctx context.Context, org, id string, done bool) error {
	if _, err := i.Need(ctx, org, id); err != nil {
		return err
	}
	_, err := records.Update(ctx, i.Store, needKey(org, id), func(n *need) error {
		if n.ID == "" {
			return records.ErrNone
		}
		n.Done = done
		return nil
	})
	return err
}

// needsOf are the subjects that one learner is counted for.
func (i *Inbox) needsOf(ctx context.Context, org string, by learner.ID) ([]need, error) {
	all, err := records.All[need](ctx, i.Store, org, kindNeed)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(n need) bool {
		return !slices.Contains(n.People, i.digest("need", org, n.ID, string(by)))
	}), nil
}

// forgetNeeds makes of a learner among those who looked for something nobody.
func (i *Inbox) forgetNeeds(ctx context.Context, org string, by learner.ID) error {
	theirs, err := i.needsOf(ctx, org, by)
	failed := []error{err}
	for _, n := range theirs {
		who := i.digest("need", org, n.ID, string(by))
		_, err := records.Update(ctx, i.Store, needKey(org, n.ID), func(n *need) error {
			if at := slices.Index(n.People, who); at >= 0 {
				n.People, n.Erased = slices.Delete(n.People, at, at+1), n.Erased+1
			}
			return nil
		})
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// dropNeeds forgets what fewer than five looked for, long ago.
func (i *Inbox) dropNeeds(ctx context.Context, org string) error {
	all, err := records.All[need](ctx, i.Store, org, kindNeed)
	failed := []error{err}
	before := i.Now().Add(-needFor).UTC().Format(time.DateOnly)
	for _, n := range all {
		if n.count() < Enough && n.Day < before {
			failed = append(failed, records.Remove(ctx, i.Store, needKey(org, n.ID)))
		}
	}
	return errors.Join(failed...)
}

func needKey(org, id string) records.Key { return records.Key{Org: org, Kind: kindNeed, ID: id} }
