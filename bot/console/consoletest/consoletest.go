// Package consoletest is for tests of the console's pages: an organisation with
// one person of each role, and browsers in which they are signed in.
//
//	house := consoletest.New(t)
//	trainer := house.SignedIn("trainer")
//	page := trainer.Get("/console/series")
//	page = trainer.Post("/console/series", "title", "Hameçonnage")
//	if page.Status != 303 { … page.Body, page.To … }
//
// A console of one's own making is visited with SignedIn.
package consoletest

import (
	"bytes"
	"context"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/recognition"
	"praline/bot/report"
	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
	"praline/records/recordstest"
	"praline/scheduler/campaign"
)

// Org is the organisation's id.
const Org = "spf-exemple"

// Began is when a house's clocks stand, until a test moves them: a Tuesday.
var Began = time.Date(2026, 10, 20, 9, 5, 0, 0, time.UTC)

// House is a console over a store in memory.
type House struct {
	t       testing.TB
	Store   records.Store
	Options console.Options
	Handler http.Handler
	Letters []Letter // that were written

	mu  sync.Mutex
	now time.Time
}

// Letter is one that was written to a learner.
type Letter struct {
	To learner.ID
	learner.Letter
}

// New is a house with one person of each role, whose id is the role's name; the
// trainer, the reviewer and the administrator read French, the others Dutch.
// change, where given, changes the options before the console is made.
func New(t testing.TB, change ...func(*console.Options)) *House {
	t.Helper()
	h := &House{t: t, Store: &recordstest.Memory{}, now: Began}
	secret := []byte("0123456789abcdef0123456789abcdef")
	h.Options = console.Options{
		People:    &people.People{Store: h.Store, Secret: secret, Now: h.Now},
		Library:   &library.Library{Store: h.Store},
		Campaigns: &campaign.Campaigns{Store: h.Store},
		Reports:   &report.Reports{Store: h.Store}, Recognition: &recognition.Recognition{Store: h.Store, Secret: secret},
		Catalogue: func(context.Context, string) (lessons.Catalogue, error) { return lessons.NewCatalogue(), nil },
		Write: func(_ context.Context, to learner.ID, letter learner.Letter) error {
			h.Letters = append(h.Letters, Letter{to, letter})
			return nil
		},
		Secret: secret, Now: h.Now, Wall: h.Now,
	}
	h.Options.Inbox = &inbox.Inbox{Store: h.Store, People: h.Options.People, Secret: secret, Write: h.Options.Write, Now: h.Now}
	h.Options.Reports.Roster, h.Options.Reports.Secret, h.Options.Reports.Now = h.Options.People, secret, h.Now
	for _, one := range change {
		one(&h.Options)
	}
	h.AddOrganisation(Org, "SPF Exemple", "FOD Voorbeeld")
	h.Handler = Handler(t, h.Options)
	return h
}

// AddOrganisation adds an organisation with a team "team" and one person of
// each role.
func (h *House) AddOrganisation(org, fr, nl string) {
	h.t.Helper()
	h.put(records.Key{Kind: "organisation", ID: org}, people.Organisation{ID: org, Names: map[string]string{"fr": fr, "nl": nl}})
	h.put(records.Key{Org: org, Kind: "team", ID: "team"}, people.Team{ID: "team", Names: map[string]string{"fr": "Accueil", "nl": "Onthaal"}})
	names := map[people.Role]string{
		people.Learner: "Lien Voorbeeld", people.Trainer: "Amélie Exemple", people.Reviewer: "Hugo Exemple",
		people.Manager: "Els Voorbeeld", people.Administrator: "Rachida Exemple",
	}
	for _, role := range people.Roles {
		p := people.Person{ID: string(role), Name: names[role], Team: "team", Lang: "fr", Learner: learner.ID(org + "-" + string(role)), Joined: Began.AddDate(0, -1, 0)}
		switch role {
		case people.Learner:
			p.Lang = "nl"
		case people.Manager:
			p.Lang, p.Manages, p.Roles = "nl", []string{"team"}, []people.Role{role}
		default:
			p.Roles = []people.Role{role}
		}
		h.Person(org, p)
	}
}

