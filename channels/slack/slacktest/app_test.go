package slacktest_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/channels/slack/slacktest"
)

func TestTokens(t *testing.T) {
	for _, row := range []struct {
		label, token, method string
		end                  func(*slacktest.Server)
		error                any
	}{
		{"the bot's", slacktest.BotToken, "auth.test", nil, nil},
		{"none", "", "auth.test", nil, "not_authed"},
		{"an unknown one", "xoxb-other", "auth.test", nil, "invalid_auth"},
		{"the app's, to speak", slacktest.AppToken, "auth.test", nil, "not_allowed_token_type"},
		{"the app's", slacktest.AppToken, "apps.connections.open", nil, nil},
		{"the bot's, to connect", slacktest.BotToken, "apps.connections.open", nil, "not_allowed_token_type"},
		{"an unknown one, to connect", "xapp-other", "apps.connections.open", nil, "invalid_auth"},
		{"one without the scope", slacktest.BotToken, "conversations.open", func(s *slacktest.Server) { s.First.Grants("chat:write") }, "missing_scope"},
		{"of an app that was taken out", slacktest.BotToken, "auth.test", func(s *slacktest.Server) { s.First.Uninstalls() }, "account_inactive"},
		{"one that was revoked", slacktest.BotToken, "auth.test", func(s *slacktest.Server) { s.First.RevokesTokens() }, "token_revoked"},
		{"of a workspace without the app", "xoxb-stand-in-T0OTHER", "auth.test", func(s *slacktest.Server) { s.Workspace("T0OTHER") }, "invalid_auth"},
	} {
		t.Run(strings.ReplaceAll(row.label, " ", "_"), func(t *testing.T) {
			s := slacktest.Start(t)
			now := time.Unix(1_800_000_000, 0)
			s.Clock(func() time.Time { return now })
			if row.end != nil {
				row.end(s)
			}
			out, header := asks(t, s, row.token, row.method, object{"users": "U01"})
			if out["error"] != row.error {
				t.Errorf("%v, want %v", out, row.error)
			}
			if row.error == "missing_scope" && (out["needed"] != "im:write" || out["provided"] != "chat:write" || header.Get("X-OAuth-Scopes") != "chat:write") {
				t.Errorf("%v, header %v", out, header)
			}
			if header.Get("Date") != "Fri, 15 Jan 2027 08:00:00 GMT" {
				t.Errorf("the clock is not told: %v", header)
			}
		})
	}
}

// TestSign holds to the example of Slack's own page.
func TestSign(t *testing.T) {
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	want := "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got := slacktest.Sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestPeopleWhoAreGone(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	p := s.Person("U01", "fr-FR")
	say := func() any {
		out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x"})
		return out["error"]
	}
	for _, code := range []string{"not_in_channel", "is_archived", "channel_not_found", "account_inactive"} {
		p.Refuses(code)
		if got := say(); got != code {
			t.Errorf("%v, want %s", got, code)
		}
	}
	p.Refuses("")
	if got := say(); got != nil {
		t.Errorf("%v", got)
	}
	p.Deactivated("is_archived")
	settles(t, s)
	if e := a.payload(t, 0)["event"].(object); e["type"] != "user_change" || e["user"].(object)["deleted"] != true {
		t.Errorf("told %v", e)
	}
	out, _ := asks(t, s, slacktest.BotToken, "conversations.open", object{"users": p.ID})
	info, _ := asks(t, s, slacktest.BotToken, "users.info", object{"user": p.ID, "include_locale": true})
	if user := info["user"].(object); say() != "is_archived" || out["error"] != "user_disabled" || user["deleted"] != true || user["locale"] != "fr-FR" || user["tz"] != "Europe/Brussels" {
		t.Errorf("%v %v", out, info)
	}
	s.First.Uninstalls()
	settles(t, s)
	if a.payload(t, 1)["event"].(object)["type"] != "tokens_revoked" || a.payload(t, 2)["event"].(object)["type"] != "app_uninstalled" {
		t.Error("nobody is told of the end")
	}
}

