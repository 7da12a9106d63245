package console_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"praline/bot/console"
	"praline/bot/console/consoletest"
)

var wildcard = regexp.MustCompile(`\{[^}]*\}`)

// addresses are all pages of the console, with an id that nothing has.
func addresses(t *testing.T, house *consoletest.House) []console.Page {
	t.Helper()
	c, err := console.New(house.Options)
	if err != nil {
		t.Fatal(err)
	}
	all := c.Pages()
	if len(all) < 8 {
		t.Fatalf("pages: %v", all)
	}
	return all
}

func visitIt(b *consoletest.Browser, pattern string) consoletest.Page {
	method, path, _ := strings.Cut(wildcard.ReplaceAllString(pattern, "nothing"), " ")
	if method == "POST" {
		return b.Post(path)
	}
	return b.Get(path)
}

// safe are the headers of every answer.
var safe = map[string]string{
	"X-Content-Type-Options":     "nosniff",
	"Cache-Control":              "no-store",
	"X-Frame-Options":            "DENY",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Strict-Transport-Security":  "max-age=31536000",
}

func TestEveryPage(t *testing.T) {
	house := consoletest.New(t, func(o *console.Options) { o.PublicURL = "https://praline.example" })
	nobody, everybody := consoletest.NewBrowser(t, house.Handler), map[string]*consoletest.Browser{}
	for _, role := range []string{"learner", "trainer", "reviewer", "manager", "administrator"} {
		everybody[role] = house.SignedIn(role)
	}
	for _, p := range addresses(t, house) {
		pages := map[string]consoletest.Page{"nobody": visitIt(nobody, p.Pattern)}
		reads := strings.HasPrefix(p.Pattern, "GET")
		if got := pages["nobody"]; !p.Open && p.Pattern != "POST /console/sign-out" && (reads && !strings.HasPrefix(got.To, "/console/sign-in") || !reads && got.Status != 401) {
			t.Errorf("%s: is shown to who is not signed in: %d %s", p.Pattern, got.Status, got.To)
		}
		if !reads {
			forged := httptest.NewRequest("POST", wildcard.ReplaceAllString(strings.TrimPrefix(p.Pattern, "POST "), "nothing"), nil)
			forged.Header.Set("Sec-Fetch-Site", "cross-site")
			if got := everybody["administrator"].Do(forged); got.Status != 403 {
				t.Errorf("%s: another site's form is taken: %d", p.Pattern, got.Status)
			}
		}
		if p.Pattern != "POST /console/sign-out" {
			for role, b := range everybody {
				pages[role] = visitIt(b, p.Pattern)
			}
		}
		for who, got := range pages {
			if got.Status >= 500 {
				t.Errorf("%s by %s: %d", p.Pattern, who, got.Status)
			}
			for name, want := range safe {
				if got.Header.Get(name) != want {
					t.Errorf("%s by %s: %s is %q", p.Pattern, who, name, got.Header.Get(name))
				}
			}
			policy := got.Header.Get("Content-Security-Policy")
			for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
				if !strings.Contains(policy, want) || strings.Contains(policy, "unsafe") {
					t.Errorf("%s by %s: policy %q", p.Pattern, who, policy)
				}
			}
			inline(t, p.Pattern+" by "+who, got)
		}
	}
}

var (
	unsafe   = regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=|<style|<script(?:>|[^>]*>[^<])|javascript:`)
	headings = regexp.MustCompile(`<h([1-6])[ >]`)
)

// inline finds what our policy forbids, and headings that are out of order.
func inline(t *testing.T, label string, page consoletest.Page) {
	t.Helper()
	if !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") || !strings.Contains(page.Body, "<main") {
		return
	}
	if found := unsafe.FindString(page.Body); found != "" {
		t.Errorf("%s: inline style or script: %s", label, found)
	}
	before := 0
	for i, found := range headings.FindAllStringSubmatch(page.Body, -1) {
		level := int(found[1][0] - '0')
		if i == 0 && level != 1 || i > 0 && level == 1 || level > before+1 {
			t.Errorf("%s: heading %d is h%d, after h%d", label, i+1, level, before)
		}
		before = level
	}
	if strings.Contains(page.Body, "<no value>") || regexp.MustCompile(`>\s*[a-z]+\.[a-z-]+\s*<`).MatchString(page.Body) {
		t.Errorf("%s: a word is missing: %s", label, regexp.MustCompile(`<no value>|>\s*[a-z]+\.[a-z-]+\s*<`).FindString(page.Body))
	}
}
