package console_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/people"
	"praline/records/recordstest"
)

// TestAttacksOnSignIn: whatever is tried, nobody comes in.
func TestAttacksOnSignIn(t *testing.T) {
	type page = consoletest.Page
	for _, row := range []struct {
		label  string
		attack func(t *testing.T, house *consoletest.House, b *consoletest.Browser) page
		status int
	}{
		{"a link that was used", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			consoletest.NewBrowser(t, h.Handler).Enter(link)
			return post(b, "t", token(link))
		}, 422},
		{"a link of more than ten minutes", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			h.Pass(10 * time.Minute)
			return post(b, "t", token(link))
		}, 422},
		{"a link before the one that was given last", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			given(t, h, "trainer")
			return post(b, "t", token(link))
		}, 422},
		{"a link that was seen in another browser", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			seen := consoletest.NewBrowser(t, h.Handler).Get(link).Seen()
			return b.Post("/console/sign-in", "t", token(link), "seen", seen)
		}, 403},
		{"a link pressed with what another browser saw", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			b.Get(link)
			seen := consoletest.NewBrowser(t, h.Handler).Get(link).Seen()
			return b.Post("/console/sign-in", "t", token(link), "seen", seen)
		}, 403},
		{"a link of somebody who left since", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			h.Person(consoletest.Org, people.Person{ID: "trainer", Left: h.Now()})
			return post(b, "t", token(link))
		}, 422},
		{"a link's token as a code", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			return post(b, "code", token(link))
		}, 422},
		{"a code as a link's token", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			_, code := given(t, h, "trainer")
			return post(b, "t", code)
		}, 422},
		{"a code that was used", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			_, code := given(t, h, "trainer")
			post(consoletest.NewBrowser(t, h.Handler), "code", code)
			return post(b, "code", code)
		}, 422},
		{"a code of more than ten minutes", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			_, code := given(t, h, "trainer")
			h.Pass(10 * time.Minute)
			return post(b, "code", code)
		}, 422},
		{"no code", func(_ *testing.T, _ *consoletest.House, b *consoletest.Browser) page { return post(b, "code", "") }, 422},
		{"many guesses, the last one right", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			_, code := given(t, h, "trainer")
			for range 10 {
				post(b, "code", "ABCD 2345")
			}
			return post(b, "code", code)
		}, 429},
		{"many guesses from as many addresses, over all instances", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			h.Options.Try = turns(50)
			h.Handler = consoletest.Handler(t, h.Options)
			_, code := given(t, h, "trainer")
			for i := range 50 {
				from(t, h, i, "ABCD 2345")
			}
			return from(t, h, 50, code)
		}, 429},
		{"another site's form that enters with the attacker's link", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			seen := b.Get(link).Seen()
			return b.Do(form("t="+token(link)+"&seen="+seen, "Sec-Fetch-Site", "cross-site"))
		}, 403},
		{"a form that says from nowhere", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			return b.Do(form("t="+token(link)+"&seen="+b.Get(link).Seen(), "Origin", "null"))
		}, 403},
		{"a form that does not say from where", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			link, _ := given(t, h, "trainer")
			return b.Do(form("t=" + token(link) + "&seen=" + b.Get(link).Seen()))
		}, 403},
		{"a session's name that was made up", func(_ *testing.T, _ *consoletest.House, b *consoletest.Browser) page {
			return with(b, "praline-console", consoletest.Org+"~abcdefghijklmnopqrstuvwxyz.c2lnbmF0dXJl")
		}, 303},
		{"a cookie of another purpose", func(_ *testing.T, _ *consoletest.House, b *consoletest.Browser) page {
			b.Get("/console/sign-in")
			return with(b, "praline-console", b.Cookies()[0].Value)
		}, 303},
		{"a session of another organisation under ours", func(t *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			h.AddOrganisation("autre", "Autre", "Ander")
			theirs := h.SignedInTo("autre", "trainer").Cookies()[0].Value
			return with(b, "praline-console", strings.Replace(theirs, "autre~", consoletest.Org+"~", 1))
		}, 303},
		{"a cookie after signing out", func(_ *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			owner := h.SignedIn("trainer")
			stolen := owner.Cookies()[0].Value
			owner.Post("/console/sign-out")
			return with(b, "praline-console", stolen)
		}, 303},
		{"a cookie of somebody who left", func(_ *testing.T, h *consoletest.House, b *consoletest.Browser) page {
			stolen := h.SignedIn("trainer").Cookies()[0].Value
			h.Person(consoletest.Org, people.Person{ID: "trainer", Left: h.Now()})
			return with(b, "praline-console", stolen)
		}, 303},
	} {
		t.Run(row.label, func(t *testing.T) {
			house := consoletest.New(t)
			b := consoletest.NewBrowser(t, house.Handler)
			if got := row.attack(t, house, b); got.Status != row.status {
				t.Errorf("%d, not %d: %s", got.Status, row.status, got.Body)
			}
			if isIn(b) {
				t.Error("and is in")
			}
		})
	}
}

func token(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return u.Query().Get("t")
}

// post enters a link or a code in a browser that saw the page.
func post(b *consoletest.Browser, field, value string) consoletest.Page {
	return b.Post("/console/sign-in", "seen", b.Get("/console/sign-in").Seen(), field, value)
}

