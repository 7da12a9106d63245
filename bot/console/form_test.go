package console

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"praline/bot/people"
	"praline/locales"
)

// posted is a visit of a form that was sent.
func posted(t *testing.T, form url.Values) *visit {
	t.Helper()
	c, err := New(Options{Secret: []byte("secret"), Wall: time.Now, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/console/x", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	v := &visit{console: c, w: httptest.NewRecorder(), r: r, W: locales.For("fr"), path: "/console/x"}
	if err := v.read(); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFieldsOfAForm(t *testing.T) {
	for _, row := range []struct{ label, sent, want string }{
		{"space around it", "  Amélie \n", "Amélie"},
		{"lines of other systems", "a\r\nb", "a\nb"},
		{"control characters", "a\x00b\x1b[c\x7f", "ab[c"},
		{"broken letters", "caf\xe9", "caf"},
	} {
		if got := posted(t, url.Values{"f": {row.sent}}).text("f"); got != row.want {
			t.Errorf("%s: %q, not %q", row.label, got, row.want)
		}
	}
	for _, row := range []struct {
		sent  string
		want  int
		sound bool
	}{{"7", 7, true}, {"", 1, true}, {"0", 1, false}, {"11", 1, false}, {"x", 1, false}, {"99999999999999999999", 1, false}} {
		v := posted(t, url.Values{"f": {row.sent}})
		if got := v.number("f", 1, 10); got != row.want || v.sound() != row.sound {
			t.Errorf("%q: %d %v", row.sent, got, v.faults)
		}
	}
}

func TestFaultsStandBesideTheirFields(t *testing.T) {
	v := posted(t, url.Values{"name": {`"<b>`}, "roles": {"trainer"}})
	err := errors.Join(people.Fault{Field: "name", Code: "nothing"}, fmt.Errorf("row 2: %w", people.Fault{Field: "roles", Code: "nothing"}))
	if err := v.refused(err); err != nil || len(v.faults) != 2 {
		t.Fatalf("%v %v", err, v.faults)
	}
	if away := errors.New("away"); v.refused(away) == nil {
		t.Error("what cannot be mended is no fault of the form")
	}
	field, err := v.view("", nil).Field("name", "console.code", "before", "required", "max=80", "hint=console.code-hint", "lang=nl")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<label for="f-name">`, `value="&#34;&lt;b&gt;"`, `maxlength="80"`, ` required `, `aria-invalid="true"`,
		`aria-describedby="f-name-hint f-name-fault"`, `lang="nl"`, `id="f-name-fault"`,
	} {
		if !strings.Contains(string(field), want) {
			t.Errorf("no %s in %s", want, field)
		}
	}
	pick, err := v.view("", nil).Pick("roles", "console.code", []Option{{Value: "trainer", Words: "T"}, {Value: "manager", Words: "M", Chosen: true}}, "many")
	if err != nil || !strings.Contains(string(pick), `value="trainer" checked`) || strings.Contains(string(pick), `value="manager" checked`) {
		t.Errorf("what was ticked stays so: %v %s", err, pick)
	}
}

func TestPaging(t *testing.T) {
	for _, row := range []struct {
		page             string
		all              int
		from, to, number int
		before, behind   string
	}{
		{"", 0, 1, 0, 1, "", ""},
		{"", 10, 1, 10, 1, "", ""},
		{"1", 25, 1, 10, 1, "", "/console/x?page=2&q=a"},
		{"3", 25, 21, 25, 3, "/console/x?page=2&q=a", ""},
		{"99", 25, 21, 25, 3, "/console/x?page=2&q=a", ""},
		{"-1", 25, 1, 10, 1, "", "/console/x?page=2&q=a"},
	} {
		v := &visit{r: httptest.NewRequest("GET", "/console/x?q=a&page="+row.page, nil), path: "/console/x"}
		p := v.paged(row.all, 10)
		if p.From != row.from || p.To != row.to || p.Number != row.number || p.Before != row.before || p.Behind != row.behind {
			t.Errorf("page %q of %d: %+v", row.page, row.all, p)
		}
	}
}
