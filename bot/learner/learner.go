// Package learner is what Praline knows of one person who learns: plain values,
// no behaviour of a store, a clock or an app.
//
// A Learner is the whole state on which a decision is made; a decision returns
// the next Learner, the messages to say (Said) and the answers to remember
// (Answer), and the store commits all of it at once in the learner's own slot.
package learner

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"

	"praline/channels"
	"praline/scheduler"
)

// ID names one learner: 16 characters of a–z 2–7, random, telling nothing.
type ID string

// NewID returns an ID that nobody has (80 random bits).
func NewID() ID {
	var b [10]byte
	rand.Read(b[:])
	return ID(strings.ToLower(base32.StdEncoding.EncodeToString(b[:])))
}

// Learner is one person's whole state but for the outbox and the log of
// answers, which stand beside it in the same slot.
type Learner struct {
	ID      ID     `json:"-"`
	Version uint64 `json:"-"` // of the store; 0 for one that is not stored yet

	Created time.Time `json:"created"`
	Name    string    `json:"name,omitempty"` // as the app calls the person; not kept before Agreed
	Lang    string    `json:"lang"`
	Zone    string    `json:"zone,omitempty"` // "" is Europe/Brussels
	Agreed  time.Time `json:"agreed,omitzero"`
	Stopped bool      `json:"stopped,omitempty"` // said stop: silent until the learner asks for messages again
	Minutes int       `json:"minutes,omitempty"` // a day; 0 is 3
	Guided  bool      `json:"guided,omitempty"`  // buttons only, one thing at a time
	Streak  Streak    `json:"streak,omitzero"`

	Addresses []Address `json:"at,omitempty"`      // one for each joined app, the one used last first
	Reach     Address   `json:"reach,omitzero"`    // where the learner wishes to be spoken to; zero: where Addresses begin
	Stands    Address   `json:"stands,omitzero"`   // where the messages stand that Place and Push refer to; zero: where Addresses begin
	Moved     uint64    `json:"moved,omitempty"`   // messages up to this number are of an app that was left, or of a time before it
	Joined    []ID      `json:"joined,omitempty"`  // who was folded into this learner (join.go in bot)
	Into      ID        `json:"into,omitempty"`    // whom this learner is being folded into; with nothing else: was
	Parting   []Address `json:"parting,omitempty"` // addresses that were left and still lead here

	Member    Membership `json:"member,omitzero"`     // to which organisation the learner belongs
	Invited   string     `json:"invited,omitempty"`   // the code of an invitation that waits to be agreed to
	Campaigns []Enrolled `json:"campaigns,omitempty"` // of that organisation, in the order in which they began
	Letters   []Letter   `json:"letters,omitempty"`   // that wait to be said
	Badges    []Badge    `json:"badges,omitempty"`    // earned, in the order in which they were
	Thanked   []string   `json:"thanked,omitempty"`   // the last lessons thanked for, by short names
	Posted    []string   `json:"posted,omitempty"`    // digests of the last letters, newest last
	Log       Deliveries `json:"log,omitempty"`       // what became of the last things that were to be said first

	Slots   []scheduler.Slot      `json:"slots,omitempty"`
	Outside bool                  `json:"outside,omitempty"` // confirmed slots outside working time
	Working scheduler.WorkingTime `json:"working,omitzero"`
	Push    Push                  `json:"push,omitzero"`

	Series  []string `json:"series,omitempty"` // chosen, in the order in which they are taught
	Taught  []string `json:"taught,omitempty"` // lessons done, "series/lesson"
	Place   Place    `json:"place,omitzero"`
	Session *Session `json:"session,omitempty"`
	Cards   Cards    `json:"cards,omitempty"` // in the order of their first ask; never reordered: the log refers to it
	Answers int      `json:"answers,omitempty"`
	Seconds int      `json:"seconds,omitempty"` // spent learning in all

	Sequence uint64   `json:"seq,omitempty"`    // of messages and asks
	Latest   string   `json:"last,omitempty"`   // the message that was said last: what stands in sight
	Seen     []string `json:"seen,omitempty"`   // digests of the last events, newest last
	Asked    []Ask    `json:"asked,omitempty"`  // the last asks that were answered, newest last
	Offers   []Offer  `json:"offers,omitempty"` // what can be typed instead of pressed
	Gone     []string `json:"gone,omitempty"`   // names of addresses where the learner left or blocked us
}

// Offer is one choice of the last message: its number or label may be typed.
type Offer struct {
	Value  string `json:"v"`
	Label  string `json:"l"`
	Number int    `json:"n,omitempty"`
}

// Badge is one that the learner earned: what it says stands in bot/recognition,
// where nothing says whose it is.
type Badge struct {
	Series string `json:"s"`
	ID     string `json:"id"`
}

// Topic is what a conversation is about: each has a file of its own in bot.
type Topic string

// Place is where a learner is in the conversation: one small value that can be
// read in the store, printed in a test and resumed after a year.
type Place struct {
	Topic  Topic  `json:"t,omitempty"` // "" : nowhere, nothing is waited for
	Step   string `json:"s,omitempty"` // within the topic
	Lesson string `json:"l,omitempty"` // "series/lesson" being read
	Screen int    `json:"n,omitempty"` // of that lesson, from 0
	Ask    *Ask   `json:"a,omitempty"` // the question that waits for its answer
	Live   string `json:"m,omitempty"` // the message whose buttons stand for this place
	Aside  *Aside `json:"i,omitempty"` // a matter opened in between; answered first
}

