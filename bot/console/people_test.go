package console_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/people"
)

func shows(t *testing.T, label string, page consoletest.Page, status int, wants ...string) {
	t.Helper()
	if page.Status != status {
		t.Errorf("%s: %d: %s", label, page.Status, page.Body)
	}
	_, main, _ := strings.Cut(page.Body, "<main")
	said := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html.UnescapeString(main))
	if main == "" {
		said = page.Body
	}
	for _, want := range wants {
		if !strings.Contains(said, want) {
			t.Errorf("%s: no %q in %s", label, want, said)
		}
	}
}

func TestPeople(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("administrator")
	shows(t, "list", b.Get("/console/people"), 200, "5 personnes, dont 5 déjà là", "Amélie Exemple", "Formateur", "Accueil")
	shows(t, "search", b.Get("/console/people?q=amelie"), 200, "1 personne trouvée", "Amélie Exemple")
	shows(t, "nothing found", b.Get("/console/people?q=zzz"), 200, "0 personne")
	page := b.Post("/console/people/new", "name", "Nadia Exemple", "number", "71", "team", "team", "roles", "trainer", "pattern", "au petit bonheur")
	if page.Status != 303 {
		t.Fatalf("added: %d %s", page.Status, page.Body)
	}
	shows(t, "added", b.Get(page.To), 200, "Nadia Exemple est dans la liste", "n’est pas encore venue", "ne se lit pas comme un horaire")
	shows(t, "a number twice", b.Post("/console/people/new", "name", "Omar Exemple", "number", "71"), 422, "Quelqu’un d’autre a déjà le numéro 71", `value="Omar Exemple"`)
	shows(t, "no name", b.Post(page.To, "name", ""), 422, "Il manque un nom")
	if changed := b.Post(page.To, "name", "Nadia Voorbeeld", "roles", "reviewer"); changed.Status != 303 {
		t.Errorf("changed: %d", changed.Status)
	}
	shows(t, "changed", b.Get(page.To), 200, "Nadia Voorbeeld", `value="reviewer" checked`)
	shows(t, "not sure", b.Post(page.To+"/leave"), 422, "Cochez la case")
	if left := b.Post(page.To+"/leave", "sure", "yes"); left.Status != 303 {
		t.Errorf("left: %d", left.Status)
	}
	shows(t, "left", b.Get(page.To), 200, "a quitté l’organisation")
	if gone := b.Post(page.To+"/delete", "sure", "yes"); gone.To != "/console/people" {
		t.Errorf("deleted: %+v", gone)
	}
	shows(t, "deleted", b.Get(page.To), 404)
	shows(t, "the last administrator", b.Post("/console/people/administrator/leave", "sure", "yes"), 422, "Il n’y a pas d’autre administrateur")
}

func TestImport(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("administrator")
	shows(t, "no file", b.Post("/console/import"), 422, "Choisissez d’abord un fichier")
	shows(t, "no table", b.Upload("/console/import", "file", "x.xls", []byte("\xd0\xcf\x11\xe0")), 422, "ancien fichier Excel")
	page := b.Upload("/console/import", "file", "faux.csv", []byte("matricule;nom;langue\n1;Ada Exemple;x\n2;;fr\n"))
	shows(t, "faults", b.Get(page.To), 200, "2 erreurs à corriger", "« x » n’est pas une langue", "Il manque un nom")
	shows(t, "faults are not imported", b.Post(page.To), 422, "2 erreurs à corriger")
	page = b.Upload("/console/import", "file", "équipe.csv", []byte("matricule;nom;équipe\n1;Ada Exemple;Finances\n2;Bert <b>Voorbeeld;Finances\n"))
	shows(t, "dry run", b.Get(page.To), 200, "2 à ajouter, 0 à modifier", "Finances", "Bert <b>Voorbeeld")
	if strings.Contains(b.Get(page.To).Body, "<b>V") {
		t.Error("a name is markup")
	}
	done := b.Post(page.To)
	if done.To != "/console/people" {
		t.Fatalf("imported: %d %s", done.Status, done.Body)
	}
	shows(t, "imported", b.Get(done.To), 200, "2 personnes ajoutées, 0 modifiées", "Ada Exemple")
	shows(t, "once", b.Post(page.To), 404)
	got := b.Get("/console/roster.csv")
	shows(t, "exported", got, 200, "numéro;nom;équipe", "1;Ada Exemple;Finances")
	if got.Header.Get("Content-Disposition") == "" {
		t.Error("the roster is shown, not downloaded")
	}
}

