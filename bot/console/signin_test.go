package console_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/learner"
)

// given is what the bot says to a person of the house who says "console".
func given(t *testing.T, house *consoletest.House, person string) (link, code string) {
	t.Helper()
	link, code, err := house.Options.People.NewSignIn(t.Context(), learner.Membership{Org: consoletest.Org, Person: person})
	if err != nil {
		t.Fatal(err)
	}
	return link, code
}

// isIn says whether a browser sees home.
func isIn(b *consoletest.Browser) bool { return b.Get("/console").Status == 200 }

func TestSignInByLink(t *testing.T) {
	house := consoletest.New(t)
	link, _ := given(t, house, "trainer")
	b := consoletest.NewBrowser(t, house.Handler)
	if page := b.Get("/console"); page.Status != 303 || page.To != "/console/sign-in" {
		t.Fatalf("nobody is sent to sign in: %d %s", page.Status, page.To)
	}
	for range 20 { // robots that preview links
		if page := consoletest.NewBrowser(t, house.Handler).Get(link); !strings.Contains(page.Body, "Amélie Exemple") || len(page.Header["Set-Cookie"]) != 1 {
			t.Fatalf("a robot's look: %d %v", page.Status, page.Header)
		}
	}
	page := b.Get(link)
	if !strings.Contains(page.Body, "Ce lien ouvre la console pour Amélie Exemple.") || page.Header.Get("Referrer-Policy") != "strict-origin" {
		t.Errorf("whose account it is: %s %v", page.Body, page.Header)
	}
	if isIn(b) {
		t.Error("a look signs in")
	}
	if page := b.Enter(link); page.Status != 303 || page.To != "/console" || !isIn(b) {
		t.Errorf("a press does: %d %s", page.Status, page.To)
	}
}

func TestSignInByCode(t *testing.T) {
	for _, row := range []struct {
		label  string
		typing func(code string) string
	}{
		{"as it was read out", func(code string) string { return code }},
		{"in one word, in small letters", func(code string) string { return strings.ToLower(strings.ReplaceAll(code, " ", "")) }},
		{"with a dash and letters for figures", func(code string) string {
			return " " + strings.NewReplacer(" ", "-", "0", "o", "1", "l").Replace(code) + " "
		}},
	} {
		house := consoletest.New(t)
		_, code := given(t, house, "manager")
		b := consoletest.NewBrowser(t, house.Handler)
		seen := b.Get("/console/sign-in?next=" + url.QueryEscape("/console/people?page=2")).Seen()
		page := b.Post("/console/sign-in", "seen", seen, "code", row.typing(code), "next", "/console/people?page=2")
		if page.Status != 303 || page.To != "/console/people?page=2" || !isIn(b) {
			t.Errorf("%s: %d %s %s", row.label, page.Status, page.To, page.Body)
		}
	}
}

func TestSignInPageInTheOtherLanguage(t *testing.T) {
	house := consoletest.New(t)
	link, _ := given(t, house, "trainer")
	b := consoletest.NewBrowser(t, house.Handler)
	page := b.Get(link + "&lang=nl")
	if !strings.Contains(page.Body, "Deze link opent de console voor Amélie Exemple.") || !strings.Contains(page.Body, `href="?lang=fr&amp;t=`+token(link)) {
		t.Errorf("the link is kept: %s", page.Body)
	}
}

func TestWrongCodeIsSaidAtItsField(t *testing.T) {
	house := consoletest.New(t)
	b := consoletest.NewBrowser(t, house.Handler)
	page := b.Post("/console/sign-in", "seen", b.Get("/console/sign-in?lang=nl").Seen(), "code", "ABCD <EFG")
	if page.Status != 422 || !strings.Contains(page.Body, `value="ABCD &lt;EFG"`) || !strings.Contains(page.Body, `aria-invalid="true"`) || !strings.Contains(page.Body, `id="f-code-fault"`) {
		t.Errorf("%d %s", page.Status, page.Body)
	}
}

func TestSessionsCookie(t *testing.T) {
	house := consoletest.New(t, func(o *console.Options) { o.PublicURL = "https://praline.example" })
	link, _ := given(t, house, "trainer")
	for _, cookie := range consoletest.NewBrowser(t, house.Handler).Enter(link).Header["Set-Cookie"] {
		for _, want := range []string{"__Host-praline-console", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("no %s in %s", want, cookie)
			}
		}
		if strings.Contains(cookie, "Domain") || strings.HasPrefix(cookie, "__Host-praline-console=") && !strings.Contains(cookie, "Max-Age=604800") {
			t.Errorf("%s", cookie)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	for _, row := range []struct {
		label string
		visit []time.Duration // after the last one
		in    bool
	}{
		{"within half a day", []time.Duration{11 * time.Hour}, true},
		{"after half a day without a visit", []time.Duration{12 * time.Hour}, false},
		{"a visit begins the half day anew", []time.Duration{11 * time.Hour, 11 * time.Hour}, true},
		{"seven days after it began", slicesOf(11*time.Hour, 16), false},
	} {
		house := consoletest.New(t)
		b := house.SignedIn("trainer")
		in := true
		for _, d := range row.visit {
			house.Pass(d)
			in = isIn(b)
		}
		if in != row.in {
			t.Errorf("%s: %v", row.label, in)
		}
	}
}

func slicesOf(d time.Duration, n int) []time.Duration {
	var all []time.Duration
	for range n {
		all = append(all, d)
	}
	return all
}

func TestLanguageOfASession(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("trainer")
	if page := b.Post("/console/language", "lang", "nl", "back", "/console/sessions?a=b"); page.To != "/console/sessions?a=b" {
		t.Errorf("back where one was: %s", page.To)
	}
	if page := b.Get("/console"); !strings.Contains(page.Body, `<html lang="nl">`) {
		t.Error("not in Dutch")
	}
	if page := b.Post("/console/language", "lang", "xx", "back", "//evil.example"); page.Status != 422 {
		t.Errorf("a language that we do not speak: %d", page.Status)
	}
}

// A browser comes to a page from a letter, and its owner asks the bot for a link.
func TestSignInLeadsToThePageThatWasWished(t *testing.T) {
	house := consoletest.New(t)
	b := consoletest.NewBrowser(t, house.Handler)
	page := b.Get("/console/sessions?a=b")
	b.Get(page.To)
	link, _ := given(t, house, "trainer")
	first := b.Get(link)
	if !strings.Contains(first.Body, `name="next" value="/console/sessions?a=b"`) {
		t.Errorf("forgotten: %s", first.Body)
	}
}

func TestFormAfterTheSessionsEnd(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("trainer")
	house.Pass(13 * time.Hour)
	if page := b.Post("/console/language", "lang", "nl"); page.Status != 401 || !strings.Contains(page.Body, "Rechargez ensuite cette page") {
		t.Errorf("how to send it again: %d %s", page.Status, page.Body)
	}
	if page := b.Post("/console/sign-out"); page.To != "/console/sign-in" {
		t.Errorf("whoever is out already: %d %s", page.Status, page.To)
	}
}

func TestAddressThatNoPageHas(t *testing.T) {
	house := consoletest.New(t)
	if page := house.SignedIn("trainer").Get("/console/nothing/here"); page.Status != 404 || !strings.Contains(page.Body, "Retour à l’accueil") {
		t.Errorf("%d %s", page.Status, page.Body)
	}
}
