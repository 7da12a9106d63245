package inbox_test

import (
	"errors"
	"strings"
	"testing"

	"praline/bot/inbox"
	"praline/records"
)

func TestSubject(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"la signature électronique", "signature electronique"},
		{"Je cherche : signature  ÉLECTRONIQUE ?", "signature electronique"},
		{"ik zoek een handtekening", "handtekening"},
		{"ok", ""},
		{"Merci beaucoup !", ""},
		{"le budget 2027", "budget 2027"},
		{"appeler le 0470 12 34 56", ""},
		{"prenom.exemple@example.org", ""},
		{"la", ""},
		{"0470 12 34 56", ""},
		{"mon collègue Exemple ne vient plus travailler depuis trois semaines sans prévenir", ""},
		{strings.Repeat("x", 61), ""},
	} {
		if got := inbox.Subject(row.text); got != row.want {
			t.Errorf("%q is about %q, not %q", row.text, got, row.want)
		}
	}
}

func TestNeeds(t *testing.T) {
	h := newHouse(t)
	miss := func(n int, text string) { t.Helper(); h.ok(h.Missed(t.Context(), "spf", who(n), "fr", text)) }
	for n := range 4 {
		for range 3 { // each counts once
			miss(n, "la signature électronique")
		}
	}
	miss(0, "archiver un courriel")
	if strings.Contains(h.everything(), "signature") {
		t.Errorf("readable under five:\n%s", h.everything())
	}
	shown, hidden, err := h.Needs(t.Context(), "spf")
	if h.ok(err); len(shown) != 0 || hidden != 2 {
		t.Errorf("four people: %+v, %d hidden", shown, hidden)
	}
	miss(4, "Signature électronique ?")
	shown, hidden, err = h.Needs(t.Context(), "spf")
	if h.ok(err); len(shown) != 1 || shown[0].Words != "signature électronique" || shown[0].People != 5 || hidden != 1 {
		t.Errorf("five people: %+v, %d hidden", shown, hidden)
	}
	if shown, hidden, err := h.Needs(t.Context(), "fod"); err != nil || len(shown)+hidden > 0 {
		t.Errorf("another organisation sees %+v %d %v", shown, hidden, err)
	}
	if err := h.SetAside(t.Context(), "fod", shown[0].ID, true); !errors.Is(err, records.ErrNone) {
		t.Errorf("another organisation's: %v", err)
	}
	h.ok(h.SetAside(t.Context(), "spf", shown[0].ID, true))
	if n, err := h.Need(t.Context(), "spf", shown[0].ID); err != nil || !n.Done {
		t.Errorf("%+v %v", n, err)
	}
	h.now = h.now.AddDate(0, 0, 91)
	h.ok(h.Tend(t.Context()))
	if shown, hidden, err := h.Needs(t.Context(), "spf"); err != nil || len(shown) != 1 || hidden != 0 {
		t.Errorf("after ninety days: %+v %d %v", shown, hidden, err)
	}
}
