// Package channels is what every chat app has in common: one neutral Message
// that the bot says, one neutral Event that a person causes, the Limits of an
// app, and the Adapter that turns the one into the other.
//
// An adapter lives in a folder of its own (channels/telegram, channels/web, …)
// and knows this package, channels/markup, pages and locales, never another
// adapter and never the bot. The bot in turn never knows which app it talks to.
package channels

// Message is one thing the bot says. An adapter renders what its app does best
// and falls back to numbered choices that a person can type. What would pass a
// limit of the app is split or shortened by the adapter, never refused.
type Message struct {
	// ID names the message within its conversation, at most 24 bytes of
	// [a-z0-9.-]. The same ID is always the same message: saying it twice
	// shows it once where the app allows.
	ID string `json:"id"`
	// Replaces is the ID of the message whose place this one takes, if any.
	// An adapter that cannot find it says the message anew.
	Replaces string `json:"replaces,omitempty"`
	// Lang is the language of the words ("fr", "nl", "de", "en").
	Lang string `json:"lang"`
	// Steps draws where one is ("Écran 2 sur 4"); nil for none.
	Steps *Steps `json:"steps,omitempty"`
	// Title is a heading in plain text, "" for none.
	Title string `json:"title,omitempty"`
	// Text is in the Markdown subset of channels/markup: paragraphs, plain
	// lists, bold, italics, code, links.
	Text string `json:"text,omitempty"`
	// Verdict is how an answer came out that was typed or filled in; nil
	// where the marked choices say it.
	Verdict *Verdict `json:"verdict,omitempty"`
	// Media are pictures and the like, each with its alternative text.
	Media []Media `json:"media,omitempty"`
	// Choices are what can be pressed, in order.
	Choices []Choice `json:"choices,omitempty"`
	// After is text that stands below the marked choices (the explanation).
	After string `json:"after,omitempty"`
	// Form asks for more than one press where an app has native inputs; the
	// Choices then hold only what stands beside it.
	Form *Form `json:"form,omitempty"`
	// Quiz says of a single choice what is right, for an app that has quizzes
	// of its own. It is never stored, nor shown before the answer: a message
	// that is said again after a crash is asked without it.
	Quiz *Quiz `json:"-"`
	// Document is a file that is handed over with the message.
	Document *Document `json:"document,omitempty"`
	// Retire takes the choices off the message Replaces and changes nothing
	// else; the rest of this message is empty. Best effort: an app that cannot
	// do it leaves them, and the bot answers an old press kindly.
	Retire bool `json:"retire,omitempty"`
	// Fleeting is a message that must not be kept by us once it was shown: the
	// receipt of an erasure.
	Fleeting bool `json:"fleeting,omitempty"`
	// Note is small print below (source, when a question returns), in the
	// same Markdown subset.
	Note string `json:"note,omitempty"`
}

// Steps says where one is in something countable: Done pieces of Of are behind
// one; Label says it in words.
type Steps struct {
	Done  int    `json:"done"`
	Of    int    `json:"of"`
	Label string `json:"label"`
}

// Media is one picture, sound or film. Data holds the bytes of a medium that
// has no public address; it is loaded by Path only when it is sent.
type Media struct {
	Alt  string `json:"alt"`
	Path string `json:"path"` // series/lesson-relative name, opened through Library
	MIME string `json:"mime"`
	URL  string `json:"url,omitempty"` // public https address, if there is one
}

// Role says what a choice is for, and so how prominent it is.
type Role string

// The roles of a choice.
const (
	Answer    Role = "answer"    // a numbered answer to a question
	Primary   Role = "primary"   // the one main way on
	Secondary Role = "secondary" // another way
	Quiet     Role = "quiet"     // a link
)

// Mark says how an answer came out, on a message that replaces its question.
type Mark string

// The marks of a choice that can no longer be pressed.
const (
	Unmarked Mark = ""
	Right    Mark = "right"     // the right answer
	Chosen   Mark = "chosen"    // chosen, without right or wrong (polls)
	NotQuite Mark = "not-quite" // chosen and wrong
	Folded   Mark = "folded"    // neither chosen nor right: shown on demand
)

// Verdict is how an answer came out, in words below the question.
type Verdict struct {
	Mark Mark   `json:"mark,omitempty"` // Right, NotQuite, or neither
	Text string `json:"text"`           // in the Markdown subset
}

// Choice is one thing that can be pressed. Value is made by the bot, at most
// 48 bytes; a Choice without Value is shown and cannot be pressed.
type Choice struct {
	Label  string `json:"label"` // plain text
	Value  string `json:"value,omitempty"`
	Role   Role   `json:"role"`
	Number int    `json:"number,omitempty"` // what can be typed instead; 0 for none
	Mark   Mark   `json:"mark,omitempty"`
	// Said is what a marked choice is introduced by ("La bonne réponse").
	Said string `json:"said,omitempty"`
	// Detail is the feedback under a marked choice, in the Markdown subset.
	Detail string `json:"detail,omitempty"`
	// URL makes the choice a link instead of a press.
	URL string `json:"url,omitempty"`
}

// Quiz is what is right in a single choice: Right is the place of the right one
// among the choices that are answers, from 0; Explanation is in the Markdown
// subset.
type Quiz struct {
	Right       int
	Explanation string
}

// Form asks for several values at once. Value comes back with the Event, and so
// do the fields under their names. The names follow from what is asked, for an
// app whose buttons have no room to carry them: "choices" for a ChoicesField,
// "place0", "place1", … where Ordered, "pair0", "pair1", … for other
// ChoiceFields, "text" for what is typed; the Value of option i is i.
type Form struct {
	Value  string  `json:"value"`
	Fields []Field `json:"fields"`
	// Ordered says that the fields are the places of one order: each option is used once.
	Ordered bool   `json:"ordered,omitempty"`
	Submit  string `json:"submit"` // label of the button
}

// FieldKind is the kind of an input.
type FieldKind string

// The kinds of inputs.
const (
	TextField    FieldKind = "text"    // one line of text
	NumberField  FieldKind = "number"  // text, with a numeric keyboard
	ChoiceField  FieldKind = "choice"  // exactly one of Options
	ChoicesField FieldKind = "choices" // any of Options
	TimeField    FieldKind = "time"    // a time of the day, "15:04"
)

// Field is one input of a Form.
type Field struct {
	Name    string    `json:"name"`
	Label   string    `json:"label"`
	Kind    FieldKind `json:"kind"`
	Options []Option  `json:"options,omitempty"`
	Value   string    `json:"value,omitempty"` // filled in beforehand
}

// Option is one value of a ChoiceField or ChoicesField.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Document is a file that the bot hands over (an export, a calendar).
type Document struct {
	Name string `json:"name"`
	MIME string `json:"mime"`
	Data []byte `json:"data"`
}
