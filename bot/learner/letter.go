package learner

import (
	"cmp"
	"slices"
	"time"
)

// Membership is to which organisation a learner belongs, and as which line of
// its roster. The zero value is to none.
type Membership struct {
	Org    string    `json:"o"`
	Person string    `json:"p"`
	Since  time.Time `json:"at,omitzero"`
}

// Letter is something that others than the learner began: a trainer's answer, a
// digest, a badge, a survey. It waits until the gate lets it through.
type Letter struct {
	ID      string            `json:"id"` // the same twice is one
	Kind    LetterKind        `json:"k"`
	At      time.Time         `json:"at"`             // written
	Until   time.Time         `json:"until,omitzero"` // dropped unsaid after it
	Title   map[string]string `json:"title,omitempty"`
	Text    map[string]string `json:"text"` // by language, Markdown subset of channels/markup
	Buttons []LetterButton    `json:"b,omitempty"`
}

// LetterButton is a choice under a letter: Value leads to a topic of
// conversation, URL to a page.
type LetterButton struct {
	Label map[string]string `json:"l"`
	Value string            `json:"v,omitempty"`
	URL   string            `json:"u,omitempty"`
}

// LetterKind is what a letter is about.
type LetterKind string

// The kinds, in the order in which they go first.
const (
	LetterAnswer   LetterKind = "answer"   // a trainer's
	LetterCampaign LetterKind = "campaign" // one begins, or a reminder
	LetterSurvey   LetterKind = "survey"
	LetterBadge    LetterKind = "badge"
	LetterDigest   LetterKind = "digest"   // a manager's Monday
	LetterQuestion LetterKind = "question" // a learner's, for a trainer
	LetterThanks   LetterKind = "thanks"
)

// inOrder are the kinds as they go first; one that is not among them goes last.
var inOrder = []LetterKind{LetterAnswer, LetterCampaign, LetterSurvey, LetterBadge, LetterDigest, LetterQuestion, LetterThanks}

func (k LetterKind) rank() int {
	if i := slices.Index(inOrder, k); i >= 0 {
		return i
	}
	return len(inOrder)
}

// What waits is bounded: a learner is read and written whole, each time.
const (
	keptLetters = 6
	keptBytes   = 4 << 10 // of words in all letters but the first
	keptPosted  = 16      // letters that are remembered, so that the same twice is one
)

// Post adds a letter to those that wait, in the order in which they go first;
// false where it was posted before. Of too many the oldest of the lowest kind
// is dropped, and returned.
func (l *Learner) Post(letter Letter) (dropped []Letter, posted bool) {
	mark := digest("letter " + letter.ID)
	if slices.Contains(l.Posted, mark) {
		return nil, false
	}
	l.Posted = append(l.Posted, mark)
	l.Posted = l.Posted[max(0, len(l.Posted)-keptPosted):]
	l.Letters = append(l.Letters, letter)
	return l.sortLetters(), true
}

// PutBack adds a letter that was taken out and could not be said after all: it
// goes before others of its kind and time.
func (l *Learner) PutBack(letter Letter) (dropped []Letter) {
	l.Letters = append([]Letter{letter}, l.Letters...)
	return l.sortLetters()
}

// sortLetters puts what goes first before the others, and drops what is too many.
func (l *Learner) sortLetters() (dropped []Letter) {
	slices.SortStableFunc(l.Letters, func(a, b Letter) int {
		return cmp.Or(cmp.Compare(a.Kind.rank(), b.Kind.rank()), a.At.Compare(b.At))
	})
	for len(l.Letters) > keptLetters || len(l.Letters) > 1 && bytesOf(l.Letters[1:]) > keptBytes {
		lowest := l.Letters[len(l.Letters)-1].Kind
		i := slices.IndexFunc(l.Letters, func(x Letter) bool { return x.Kind == lowest })
		if i == 0 && len(l.Letters) > 1 && l.Letters[0].Kind != l.Letters[1].Kind {
			i = 1
		}
		dropped = append(dropped, l.Letters[i])
		l.Letters = slices.Delete(l.Letters, i, i+1)
	}
	return dropped
}

// bytesOf counts the words of letters.
func bytesOf(all []Letter) int {
	n := 0
	for _, l := range all {
		for _, text := range l.Text {
			n += len(text)
		}
	}
	return n
}

// Expired takes out the letters that nobody wants any more, and returns them.
func (l *Learner) Expired(now time.Time) []Letter {
	var gone []Letter
	l.Letters = slices.DeleteFunc(l.Letters, func(x Letter) bool {
		over := !x.Until.IsZero() && now.After(x.Until)
		if over {
			gone = append(gone, x)
		}
		return over
	})
	return gone
}