func TestFaults(t *testing.T) {
	s := slacktest.Start(t)
	p := s.Person("U01", "fr-FR")
	s.Fails(slacktest.TooMany, slacktest.Internal.Of("users.info"), slacktest.BadBridge, slacktest.CutShort, slacktest.Lost)
	post := func() (int, string, string) {
		r, err := http.PostForm(s.API()+"chat.postMessage", url.Values{"token": {slacktest.BotToken}, "channel": {p.Channel}, "text": {"x"}})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		return r.StatusCode, r.Header.Get("Retry-After"), string(body)
	}
	if status, after, body := post(); status != 429 || after != "3" || !strings.Contains(body, "ratelimited") {
		t.Errorf("%d %s %s", status, after, body)
	}
	if status, _, body := post(); status != 502 || !strings.Contains(body, "<html>") {
		t.Errorf("%d %s", status, body)
	}
	if status, _, body := post(); status != 200 || body != `{"ok":tr` {
		t.Errorf("%d %s", status, body)
	}
	if len(p.Shown()) != 0 || s.Pending() != 2 {
		t.Errorf("%d shown, %d faults left", len(p.Shown()), s.Pending())
	}
	if status, _, _ := post(); status != 504 || len(p.Shown()) != 1 {
		t.Errorf("%d: a lost answer is not a message that was not taken", status)
	}
	if status, _, _ := post(); status != 200 || s.Pending() != 1 || s.Calls("chat.postMessage") != 5 {
		t.Errorf("%d, %d faults left, %d calls", status, s.Pending(), s.Calls("chat.postMessage"))
	}
}

func TestRates(t *testing.T) {
	s := slacktest.Start(t)
	now := time.Unix(1_800_000_000, 0)
	s.Clock(func() time.Time { return now })
	one, other := s.Person("U01", "fr-FR"), s.Person("U02", "fr-FR")
	s.Limits(2, 5)
	say := func(p *slacktest.Person) string {
		out, header := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x"})
		if out["error"] == "ratelimited" {
			return header.Get("Retry-After")
		}
		return ""
	}
	for i, row := range []struct {
		wait  time.Duration
		who   *slacktest.Person
		after string
	}{
		{0, one, ""},
		{0, one, ""},
		{0, one, "1"},
		{0, one, "1"}, // its burst, and one that did not wait
		{0, other, ""},
		{time.Second, one, ""},
		{time.Second, one, ""},
		{time.Second, other, "57"}, // five in this minute
		{57 * time.Second, other, ""},
	} {
		now = now.Add(row.wait)
		if got := say(row.who); got != row.after {
			t.Errorf("%d: Retry-After %q, want %q", i, got, row.after)
		}
	}
	if refused, impatient := s.Limited(); refused != 3 || impatient != 1 {
		t.Errorf("%d refused, %d impatient", refused, impatient)
	}
}

func TestRetries(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	a.answers = func(n int, _ *http.Request, _ string) (int, string) {
		return map[bool]int{true: 500, false: 200}[n <= 2], ""
	}
	p := s.Person("U01", "fr-FR")
	p.Says("un")
	p.Command("/praline un")
	if !s.Await(func() bool { return s.Unacknowledged() == 2 }) {
		t.Fatalf("%d unacknowledged", s.Unacknowledged())
	}
	if n := s.Retries(); n != 1 {
		t.Errorf("%d come again: only events do", n)
	}
	if !s.Await(func() bool { return a.count() == 3 && s.Unacknowledged() == 1 }) {
		t.Fatal("the event was not acknowledged")
	}
	if h := a.heard[2].Header; h.Get("X-Slack-Retry-Num") != "1" || h.Get("X-Slack-Retry-Reason") != "http_error" || a.payload(t, 0)["event_id"] != a.payload(t, 2)["event_id"] {
		t.Errorf("the retry: %v", h)
	}
	if n := s.RetriesAll(); n != 1 {
		t.Errorf("%d come again", n)
	}
	settles(t, s)
	s.Again(2)
	if !s.Await(func() bool { return a.count() == 6 }) {
		t.Fatal("nothing came again")
	}
	if h := a.heard[4].Header; a.bodies[4] != a.bodies[0] || h.Get("X-Slack-Retry-Num") == "" {
		t.Errorf("again: %s %v", a.bodies[4], h)
	}
	now := time.Now().Add(time.Hour)
	s.Clock(func() time.Time { return now })
	s.Replays(2)
	if !s.Await(func() bool { return a.count() == 8 }) {
		t.Fatal("nothing was replayed")
	}
	if a.heard[6].Header.Get("X-Slack-Signature") != a.heard[2].Header.Get("X-Slack-Signature") {
		t.Error("the replay is signed anew")
	}
}

