package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
	"praline/channels/web"
	"praline/channels/web/webtest"
	"praline/scheduler/queue"
)

// TestOnePersonSeveralApps: somebody begins on Telegram, goes on in Teams in
// the middle of a question, and ends on the web page: one memory, one row of
// days, nothing asked twice, and nothing left when they are erased.
func TestOnePersonSeveralApps(t *testing.T) {
	t.Parallel()
	phone, office := telegramtest.Start(t), teamstest.Start(t)
	apps := []sibling{telegramIn(phone), teamsIn(office), onWeb(t)}
	p := &wanderer{world: startWorld(t, apps), id: "example-on-telegram"}
	const third, last = "Quel bâtiment se trouve d’un côté du parc", "Le pays compte trois"

	onPhone := p.joins(t, apps[0], "fr")
	for _, s := range readScript(t, filepath.Join("testdata", "conversation", "fr.txt")) {
		if strings.Contains(lastSeen(onPhone), third) {
			break
		}
		p.does(t, onPhone, s)
	}
	mid := p.now(t)
	if mid.Answers != 2 || mid.Place.Ask == nil {
		t.Fatalf("after two answers on the phone: %d answers, %+v", mid.Answers, mid.Place)
	}
	leftThere := phone.Person(4711, "fr").Shown()
	code := p.code(t, onPhone)

	inOffice := p.joins(t, apps[1], "fr")
	p.does(t, inOffice, step{"say", code})
	if l := p.now(t); l.Place.Ask == nil || l.Place.Ask.Question != mid.Place.Ask.Question || l.Answers != 2 || !strings.Contains(lastSeen(inOffice), third) {
		t.Fatalf("Teams does not go on where Telegram was: %+v\n%s", l.Place, lastSeen(inOffice))
	}
	p.does(t, inOffice, step{"fill", "le palais"})
	for _, label := range []string{"Continuer", "Encore un peu", "Continuer"} {
		p.does(t, inOffice, step{"press", label})
	}
	p.does(t, inOffice, step{"fill", "10"})
	p.does(t, inOffice, step{"press", "Continuer"})
	stale := office.Person("Example", "fr-BE").Shown()

	// An old button on the phone, of the question that was answered in Teams.
	p.keeps(t, onPhone, "an old button on Telegram", func() {
		m := leftThere[len(leftThere)-1]
		phone.Person(4711, "fr").PressesData(m.ID, flat(m)[0].Data)
	})
	code = p.code(t, onPhone)

	atHome := p.joins(t, apps[2], "fr")
	p.acts(t, atHome, "the code on the page", func() { atHome.human.(*webtest.Reader).Enters(code) })
	if !strings.Contains(lastSeen(atHome), "Lesquelles sont des Régions") {
		t.Fatalf("the page does not go on where Teams was:\n%s", lastSeen(atHome))
	}
	p.does(t, atHome, step{"fill", "La Flandre | La Wallonie"})
	p.does(t, atHome, step{"press", "Continuer"})
	if !strings.Contains(lastSeen(atHome), last) {
		t.Fatalf("not the last question:\n%s", lastSeen(atHome))
	}
	p.does(t, atHome, step{"fill", "Régions"})
	p.does(t, atHome, step{"press", "Continuer"})
	l := p.now(t)
	if l.Session != nil || !strings.Contains(lastSeen(atHome), "C’est tout pour aujourd’hui") {
		t.Errorf("the session has not ended: %+v\n%s", l.Session, lastSeen(atHome))
	}
	p.oneMemory(t, l)

	p.keeps(t, inOffice, "an old button in Teams", func() {
		m := stale[len(stale)-1]
		b := m.Buttons[len(m.Buttons)-1]
		office.Person("Example", "fr-BE").Acts(m.ID, b.Action)
	})

	// The bot speaks first in the app that was used last, or in the one chosen.
	thursday := time.Date(2026, 10, 15, 7, 0, 0, 0, time.UTC)
	p.pushed(t, thursday, teams.Name)
	p.does(t, atHome, step{"say", "applications"})
	p.does(t, atHome, step{"press", "M’écrire dans Telegram"})
	p.pushed(t, thursday.AddDate(0, 0, 1), telegram.Name)

	p.exported(t, teams.Name, telegram.Name, web.Name)
	p.erased(t)
	for _, app := range apps {
		if wrong := app.wrong(); len(wrong) > 0 {
			t.Errorf("%s would have refused: %q", app.name, wrong)
		}
	}
}

// wanderer is one learner in several apps.
type wanderer struct {
	*world
	id learner.ID
}

// now is the learner as they are stored.
func (p *wanderer) now(t testing.TB) learner.Learner {
	t.Helper()
	records, err := p.store.Load(t.Context(), p.id)
	if err != nil || records[0].Damaged != nil {
		t.Fatal(err, records)
	}
	return records[0].Learner
}

// does a step in an app, as the learner who they are everywhere.
func (p *wanderer) does(t testing.TB, k *talk, s step) {
	t.Helper()
	k.version = p.now(t).Version
	k.does(t, s)
}

// acts does something that no script can tell.
func (p *wanderer) acts(t testing.TB, k *talk, what string, do func()) {
	t.Helper()
	k.version = p.now(t).Version
	do()
	k.settles(t, what)
}

