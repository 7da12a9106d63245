package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// mostBytes is what a learner with sixty questions and three hundred answers
// may take of Redis's memory, in all keys.
const mostBytes = 8 << 10

// busyLearner is somebody after some months: everything that can be filled is.
func busyLearner(id learner.ID, cards int) learner.Learner {
	l := someone(id, 0)
	l.Addresses = []learner.Address{{Channel: "telegram", Conversation: "4711" + string(id)}, {Channel: "web", Conversation: "room" + string(id)}}
	l.Agreed, l.Minutes, l.Guided = noon, 5, true
	l.Slots = []scheduler.Slot{{Days: 31, Hour: 8, Minute: 30}, {Days: 2, Hour: 13}}
	l.Series = []string{"phishing", "personal-data", "clear-writing", "ai-at-work"}
	l.Sequence, l.Answers, l.Seconds = 1234, 300, 9100
	var days []scheduler.Date
	for day := scheduler.DateOf(noon, time.UTC); len(days) < 60; day = day.AddDays(1) {
		days = append(days, day)
	}
	l.Streak = learner.Streak{Days: days}
	for i := range cards {
		day := days[i%60]
		l.Cards = append(l.Cards, learner.Card{
			Key:         fmt.Sprintf("%s/%s-%s", l.Series[i%4], []string{"sender", "worth", "minimal", "verb"}[i*7%4], []string{"poster", "plan", "need", "mine", "link", "doubt", "title"}[i*5%7]+fmt.Sprint(i)),
			Fingerprint: fmt.Sprintf("%06x", i*i*7919%0xffffff),
			Memory:      recall.Memory{Stability: 2.3065 + float64(i*i%977)/31, Difficulty: 1 + float64(i*31%89)/10.1, Last: day, Due: days[(i+9)%60], Reps: 2 + i%5, Lapses: i % 3, Missed: i%4 == 0},
		})
	}
	for i := range 40 {
		l.Remember(fmt.Sprint("event-", i), 32)
		if i < 32 {
			l.Taught = append(l.Taught, fmt.Sprintf("%s/%02d-%s", l.Series[i%4], 1+i/4, []string{"sender", "qr-sms-calls", "first-ten-minutes", "approved-tool"}[i/4%4]))
		}
	}
	for i := range 8 {
		l.Asked = append(l.Asked, learner.Ask{
			ID: fmt.Sprintf("q%d", 1200+i), Question: l.Cards[i%max(cards, 1)].Key, At: noon.Add(time.Duration(i) * time.Minute), Order: []int{2, 0, 1, 3},
			Said: fmt.Sprintf("m%d", 1300+i), Why: learner.Why{DaysAgo: 12, Recall: 0.71}, Score: 1,
		})
	}
	for i, label := range []string{"Je commence", "Dans une heure", "Demain", "Le prochain jour ouvrable", "Pas aujourd'hui"} {
		l.Offers = append(l.Offers, learner.Offer{Value: fmt.Sprintf("push.%d.%d", 1200, i), Label: label, Number: i + 1})
	}
	l.Push = learner.Push{Next: noon.Add(20 * time.Hour), Last: noon, Day: days[0], Today: 1, Message: "m1299"}
	l.Place = learner.Place{Topic: "push", Live: "m1299"}
	l.Member = learner.Membership{Org: "spf-example", Person: "p7qk2m3xa9tbd4fg", Since: noon}
	for i := range 60 {
		due := noon.Add(time.Duration(i) * 24 * time.Hour)
		l.Log.Add(learner.Delivery{Due: due, Sent: due.Add(time.Minute), App: "telegram", Message: fmt.Sprintf("y%d", i)})
		l.Post(learner.Letter{ID: fmt.Sprint("letter ", i), Kind: learner.LetterBadge, At: noon})
	}
	l.Letters = l.Letters[:1]
	l.Letters[0].Text = map[string]string{"fr": "Vous avez reçu un badge pour la série sur les données personnelles.", "nl": "U kreeg een badge voor de reeks over persoonsgegevens."}
	for i := range 3 {
		l.Enrol(fmt.Sprint("campaign-", i), days[0])
		*l.Enrolled(fmt.Sprint("campaign-", i)) = learner.Enrolled{
			Campaign: fmt.Sprint("campaign-", i), Since: days[0], Told: true, Begun: true, Week: days[0], Lessons: 2, Reminded: 1, Last: days[9], Done: noon, Reported: true,
		}
	}
	return l
}

func TestALearnerTakesEightKilobytesOfRedis(t *testing.T) {
	url, _ := storetest.Redis(t)
	s := storetest.Open(t, store.Options{Redis: url, Secret: storetest.Secret})
	id := learner.NewID()
	l := busyLearner(id, 60)
	for _, address := range l.Addresses {
		_, err := s.Claim(t.Context(), address, id)
		must(t, err)
	}
	for i := range 300 {
		l.Version = uint64(i)
		change := learner.Change{
			Learner: l, Next: noon.Add(20 * time.Hour), Say: []learner.Said{message(fmt.Sprint("m", i), "Juste.")},
			Answers: []learner.Answer{{At: noon.Add(time.Duration(i) * 7 * time.Hour), Card: i % 60, Score: 1, Seconds: 9 + i%40, Choice: i % 4, Lang: 1 + i%2, First: i < 60, Picked: 1 << (i % 4)}},
		}
		if i > 1 {
			change.Forget = []string{fmt.Sprint("m", i-2)}
		}
		commit(t, s, change)
		must(t, s.Note(t.Context(), learner.Noted{Learner: id, Message: fmt.Sprint("m", i), Receipt: "123456789"}))
	}

	options, err := redis.ParseURL(url)
	must(t, err)
	c := redis.NewClient(options)
	defer c.Close()
	total := int64(0)
	must(t, s.Keys(t.Context(), func(key string, _ []byte) error {
		if key == "meta" {
			return nil // one for all
		}
		size, err := c.MemoryUsage(t.Context(), key, 0).Result()
		total += size
		t.Logf("%6d bytes under %s", size, key)
		return err
	}))
	t.Logf("%6d in all", total)
	if total > mostBytes {
		t.Errorf("a learner with 60 questions and 300 answers takes %d bytes, more than %d", total, mostBytes)
	}
}
