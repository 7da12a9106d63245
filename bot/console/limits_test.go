package console_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"praline/bot/console/consoletest"
)

func TestFloodsAreKeptOut(t *testing.T) {
	house := consoletest.New(t)
	b, other := house.SignedIn("trainer"), house.SignedIn("trainer")
	var page consoletest.Page
	for range 301 {
		page = b.Get("/console/sessions")
	}
	if page.Status != http.StatusTooManyRequests || page.Header.Get("Retry-After") == "" || !strings.Contains(page.Body, "Attendez dix secondes") {
		t.Errorf("%d %v", page.Status, page.Header)
	}
	if !isIn(other) {
		t.Error("another session waits for it")
	}
	house.Pass(10 * time.Second)
	if !isIn(b) {
		t.Error("not let in again")
	}
}

func TestFormsAreBounded(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("trainer")
	for _, row := range []struct {
		label, mime string
		body        string
		status      int
	}{
		{"a form", "application/x-www-form-urlencoded", "lang=fr", 303},
		{"too large a form", "application/x-www-form-urlencoded", "lang=" + strings.Repeat("a", 2<<20), 413},
		{"too large a file", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n" + strings.Repeat("a", 33<<20) + "\r\n--x--\r\n", 413},
		{"not a form", "multipart/form-data; boundary=x", "nothing of the kind", 400},
		{"a form that is broken", "application/x-www-form-urlencoded", "lang=%zz", 400},
	} {
		r := httptest.NewRequest(http.MethodPost, "/console/language", strings.NewReader(row.body))
		r.Header.Set("Content-Type", row.mime)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if page := b.Do(r); page.Status != row.status {
			t.Errorf("%s: %d, not %d", row.label, page.Status, row.status)
		}
	}
}