func TestInvitationsAndPoster(t *testing.T) {
	house := consoletest.New(t, func(o *console.Options) {
		o.Ways = func(_ context.Context, code string) []people.Way {
			return []people.Way{{App: "slack", Code: code}, {App: "web", URL: "https://praline.example/chat?join=" + code, Code: code}}
		}
	})
	b := house.SignedIn("administrator")
	shows(t, "a role on a poster", b.Post("/console/invitations", "kind", "many", "limit", "20", "roles", "trainer"), 422, "vaut pour une seule")
	page := b.Post("/console/invitations", "kind", "many", "limit", "20", "team", "team")
	if page.Status != 303 {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	shows(t, "shown", b.Get(page.To), 200, "INV-", "https://praline.example/chat?join=INV-", "Slack", "<svg", "0 venues sur 20")
	shows(t, "poster", b.Get(page.To+"/poster"), 200, "Leren in drie minuten", "Apprendre en trois minutes", "<svg", "INV-")
	shows(t, "list", b.Get("/console/invitations"), 200, "1 invitation est ouverte", "Accueil")
	if end := b.Post(page.To + "/end"); end.To != "/console/invitations" {
		t.Errorf("%+v", end)
	}
	if ended := b.Get(page.To); strings.Contains(ended.Body, "INV-") {
		t.Error("a code that leads nowhere is shown")
	}
	one := b.Post("/console/invitations", "person", "learner")
	shows(t, "a line of the roster", b.Get(one.To), 200, "Lien Voorbeeld", "INV-")
}

func TestOrganisationTeamsAudit(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("administrator")
	shows(t, "settings", b.Get("/console/organisation"), 200, "SPF Exemple", "Administration fédérale")
	shows(t, "a day that is none", b.Post("/console/organisation", "name.fr", "SPF", "days", "demain"), 422, "« demain » n’est pas une date", "demain</textarea>")
	if page := b.Post("/console/organisation", "name.fr", "SPF Nouveau", "days", "2027-05-07", "calendar", "federal", "languages", "fr", "invite-only", "yes"); page.Status != 303 {
		t.Errorf("%d %s", page.Status, page.Body)
	}
	shows(t, "kept", b.Get("/console/organisation"), 200, "SPF Nouveau", "On ne vient que sur invitation", "2027-05-07")
	if page := b.Post("/console/teams", "name.fr", "Finances"); page.Status != 303 {
		t.Errorf("%d %s", page.Status, page.Body)
	}
	shows(t, "a team twice", b.Post("/console/teams", "name.fr", "finances"), 422, "Une équipe s’appelle déjà")
	shows(t, "a team with people", b.Post("/console/teams/team/remove"), 422, "5 personnes sont dans cette équipe")
	if page := b.Post("/console/teams/finances", "name.fr", "Budget"); page.Status != 303 {
		t.Errorf("%d", page.Status)
	}
	if page := b.Post("/console/teams/finances/remove"); page.Status != 303 {
		t.Errorf("%d", page.Status)
	}
	shows(t, "audit", b.Get("/console/audit?verify=yes"), 200, "4 lignes au journal", "Réglages modifiés", "Rachida Exemple", "telles qu’elles ont été écrites")
}

// TestPeopleOfAnotherOrganisation puts ids of another organisation into every
// address and field: there is none.
func TestPeopleOfAnotherOrganisation(t *testing.T) {
	house := consoletest.New(t)
	house.AddOrganisation("ville", "Ville Exemple", "Stad Voorbeeld")
	house.Person("ville", people.Person{ID: "theirs", Name: "Carla Exemple"})
	theirs := house.SignedInTo("ville", "administrator")
	invitation := theirs.Post("/console/invitations", "kind", "many", "limit", "5").To
	upload := theirs.Upload("/console/import", "file", "a.csv", []byte("numéro;nom\n1;Ada\n")).To
	b := house.SignedIn("administrator")
	for _, path := range []string{"/console/people/theirs", invitation, invitation + "/poster", upload} {
		shows(t, "GET "+path, b.Get(path), 404)
	}
	for _, row := range [][]string{
		{"/console/people/theirs", "name", "X"},
		{"/console/people/theirs/leave", "sure", "yes"},
		{"/console/people/theirs/delete", "sure", "yes"},
		{invitation + "/end"},
		{upload},
		{"/console/invitations", "person", "theirs"},
		{"/console/teams/elsewhere", "name.fr", "X"},
		{"/console/teams/elsewhere/remove"},
	} {
		shows(t, "POST "+row[0], b.Post(row[0], row[1:]...), 404)
	}
	if page := b.Get("/console/people"); strings.Contains(page.Body, "Carla") {
		t.Error("their people are listed")
	}
	shows(t, "theirs is as it was", theirs.Get("/console/people/theirs"), 200, "Carla Exemple")
}

// BenchmarkPeople is the list of 10,000, its last page.
func BenchmarkPeople(b *testing.B) {
	house := consoletest.New(b)
	var file bytes.Buffer
	file.WriteString("numéro;nom;équipe\n")
	for i := range 10_000 {
		fmt.Fprintf(&file, "%d;Personne Exemple %d;Équipe %d\n", i, i, i%100)
	}
	if _, err := house.Options.People.Import(b.Context(), people.Shell(consoletest.Org), people.Roster{File: file.Bytes()}); err != nil {
		b.Fatal(err)
	}
	browser := house.SignedIn("administrator")
	for b.Loop() {
		if page := browser.Get("/console/people?page=200"); page.Status != 200 {
			b.Fatal(page.Status)
		}
		house.Pass(time.Second)
	}
}
