package teams_test

import (
	"cmp"
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"praline/channels/teams"
	"praline/channels/teams/teamstest"
)

// asked posts an activity with a token, and returns the status.
func (h *harness) asked(a teamstest.Activity, token string) int {
	h.t.Helper()
	out := h.server.Post(a, token)
	if out.Err != nil {
		h.t.Fatal(out.Err)
	}
	return out.Status
}

// TestVerify: who is let in; how many are kept out stands in TestAttacks.
func TestVerify(t *testing.T) {
	h := start(t, nil)
	h.comes()
	for _, row := range []struct {
		label  string
		claims func(teamstest.Claims, time.Time) teamstest.Claims
		with   teamstest.Activity
		want   int
	}{
		{label: "as Microsoft does", want: 200},
		{label: "expired within the skew", claims: func(c teamstest.Claims, now time.Time) teamstest.Claims {
			return c.With("exp", now.Add(-4*time.Minute).Unix())
		}, want: 200},
		{label: "expired beyond it", claims: func(c teamstest.Claims, now time.Time) teamstest.Claims {
			return c.With("exp", now.Add(-6*time.Minute).Unix())
		}, want: 401},
		{label: "valid soon, within the skew", claims: func(c teamstest.Claims, now time.Time) teamstest.Claims {
			return c.With("nbf", now.Add(4*time.Minute).Unix())
		}, want: 200},
		{label: "valid soon, beyond it", claims: func(c teamstest.Claims, now time.Time) teamstest.Claims {
			return c.With("nbf", now.Add(6*time.Minute).Unix())
		}, want: 401},
		{label: "ours among other audiences", claims: func(c teamstest.Claims, _ time.Time) teamstest.Claims {
			return c.With("aud", []string{"x", teamstest.AppID})
		}, want: 200},
		{label: "the serviceUrl without its last slash, the host in capitals", claims: func(c teamstest.Claims, _ time.Time) teamstest.Claims {
			return c.With("serviceurl", strings.TrimSuffix(strings.Replace(c["serviceurl"].(string), "http:", "HTTP:", 1), "/"))
		}, want: 200},
		{label: "the path in capitals is another", claims: func(c teamstest.Claims, _ time.Time) teamstest.Claims {
			return c.With("serviceurl", strings.Replace(c["serviceurl"].(string), "emea", "EMEA", 1))
		}, want: 401},
		{label: "the tenant in capitals", with: teamstest.Activity{"channelData": map[string]any{"tenant": map[string]any{"id": strings.ToUpper(teamstest.TenantID)}}}, want: 200},
	} {
		claims := h.server.Claims(h.person.ServiceURL())
		if row.claims != nil {
			claims = row.claims(claims, h.clock.now())
		}
		got := h.asked(h.person.Makes("message-text", row.with), h.server.Sign(claims, teamstest.Signing{}))
		if got != row.want {
			t.Errorf("%s: answered %d, want %d", row.label, got, row.want)
		}
	}
}

// TestServiceURLs: with Microsoft's own login, where we answer.
func TestServiceURLs(t *testing.T) {
	h := start(t, func(o *teams.Options) { o.OpenIDURL = "" })
	for address, want := range map[string]bool{
		"https://smba.trafficmanager.net/emea/":                                      true,
		"https://smba.trafficmanager.net/emea/0c1e2d3f-aaaa-4bbb-8ccc-1ddd2eee3fff/": true,
		"https://SMBA.trafficmanager.net/emea":                                       true,
		"https://smba.infra.gcc.teams.microsoft.com/teams":                           true,
		"https://smba.infra.gov.teams.microsoft.us/gcch":                             true,
		"https://europe.botframework.com":                                            true,
		"http://127.0.0.1:56150/_connector":                                          false,
		"http://localhost:56150/_connector":                                          false,
		"https://localhost/":                                                         false,
		"https://botframework.com.evil.example/":                                     false,
		"https://.botframework.com/":                                                 false,
		"https://xbotframework.com/":                                                 false,
		"http://smba.trafficmanager.net/emea/":                                       false,
	} {
		_, _, ok := h.Address("a:1x " + address)
		if ok != want {
			t.Errorf("%s: taken %v, want %v", address, ok, want)
		}
	}
}