func TestInstallation(t *testing.T) {
	s := slacktest.Start(t)
	w := s.Workspace("T0OTHER")
	for _, bad := range []string{"https://slack.com/nowhere", "https://slack.com/oauth/v2/authorize?client_id=1&scope=x&redirect_uri=https://a.be/&state=s", "https://slack.com/oauth/v2/authorize?client_id=" + slacktest.ClientID + "&scope=x&redirect_uri=https://a.be/"} {
		if _, err := w.Installs(bad); err == nil {
			t.Errorf("%s installs", bad)
		}
	}
	callback, err := w.Installs("https://slack.com/oauth/v2/authorize?client_id=" + slacktest.ClientID + "&scope=chat:write,im:history&redirect_uri=https://a.be/slack/callback&state=s")
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(callback)
	if u.Host != "a.be" || u.Query().Get("state") != "s" {
		t.Errorf("back at %s", callback)
	}
	access := func(secret, redirect string) object {
		out, _ := asks(t, s, "", "oauth.v2.access", object{"client_id": slacktest.ClientID, "client_secret": secret, "code": u.Query().Get("code"), "redirect_uri": redirect})
		return out
	}
	if out := access("wrong", "https://a.be/slack/callback"); out["error"] != "bad_client_secret" {
		t.Errorf("%v", out)
	}
	if out := access(slacktest.ClientSecret, "https://b.be/"); out["error"] != "bad_redirect_uri" {
		t.Errorf("%v", out)
	}
	out := access(slacktest.ClientSecret, "https://a.be/slack/callback")
	if out["access_token"] != w.Token || out["team"].(object)["id"] != "T0OTHER" || out["scope"] != "chat:write,im:history" {
		t.Errorf("%v", out)
	}
	if out := access(slacktest.ClientSecret, "https://a.be/slack/callback"); out["error"] != "code_already_used" {
		t.Errorf("%v", out)
	}
	p := w.Person("U01", "nl-NL")
	if out, _ := asks(t, s, w.Token, "chat.postMessage", object{"channel": p.Channel, "text": "x"}); out["ok"] != true {
		t.Errorf("%v", out)
	}
	if out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x"}); out["error"] != "channel_not_found" {
		t.Errorf("one workspace speaks in the other: %v", out)
	}
}

