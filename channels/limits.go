package channels

// Unit is what an app counts text in.
type Unit string

// The units.
const (
	Characters Unit = "characters" // Unicode code points
	UTF16      Unit = "UTF-16 units"
	Bytes      Unit = "bytes"
)

// Limit is one figure of an app, with the page that states it.
type Limit struct {
	Max    int
	Unit   Unit
	Source string // address of the vendor's page
	Read   string // date on which it was read, 2006-01-02
}

// Rate is how fast one may speak: PerSecond messages in the long run, and up to
// Burst of them at once after a silence. The zero Rate is any speed. In any
// window of w seconds at most Burst + w × PerSecond pass, so that a limit that
// is stated for several windows is kept by one Rate under all of them, or by two.
type Rate struct {
	PerSecond float64
	Burst     int // 0 is 1
}

// Limits are what an app can show in one message, and how often. A zero Max
// means: no limit.
type Limits struct {
	Text        Limit // a message's text
	Caption     Limit // text beside media
	ButtonLabel Limit // a choice's label; longer ones are numbered in the text
	Buttons     Limit // choices in one message
	App         Rate  // over all conversations
	Workspace   Rate  // in one workspace, where the adapter is WorkspaceNamer
	// Conversation is the rate in one conversation, and Steady another one that
	// holds beside it, over a longer time.
	Conversation, Steady Rate
	// Typed is true where a form has no native inputs: its answers are typed.
	Typed bool
	// Replaces is true where a message can take the place of another.
	Replaces bool
	// Waits is true where nobody is notified: a message is seen when the
	// person comes back to the page.
	Waits bool
	// Media kinds that are shown: image/png, …; others become a link or alt text.
	Media []string
}