// TestEndorsed: a key that may not speak for Teams does not.
func TestEndorsed(t *testing.T) {
	for _, row := range []struct {
		label    string
		endorsed []string
		want     bool
	}{
		{"for Teams among others", []string{"webchat", "msteams"}, true},
		{"for others", []string{"webchat"}, false},
		{"for nobody", nil, false},
	} {
		h := start(t, nil)
		h.server.Endorsed(row.endorsed...)
		if got := h.person.Says("bonjour").Taken(); got != row.want {
			t.Errorf("%s: taken %v, want %v", row.label, got, row.want)
		}
	}
}

// TestKeys: they are kept a day, a new one is looked for once a minute at most,
// and one that is gone is believed no more.
func TestKeys(t *testing.T) {
	h := start(t, nil)
	for range 3 {
		h.comes()
	}
	if n := h.server.Calls("keys"); n != 1 {
		t.Fatalf("fetched %d times for one key", n)
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	stranger := h.server.Sign(h.server.Claims(h.person.ServiceURL()), teamstest.Signing{Private: other, Header: map[string]any{"kid": "evil"}})
	h.clock.moves(2 * time.Minute)
	for range 20 {
		if got := h.asked(h.person.Makes("message-text", nil), stranger); got != 401 {
			t.Fatalf("a stranger is answered %d", got)
		}
	}
	if n := h.server.Calls("keys"); n != 2 {
		t.Errorf("fetched %d times for twenty strangers in a minute, want once more", n)
	}
	old := h.server.Sign(h.server.Claims(h.person.ServiceURL()), teamstest.Signing{})
	h.server.Rotates(true)
	if h.person.Says("trop tôt").Taken() {
		t.Error("a new key was fetched within the minute")
	}
	h.clock.moves(time.Minute)
	if !h.person.Says("bonjour").Taken() {
		t.Error("a new key is not believed after a minute")
	}
	if got := h.asked(h.person.Makes("message-text", nil), old); got != 401 {
		t.Errorf("a key that is gone is still believed: %d", got)
	}
	before := h.server.Calls("keys")
	h.clock.moves(25 * time.Hour)
	h.person.Says("le lendemain")
	if n := h.server.Calls("keys"); n != before+1 {
		t.Errorf("fetched %d times after a day, want once", n-before)
	}
}

// TestKeysAway: without keys the app shall bring it again; keys that we have
// serve on for a while.
func TestKeysAway(t *testing.T) {
	h := start(t, nil)
	h.server.Fails(teamstest.Internal.Of("keys"), teamstest.Internal.Of("metadata"))
	if out := h.person.Says("bonjour"); out.Status != http.StatusServiceUnavailable {
		t.Errorf("without keys answered %d, want 503", out.Status)
	}
	h.person.Says("encore")
	if n := h.server.Calls("metadata"); n != 1 {
		t.Errorf("asked %d times within a minute of a failure", n)
	}
	h.clock.moves(time.Minute)
	if out := h.person.Says("encore"); out.Status != http.StatusServiceUnavailable {
		t.Errorf("without keys answered %d, want 503", out.Status)
	}
	h.clock.moves(time.Minute)
	if out := h.person.Says("enfin"); !out.Taken() {
		t.Errorf("with keys answered %d", out.Status)
	}
	h.clock.moves(25 * time.Hour)
	h.server.Fails(teamstest.Internal.Of("metadata"))
	if out := h.person.Says("le lendemain"); !out.Taken() {
		t.Errorf("keys of yesterday, and none of today: answered %d", out.Status)
	}
	h.clock.moves(48 * time.Hour)
	h.server.Fails(teamstest.Internal.Of("metadata"))
	if out := h.person.Says("plus tard"); out.Status != http.StatusServiceUnavailable {
		t.Errorf("keys of long ago: answered %d, want 503", out.Status)
	}
}

// TestAnonymous: what is unsigned is taken from this machine alone, and only
// where it was asked for.
func TestAnonymous(t *testing.T) {
	body := `{"type":"message","id":"1","text":"bonjour","channelId":"msteams","serviceUrl":"SERVICE","from":{"id":"29:1x"},"conversation":{"id":"a:1x","conversationType":"personal","tenantId":"` + teamstest.TenantID + `"}}`
	for _, row := range []struct {
		label             string
		anonymous, signed bool
		remote, service   string
		asked             string // "": 127.0.0.1:8080
		header, value     string
		want              int
	}{
		{label: "an emulator", anonymous: true, want: 200},
		{label: "an emulator by IPv6", anonymous: true, remote: "[::1]:4000", want: 200},
		{label: "an emulator that asks for localhost", anonymous: true, asked: "localhost:8080", want: 200},
		{label: "an emulator that asks for [::1]", anonymous: true, asked: "[::1]:8080", want: 200},
		{label: "an emulator that names no port", anonymous: true, asked: "127.0.0.1", want: 200},
		{label: "through a tunnel that adds no header", anonymous: true, asked: "praline.example.be", want: 401},
		{label: "from a page whose name leads to this machine", anonymous: true, asked: "127.0.0.1.evil.example:8080", want: 401},
		{label: "not asked for", want: 401},
		{label: "from another machine", anonymous: true, remote: "192.0.2.7:4000", want: 401},
		{label: "from another machine that says it is this one", anonymous: true, remote: "192.0.2.7:4000", header: "X-Forwarded-For", value: "127.0.0.1", want: 401},
		{label: "through a proxy on this machine", anonymous: true, header: "X-Forwarded-For", value: "192.0.2.7", want: 401},
		{label: "through another proxy on this machine", anonymous: true, header: "Forwarded", value: "for=127.0.0.1", want: 401},
		{label: "by another name of the proxy's", anonymous: true, header: "X-Forwarded-Host", value: "localhost", want: 401},
		{label: "with a token that is none", anonymous: true, header: "Authorization", value: "Bearer x", want: 401},
		{label: "to be answered at Microsoft", anonymous: true, service: "https://smba.trafficmanager.net/emea/", want: 401},
		{label: "to be answered elsewhere", anonymous: true, service: "https://evil.example/", want: 401},
		{label: "no address at all", anonymous: true, remote: "@", want: 401},
	} {
		h := start(t, func(o *teams.Options) {
			o.Anonymous = row.anonymous
			if row.anonymous {
				o.AppID, o.AppPassword = "", ""
			}
		})
		service := row.service
		if service == "" {
			service = "http://127.0.0.1:56150/_connector"
		}
		r := httptest.NewRequest(http.MethodPost, "/api/messages", strings.NewReader(strings.Replace(body, "SERVICE", service, 1)))
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr, r.Host = "127.0.0.1:4000", cmp.Or(row.asked, "127.0.0.1:8080")
		if row.remote != "" {
			r.RemoteAddr = row.remote
		}
		if row.header != "" {
			r.Header.Set(row.header, row.value)
		}
		w := httptest.NewRecorder()
		h.Routes(h.handle)["/api/messages"].ServeHTTP(w, r)
		if w.Code != row.want {
			t.Errorf("%s: answered %d, want %d", row.label, w.Code, row.want)
		}
	}
}

// BenchmarkVerify is one token checked, whole: nothing is kept of it, so each
// costs the same, seen before or not.
func BenchmarkVerify(b *testing.B) {
	server := teamstest.Start(b)
	a := teams.New(teams.Options{
		AppID: teamstest.AppID, AppPassword: teamstest.AppPassword, TenantID: teamstest.TenantID, LoginURL: server.LoginURL(), OpenIDURL: server.OpenIDURL(),
	})
	token := server.Sign(server.Claims(server.URL+"/emea/"), teamstest.Signing{})
	b.ResetTimer()
	for range b.N {
		if err := a.Believe(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "checks/s")
}
