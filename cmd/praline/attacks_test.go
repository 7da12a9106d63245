package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot/learner"
	"praline/bot/store/storetest"
	"praline/channels/channelstest"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
	"praline/channels/web"
	"praline/pages"
)

// TestAttacks makes every attack that we know on one server, in all four apps
// at once, where learners have a question waiting: each is refused, and after
// them the store is the same byte for byte, nothing was said to anybody, and
// the log has not a word of them.
func TestAttacks(t *testing.T) {
	t.Parallel()
	s := besiege(t)
	attacks := s.attacks()
	for channel, some := range attacks {
		t.Logf("%s: %d attacks", channel, len(some))
	}
	all := slices.Concat(slices.Collect(maps.Values(attacks))...)
	t.Logf("%d attacks in all", len(all))
	if len(all) < 200 {
		t.Errorf("%d attacks, want 200 at least", len(all))
	}
	before, logged, counted := s.state(t), s.log.String(), s.refusals(t)
	channelstest.AllRefused(t, strings.TrimPrefix(s.address, "http://"), all)
	s.unmoved(t, "the attacks", before)
	if more := strings.TrimPrefix(s.log.String(), logged); more != "" {
		t.Errorf("the log has something of the attacks: %s", more)
	}
	after := s.refusals(t)
	for _, channel := range []string{telegram.Name, slack.Name, teams.Name} {
		whole := 0 // what is no HTTP never comes to our door
		for _, a := range attacks[channel] {
			if a.Raw == nil {
				whole++
			}
		}
		if n := after[channel] - counted[channel]; n < float64(whole) || n > float64(len(attacks[channel])) {
			t.Errorf("%s: praline_requests_refused_total counts %v of %d attacks", channel, n, len(attacks[channel]))
		}
	}
	s.answers(t)
	s.replayed(t)
}

// siege is a world with a learner in each app, who has a question waiting.
type siege struct {
	*world
	telegram *telegramtest.Server
	slack    *slacktest.Server
	teams    *teamstest.Server
	talks    map[string]*talk
	inTeams  *teamstest.Person
	browser  *visitor
	question string // what the browser's question would be answered with
}

const hookSecret = "hook-secret-of-the-siege"