func form(body string, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/console/sign-in", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// from enters a code from one of many addresses.
func from(t *testing.T, h *consoletest.House, i int, code string) consoletest.Page {
	b := consoletest.NewBrowser(t, h.Handler)
	r := form(url.Values{"seen": {b.Get("/console/sign-in").Seen()}, "code": {code}}.Encode(), "Sec-Fetch-Site", "same-origin")
	r.RemoteAddr = fmt.Sprintf("203.0.113.%d:1", i)
	return b.Do(r)
}

// with opens home with a cookie of one's own making.
func with(b *consoletest.Browser, name, value string) consoletest.Page {
	r := httptest.NewRequest(http.MethodGet, "/console", nil)
	r.AddCookie(&http.Cookie{Name: name, Value: value})
	return b.Do(r)
}

// turns lets so many try, whoever they are.
func turns(most int) func(context.Context, string) (time.Duration, error) {
	return func(context.Context, string) (time.Duration, error) {
		if most--; most < 0 {
			return time.Minute, nil
		}
		return 0, nil
	}
}

// A session is made anew at each sign-in: what the browser showed before, of
// whomever, is worth nothing after.
func TestNoSessionIsFixed(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("trainer")
	before := b.Cookies()[0].Value
	link, _ := given(t, house, "manager")
	if page := b.Get(link); !strings.Contains(page.Body, "Amélie Exemple. Elle prendra fin.") {
		t.Errorf("whoever is signed in here is told: %s", page.Body)
	}
	b.Enter(link)
	if page := b.Get("/console"); !strings.Contains(page.Body, "Els Voorbeeld") {
		t.Errorf("%d %s", page.Status, page.Body)
	}
	if b.Cookies()[0].Value == before || with(consoletest.NewBrowser(t, house.Handler), "praline-console", before).Status != 303 {
		t.Error("the former session lives on")
	}
}

func TestOfTwoWhoShowALinkAtOnceOneComesIn(t *testing.T) {
	house := consoletest.New(t)
	link, _ := given(t, house, "trainer")
	var wait sync.WaitGroup
	in := make(chan bool, 8)
	for range cap(in) {
		wait.Go(func() { in <- consoletest.NewBrowser(t, house.Handler).Enter(link).Status == 303 })
	}
	wait.Wait()
	close(in)
	came := 0
	for one := range in {
		if one {
			came++
		}
	}
	if came != 1 {
		t.Errorf("%d came in", came)
	}
}

func TestNextIsAPageOfOurs(t *testing.T) {
	const home = "/console"
	for _, row := range []struct{ label, next, want string }{
		{"a page", "/console/people", "/console/people"},
		{"with its question", "/console/people?q=a%26b", "/console/people?q=a%26b"},
		{"nothing", "", home},
		{"another site", "https://evil.example/console", home},
		{"another site by the same scheme", "//evil.example/console", home},
		{"with a backslash", "/\\evil.example", home},
		{"with a backslash below", "/console/\\evil.example", home},
		{"up and away", "/console/../chat", home},
		{"up and away, hidden", "/console/%2e%2e/chat", home},
		{"two slashes", "/console//evil.example", home},
		{"another page of this host", "/chat", home},
		{"one that begins alike", "/console.evil.example", home},
		{"a script", "javascript:alert(1)", home},
		{"with a line break", "/console/a\r\nSet-Cookie: a=b", home},
		{"with a user", "https://praline@evil.example/console", home},
		{"to sign in again", "/console/sign-in?t=abc", home},
		{"to sign out", "/console/sign-out", home},
	} {
		if got := console.Next(row.next); got != row.want {
			t.Errorf("%s: %q leads to %q, not %q", row.label, row.next, got, row.want)
		}
	}
}

// Logs and stored records hold no token, no code, no session's name.
func TestSecretsAreNeitherLoggedNorStored(t *testing.T) {
	var log bytes.Buffer
	house := consoletest.New(t, func(o *console.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	link, code := given(t, house, "trainer")
	memory := house.Store.(*recordstest.Memory)
	b := house.SignedIn("manager")
	name, _, _ := strings.Cut(b.Cookies()[0].Value, ".")
	stored := ""
	for _, at := range [][2]string{{"", "sign-in"}, {"", "sign-in-of"}, {consoletest.Org, "session"}} {
		all, err := memory.List(t.Context(), at[0], at[1])
		if err != nil || len(all) == 0 {
			t.Fatalf("%v: %v", at, err)
		}
		for _, r := range all {
			stored += r.ID + " " + string(r.Body) + "\n"
		}
	}
	memory.Away = fmt.Errorf("the store is away")
	b.Get(link)
	if page := post(consoletest.NewBrowser(t, house.Handler), "t", token(link)); page.Status != 503 {
		t.Errorf("a store that is away: %d", page.Status)
	}
	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
	_, random, _ := strings.Cut(name, "~")
	for _, secret := range []string{token(link), code, strings.ReplaceAll(code, " ", ""), name, random, "Amélie", "Voorbeeld"} {
		if strings.Contains(log.String()+stored, secret) {
			t.Errorf("%q is in the log or the store:\n%s%s", secret, log.String(), stored)
		}
	}
}
