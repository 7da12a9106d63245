package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"praline/bot/report"
	"praline/pages/browsertest"
	"praline/scheduler"
)

// The teams of the story.
const (
	reception = "Accueil" // seven learn there
	permits   = "Permis"  // three: too few for figures of their own
)

// administrator: she comes by a link of the command line, says "console" in
// the web chat, and opens the link there.
func (s *story) administrator() {
	s.rachida = s.sits("fr")
	var invited invitedAnswer
	said := s.command.run("people", "invite", "--role", "administrator", "--name", "Rachida Exemple", "--fr", "SPF Exemple", "--nl", "FOD Voorbeeld", "--json")
	if err := json.Unmarshal(said, &invited); err != nil {
		s.t.Fatal(err)
	}
	s.org = invited.Organisation
	link := ""
	for _, way := range invited.Ways {
		if way.App == "web" {
			link = way.URL
		}
	}
	chat := &person{t: s.t, Page: s.rachida.Page, words: s.rachida.words}
	chat.Go(link)
	chat.has("hello.go-on")
	chat.press(chat.words.Say("hello.go-on"))
	chat.press(chat.words.Say("hello.yes"))
	chat.press(chat.words.Count("minutes.n", 3))
	chat.press(chat.sight().Choices[0])
	chat.press(chat.words.Say("comfort.free"))
	chat.press(chat.words.Say("member.join-yes"))
	chat.says(firstOf(chat.words.Say("command.console")))
	s.rachida.follows(browsertest.Value[string](s.rachida.Page, `[...document.querySelectorAll(".entry.bot a")].map((e) => e.href).filter((h) => h.includes("/console")).pop()`))
	s.rachida.finds("people.todo")
	s.rachida.shown("home-first-day")
}

func firstOf(words string) string {
	first, _, _ := strings.Cut(words, "|")
	return first
}

// roster: 50 people from a file. The first has two faults, the second is taken,
// and once more: nothing doubles.
func (s *story) roster() {
	admin := s.rachida
	admin.opens("/console/import")
	admin.shown("import")
	faulty := strings.NewReplacer("0012;Agent 12 Exemple;Accueil;nl", "0012;Agent 12 Exemple;Accueil;klingon", "0031;", "0030;").Replace(fiftyPeople())
	admin.hands("file", "agents.csv", faulty)
	admin.presses("people.look")
	admin.reads(admin.words.Count("people.plan-faults", 2), "« klingon » n’est pas une langue connue", "Le numéro 0030 se trouve déjà à la ligne")
	admin.shown("import-faults")
	admin.presses("people.import-other")
	admin.hands("file", "agents.csv", fiftyPeople())
	admin.presses("people.look")
	admin.reads(admin.words.Say("people.plan-lead", "created", 50, "changed", 0, "same", 0))
	admin.shown("import-plan")
	admin.presses("people.import-do")
	admin.reads(admin.words.Say("people.imported", "created", 50, "changed", 0), admin.words.Count("people.lead", 51, "here", 1))
	admin.shown("people")
	admin.opens("/console/import")
	admin.hands("file", "agents.csv", fiftyPeople())
	admin.presses("people.look")
	admin.reads(admin.words.Say("people.plan-lead", "created", 0, "changed", 0, "same", 50))
}

// fiftyPeople is a roster as an employer exports it.
func fiftyPeople() string {
	var b strings.Builder
	b.WriteString("Matricule;Nom;Service;Langue;Horaire;Rôle;Dirige\n")
	b.WriteString("0001;Amélie Exemple;Finances;fr;lu-ve 9h-17h;\"formateur, relecteur\";\n0002;Bert Voorbeeld;Finances;nl;;relecteur;\n")
	fmt.Fprintf(&b, "0003;Els Voorbeeld;Finances;nl;ma-do 9u-16u;responsable;\"%s, %s, Finances\"\n", reception, permits)
	for n := 4; n <= 50; n++ {
		fmt.Fprintf(&b, "%04d;Agent %d Exemple;%s;%s;%s;;\n", n, n, []string{reception, reception, permits, "Finances"}[n%4], []string{"nl", "fr"}[n%2], []string{"", "lu-je 9h-16h"}[n%2])
	}
	return b.String()
}

// settings: the names of teams in the other language, and a day that is off in
// this organisation: the Monday before the last week.
func (s *story) settings() {
	admin := s.rachida
	admin.opens("/console/organisation")
	s.bridge = scheduler.DateOf(s.time.Now(), report.Zone()).AddDays(7 * (s.weeks - 1))
	admin.types("days", s.bridge.String())
	admin.presses("people.save")
	admin.reads(admin.words.Say("people.organisation-changed", "name", "SPF Exemple"))
	admin.shown("organisation")
	admin.opens("/console/teams")
	admin.shown("teams")
	s.team = map[string]string{}
	for fr, nl := range map[string]string{reception: "Onthaal", permits: "Vergunningen"} {
		id := browsertest.Value[string](admin.Page, fmt.Sprintf(`[...document.querySelectorAll('input[name="name.fr"]')].find((e) => e.value == %q).id.slice(3)`, fr))
		s.team[fr] = id
		admin.pressesIn(fmt.Sprintf(`#nl-%s`, id), nl)
		admin.reads(admin.words.Say("people.team-saved", "name", fr))
	}
}

// invitations: one for each who will do more than learn, and a poster a team.
func (s *story) invitations() {
	admin := s.rachida
	admin.opens("/console/invitations")
	admin.shown("invitations-none")
	s.code = map[string]string{}
	for _, name := range []string{"Amélie Exemple", "Bert Voorbeeld", "Els Voorbeeld"} {
		admin.opens("/console/people?q=" + name)
		admin.pressesWords(name)
		if name == "Els Voorbeeld" {
			admin.shown("person")
		}
		admin.presses("people.invite")
		s.code[name] = admin.code()
		admin.shown("invitation")
	}
	for _, team := range []string{reception, permits} {
		admin.opens("/console/invitations")
		admin.picks("kind", "many")
		admin.types("limit", "20")
		admin.picks("team", s.team[team])
		admin.presses("people.invite")
		s.code[team] = admin.code()
	}
	admin.presses("people.poster")
	admin.finds("people.poster-title", "people.poster-scan")
	admin.shown("poster")
	admin.opens("/console/invitations")
	admin.reads(admin.words.Count("people.invitations-lead", 5))
	admin.shown("invitations")
	admin.opens("/console/audit")
	admin.finds("people.did.import", "people.did.invite")
	admin.shown("audit")
}

// code is what stands large on the page.
func (d *desk) code() string {
	d.s.t.Helper()
	d.steady()
	return browsertest.Value[string](d.Page, `document.querySelector("p.code").textContent.trim()`)
}