// Person puts a line into a roster.
func (h *House) Person(org string, p people.Person) {
	h.t.Helper()
	h.put(records.Key{Org: org, Kind: "person", ID: p.ID}, p)
}

func (h *House) put(key records.Key, value any) {
	h.t.Helper()
	if err := records.Put(context.Background(), h.Store, key, value); err != nil {
		h.t.Fatal(err)
	}
}

// Now is what the house's clocks show.
func (h *House) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// Pass lets time pass.
func (h *House) Pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// SignedIn is a browser of somebody of the organisation: "trainer".
func (h *House) SignedIn(person string) *Browser { return h.SignedInTo(Org, person) }

// SignedInTo is a browser of somebody of another organisation.
func (h *House) SignedInTo(org, person string) *Browser {
	h.t.Helper()
	return SignedIn(h.t, h.Handler, h.Options.People, org, person)
}

// Handler makes the console of options, with all its addresses.
func Handler(t testing.TB, o console.Options) http.Handler {
	t.Helper()
	c, err := console.New(o)
	if err != nil {
		t.Fatal(err)
	}
	routes, err := c.Routes()
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for pattern, handler := range maps.All(routes) {
		mux.Handle(pattern, handler)
	}
	return mux
}

// Browser keeps the cookies of one person, follows no redirect, and says that
// its forms come from our own pages.
type Browser struct {
	t       testing.TB
	handler http.Handler
	jar     http.CookieJar
}

// Page is what came back.
type Page struct {
	Status int
	Body   string
	To     string // where a redirect leads
	Header http.Header
}

// NewBrowser is a browser in which nobody is signed in.
func NewBrowser(t testing.TB, handler http.Handler) *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{t, handler, jar}
}

var seen = regexp.MustCompile(`name="seen" value="([^"]*)"`)

// SignedIn is a browser in which somebody has signed in, by a link of theirs.
func SignedIn(t testing.TB, handler http.Handler, p *people.People, org, person string) *Browser {
	t.Helper()
	link, _, err := p.NewSignIn(context.Background(), learner.Membership{Org: org, Person: person})
	if err != nil {
		t.Fatalf("%s of %s: %v", person, org, err)
	}
	b := NewBrowser(t, handler)
	if page := b.Enter(link); page.Status != http.StatusSeeOther || page.To != "/console" {
		t.Fatalf("%s of %s does not come in: %d %s %s", person, org, page.Status, page.To, page.Body)
	}
	return b
}

// Enter opens a link to sign in and presses its button.
func (b *Browser) Enter(link string) Page {
	b.t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.Post("/console/sign-in", "t", u.Query().Get("t"), "seen", b.Get(link).Seen())
}

// Seen is what a sign-in page gives its form to send along.
func (p Page) Seen() string {
	if found := seen.FindStringSubmatch(p.Body); found != nil {
		return found[1]
	}
	return ""
}

// Get opens a page.
func (b *Browser) Get(path string) Page {
	return b.Do(httptest.NewRequest(http.MethodGet, path, nil))
}

// Post sends a form, of names and values in turn.
func (b *Browser) Post(path string, fields ...string) Page {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Do(r)
}

// Upload sends a form with a file.
func (b *Browser) Upload(path, field, filename string, content []byte, fields ...string) Page {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			b.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile(field, filename)
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Do(r)
}

// Do sends any request, with the browser's cookies.
func (b *Browser) Do(r *http.Request) Page {
	at := &url.URL{Scheme: "https", Host: "example.com", Path: "/"}
	for _, cookie := range b.jar.Cookies(at) {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	answer := w.Result()
	b.jar.SetCookies(at, answer.Cookies())
	return Page{answer.StatusCode, w.Body.String(), answer.Header.Get("Location"), answer.Header}
}

// Cookies are those that the browser keeps.
func (b *Browser) Cookies() []*http.Cookie {
	return b.jar.Cookies(&url.URL{Scheme: "https", Host: "example.com", Path: "/"})
}
