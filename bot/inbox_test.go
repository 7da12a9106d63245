package bot_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/lessons"
	"praline/records"
	"praline/records/recordstest"
)

// office is an organisation around a chat: who is in it, and what is sent to
// its trainers.
type office struct {
	*chat
	records *fragile
	people  *people.People
	letters []learner.Letter
	survey  inbox.Survey
}

// fragile is a records.Store that fails from its nth call on.
type fragile struct {
	recordstest.Memory
	left int // calls that still go through; below 0: all
}

var errRecordsAway = errors.New("the records are away")

func (f *fragile) may() error {
	if f.left == 0 {
		return errRecordsAway
	}
	f.left--
	return nil
}

func (f *fragile) Read(ctx context.Context, keys ...records.Key) ([]records.Record, error) {
	if err := f.may(); err != nil {
		return nil, err
	}
	return f.Memory.Read(ctx, keys...)
}

func (f *fragile) List(ctx context.Context, org, kind string) ([]records.Record, error) {
	if err := f.may(); err != nil {
		return nil, err
	}
	return f.Memory.List(ctx, org, kind)
}

func (f *fragile) Write(ctx context.Context, all ...records.Record) error {
	if err := f.may(); err != nil {
		return err
	}
	return f.Memory.Write(ctx, all...)
}

// losing is a store that can lose a commit: what was wished for it is done already.
type losing struct {
	*memory
	lose bool
}

func (l *losing) Commit(ctx context.Context, now time.Time, changes ...learner.Change) []error {
	if l.lose {
		return []error{errAway}
	}
	return l.memory.Commit(ctx, now, changes...)
}

func newOffice(t testing.TB, s kept) *office {
	o := &office{chat: newChat(t, s, lessons.NewCatalogue(atelier(t))), records: &fragile{left: -1}}
	secret := []byte(strings.Repeat("s", 32))
	o.people = &people.People{Store: o.records, Secret: secret, Now: o.bot.Wall}
	o.bot.Inbox = &inbox.Inbox{Store: o.records, People: o.people, Secret: secret, Now: o.bot.Wall, Write: func(ctx context.Context, to learner.ID, l learner.Letter) error {
		o.letters = append(o.letters, l)
		return o.bot.Write(ctx, o.now, to, l)
	}}
	o.put(records.Key{Kind: "organisation", ID: "spf"}, people.Organisation{ID: "spf"})
	o.person("t0", people.Trainer, "")
	for i := range 5 {
		o.person(fmt.Sprintf("p%d", i), people.Learner, learner.ID(fmt.Sprintf("other-%d", i)))
	}
	return o
}

func (o *office) put(key records.Key, value any) {
	o.t.Helper()
	if err := records.Put(o.t.Context(), o.records, key, value); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) person(id string, role people.Role, who learner.ID) {
	o.put(records.Key{Org: "spf", Kind: "person", ID: id}, people.Person{ID: id, Name: "Amélie Exemple", Roles: []people.Role{role}, Learner: who, Lang: "fr"})
}

// join makes who speaks now a person of the organisation.
func (o *office) join(id string, role people.Role) {
	o.t.Helper()
	record := o.record()
	o.person(id, role, record.Learner.ID)
	record.Learner.Member = learner.Membership{Org: "spf", Person: id}
	if err := o.store.Commit(o.t.Context(), o.now, learner.Change{Learner: record.Learner})[0]; err != nil {
		o.t.Fatal(err)
	}
}

