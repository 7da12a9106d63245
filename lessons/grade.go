package lessons

// Answer is what a learner answered: by the question's kind, one field.
type Answer struct {
	Choices []int  // Single, Multiple, Poll: indices of Question.Choices; none is "I do not know"
	Text    string // Short, Number, Gap: as typed
	Order   []int  // Order: indices of Question.Items, first place first
	Pairs   []int  // Pairs: for each of Question.Left the index of a Question.Right
}

// Result is how right an answer is.
type Result struct {
	Right    bool    // wholly right
	Score    float64 // 0 to 1: partial credit for multiple, order and pairs
	Readable bool    // false where a typed text is no answer at all: a number that is none
	// Understood is a typed answer as it was read ("Bruxelles", "1234,5"), to
	// be said back; "" where nothing was typed.
	Understood string
}

// Grade tells how right an answer is.
func (q *Question) Grade(a Answer) Result { return Result{} }

// ParseChoices reads typed numbers or the words of choices ("1, 3", "b",
// "Bruxelles") as indices of Choices.
func (q *Question) ParseChoices(text string) ([]int, bool) { return nil, false }

// ParseOrder reads a typed order ("2 1 3", "b a c") as positions of what was
// shown, from 0, each once.
func (q *Question) ParseOrder(text string) ([]int, bool) { return nil, false }

// ParsePairs reads typed pairs ("1b 2a 3c") as, for each of Left, the position
// from 0 of what was shown on the right.
func (q *Question) ParsePairs(text string) ([]int, bool) { return nil, false }

// Fingerprint is a short digest of the right answer, equal in every language
// where that is fixed by position; another one starts a memory anew.
func (q *Question) Fingerprint() string { return "" }
