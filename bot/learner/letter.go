package learner

import "time"

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