// Aside is a matter that was opened in the middle of something else (times,
// erasing, a report): it ends and the Place goes on.
type Aside struct {
	Topic    Topic              `json:"t"`
	Step     string             `json:"s,omitempty"`
	Slots    []scheduler.Slot   `json:"slots,omitempty"` // understood, not yet confirmed
	Readings [][]scheduler.Slot `json:"or,omitempty"`    // of an ambiguous time
	About    string             `json:"q,omitempty"`     // a question key, a date, …
	Live     string             `json:"m,omitempty"`
	Text     string             `json:"x,omitempty"` // typed, and not sent yet
}

// Ask is one question put to a learner once. Its ID is what a button answers.
type Ask struct {
	ID       string    `json:"id"`
	Question string    `json:"q"` // "series/question"
	At       time.Time `json:"at"`
	Print    string    `json:"f,omitempty"`     // fingerprint of the right answer when it was asked
	Order    []int     `json:"o,omitempty"`     // how choices or items were shuffled
	Again    int       `json:"again,omitempty"` // how often it was unreadable
	Said     string    `json:"m,omitempty"`     // the message that asks
	Why      Why       `json:"w,omitzero"`
	Score    float64   `json:"r,omitempty"` // how it was answered, once it is
}

// Why is what decided that a question was asked now, as data.
type Why struct {
	New     bool    `json:"new,omitempty"` // first time, with its lesson
	DaysAgo int     `json:"days,omitempty"`
	Recall  float64 `json:"recall,omitempty"` // chance that it is still known
	Missed  bool    `json:"missed,omitempty"` // the last answer was wrong
}

// Session is the exchange that a push or "now" opened.
type Session struct {
	Began    time.Time `json:"at"`
	Budget   int       `json:"b"`           // seconds
	Spent    int       `json:"s,omitempty"` // seconds
	Reviews  []string  `json:"r,omitempty"` // keys of cards still to ask
	Lesson   string    `json:"l,omitempty"` // to teach after them
	Fresh    []string  `json:"f,omitempty"` // keys of the lesson's questions still to ask
	Total    int       `json:"n,omitempty"` // questions in all, as far as known
	Posed    int       `json:"p,omitempty"` // questions answered, polls too
	Asked    int       `json:"k,omitempty"` // questions answered that are remembered
	Right    int       `json:"ok,omitempty"`
	Taught   bool      `json:"lt,omitempty"`   // a lesson was read to its end
	More     int       `json:"more,omitempty"` // times that "one more" was asked for
	LastSeen time.Time `json:"e,omitzero"`     // of the last thing the learner did
}

// Push is what is known of the times at which the bot speaks first.
type Push struct {
	Next       time.Time      `json:"next,omitzero"`   // the next occurrence of a slot or a snooze
	Snoozed    bool           `json:"zz,omitempty"`    // Next is a snooze, not a slot
	Message    string         `json:"m,omitempty"`     // the push whose buttons still stand
	Last       time.Time      `json:"last,omitzero"`   // the occurrence that was handled last
	Day        scheduler.Date `json:"day,omitzero"`    // of Today
	Today      int            `json:"today,omitempty"` // unasked messages on Day
	Unanswered int            `json:"silent,omitempty"`
	Quiet      bool           `json:"quiet,omitempty"` // until the learner speaks
}

// Said is a message on its way: committed with what it answers, and gone from
// the outbox when the app's receipt is noted.
type Said struct {
	To      Address          `json:"to"`
	Message channels.Message `json:"m"`
	At      time.Time        `json:"at"`
	Unasked bool             `json:"u,omitempty"` // passed the gate; dropped when late
	Letter  *Letter          `json:"l,omitempty"` // of what it was made: it waits again where it could not be said
	// Again says that it was handed over to be said before, perhaps by another
	// instance. It is not stored.
	Again bool `json:"-"`
}

// usualMinutes a day, until the learner chose.
const usualMinutes = 3

// DailyMinutes is how many minutes a day the learner gives.
func (l *Learner) DailyMinutes() int {
	if l.Minutes <= 0 {
		return usualMinutes
	}
	return l.Minutes
}

// Budget is a session's length in seconds.
func (l *Learner) Budget() int { return l.DailyMinutes() * 60 }

// ScreenOf is the screen at which a lesson goes on: 0 if it was not begun.
func (l *Learner) ScreenOf(lesson string) int {
	if l.Place.Lesson == lesson {
		return l.Place.Screen
	}
	return 0
}

// Here is when the learner last did something that left a trace: a day of
// learning, agreeing, or coming for the first time.
func (l *Learner) Here() time.Time {
	here := l.Created
	if l.Agreed.After(here) {
		here = l.Agreed
	}
	if n := len(l.Streak.Days); n > 0 {
		if day := l.Streak.Days[n-1].At(0, time.UTC); day.After(here) {
			here = day
		}
	}
	return here
}
