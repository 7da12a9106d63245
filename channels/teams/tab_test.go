package teams_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/teams"
	"praline/locales"
	"praline/pages"
)

// withTab starts an adapter that has a tab, and returns the word that opens
// that of its person.
func withTab(t *testing.T, overview func(string) ([]channels.Message, error)) (h *harness, word string) {
	h = start(t, func(o *teams.Options) {
		o.PublicURL, o.Secret = "https://praline.example.be", []byte(strings.Repeat("s", 32))
		o.Overview = func(_ context.Context, conversation string) ([]channels.Message, error) {
			return overview(conversation)
		}
	})
	h.says(h.comes(), channels.Message{ID: "1", Lang: "nl", Text: "Klaar.", Choices: []channels.Choice{{Label: "Mijn vooruitgang", Value: "do.progress"}}}, "")
	for _, b := range h.person.Shown()[0].Buttons {
		if b.Kind != "OpenUrl" {
			continue
		}
		u, err := url.Parse(b.URL)
		if err != nil {
			t.Fatal(err)
		}
		context := u.Query().Get("context")
		word, _ = strings.CutPrefix(context, `{"subEntityId":"`)
		word, _ = strings.CutSuffix(word, `"}`)
	}
	if word == "" {
		t.Fatal("no link to the tab beside the choice that shows progress")
	}
	return h, word
}

// opens gets the tab as Teams does: behind the headers of all our pages.
func (h *harness) opens(query string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/teams/tab"+query, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	mux := http.NewServeMux()
	for pattern, route := range h.Routes(h.handle) {
		mux.Handle(pattern, route)
	}
	pages.Guarded(mux, true).ServeHTTP(w, r)
	return w
}

func TestTab(t *testing.T) {
	var asked []string
	away := error(nil)
	h, word := withTab(t, func(conversation string) ([]channels.Message, error) {
		asked = append(asked, conversation)
		return []channels.Message{{Lang: "nl", Title: "Uw <geheugen>", Text: "**12** vragen gekend.", Note: "Sinds maandag.", Choices: []channels.Choice{{Label: "Meer", Value: "more"}}}}, away
	})
	other := "x"
	if word[9] == 'x' {
		other = "y"
	}
	how := "écrivez «\u00a0mes progrès\u00a0»"
	for _, row := range []struct {
		label, query string
		headers      []string
		status       int
		want         string
	}{
		{"with the word", "?t=" + word, nil, 200, "<strong>12</strong> vragen gekend."},
		{"with the word where older clients put it", "?t={page.subPageId}&s=" + word, nil, 200, "Uw &lt;geheugen&gt;"},
		{"without", "", []string{"Accept-Language", "nl-BE,nl;q=0.9,fr;q=0.5"}, 200, "Typ ‘mijn vooruitgang’ in het gesprek"},
		{"without, in English", "?lang=en-us", nil, 200, "write “progress”"},
		{"without, in a language that we do not speak", "", []string{"Accept-Language", "pl"}, 200, how},
		{"what is filled in by nobody", "?t={page.subPageId}&s={subEntityId}&lang={app.locale}", nil, 200, how},
		{"one letter of the word is another", "?t=" + word[:9] + other + word[10:], nil, 200, how},
		{"half of the word", "?t=" + word[:40], nil, 200, how},
		{"another secret's word", "?t=" + strings.Repeat("A", len(word)), nil, 200, how},
		{"a script", "?t=<script>alert(1)</script>&lang=<script>", nil, 200, how},
	} {
		w := h.opens(row.query, row.headers...)
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.want) || strings.Contains(w.Body.String(), "<script") || strings.Contains(w.Body.String(), "<button") {
			t.Errorf("%s: answered %d\n%s", row.label, w.Code, w.Body)
		}
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors https://teams.microsoft.com") || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") ||
			w.Header().Get("X-Frame-Options") != "" || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers %v", row.label, w.Header())
		}
	}
	if len(asked) != 2 || asked[0] != h.person.Conversation {
		t.Errorf("asked for %q, want only whose word it is: %q", asked, h.person.Conversation)
	}
	away = errors.New("the store is away")
	if w := h.opens("?t=" + word); w.Code != 503 || !strings.Contains(w.Body.String(), locales.For("nl").Say("teams.tab-away")) && !strings.Contains(w.Body.String(), locales.For("fr").Say("teams.tab-away")) {
		t.Errorf("away: answered %d\n%s", w.Code, w.Body)
	}
	h.clock.moves(25 * time.Hour)
	asked = nil
	if h.opens("?t=" + word); len(asked) > 0 {
		t.Error("a word of yesterday opens the tab")
	}
}

// TestNoTab: without what it needs there is none, and no link to it.
func TestNoTab(t *testing.T) {
	overview := func(context.Context, string) ([]channels.Message, error) { return nil, nil }
	for label, change := range map[string]func(*teams.Options){
		"no overview":       func(o *teams.Options) { o.PublicURL, o.Secret = "https://x.example", make([]byte, 32) },
		"no public address": func(o *teams.Options) { o.Overview, o.Secret = overview, make([]byte, 32) },
		"no secret":         func(o *teams.Options) { o.Overview, o.PublicURL = overview, "https://x.example" },
	} {
		h := start(t, change)
		h.says(h.comes(), channels.Message{ID: "1", Lang: "nl", Text: "Klaar.", Choices: []channels.Choice{{Label: "Mijn vooruitgang", Value: "do.progress"}}}, "")
		if n := len(h.person.Shown()[0].Buttons); n != 1 {
			t.Errorf("%s: %d buttons", label, n)
		}
		if w := h.opens("?t=x"); w.Code != 200 {
			t.Errorf("%s: the tab is answered %d", label, w.Code)
		}
	}
}
