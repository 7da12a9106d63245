package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/people"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// asking is a request that does something where all that it names is there: who
// may, by the letters of their roles. $name is a thing of the organisation.
type asking struct{ do, roles, body string }

// quizFile is a file in another format.
var quizFile = base64.StdEncoding.EncodeToString([]byte("::a::Oui ? {T}\n"))

// askings are all requests but those of people_rights_test.go.
var askings = []asking{
	{"campaign list", "TMA", `{}`},
	{"campaign new", "TA", `{"series":"$series","fields":{"Team":["$team"],"Start":"2027-03-08","PerWeek":2}}`},
	{"campaign forecast", "TMA", `{"campaign":"$own"}`},
	{"campaign forecast", "TA", `{"campaign":"$campaign"}`},
	{"campaign do", "TA", `{"do":"change","campaign":"$campaign","fields":{"Team":["$team"],"PerWeek":3},"apply":true}`},
	{"campaign do", "TMA", `{"do":"launch","campaign":"$own","apply":true}`},
	{"campaign do", "TMA", `{"do":"pause","campaign":"$own","apply":true}`},
	{"campaign do", "TMA", `{"do":"resume","campaign":"$own","apply":true}`},
	{"campaign do", "TMA", `{"do":"extend","campaign":"$own","until":"2027-04-30","apply":true}`},
	{"campaign do", "TMA", `{"do":"stop","campaign":"$own","apply":true}`},
	{"campaign do", "A", `{"do":"compulsory","campaign":"$campaign","told":{"fr":"Oui","nl":"Ja"},"apply":true}`},
	{"campaign completions", "MA", `{"campaign":"$required"}`},
	{"series import", "T", `{"name":"a.txt","file":"` + quizFile + `","new":"neuf"}`},
	{"series import", "T", `{"name":"a.txt","file":"` + quizFile + `","into":"$series","lang":"fr","dryRun":true}`},
	{"series export", "T", `{"series":"$series","format":"csv"}`},
	{"series export", "T", `{"series":"$series","format":"zip","live":true}`},
	{"publish list", "TRMA", `{}`},
	{"publish back", "R", `{"id":"$series","to":"$former"}`},
	{"publish", "T", `{"id":"ours-serie","files":$files}`}, // hands it in; a reviewer cannot before
	{"publish", "TR", `{"id":"ours-handed","files":$handed}`},
	{"report questions", "TR", `{"series":"$series"}`},
	{"report mistakes", "TR", `{}`},
	{"report digest", "M", `{"week":"2027-02-22"}`},
	{"report counts", "TR", `{}`},
	{"report fold", "A", `{}`},
}

func beginning(id string) library.Change {
	both := map[string]string{"fr": id, "nl": id}
	return library.Beginning{ID: id, Title: both, Summary: both, Licence: "CC-BY-4.0", Level: "starter", Author: "Exemple"}.File()
}

// aboutNobody are requests that name no organisation: they need only the server.
var aboutNobody = []string{"badge issuer"}

// TestRequestsAreAll finds requests that nobody tries.
func TestRequestsAreAll(t *testing.T) {
	for do := range requests {
		tried := slices.ContainsFunc(askings, func(a asking) bool { return a.do == do }) || slices.ContainsFunc(rights, func(r right) bool { return r.do == do })
		if !tried && !slices.Contains(shellOnly, do) && !slices.Contains(aboutNobody, do) {
			t.Errorf("%q: add a row to askings, that says who may ask it", do)
		}
	}
}

// settled is a server with two organisations that have the same things, by
// other names: ids of the second begin with "theirs".
func settled(t *testing.T) (a administration, things map[string]map[string]string) {
	t.Helper()
	now := func() time.Time { return time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) }
	log := slog.New(slog.DiscardHandler)
	s := storetest.Open(t, store.Options{Folder: t.TempDir(), Secret: []byte("0123456789abcdef0123456789abcdef"), Log: log})
	b := &bot.Bot{Store: s, Catalogue: lessons.NewCatalogue(), Outbound: silence{}, Log: log}
	a = administration{bot: b, store: s, now: now, house: newHouse(s, b, []byte("0123456789abcdef0123456789abcdef"), "", now)}
	a.house.people.Now = now
	things = map[string]map[string]string{}
	for org, prefix := range map[string]string{"spf": "ours", "ville": "theirs"} {
		things[org] = map[string]string{"series": prefix + "-serie", "former": map[string]string{"spf": "1.0.0", "ville": "2.0.0"}[org]}
		a.peopled(t, org, prefix, things[org])
		a.written(t, org, prefix, things[org])
		a.scheduled(t, org, prefix, things[org])
	}
	return a, things
}

