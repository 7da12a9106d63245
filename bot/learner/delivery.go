package learner

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Delivery is what became of one thing that the bot was to say first.
type Delivery struct {
	Due     time.Time  `json:"due"`               // to the minute: a chosen time; of a letter, when it was written
	Kind    LetterKind `json:"letter,omitempty"`  // "": a push at a chosen time
	Sent    time.Time  `json:"sent,omitzero"`     // handed over to the app; zero: it was not
	App     string     `json:"app,omitempty"`     // by which app: its channel
	Message string     `json:"message,omitempty"` // its ID
	Why     string     `json:"why,omitempty"`     // why it was not sent: a Reason of the scheduler, or one of below
}

// Why something was not sent, beside the reasons of scheduler.Gate.
const (
	WhyLate      = "late"       // so late that it would have disturbed
	WhyNowhere   = "nowhere"    // every app was left or blocked
	WhyBlocked   = "blocked"    // this app was left or blocked meanwhile
	WhyAway      = "away"       // the app did not take it that day
	WhyStopped   = "stopped"    // the learner said stop
	WhyQuiet     = "quiet"      // three were not answered
	WhyInSession = "in-session" // the learner was there already
	WhyExpired   = "expired"    // a letter that waited beyond its time
	WhyTooMany   = "too-many"   // a letter that gave way to others
)

// Deliveries are the last ones, oldest first, as a short text of some fifteen
// bytes each: they are written at every push and hardly ever read. Each is
// "due,kind,why" or "due,kind,+,minutes later,app,message"; times are minutes in
// base 36.
type Deliveries string

// keptDeliveries is how many are kept: some weeks.
const keptDeliveries = 40

// short is what stands in nearly every line; other words stand whole.
var short = map[string]string{
	"telegram": "t", "slack": "s", "teams": "m", "web": "w",
	"": "p", string(LetterAnswer): "a", string(LetterCampaign): "c", string(LetterSurvey): "u", string(LetterBadge): "b",
	string(LetterDigest): "d", string(LetterQuestion): "q", string(LetterThanks): "k",
}

var long = func() map[string]string {
	all := make(map[string]string, len(short))
	for word, letter := range short {
		all[letter] = word
	}
	return all
}()

func shortened(word string) string {
	if letter, ok := short[word]; ok {
		return letter
	}
	return strings.Map(func(r rune) rune {
		if r == ',' || r == ';' {
			return -1
		}
		return r
	}, word)
}

func lengthened(letter string) string {
	if word, ok := long[letter]; ok {
		return word
	}
	return letter
}

// Add notes one more, and forgets the oldest of too many.
func (d *Deliveries) Add(x Delivery) {
	all := string(*d)
	if all != "" {
		all += ";"
	}
	all += x.line()
	for strings.Count(all, ";") >= keptDeliveries {
		_, all, _ = strings.Cut(all, ";")
	}
	*d = Deliveries(all)
}

func (x Delivery) line() string {
	due := minutes(x.Due)
	fields := []string{strconv.FormatInt(due, 36), shortened(string(x.Kind))}
	if x.Sent.IsZero() {
		fields = append(fields, shortened(x.Why))
	} else {
		fields = append(fields, "+", strconv.FormatInt(minutes(x.Sent)-due, 36), shortened(x.App), x.Message)
		if x.Why != "" {
			fields = append(fields, shortened(x.Why))
		}
	}
	return strings.Join(fields, ",")
}

func minutes(t time.Time) int64 { return t.Unix() / 60 }

// All are the deliveries, oldest first; a line of a version that we do not know
// is left out.
func (d Deliveries) All() []Delivery {
	var all []Delivery
	for line := range strings.SplitSeq(string(d), ";") {
		fields := strings.Split(line, ",")
		if len(fields) < 3 {
			continue
		}
		due, err := strconv.ParseInt(fields[0], 36, 64)
		if err != nil {
			continue
		}
		x := Delivery{Due: time.Unix(due*60, 0).UTC(), Kind: LetterKind(lengthened(fields[1]))}
		switch {
		case fields[2] != "+":
			x.Why = lengthened(fields[2])
		case len(fields) >= 6:
			after, err := strconv.ParseInt(fields[3], 36, 64)
			if err != nil {
				continue
			}
			x.Sent, x.App, x.Message = time.Unix((due+after)*60, 0).UTC(), lengthened(fields[4]), fields[5]
			if len(fields) > 6 {
				x.Why = lengthened(fields[6])
			}
		default:
			continue
		}
		all = append(all, x)
	}
	return all
}

// Failed notes that a message that was handed over was not said after all, and
// why.
func (d *Deliveries) Failed(message, why string) {
	all := d.All()
	*d = ""
	for _, x := range all {
		if x.Message == message && message != "" {
			x.Why = why
		}
		d.Add(x)
	}
}

// LastSent is when the last one was handed over; zero for none.
func (d Deliveries) LastSent() time.Time {
	lines := strings.Split(string(d), ";")
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.Contains(lines[i], ",+,") {
			if all := Deliveries(lines[i]).All(); len(all) == 1 {
				return all[0].Sent
			}
		}
	}
	return time.Time{}
}

// unite adds another's, in the order of their times.
func (d *Deliveries) unite(other Deliveries) {
	if other == "" {
		return
	}
	all := other.All()
	for i := range all {
		all[i].Message = "" // both count from 1
	}
	all = append(d.All(), all...)
	slices.SortStableFunc(all, func(a, b Delivery) int { return a.Due.Compare(b.Due) })
	*d = ""
	for _, x := range all {
		d.Add(x)
	}
}
