package teamstest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// bot is somebody who says something to the stand-in.
type bot struct {
	t      *testing.T
	server *Server
	token  string
	now    time.Time
	heard  []Activity
	answer func(Activity) (int, string)
}

func start(t *testing.T) *bot {
	t.Helper()
	b := &bot{t: t, server: Start(t), now: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)}
	b.server.Clock(func() time.Time { return b.now })
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var a Activity
		_ = json.NewDecoder(r.Body).Decode(&a)
		b.heard = append(b.heard, a)
		if b.answer == nil {
			return
		}
		status, body := b.answer(a)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(web.Close)
	b.server.Posts(web.URL + "/api/messages")
	b.token = b.login(nil)
	return b
}

// login asks for a token; values are other than the right ones.
func (b *bot) login(values url.Values) string {
	status, body := b.asks(TenantID, values)
	if status != http.StatusOK {
		b.t.Fatalf("login: %d %v", status, body)
	}
	return text(body["access_token"])
}

func (b *bot) asks(tenant string, values url.Values) (int, object) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {AppID}, "client_secret": {AppPassword}, "scope": {"https://api.botframework.com/.default"}}
	for name, v := range values {
		form[name] = v
	}
	response, err := http.PostForm(b.server.LoginURL()+"/"+tenant+"/oauth2/v2.0/token", form)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	var body object
	_ = json.NewDecoder(response.Body).Decode(&body)
	return response.StatusCode, body
}