// peopled makes an organisation with a team and one person of each role.
func (a administration) peopled(t *testing.T, org, prefix string, has map[string]string) {
	t.Helper()
	ctx, p, must := t.Context(), a.house.people, fatal(t)
	must(p.CreateOrganisation(ctx, people.Organisation{ID: org, Names: map[string]string{"fr": org}}))
	team, err := p.SaveTeam(ctx, people.Shell(org), people.Team{Names: map[string]string{"fr": prefix + " team"}})
	must(nil, err)
	has["team"] = team.ID
	for _, role := range people.Roles {
		who := people.Person{Number: string(role), Name: prefix + " " + string(role), Roles: []people.Role{role}, Team: team.ID}
		if role == people.Manager {
			who.Manages = []string{team.ID}
		}
		added, err := p.AddPerson(ctx, people.Shell(org), who)
		must(nil, err)
		has[string(role)] = added.ID
	}
}

// written makes a series of two versions whose author goes on writing, and one
// that was handed in.
func (a administration) written(t *testing.T, org, prefix string, has map[string]string) {
	t.Helper()
	ctx, l, must := t.Context(), a.house.library, fatal(t)
	by := func(role string) library.Mark { return library.Mark{By: has[role], At: a.now()} }
	files, err := library.FromTemplate("reflex", 1, has["series"], map[string]string{"fr": prefix, "nl": prefix})
	must(nil, err)
	handed := prefix + "-handed"
	must(l.Create(ctx, org, has["series"], by("trainer"), append(files, beginning(has["series"]))...))
	must(l.Create(ctx, org, handed, by("trainer"), append(files, beginning(handed))...))
	must(nil, l.AskReview(ctx, org, handed, by("trainer"), ""))
	for n, version := range []string{has["former"], "3.0.0"} {
		must(l.Save(ctx, org, has["series"], by("trainer"), library.Change{Path: files[0].Path, Base: library.Whatever, Content: append(files[0].Content, strings.Repeat("\n", n)...)}))
		must(nil, l.SetVersion(ctx, org, has["series"], by("trainer"), version))
		must(nil, l.AskReview(ctx, org, has["series"], by("trainer"), ""))
		d, err := l.Load(ctx, org, has["series"])
		must(nil, err)
		must(l.Approve(ctx, org, has["series"], by("reviewer"), d.Digest()))
		must(l.Publish(ctx, org, has["series"], library.Publication{Mark: by("reviewer"), Draft: d.Digest()}))
	}
	must(nil, l.SetVersion(ctx, org, has["series"], by("trainer"), "3.0.1"))
	has["files"], has["handed"] = a.filesOf(t, org, has["series"]), a.filesOf(t, org, handed)
}

// scheduled makes campaigns of a trainer and of a manager, and publishes a week.
func (a administration) scheduled(t *testing.T, org, prefix string, has map[string]string) {
	t.Helper()
	ctx, must, names := t.Context(), fatal(t), map[string]string{"fr": prefix, "nl": prefix}
	today := scheduler.DateOf(a.now(), time.UTC)
	for name, change := range map[string]func(*campaign.Campaign){
		"campaign": func(*campaign.Campaign) {}, "own": func(c *campaign.Campaign) { c.Author = has["manager"] },
		"required": func(c *campaign.Campaign) { c.Compulsory, c.Told, c.Launched = true, names, a.now() },
	} {
		has[name] = prefix + "-" + name
		c := campaign.Campaign{ID: has[name], Series: has["series"], Names: names, Start: today.AddDays(7), End: today.AddDays(28), PerWeek: 1, Author: has["trainer"], Revision: 1, Audience: campaign.Audience{Teams: []string{has["team"]}}}
		change(&c)
		must(nil, records.Put(ctx, a.store, records.Key{Org: org, Kind: "campaign", ID: c.ID}, c))
	}
	must(a.house.monday(ctx, org))
}