func besiege(t *testing.T) *siege {
	t.Helper()
	s := &siege{telegram: telegramtest.Start(t), slack: slacktest.Start(t), teams: teamstest.Start(t), talks: map[string]*talk{}}
	s.inTeams = s.teams.Person("Example", "fr-BE")
	apps := []sibling{telegramIn(s.telegram), slackIn(s.slack), teamsIn(s.teams), {name: web.Name, set: func(c *settings) {
		c.Listen, c.Web = fmt.Sprint("127.0.0.1:", storetest.FreePort(t)), "on"
		c.PublicURL, c.Telegram.WebhookSecret = "http://"+c.Listen, hookSecret
	}}}
	s.world = startWorld(t, apps)
	script := readScript(t, filepath.Join("testdata", "conversation", "fr.txt"))
	for _, app := range apps[:3] {
		talk := s.joins(t, app, "fr")
		s.talks[app.name] = talk
		for _, step := range script {
			if talk.learner(t).Place.Ask != nil {
				break
			}
			talk.does(t, step)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	s.browser = &visitor{t, &http.Client{Jar: jar, Timeout: soon, Transport: transport}, s.address}
	s.question = s.browser.hello()
	for name, talk := range s.talks {
		if talk.learner(t).Place.Ask == nil {
			t.Fatalf("%s: no question waits", name)
		}
	}
	return s
}

// learner is who talks, as they are stored now.
func (k *talk) learner(t testing.TB) learner.Learner {
	t.Helper()
	records, err := k.store.Load(t.Context(), k.said.learner(k.app.name))
	if err != nil || records[0].Damaged != nil {
		t.Fatal(err, records)
	}
	return records[0].Learner
}

// attacks are those of each app, and the web page's.
func (s *siege) attacks() map[string][]channelstest.Attack {
	return map[string][]channelstest.Attack{
		telegram.Name: telegramtest.Attacks(hookSecret),
		slack.Name:    slacktest.Attacks(slacktest.SigningSecret, time.Now()),
		teams.Name:    s.teams.Attacks(s.inTeams),
		web.Name:      webAttacks(s.cookie(), s.question),
	}
}

// cookie is the browser's.
func (s *siege) cookie() string {
	return s.browser.client.Jar.Cookies(must(url.Parse(s.address)))[0].String()
}

// webAttacks are requests to the web page that must be refused, for a browser's
// cookie and what would answer the question that waits there.
func webAttacks(cookie, answer string) []channelstest.Attack {
	name, value, _ := strings.Cut(cookie, "=")
	opaque, signature, _ := strings.Cut(value, ".")
	form := func(pairs ...string) string {
		v := url.Values{"event": {pages.NewName()}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v.Encode()
	}
	press := form("press", answer)
	var all []channelstest.Attack
	add := func(label, method, path, body string, headers ...string) {
		h := http.Header{"Cookie": {cookie}}
		if method == http.MethodPost {
			h.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for i := 0; i+1 < len(headers); i += 2 {
			if h.Set(headers[i], headers[i+1]); headers[i+1] == "" {
				h.Del(headers[i])
			}
		}
		all = append(all, channelstest.Attack{Label: "web: " + label, Method: method, Path: path, Header: h, Body: []byte(body)})
	}
	post := func(label, body string, headers ...string) { add(label, http.MethodPost, "/chat", body, headers...) }
	get := func(label, path string, headers ...string) { add(label, http.MethodGet, path, "", headers...) }

	post("no cookie", press, "Cookie", "")
	post("a cookie of nobody's", press, "Cookie", name+"=abcdefghijklmnopqrstuvwxyz.c2lnbmF0dXJl")
	post("a cookie without its signature", press, "Cookie", name+"="+opaque)
	post("a cookie with an empty signature", press, "Cookie", name+"="+opaque+".")
	post("a cookie with another's signature", press, "Cookie", name+"="+pages.NewName()+"."+signature)
	post("a cookie with half a signature", press, "Cookie", name+"="+opaque+"."+signature[:len(signature)/2])
	post("a cookie under another name", press, "Cookie", "__Host-"+cookie)
	post("a cookie in the form", press+"&"+cookie, "Cookie", "")
	post("another site's page", press, "Sec-Fetch-Site", "cross-site")
	post("another site's page, of the same domain", press, "Sec-Fetch-Site", "same-site")
	post("another site's page, by an old browser", press, "Origin", "https://elsewhere.example")
	post("another port's page", press, "Origin", "http://127.0.0.1:1")
	post("a page from nowhere", press, "Origin", "null")
	post("an origin that is a word", press, "Origin", "praline")
	post("a form of 70 KB", form("say", strings.Repeat("a", 70_000)))
	post("a form of two megabytes", form("say", strings.Repeat("a", 2<<20)))
	post("4,001 characters", form("say", strings.Repeat("é", 4001)))
	post("4,001 characters in a form's input", form("form", "answer.1", "in.text", strings.Repeat("é", 4001)))
	post("JSON", `{"press":"`+answer+`"}`, "Content-Type", "application/json")
	post("a form in parts", "--x\r\n", "Content-Type", "multipart/form-data; boundary=x")
	post("a text", press, "Content-Type", "text/plain")
	post("no type", press, "Content-Type", "")
	post("a form that is broken", "event=%zz&press="+answer)
	post("bytes that are no UTF-8", form("say", "\xff\xfe"))
	post("no event", "press="+url.QueryEscape(answer))
	post("an event that is a number", "event=1&press="+url.QueryEscape(answer))
	post("a long event", "event="+strings.Repeat("a", 27)+"&press="+url.QueryEscape(answer))
	post("a message with a long name", form("press", answer, "message", strings.Repeat("m", 65)))
	post("nothing", form())
	post("no words", form("say", "  "))
	post("a command that is none", form("command", "rm"))
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, "TRACK"} {
		add("the method "+method, method, "/chat", press)
	}
	get("a page that is none", "/chat/nothing")
	get("media outside", "/chat/media/..%2f..%2fetc%2fpasswd.png")
	get("media by a way around", "/chat/media/atelier/%2e%2e/%2e%2e/x.png")
	get("media by a way of Windows", `/chat/media/..%5c..%5cx.png`)
	get("media from the root", "/chat/media/%2fetc%2fpasswd.png")
	get("a lesson as media", "/chat/media/atelier/01-bruxelles.fr.md")
	get("a folder", "/chat/media/atelier")
	get("a NUL", "/chat/media/a%00.png")
	get("a file without a cookie", "/chat/file/1", "Cookie", "")
	get("a file that is none", "/chat/file/1")
	get("a file by a way around", "/chat/file/..%2f..%2fpraline.db")
	get("a stream without a cookie", "/chat/events", "Cookie", "")
	get("times without a cookie", "/chat/times.ics", "Cookie", "")
	get("times with a cookie of nobody's", "/chat/times.ics", "Cookie", name+"=abcdefghijklmnopqrstuvwxyz.c2lnbmF0dXJl")
	get("a static file that is none", "/chat/static/..%2f..%2fweb.go")
	code := func(label, body string, headers ...string) {
		add(label, http.MethodPost, "/chat/code", body, headers...)
	}
	code("a code without a cookie", "code=ABCDEFGH", "Cookie", "")
	code("a code from another site", "code=ABCDEFGH", "Sec-Fetch-Site", "cross-site")
	for i, guess := range []string{"AAAAAAAA", "ABCDEFGH", "22222222", "", "../../..", strings.Repeat("A", 5000), "BBBB BBBB", "CCCCCCCC"} {
		code("a code, guessed "+strconv.Itoa(i+1), url.Values{"code": {guess}}.Encode())
	}
	for _, row := range []struct{ label, raw string }{
		{"a form that never comes", "POST /chat HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nevent="},
		{"two lengths", "POST /chat HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"},
		{"two megabytes of cookie", "GET /chat HTTP/1.1\r\nHost: x\r\nCookie: " + strings.Repeat("a", 2<<20) + "\r\n\r\n"},
	} {
		all = append(all, channelstest.Attack{Label: "web: " + row.label, Raw: []byte(row.raw)})
	}
	return all
}

// state is all that an attack could change.
type state struct {
	Stored map[string]string
	Calls  map[string]int
	Seen   map[string][]channelstest.Seen
	Wrong  []string
}

// state is how things stand, without what time itself changes (the kept clock)
// and the turns that are taken to try a code.
func (s *siege) state(t *testing.T) state {
	t.Helper()
	now := state{map[string]string{}, map[string]int{}, map[string][]channelstest.Seen{}, nil}
	err := s.store.Keys(t.Context(), func(key string, value []byte) error {
		if key != "meta" && !strings.HasPrefix(key, "turn:") {
			now.Stored[key] = string(value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []string{"sendMessage", "editMessageText", "editMessageReplyMarkup", "sendPhoto", "sendDocument", "sendPoll", "answerCallbackQuery", "sendChatAction"} {
		now.Calls[m] = s.telegram.Calls(m)
	}
	for _, m := range []string{"chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral", "conversations.open", "users.info", "views.open", "views.publish", "views.update", "files.getUploadURLExternal", "oauth.v2.access"} {
		now.Calls[m] = s.slack.Calls(m)
	}
	for _, m := range []string{"send", "update", "delete", "typing", "token", "upload"} {
		now.Calls[m] = s.teams.Calls(m)
	}
	for name, talk := range s.talks {
		now.Seen[name] = talk.human.Sees()
	}
	now.Wrong = slices.Concat(s.telegram.Violations(), s.slack.Violations(), s.teams.Violations())
	return now
}

// unmoved fails where anything is not as it was.
func (s *siege) unmoved(t *testing.T, after string, before state) {
	t.Helper()
	if diff := cmp.Diff(before, s.state(t)); diff != "" {
		t.Errorf("after %s it is not as before (-before +after):\n%s", after, diff)
	}
}

// refusals is what praline_requests_refused_total counts, by channel.
func (s *siege) refusals(t *testing.T) map[string]float64 {
	t.Helper()
	families, err := s.metrics.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]float64{}
	for _, f := range families {
		if f.GetName() != "praline_requests_refused_total" {
			continue
		}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "channel" {
					all[l.GetValue()] += m.GetCounter().GetValue()
				}
			}
		}
	}
	return all
}

// answers has everybody answer the question that waits: the attacks have
// closed no door.
func (s *siege) answers(t *testing.T) {
	t.Helper()
	for name, talk := range s.talks {
		if name != slack.Name { // whose turn is in replayed
			talk.does(t, step{"press", "Namur"})
			if n := talk.learner(t).Answers; n != 1 {
				t.Errorf("%s: %d answers, want 1", name, n)
			}
		}
	}
	if status, page := s.browser.sends("press", s.question); status != http.StatusOK || slices.Contains(choices(page), s.question) {
		t.Errorf("web: the answer after the attacks: %d", status)
	}
}

// replayed: somebody listened to what Slack brings. What it signed six minutes
// ago is refused, what it signs now has its effect once.
func (s *siege) replayed(t *testing.T) {
	t.Helper()
	k := s.talks[slack.Name]
	s.slack.Posts("http://127.0.0.1:1") // it is on its way, and listened to
	namur, _ := k.choice("Namur")
	k.human.Presses(namur)
	all := s.slack.Delivered()
	body := url.Values{"payload": {string(all[len(all)-1])}}.Encode()
	request := func(at time.Time) channelstest.Attack {
		header := s.slack.Signed("application/x-www-form-urlencoded", body)
		stamp := strconv.FormatInt(at.Unix(), 10)
		header.Set("X-Slack-Request-Timestamp", stamp)
		header.Set("X-Slack-Signature", slacktest.Sign(slacktest.SigningSecret, stamp, body))
		return channelstest.Attack{Label: "a press, signed " + at.Format(time.TimeOnly), Path: "/slack/interactions", Header: header, Body: []byte(body)}
	}
	before := s.state(t)
	request(time.Now().Add(-6*time.Minute)).Refused(t, strings.TrimPrefix(s.address, "http://"))
	s.unmoved(t, "a press signed six minutes ago", before)

	now := request(time.Now())
	for i := range 3 {
		r := must(http.NewRequest(http.MethodPost, s.address+now.Path, bytes.NewReader(now.Body)))
		r.Header = now.Header
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("the very same press, number %d: answered %d", i+1, response.StatusCode)
		}
		if i == 0 {
			k.settles(t, "the press")
			before = s.state(t)
		}
		s.unmoved(t, "the very same press again", before)
	}
	if l := k.learner(t); l.Answers != 1 {
		text, _ := json.Marshal(l)
		t.Errorf("%d answers of one press: %s", l.Answers, text)
	}
}
