package learner_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
)

var monday = time.Date(2026, 10, 12, 9, 0, 0, 0, time.UTC)

// ids of the letters that wait, in order.
func ids(l *learner.Learner) string {
	var all []string
	for _, x := range l.Letters {
		all = append(all, x.ID)
	}
	return strings.Join(all, " ")
}

func TestLettersGoFirstByTheirKind(t *testing.T) {
	var l learner.Learner
	post := func(id string, kind learner.LetterKind, hours int) []learner.Letter {
		dropped, posted := l.Post(learner.Letter{ID: id, Kind: kind, At: monday.Add(time.Duration(hours) * time.Hour)})
		if !posted {
			t.Errorf("%s was not posted", id)
		}
		return dropped
	}
	post("thanks1", learner.LetterThanks, 0)
	post("digest", learner.LetterDigest, 1)
	post("thanks2", learner.LetterThanks, 2)
	post("answer2", learner.LetterAnswer, 3)
	post("answer1", learner.LetterAnswer, 2)
	post("unknown", "newer", 0)
	if got, want := ids(&l), "answer1 answer2 digest thanks1 thanks2 unknown"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if dropped := post("campaign", learner.LetterCampaign, 9); len(dropped) != 1 || dropped[0].ID != "unknown" {
		t.Errorf("of too many: %+v", dropped)
	}
	if dropped := post("badge", learner.LetterBadge, 9); len(dropped) != 1 || dropped[0].ID != "thanks1" {
		t.Errorf("the oldest of the lowest kind: %+v", dropped)
	}
	if _, again := l.Post(learner.Letter{ID: "answer1", Kind: learner.LetterAnswer}); again {
		t.Error("the same twice is two")
	}
	l.Letters = nil
	if _, again := l.Post(learner.Letter{ID: "answer1", Kind: learner.LetterAnswer}); again {
		t.Error("what was said is posted again")
	}
	l.PutBack(learner.Letter{ID: "answer1", Kind: learner.LetterAnswer})
	if ids(&l) != "answer1" {
		t.Errorf("put back: %s", ids(&l))
	}
}

func TestLettersAreBoundedInBytes(t *testing.T) {
	var l learner.Learner
	long := strings.Repeat("x", 3000)
	for i := range 4 {
		l.Post(learner.Letter{ID: fmt.Sprint(i), Kind: learner.LetterAnswer, At: monday.Add(time.Duration(i)), Text: map[string]string{"fr": long}})
	}
	if got := ids(&l); got != "2 3" {
		t.Errorf("waiting: %s", got)
	}
}

func TestExpiredLettersAreTakenOut(t *testing.T) {
	var l learner.Learner
	l.Post(learner.Letter{ID: "a", Until: monday})
	l.Post(learner.Letter{ID: "b"})
	if gone := l.Expired(monday); len(gone) > 0 {
		t.Errorf("at its last moment: %+v", gone)
	}
	if gone := l.Expired(monday.Add(time.Second)); len(gone) != 1 || ids(&l) != "b" {
		t.Errorf("gone %+v, waiting %s", gone, ids(&l))
	}
}

func TestDeliveriesAreReadAsTheyWereNoted(t *testing.T) {
	all := []learner.Delivery{
		{Due: monday, Sent: monday.Add(3 * time.Minute), App: "telegram", Message: "1a"},
		{Due: monday.Add(24 * time.Hour), Why: "holiday"},
		{Due: monday.Add(25 * time.Hour), Kind: learner.LetterAnswer, Sent: monday.Add(48 * time.Hour), App: "other app", Message: "2", Why: learner.WhyBlocked},
		{Due: monday.Add(50 * time.Hour), Kind: "newer", Why: "new-reason"},
	}
	var log learner.Deliveries
	for _, x := range all {
		log.Add(x)
	}
	for i, got := range log.All() {
		if got != all[i] {
			t.Errorf("%d: %+v, not %+v", i, got, all[i])
		}
	}
	if got := log.LastSent(); !got.Equal(monday.Add(48 * time.Hour)) {
		t.Errorf("last sent: %s", got)
	}
	log.Failed("1a", learner.WhyLate)
	if got := log.All()[0]; got.Why != learner.WhyLate || len(log.All()) != 4 {
		t.Errorf("failed: %+v", got)
	}
	if got := learner.Deliveries("nonsense;1,2;x!,y,z;zz,p,+,1").All(); len(got) != 0 {
		t.Errorf("read of nonsense: %+v", got)
	}
}

func TestDeliveriesAreBounded(t *testing.T) {
	var log learner.Deliveries
	for i := range 100 {
		due := monday.Add(time.Duration(i) * 24 * time.Hour)
		log.Add(learner.Delivery{Due: due, Sent: due.Add(time.Minute), App: "telegram", Message: fmt.Sprint(i)})
	}
	all := log.All()
	if len(all) != 40 || all[39].Message != "99" || len(log) > 40*20 {
		t.Errorf("%d of %d bytes, the last %+v", len(all), len(log), all[len(all)-1])
	}
	if text, err := json.Marshal(log); err != nil || len(text) != len(log)+2 {
		t.Errorf("as JSON: %s (%v)", text, err)
	}
}

func TestFoldKeepsWhatWaitsOnce(t *testing.T) {
	l, n := learner.Learner{}, learner.Learner{ID: "n"}
	l.Post(learner.Letter{ID: "both", Kind: learner.LetterAnswer})
	n.Post(learner.Letter{ID: "both", Kind: learner.LetterAnswer})
	n.Post(learner.Letter{ID: "theirs", Kind: learner.LetterBadge})
	n.Member = learner.Membership{Org: "spf", Person: "p"}
	n.Enrol("c1", day(1))
	n.Enrolled("c1").Told = true
	l.Log.Add(learner.Delivery{Due: monday.Add(time.Hour), Why: "late"})
	n.Log.Add(learner.Delivery{Due: monday, Sent: monday, App: "web", Message: "3"})
	l.Fold(n, nil, 9, 9, nil)
	if ids(&l) != "both theirs" || l.Member != n.Member || l.Enrolled("c1") == nil || !l.Enrolled("c1").Told {
		t.Errorf("%s %+v %+v", ids(&l), l.Member, l.Campaigns)
	}
	if all := l.Log.All(); len(all) != 2 || all[0].App != "web" || all[0].Message != "" {
		t.Errorf("log: %+v", all)
	}
	if _, again := l.Post(learner.Letter{ID: "theirs"}); again {
		t.Error("what was written to the other is written again")
	}
}

func TestCampaignsAreBoundedButNoneThatIsOwed(t *testing.T) {
	var l learner.Learner
	l.Enrol("owed", day(1))
	l.Enrolled("owed").Done = monday
	for i := range 20 {
		if !l.Enrol(fmt.Sprint(i), day(1)) || l.Enrol(fmt.Sprint(i), day(2)) {
			t.Errorf("%d: enrolled once, and once", i)
		}
	}
	if len(l.Campaigns) != 8 || l.Enrolled("owed") == nil || l.Enrolled("19") == nil || !l.Owes() {
		t.Errorf("%+v", l.Campaigns)
	}
}