// fatal ends a test at an error.
func fatal(t *testing.T) func(any, error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// filesOf are those of a draft, as a request says them.
func (a administration) filesOf(t *testing.T, org, id string) string {
	t.Helper()
	d, err := a.house.library.Load(t.Context(), org, id)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for path, f := range d.Files {
		if files[path], err = a.house.library.Bytes(t.Context(), org, f.Digest); err != nil {
			t.Fatal(err)
		}
	}
	said, _ := json.Marshal(files)
	return string(said)
}

// kept is all that an organisation keeps, but for bytes that are never listed.
func (a administration) kept(t *testing.T, org string) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range []string{"person", "team", "campaign", "completion", "draft", "past", "remarks", "facts", "shelf", "taken", "trying", "waiting", "invitation", "audit", "audit-head", "digest", "mistake", "survey", "question", "roster", "session"} {
		all, err := a.store.List(t.Context(), org, kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			fmt.Fprintf(&b, "%s %d %s\n", r.Key, r.Version, r.Body)
		}
	}
	return b.String()
}

var thing = regexp.MustCompile(`\$[a-z]+`)

// asksAs asks a request with somebody's rights, and says what it answered.
func (a administration) asksAs(t *testing.T, row asking, role string, has func(string) string) (string, error) {
	t.Helper()
	body := thing.ReplaceAllStringFunc(row.body, func(name string) string { return has(name[1:]) })
	var all map[string]any
	if err := json.Unmarshal([]byte(body), &all); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	all["organisation"], all["as"] = "spf", role
	whole, _ := json.Marshal(all)
	var out bytes.Buffer
	err := a.do(t.Context(), adminRequest{Do: row.do, Body: whole}, &out)
	return out.String(), err
}

// TestRightsOfRequests tries each request with each role: who may does it, and
// who may not changes nothing. A manager has only their own campaigns, and a
// reviewer only what was handed in.
func TestRightsOfRequests(t *testing.T) {
	for _, role := range people.Roles {
		a, things := settled(t)
		for _, row := range askings {
			before := a.kept(t, "spf")
			said, err := a.asksAs(t, row, string(role), func(name string) string { return things["spf"][name] })
			refused := err != nil && (strings.Contains(err.Error(), people.ErrNotAllowed.Error()) ||
				role == people.Manager && strings.Contains(err.Error(), "has no campaign") || role == people.Reviewer && strings.Contains(err.Error(), "not in review"))
			may := strings.Contains(row.roles, strings.ToUpper(string(role)[:1]))
			switch {
			case may && err != nil:
				t.Errorf("%s, %s %s: %v", role, row.do, row.body, err)
			case !may && !refused:
				t.Errorf("%s may ask %q %s: %v %s", role, row.do, row.body, err, said)
			case !may && a.kept(t, "spf") != before:
				t.Errorf("%s changed something by %q %s", role, row.do, row.body)
			}
		}
	}
}

// TestRequestsOfAnotherOrganisation puts each thing of another organisation
// into each request: there is none, nothing of theirs is said, and nothing of
// anybody is changed.
func TestRequestsOfAnotherOrganisation(t *testing.T) {
	a, things := settled(t)
	roles := map[byte]string{'T': "trainer", 'R': "reviewer", 'M': "manager", 'A': "administrator"}
	tried := 0
	for _, row := range askings {
		names := thing.FindAllString(row.body, -1)
		for _, foreign := range names {
			if foreign == "$files" || foreign == "$handed" { // what one sends oneself
				continue
			}
			before, theirs := a.kept(t, "spf"), a.kept(t, "ville")
			said, err := a.asksAs(t, row, roles[row.roles[0]], func(name string) string {
				if "$"+name == foreign {
					return things["ville"][name]
				}
				return things["spf"][name]
			})
			tried++
			if code(err, &bytes.Buffer{}) != exitFound && !(row.do == "report questions" && !strings.Contains(said, "theirs")) {
				t.Errorf("%s %s with their %s: %v %s", row.do, row.body, foreign, err, said)
			}
			if strings.Contains(said, "theirs ") {
				t.Errorf("%s with their %s says %s", row.do, foreign, said)
			}
			if a.kept(t, "spf") != before || a.kept(t, "ville") != theirs {
				t.Errorf("%s %s with their %s changes something", row.do, row.body, foreign)
			}
		}
		if _, err := a.asksAs(t, row, things["ville"]["administrator"], func(name string) string { return things["ville"][name] }); code(err, &bytes.Buffer{}) != exitFound {
			t.Errorf("%s as one of theirs: %v", row.do, err)
		}
	}
	t.Logf("%d attacks", tried)
}
