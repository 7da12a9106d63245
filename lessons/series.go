// Package lessons is what is taught: series, lessons and questions, read from
// plain Markdown, checked, and graded.
//
// Read parses a folder and reports every Fault (with file, line, code and
// arguments; words are locales' affair) and every Advice. A series with a fault
// is not usable. Grade tells how right an answer is. Nothing here knows a
// learner, a clock or an app.
//
// Four trades share the values of this file and catalogue.go, each with its
// own prefix:
//
//   - parse_… makes values of files. read.go says which way a file goes; where
//     a line of Markdown becomes a choice, an item or an accepted word is
//     parse_answers.go.
//   - check_… holds what was read against what may be taught: twins against
//     each other, length, media. Its faults, and those of parsing, keep a
//     series from being taught.
//   - advice_… says what could be better, and keeps nothing back.
//   - grade.go and grade_… read what a learner typed and say how right it is:
//     grade_choices.go reads "1 et 3", grade_number.go "€ 1.234,50",
//     grade_typed.go forgives words their slips.
package lessons

import "io/fs"

// Text is the same words in several languages: "fr", "nl", …
type Text map[string]string

// In returns the text in lang, or in the first language that there is of fr, nl, de, en.
func (t Text) In(lang string) string {
	if s, ok := t[lang]; ok {
		return s
	}
	for _, l := range []string{"fr", "nl", "de", "en"} {
		if s, ok := t[l]; ok {
			return s
		}
	}
	return ""
}

// Series is a folder of lessons that belong together: the unit that is
// written, versioned, licensed and shared.
type Series struct {
	ID, Version string
	Title       Text
	Summary     Text
	Licence     string // SPDX identifier
	Authors     []Person
	Translators []Person
	Reviewers   []Person
	Reviewed    string // 2006-01-02 or ""
	DerivedFrom string
	Level       string // "starter" or "confident"
	Keywords    []string
	Competences []string
	AI          string   // "none", "assisted" or ""
	For         string   // ForTrainers: taught to whoever chooses it, and to trainers; "": to everybody
	Languages   []string // sorted: the keys of Title
	Lessons     []*Lesson
	Files       fs.FS // the folder, for media
}

// ForTrainers is a series about teaching.
const ForTrainers = "trainers"

// Person is somebody credited.
type Person struct {
	Name, Organisation string
}

// Lesson is 1 to 5 minutes: a few short screens, then questions. Twins of one
// lesson in several languages have equal shape.
type Lesson struct {
	ID    string // file name without number and language: "sender"
	Twins map[string]*Twin
}

// Twin is one language of a lesson.
type Twin struct {
	File      string // path within the series' folder
	Lang      string
	Title     string
	Minutes   int
	Objective string
	Sources   []string
	Screens   []Screen
	Questions []*Question
}

// Screen is one thing on one screen.
type Screen struct {
	Line  int    // of its first line in File
	Title string // plain text of its level-1 heading, or ""
	Text  string // Markdown subset of channels/markup
	Media []Media
}

// Media is a file in the series' media folder.
type Media struct {
	Path, Alt string
	Line      int
}

// Kind is how a question is asked and answered.
type Kind string

// The kinds of questions.
const (
	Single   Kind = "single"
	Multiple Kind = "multiple"
	Poll     Kind = "poll"
	Short    Kind = "short"
	Number   Kind = "number"
	Order    Kind = "order"
	Pairs    Kind = "pairs"
	Gap      Kind = "gap"
)

// Question is one item to recall: the unit of memory. Its id is stable over
// versions and equal in every language.
type Question struct {
	ID                    string
	Line                  int
	Kind                  Kind
	Text                  string // Markdown subset; for Gap with the gap as "____"
	Media                 []Media
	Choices               []Choice // Single, Multiple, Poll
	Accepted              []string // Short, Gap: first is the one to show
	Value                 float64  // Number
	Tolerance             float64  // Number
	Items                 []string // Order: in the right order
	Left, Right           []string // Pairs: Left[i] belongs to Right[i]
	LeftTitle, RightTitle string
	Explanation           string // Markdown subset
}

// Choice is one possible answer of a Single, Multiple or Poll question.
type Choice struct {
	Text     string // Markdown subset, one line
	Right    bool
	Feedback string // Markdown subset, may be ""
	Line     int
}
