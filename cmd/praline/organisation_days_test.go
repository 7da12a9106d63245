package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/redis/go-redis/v9"

	"praline/bot/report"
	"praline/pages/browsertest"
	"praline/scheduler"
)

// What happens on some days of the month, beside learning.

// happens is what people do on a day, before those who learn begin.
func (s *story) happens(day scheduler.Date, since int) {
	s.t.Helper()
	switch {
	case since == 1:
		s.asksTrainer()
	case since == 2:
		s.hearsFromTrainer()
	case day == s.bridge.AddDays(1):
		s.asksWhyNothing()
	case day == s.bridge.AddDays(2):
		s.asksWhatIsSeen()
		s.erases()
	}
}

// thanks: with one press, at the end of the first lesson.
func (s *story) thanks() {
	lina := s.who["Lina"]
	lina.presses("thanks.")
	lina.hears(lina.words.Say("thanks.given"))
}

// The question that a learner has, and the trainer's answer.
const (
	question = "Combien de temps garde-t-on un dossier clos ?"
	answer   = "Jusqu’à la fin du délai de conservation de son affaire : **demandez-le à l’archiviste**."
)

// asksTrainer: without a name. The trainer answers in the evening, when nothing
// is said to anybody.
func (s *story) asksTrainer() {
	marc := s.who["Marc"]
	marc.asks("command.ask")
	marc.says(question)
	marc.hears(marc.words.Say("ask.without-name"))
	marc.presses("ask.send")
	marc.hears(marc.words.Say("ask.sent"))
	s.answering = true
}

// evening is what happens after work.
func (s *story) evening(day scheduler.Date) {
	if !s.answering {
		return
	}
	s.answering = false
	s.passes(day.At(19*60, report.Zone()))
	w := s.writer
	w.opens("/console/answers")
	w.reads(question)
	w.shown("answers")
	w.presses("answers.nav")
	w.finds("answers.nameless")
	w.types("answer", answer)
	w.shown("answer")
	w.presses("answers.send")
	w.finds("answers.sent")
	before := len(s.heard.messages(s.who["Marc"].id))
	s.passes(day.At(19*60+30, report.Zone()))
	s.who["Marc"].waits()
	if now := len(s.heard.messages(s.who["Marc"].id)); now > before {
		s.t.Errorf("Marc is written to in the evening: %+v", s.who["Marc"].last())
	}
}

func (s *story) hearsFromTrainer() {
	s.passes(s.time.Now())
	marc := s.who["Marc"]
	marc.waits()
	marc.hears("demandez-le à l’archiviste")
}

// asksWhyNothing: on the day after the organisation's own day off.
func (s *story) asksWhyNothing() {
	lina := s.who["Lina"]
	lina.says("pourquoi je n’ai rien reçu lundi ?")
	lina.hears(lina.words.Say("silence.holiday"))
}

// asksWhatIsSeen: the page that a learner sees is the manager's, word for word.
func (s *story) asksWhatIsSeen() {
	noor := s.who["Noor"]
	noor.asks("command.manager")
	noor.hears(noor.words.Say("manager.exactly"))
	d := s.sits("nl")
	d.Go(noor.link())
	d.presses("console.sign-in-enter")
	d.Wait(`location.pathname == "/console/my-manager"`)
	d.shown("my-manager")
	s.head.opens("/console/digest")
	const page = `[...document.querySelectorAll(".columns.week")].map((e) => e.innerText).join().replace(/\s+/g, " ")`
	theirs, hers := browsertest.Value[string](d.Page, page), browsertest.Value[string](s.head.Page, page)
	if theirs != hers || hers == "" {
		s.t.Errorf("a learner sees\n%s\nand not what the manager does,\n%s", theirs, hers)
	}
	d.opens("/console/year")
	d.shown("year-learner")
}

// erases: Sam says so, and no key names them any more.
func (s *story) erases() {
	sam := s.who["Sam"]
	delete(s.who, "Sam")
	sam.asks("command.forget")
	sam.waits()
	choice, ok := sam.choice("forget.yes")
	if !ok {
		s.t.Fatalf("Sam is not asked whether to erase: %+v", sam.last())
	}
	sam.human.Presses(choice)
	records, err := s.store.Load(s.t.Context(), sam.id)
	if err != nil || records[0].Learner.Version != 0 {
		s.t.Errorf("Sam is still there: %v, %+v", err, records[0].Learner)
	}
	s.erased = string(sam.id)
	if s.redis != "" {
		s.nothingInRedis(s.erased)
	}
}

// nothingInRedis fails where a key, or what is kept under it, names somebody.
func (s *story) nothingInRedis(id string) {
	s.t.Helper()
	options, err := redis.ParseURL(s.redis)
	if err != nil {
		s.t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	ctx := s.t.Context()
	keys := client.Scan(ctx, 0, "*", 1000).Iterator()
	n := 0
	for keys.Next(ctx) {
		n++
		key, held := keys.Val(), ""
		switch kind := client.Type(ctx, key).Val(); kind {
		case "string":
			held = client.Get(ctx, key).Val()
		case "hash":
			held = fmt.Sprint(client.HGetAll(ctx, key).Val())
		case "list":
			held = fmt.Sprint(client.LRange(ctx, key, 0, -1).Val())
		case "set":
			held = fmt.Sprint(client.SMembers(ctx, key).Val())
		case "zset":
			held = fmt.Sprint(client.ZRangeWithScores(ctx, key, 0, -1).Val())
		default:
			s.t.Errorf("a key of another kind, %s", kind)
		}
		if strings.Contains(key+held, id) {
			s.t.Errorf("%s still names %s", key, id)
		}
	}
	if err := keys.Err(); err != nil || n < 100 {
		s.t.Errorf("%d keys, %v", n, err)
	}
}

// nothingInFile is the same of the file, once the server has stopped.
func (s *story) nothingInFile(folder string) {
	files, err := os.ReadDir(folder)
	if err != nil {
		s.t.Error(err)
	}
	for _, file := range files {
		bytes, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil || strings.Contains(string(bytes), s.erased) {
			s.t.Errorf("%s still names %s, %v", file.Name(), s.erased, err)
		}
	}
}