// says calls the connector: "POST" to a conversation, or another method to a
// message of it.
func (b *bot) says(method string, p *Person, activity string, body any) (int, object, http.Header) {
	b.t.Helper()
	written, ok := body.(string)
	if !ok {
		marshalled, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		written = string(marshalled)
	}
	address := p.ServiceURL() + "v3/conversations/" + url.PathEscape(p.Conversation) + "/activities"
	if activity != "" {
		address += "/" + activity
	}
	request, err := http.NewRequest(method, address, strings.NewReader(written))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if b.token != "" {
		request.Header.Set("Authorization", "Bearer "+b.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, nil
	}
	defer response.Body.Close()
	var answer object
	_ = json.NewDecoder(response.Body).Decode(&answer)
	return response.StatusCode, answer, response.Header
}

// ann has installed the bot.
func (b *bot) ann() *Person {
	p := b.server.Person("ann", "fr-BE")
	p.Installs()
	return p
}

func said(words string) object { return object{"type": "message", "text": words} }

// cardOf is an activity with one good card in which a value may be changed.
func cardOf(body ...any) object {
	return object{"type": "message", "attachments": []any{object{"contentType": cardType, "content": object{
		"type": "AdaptiveCard", "version": "1.5", "fallbackText": "Une question", "speak": "Une question", "body": body,
	}}}}
}

func TestTokens(t *testing.T) {
	b := start(t)
	p := b.ann()
	for _, row := range []struct {
		label, tenant string
		values        url.Values
		status        int
		words         string
	}{
		{"right", TenantID, nil, 200, ""},
		{"wrong secret", TenantID, url.Values{"client_secret": {"x"}}, 401, "AADSTS7000215"},
		{"unknown app", TenantID, url.Values{"client_id": {"x"}}, 400, "AADSTS700016"},
		{"wrong scope", TenantID, url.Values{"scope": {"x"}}, 400, "AADSTS70011"},
		{"wrong grant", TenantID, url.Values{"grant_type": {"password"}}, 400, "AADSTS70003"},
		{"unknown tenant", "elsewhere", nil, 400, "AADSTS90002"},
	} {
		status, body := b.asks(row.tenant, row.values)
		if status != row.status || !strings.HasPrefix(text(body["error_description"]), row.words) {
			t.Errorf("%s: %d %v", row.label, status, body)
		}
	}
	says := func(label string, want int) {
		t.Helper()
		if status, _, _ := b.says("POST", p, "", said("ha")); status != want {
			t.Errorf("%s: %d, want %d", label, status, want)
		}
	}
	says("a token", 201)
	b.now = b.now.Add(time.Hour - time.Second)
	says("a second before its end", 201)
	b.now = b.now.Add(time.Second)
	says("at its end", 401)
	b.server.TokenLife(time.Minute)
	b.token = b.login(nil)
	b.now = b.now.Add(time.Minute)
	says("a short life has ended", 401)
	b.token = b.login(nil)
	b.server.Revokes()
	says("revoked", 401)
	b.token = ""
	says("none", 401)
	b.server.Anonymous()
	says("none, to an emulator", 201)
	if n := len(b.server.Violations()); n != 3 {
		t.Errorf("%d violations, want 3 (expired twice, none once): %q", n, b.server.Violations())
	}
}

func TestConnector(t *testing.T) {
	b := start(t)
	p := b.ann()
	stranger := b.server.Person("bob", "nl-BE")
	status, body, _ := b.says("POST", p, "", cardOf(block("Bonjour")))
	id := text(body["id"])
	if status != 201 || id == "" {
		t.Fatalf("a card alone: %d %v", status, body)
	}
	both := cardOf(block("Bonjour"))
	both["text"] = "Bonjour"
	for _, row := range []struct {
		label, method string
		to            *Person
		activity      string
		body          any
		status        int
		code          string
	}{
		{"text and card", "POST", p, "", both, 202, ""},
		{"replace", "PUT", p, id, cardOf(block("Bonsoir")), 200, ""},
		{"replace what is not there", "PUT", p, "1", said("x"), 404, "ActivityNotFoundInConversation"},
		{"typing", "POST", p, "", object{"type": "typing"}, 202, ""},
		{"nothing to say", "POST", p, "", object{"type": "message"}, 400, "BadSyntax"},
		{"no JSON", "POST", p, "", `{"type":`, 400, "BadSyntax"},
		{"an unknown field", "POST", p, "", object{"type": "message", "text": "x", "buttons": 1}, 400, "BadSyntax"},
		{"an unknown type", "POST", p, "", object{"type": "event"}, 400, "BadSyntax"},
		{"who has not installed it", "POST", stranger, "", said("x"), 403, "BotNotInConversationRoster"},
		{"who is not there", "POST", &Person{Conversation: "a:x", server: b.server, region: "emea"}, "", said("x"), 404, "ConversationNotFound"},
		{"delete", "DELETE", p, id, "", 200, ""},
		{"delete again", "DELETE", p, id, "", 404, "ActivityNotFoundInConversation"},
	} {
		status, body, _ := b.says(row.method, row.to, row.activity, row.body)
		if status != row.status || text(object1(body["error"])["code"]) != row.code {
			t.Errorf("%s: %d %v", row.label, status, body)
		}
	}
	p.Blocks()
	if status, body, _ := b.says("POST", p, "", said("x")); status != 403 || text(object1(body["error"])["code"]) != "ConversationBlockedByUser" {
		t.Errorf("blocked: %d %v", status, body)
	}
	p.Unblocks()
	p.Uninstalls()
	if status, _, _ := b.says("POST", p, "", said("x")); status != 403 {
		t.Errorf("uninstalled: %d", status)
	}
	if n := len(b.server.Violations()); n != 4 {
		t.Errorf("%d violations, want the four bad activities: %q", n, b.server.Violations())
	}
}

func TestSize(t *testing.T) {
	b := start(t)
	p := b.ann()
	frame, _ := json.Marshal(said(""))
	for _, row := range []struct {
		label      string
		bytes      int
		status     int
		violations int
	}{
		{"at the wise limit", wiseBytes, 201, 0},
		{"beyond the wise limit", wiseBytes + 2, 201, 1},
		{"at the limit", mostBytes, 201, 2},
		{"beyond the limit", mostBytes + 2, 413, 3},
	} {
		status, _, _ := b.says("POST", p, "", said(strings.Repeat("é", row.bytes/2-len(frame))))
		if status != row.status || len(b.server.Violations()) != row.violations {
			t.Errorf("%s: %d, %d violations", row.label, status, len(b.server.Violations()))
		}
	}
}

func TestRates(t *testing.T) {
	for _, row := range []struct {
		label string
		most  int // pass
		every time.Duration
	}{
		{"7 in a second", 7, 0},
		{"8 in 2 s", 8, 220 * time.Millisecond},
		{"60 in 30 s", 60, 300 * time.Millisecond},
		{"1800 in an hour", 1800, 600 * time.Millisecond},
	} {
		b := start(t)
		b.server.TokenLife(3 * time.Hour)
		b.token = b.login(nil)
		p := b.ann()
		b.server.Limits()
		passed := 0
		for passed < row.most {
			if row.label != "7 in a second" && passed == 0 {
				b.now = b.now.Add(time.Hour)
			}
			status, _, _ := b.says("POST", p, "", object{"type": "typing"})
			if status != 202 {
				break
			}
			passed++
			b.now = b.now.Add(row.every)
		}
		status, _, header := b.says("POST", p, "", object{"type": "typing"})
		if passed != row.most || status != 429 || header.Get("Retry-After") == "" {
			t.Errorf("%s: %d passed, then %d after %q", row.label, passed, status, header.Get("Retry-After"))
		}
		t.Logf("%s: wait %s", row.label, header.Get("Retry-After"))
	}
	b := start(t)
	b.server.Limits()
	for i := range 51 {
		p := b.server.Person(string(rune('a'+i%26))+string(rune('a'+i/26)), "fr")
		p.InstalledSilently()
		if status, _, _ := b.says("POST", p, "", said("x")); status != map[bool]int{true: 201, false: 429}[i < 50] {
			t.Errorf("message %d of the app in a second: %d", i+1, status)
		}
	}
}

func TestFaults(t *testing.T) {
	b := start(t)
	p := b.ann()
	for _, f := range []Fault{TooMany, Precondition, BadGateway, Timeout, CutShort, HangUp, Lost, LostHangUp} {
		b.server.Fails(f)
		before := len(p.Shown())
		status, _, header := b.says("POST", p, "", said("x"))
		if status != f.Status || (f.After > 0) != (header.Get("Retry-After") != "") || (len(p.Shown()) > before) != f.Late {
			t.Errorf("%+v: %d, shown: %v", f, status, len(p.Shown()) > before)
		}
	}
	b.server.Fails(BadGateway.Of("token"))
	if status, _, _ := b.says("POST", p, "", said("x")); status != 201 || b.server.Pending() != 1 {
		t.Errorf("another call met the fault of a token: %d", status)
	}
}
