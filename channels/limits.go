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

// Limits are what an app can show in one message. A zero Max means: no limit.
type Limits struct {
	Text        Limit // a message's text
	Caption     Limit // text beside media
	ButtonLabel Limit // a choice's label; longer ones are numbered in the text
	Buttons     Limit // choices in one message
	PerSecond   float64
	// PerConversation is messages a second in one conversation.
	PerConversation float64
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