// send lets a survey go out.
func (o *office) send() {
	o.t.Helper()
	var err error
	by := people.Actor{Org: "spf", Person: "p0", Roles: []people.Role{people.Trainer}}
	o.survey, err = o.bot.Inbox.Keep(o.t.Context(), by, inbox.Survey{
		Title: inbox.Text{"fr": "Les courriels", "nl": "E-mails"}, Waves: []inbox.Wave{{ID: inbox.Once}},
		Items: []inbox.Item{
			{Kind: inbox.OnScale, Text: inbox.Text{"fr": "Je sais reconnaître un faux courriel.", "nl": "Ik herken een valse e-mail."}},
			{Kind: inbox.Choices, Text: inbox.Text{"fr": "Où les lisez-vous ?", "nl": "Waar leest u ze?"}, Choices: []inbox.Text{{"fr": "Au bureau", "nl": "Op kantoor"}, {"fr": "En route", "nl": "Onderweg"}}},
			{Kind: inbox.InWords, Text: inbox.Text{"fr": "Que voulez-vous savoir ?", "nl": "Wat wilt u weten?"}},
		},
	})
	if err == nil {
		err = o.bot.Inbox.Tend(o.t.Context())
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// stored is all that stands in the organisation's records.
func (o *office) stored() string {
	var all strings.Builder
	for _, org := range []string{"", "spf"} {
		for _, kind := range []string{"inbox-question", "inbox-told", "survey", "survey-sum", "survey-who", "inbox-need", "inbox-trace"} {
			list, err := o.records.Memory.List(o.t.Context(), org, kind)
			if err != nil {
				o.t.Fatal(err)
			}
			for _, r := range list {
				fmt.Fprintf(&all, "%s %s\n", r.Key, r.Body)
			}
		}
	}
	return all.String()
}

// steps of an office, beside those of a chat.
var officeSteps = map[string]func(*office, string) string{
	"member":     func(o *office, s string) string { o.join(s, people.Learner); return "" },
	"trainer":    func(o *office, s string) string { o.join(s, people.Trainer); return "" },
	"no trainer": func(o *office, _ string) string { o.person("t0", people.Learner, ""); return "" },
	"survey":     func(o *office, _ string) string { o.send(); return "" },
	"letter": func(o *office, s string) string {
		n, want, _ := strings.Cut(s, " ")
		if n != fmt.Sprint(len(o.letters)) {
			return fmt.Sprint("there are ", len(o.letters))
		}
		if want != "" && !strings.Contains(spaces(o.letters[len(o.letters)-1].Text["fr"]), want) {
			return o.letters[len(o.letters)-1].Text["fr"]
		}
		return ""
	},
	"begin": func(o *office, _ string) string {
		o.does(pressed("survey.start." + o.survey.ID + ".once"))
		return o.wrong()
	},
	"no thanks": func(o *office, _ string) string {
		o.does(pressed("survey.no." + o.survey.ID + ".once"))
		return o.wrong()
	},
	"stored": func(o *office, s string) string {
		if !strings.Contains(o.stored(), s) {
			return o.stored()
		}
		return ""
	},
	"not stored": func(o *office, s string) string {
		if s == "me" {
			s = string(o.learner().ID)
		}
		if strings.Contains(o.stored(), s) {
			return o.stored()
		}
		return ""
	},
	"away":  func(o *office, s string) string { o.records.left = 0; return "" },
	"back":  func(o *office, s string) string { o.records.left = -1; return "" },
	"tap":   func(o *office, s string) string { o.presses(s, false); return "" },
	"bring": func(o *office, _ string) string { o.bring(o.last); return o.wrong() },
	"questions": func(o *office, s string) string {
		if n := strings.Count(o.stored(), "spf/inbox-question/"); s != fmt.Sprint(n) {
			return fmt.Sprint("there are ", n)
		}
		return ""
	},
	"fails": func(o *office, _ string) string {
		if !errors.Is(o.err, errRecordsAway) {
			return fmt.Sprint("no error of the records: ", o.err)
		}
		return ""
	},
	"crash": func(o *office, _ string) string { o.store.(*losing).lose = true; return "" },
	"restart": func(o *office, _ string) string {
		if o.err == nil {
			return "it did not crash"
		}
		o.store.(*losing).lose = false
		o.bring(o.last)
		return o.wrong()
	},
}

func pressed(value string) channels.Event {
	return channels.Event{Kind: channels.Pressed, Value: value}
}

// TestInbox plays the conversations of testdata/inbox: as testdata/chat, in an
// organisation.
func TestInbox(t *testing.T) {
	files, err := filepath.Glob("testdata/inbox/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no chats: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(text), "\n## ")[1:] {
			label, lines, _ := strings.Cut(part, "\n")
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+label, func(t *testing.T) {
				o := newOffice(t, &losing{memory: newMemory()})
				for n, line := range strings.Split(lines, "\n") {
					verb, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
					step, own := officeSteps[verb]
					if !own {
						play(o.chat, label, n, []string{line})
						continue
					}
					if wrong := step(o, strings.TrimSpace(rest)); wrong != "" {
						t.Fatalf("%s: line %d: %s\n%s\n\nheard:\n%s", label, n+2, line, wrong, o.transcript())
					}
				}
			})
		}
	}
}