func TestFiles(t *testing.T) {
	s := slacktest.Start(t)
	p := s.Person("U01", "fr-FR")
	var dot bytes.Buffer
	_ = png.Encode(&dot, image.NewGray(image.Rect(0, 0, 2, 2)))
	upload := func(name string, data []byte, form bool) string {
		out, _ := asks(t, s, slacktest.BotToken, "files.getUploadURLExternal", object{"filename": name, "length": len(data), "alt_txt": "Un point"})
		body, kind := bytes.NewBuffer(data), "application/octet-stream"
		if form {
			body = &bytes.Buffer{}
			w := multipart.NewWriter(body)
			part, _ := w.CreateFormFile("file", name)
			_, _ = part.Write(data)
			_ = w.Close()
			kind = w.FormDataContentType()
		}
		r, err := http.Post(out["upload_url"].(string), kind, body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("upload: %v %v", r, err)
		}
		_ = r.Body.Close()
		return out["file_id"].(string)
	}
	id := upload("dot.png", dot.Bytes(), true)
	shows := object{"channel": p.Channel, "text": "x", "blocks": []any{object{"type": "image", "alt_text": "x", "slack_file": object{"id": id}}}}
	if out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", shows); out["error"] != "invalid_blocks" {
		t.Errorf("a file is shown before it is complete: %v", out)
	}
	if out, _ := asks(t, s, slacktest.BotToken, "files.completeUploadExternal", object{"files": []object{{"id": id}}}); out["ok"] != true {
		t.Errorf("%v", out)
	}
	if out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", shows); out["ok"] != true {
		t.Errorf("%v", out)
	}
	id = upload("export.json", []byte("{}\n"), false)
	out, _ := asks(t, s, slacktest.BotToken, "files.completeUploadExternal", object{"channel_id": p.Channel, "initial_comment": "Vos données", "files": []object{{"id": id, "title": "Données"}}})
	shown := p.Shown()
	if m := shown[len(shown)-1]; out["ok"] != true || m.File == nil || m.File.Name != "export.json" || string(m.File.Data) != "{}\n" || m.Look().Text != "Vos données" {
		t.Errorf("%v %+v", out, m)
	}
	if seen := s.Reader(p).Sees(); !slices.Equal(seen[0].Pictures, []string{"x"}) || string(seen[1].Files["export.json"]) != "{}\n" {
		t.Errorf("seen %+v", seen)
	}
	if out, _ := asks(t, s, slacktest.BotToken, "files.completeUploadExternal", object{"files": []object{{"id": id}}}); out["error"] != "file_not_found" {
		t.Errorf("a file is completed twice: %v", out)
	}
}

func TestHome(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	p := s.Person("U01", "fr-FR")
	p.OpensHome()
	settles(t, s)
	if e := a.payload(t, 0)["event"].(object); e["type"] != "app_home_opened" || e["tab"] != "home" || e["view"] != nil {
		t.Errorf("event %v", e)
	}
	view := object{"type": "home", "blocks": actions(button("Leçon", object{"value": "now"}), button("Aide", nil))}
	out, _ := asks(t, s, slacktest.BotToken, "views.publish", object{"user_id": p.ID, "view": view})
	old := out["view"].(object)["hash"]
	if out, _ = asks(t, s, slacktest.BotToken, "views.publish", object{"user_id": p.ID, "view": view, "hash": old}); out["ok"] != true {
		t.Errorf("%v", out)
	}
	if out, _ = asks(t, s, slacktest.BotToken, "views.publish", object{"user_id": p.ID, "view": view, "hash": old}); out["error"] != "hash_conflict" {
		t.Errorf("%v", out)
	}
	if home, published := p.Home(); published != 2 || !slices.Equal(home.Look().Pressable, []string{"Leçon", "Aide"}) {
		t.Errorf("published %d: %+v", published, home.Look())
	}
	if !p.Presses("Leçon") {
		t.Fatal("nothing to press")
	}
	settles(t, s)
	pressed := a.payload(t, 1)
	if pressed["container"].(object)["type"] != "view" || pressed["view"].(object)["type"] != "home" || pressed["message"] != nil {
		t.Errorf("pressed %v", pressed)
	}
}

// TestResponseURL answers a press by its response_url.
func TestResponseURL(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	p := s.Person("U01", "fr-FR")
	_, _ = asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "Oui ?", "blocks": actions(button("Oui", nil))})
	p.Presses("Oui")
	settles(t, s)
	address := a.payload(t, 0)["response_url"].(string)
	send := func(body string) int {
		r, err := http.Post(address, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		return r.StatusCode
	}
	if status := send(`{"replace_original":true,"text":"Bien"}`); status != 200 || p.Shown()[0].Look().Text != "Bien" {
		t.Errorf("%d %+v", status, p.Shown()[0])
	}
	if status := send(`{"text":"Entre nous"}`); status != 200 || !p.Shown()[1].Ephemeral {
		t.Errorf("%d", status)
	}
	for range 3 {
		send(`{"text":"x"}`)
	}
	if status := send(`{"text":"x"}`); status != 404 {
		t.Errorf("a sixth answer: %d", status)
	}
}