// keeps does something old: it is answered, and changes nothing that was learned.
func (p *wanderer) keeps(t testing.TB, k *talk, what string, do func()) {
	t.Helper()
	before, said := p.now(t), len(p.said.messages(k.app.name))
	p.acts(t, k, what, do)
	after := p.now(t)
	if after.Answers != before.Answers || len(after.Cards) != len(before.Cards) {
		t.Errorf("%s changed what was learned", what)
	}
	if len(p.said.messages(k.app.name)) == said {
		t.Errorf("%s is not answered", what)
	}
}

var spelledCode = regexp.MustCompile(`\b[A-Z0-9]{4} [A-Z0-9]{4}\b`)

// code asks for a code in an app and reads it from the screen.
func (p *wanderer) code(t testing.TB, k *talk) string {
	t.Helper()
	p.does(t, k, step{"say", "changer d'application"})
	p.does(t, k, step{"press", "Relier une autre application"})
	code := spelledCode.FindString(lastSeen(k))
	if code == "" {
		t.Fatalf("%s shows no code:\n%s", k.app.name, lastSeen(k))
	}
	return code
}

// lastSeen is what an app shows last.
func lastSeen(k *talk) string {
	all := k.human.Sees()
	if len(all) == 0 {
		return ""
	}
	return drawn(all[len(all)-1])
}

// oneMemory: everything was asked once, and is known once.
func (p *wanderer) oneMemory(t testing.TB, l learner.Learner) {
	t.Helper()
	log, err := p.store.Log(t.Context(), l.ID)
	if err != nil {
		t.Fatal(err)
	}
	const asked, polls = 6, 1
	if l.Answers != asked || len(log) != asked || len(l.Cards) != asked-polls || len(l.Streak.Days) != 1 {
		t.Errorf("%d answers, %d in the log, %d cards, %d days; want %d, %d, %d and 1", l.Answers, len(log), len(l.Cards), len(l.Streak.Days), asked, asked, asked-polls)
	}
	perCard := map[int]int{}
	for _, a := range log {
		if perCard[a.Card]++; perCard[a.Card] > 1 {
			t.Errorf("card %d was asked %d times: %+v", a.Card, perCard[a.Card], log)
		}
	}
	everybody := 0
	if err := p.store.Learners(t.Context(), func(id learner.ID) error {
		records, err := p.store.Load(t.Context(), id)
		if err == nil && records[0].Learner.Version > 0 && records[0].Learner.Into == "" {
			everybody++
		}
		return err
	}); err != nil || everybody != 1 {
		t.Errorf("%d learners are left of one person (%v)", everybody, err)
	}
}

// pushed lets a time come: the bot speaks first in one app, and in no other.
func (p *wanderer) pushed(t testing.TB, at time.Time, want string) {
	t.Helper()
	spoken := func(name string) (n int) {
		for _, m := range p.said.messages(name) {
			if !m.Retire {
				n++
			}
		}
		return n
	}
	before := map[string]int{}
	for _, name := range []string{telegram.Name, teams.Name, web.Name} {
		before[name] = spoken(name)
	}
	if _, err := p.bot.Push(t.Context(), at, []queue.Hint{{Learner: string(p.id)}}); err != nil {
		t.Fatal(err)
	}
	for name, n := range before {
		if more := spoken(name) - n; (more > 0) != (name == want) {
			t.Errorf("the push of %s: %d messages in %s; it belongs to %s", at.Format(time.DateOnly), more, name, want)
		}
	}
}

// exported: an administrator's file has the joined apps.
func (p *wanderer) exported(t testing.TB, apps ...string) {
	t.Helper()
	var out bytes.Buffer
	if err := (&dataExport{storeFlags{Folder: p.config.Folder}, string(p.id)}).Run(&out); err != nil {
		t.Fatal(err)
	}
	var e bot.Export
	if err := json.Unmarshal(out.Bytes(), &e); err != nil {
		t.Fatal(err)
	}
	var has []string
	for _, a := range e.Learner.Addresses {
		has = append(has, a.Channel)
	}
	slices.Sort(has)
	if !slices.Equal(has, apps) {
		t.Errorf("praline data export shows %q, want %q", has, apps)
	}
}

// erased: no key is left that names them, by any of their names.
func (p *wanderer) erased(t testing.TB) {
	t.Helper()
	l := p.now(t)
	names := []string{"example-on-"}
	for _, a := range l.Addresses {
		names = append(names, channels.Identity(a.Conversation))
	}
	var out bytes.Buffer
	if err := (&dataErase{storeFlags{Folder: p.config.Folder}, string(p.id), true}).Run(&out); err != nil {
		t.Fatal(err)
	}
	if err := p.store.Keys(t.Context(), func(key string, value []byte) error {
		kind, _, _ := strings.Cut(key, ":")
		if !slices.Contains([]string{"meta", "erased", "turn"}, kind) {
			t.Errorf("left: %s", key)
		}
		for _, name := range names {
			if strings.Contains(key, name) || bytes.Contains(value, []byte(name)) {
				t.Errorf("%s names them: %s", key, name)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, a := range l.Addresses {
		if id, err := p.store.Resolve(t.Context(), a); err != nil || id != "" {
			t.Errorf("%s still leads to %s (%v)", a.Channel, id, err)
		}
	}
}
