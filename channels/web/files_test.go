package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/web"
)

func TestDocumentBelongsToItsConversation(t *testing.T) {
	c := newChat(t, gallery)
	c.get("/chat")
	c.get("/chat")
	p := c.post("/chat", values("say", "data"))
	_, after, _ := strings.Cut(p.body, `<a href="/chat/file/`)
	key, _, _ := strings.Cut(after, `"`)
	mine := c.get("/chat/file/" + key)
	if mine.status != 200 || mine.body != `{"learner":{}}` || mine.header.Get("Content-Disposition") != "attachment; filename=praline.json" {
		t.Errorf("%d %s %v", mine.status, mine.body, mine.header)
	}
	c.client = c.device()
	c.get("/chat")
	if theirs := c.get("/chat/file/" + key); theirs.status != 404 {
		t.Errorf("somebody else gets %d %s", theirs.status, theirs.body)
	}
}

func TestCalendar(t *testing.T) {
	file, failure := []byte("BEGIN:VCALENDAR\r\n"), error(nil)
	var asked string
	c := newChat(t, hello, func(o *web.Options) {
		o.Calendar = func(_ context.Context, conversation string) ([]byte, error) {
			asked = conversation
			return file, failure
		}
	})
	has(t, "the menu offers it", c.open().body, `href="/chat/times.ics"`)
	p := c.get("/chat/times.ics")
	if p.status != 200 || p.header.Get("Content-Type") != "text/calendar; charset=utf-8" || p.body != string(file) {
		t.Errorf("%d %v %s", p.status, p.header, p.body)
	}
	if asked != c.bot.seen()[0].Conversation {
		t.Errorf("of another conversation: %s", asked)
	}
	file = nil
	if p := c.get("/chat/times.ics"); p.status != 404 || !strings.Contains(p.body, "geen momenten") && !strings.Contains(p.body, "pas encore choisi") {
		t.Errorf("no times: %d %s", p.status, p.body)
	}
	failure = errors.New("away")
	if p := c.get("/chat/times.ics"); p.status != 503 {
		t.Errorf("away: %d", p.status)
	}
}

func TestManifest(t *testing.T) {
	c := newChat(t, hello)
	p := c.get("/chat/manifest.webmanifest", "Accept-Language", "nl")
	var m struct {
		Name, Display string
		Start         string `json:"start_url"`
		Icons         []struct{ Src, Sizes, Type string }
	}
	if err := json.Unmarshal([]byte(p.body), &m); err != nil || m.Display != "standalone" || m.Start != "/chat" || m.Name != "Praline, korte lessen" {
		t.Fatalf("%v: %s", err, p.body)
	}
	if icon := c.get(m.Icons[0].Src); icon.status != 200 || icon.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("icon: %d %v", icon.status, icon.header)
	}
}

func TestMedia(t *testing.T) {
	c := newChat(t, hello)
	p := c.get("/chat/media/phishing/media/a.png")
	if p.status != 200 || p.header.Get("Content-Type") != "image/png" || p.body != string(picture) {
		t.Errorf("%d %v", p.status, p.header)
	}
	if p := c.get("/chat/media/phishing/media/b.PNG"); p.status != 200 || p.header.Get("Content-Type") != "image/png" {
		t.Errorf("a name in capitals, as cameras give: %d %v", p.status, p.header)
	}
	if p := c.get("/chat/media/phishing/media/a.png", "If-None-Match", p.header.Get("ETag")); p.status != 304 {
		t.Errorf("%d", p.status)
	}
}

func TestCode(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	first := c.client
	code := func() string {
		c.t.Helper()
		p := c.post("/chat/code", nil)
		_, after, _ := strings.Cut(p.body, `<p class="code">`)
		code, _, _ := strings.Cut(after, "<")
		if len(code) != 9 {
			t.Fatalf("%d %q", p.status, p.body)
		}
		return code
	}
	enter := func(typed string) page {
		c.t.Helper()
		return c.post("/chat/code", values("code", typed))
	}
	made := code()
	c.client = c.device()
	c.get("/chat/code")
	if p := enter(strings.ToLower(strings.ReplaceAll(made, " ", "-"))); p.status != 200 || !strings.Contains(said(p), "Goedemorgen") {
		t.Errorf("as people type it: %d %s", p.status, p.body)
	}
	c.client = c.device()
	c.get("/chat/code")
	if p := enter(made); p.status != 422 {
		t.Errorf("once is enough: %d", p.status)
	}
	c.client = first
	late := code()
	c.client = c.device()
	c.get("/chat/code")
	c.wall.add(10 * time.Minute)
	if p := enter(late); p.status != 422 || !strings.Contains(p.body, late) {
		t.Errorf("ten minutes later: %d %s", p.status, p.body)
	}
	for range 4 {
		if p := enter("AAAA AAAA"); p.status != 422 {
			t.Errorf("%d", p.status)
		}
	}
	if p := enter("AAAA AAAA"); p.status != 429 || p.header.Get("Retry-After") == "" {
		t.Errorf("five tries, then wait: %d", p.status)
	}
	c.wall.add(2 * time.Minute)
	if p := enter("AAAA AAAA"); p.status != 422 {
		t.Errorf("one more after a while: %d", p.status)
	}
}

// TestForgotten: the receipt of an erasure is shown, and kept nowhere.
func TestForgotten(t *testing.T) {
	var c *chat
	c = newChat(t, func(e channels.Event) []channels.Message {
		if e.Value == "forget.yes" {
			c.kept.erase(e.Conversation)
			return []channels.Message{{ID: "9", Lang: "nl", Text: "Alles is gewist.", Fleeting: true}}
		}
		return hello(e)
	})
	c.open()
	c.post("/chat", values("message", "1", "press", "hello.lang.nl"))
	e := c.events("")
	before, _ := e.state()
	forget := values("message", "1", "press", "forget.yes")
	p := c.post("/chat", forget)
	if got := said(p); got != "bot: Alles is gewist." {
		t.Errorf("shown alone:\n%s", got)
	}
	if s := c.state(forget); !s.Anew || len(s.Changed) != 1 {
		t.Errorf("so does the answer to a page that has seen nothing: %+v", s)
	}
	after, _ := e.state()
	if before.Number == 0 || !after.Anew || len(after.Order) != 1 || !strings.Contains(after.Changed[0].HTML, "Alles is gewist.") {
		t.Errorf("the stream says so too: %+v", after)
	}
	conversation := c.bot.seen()[0].Conversation
	if kept, _ := c.kept.Entries(context.Background(), conversation); len(kept) > 0 {
		t.Errorf("kept: %v", kept)
	}
	n := len(c.bot.seen())
	c.get("/chat")
	if len(c.bot.seen()) != n {
		t.Error("looking at the receipt again is not coming back")
	}
	p = c.post("/chat", values("say", "dag"))
	if got := said(p); got != "me: dag\nbot: Dat heb ik niet begrepen." {
		t.Errorf("it goes when something else is said:\n%s", got)
	}
	c.wall.add(time.Hour)
	c.kept.erase(conversation)
	if got := said(c.get("/chat")); !strings.HasPrefix(got, "bot: Goedemorgen") {
		t.Errorf("who comes back later begins anew:\n%s", got)
	}
}

func TestStatic(t *testing.T) {
	for _, word := range words {
		for _, m := range gallery(channels.Event{Text: word, ID: "abcdefgh"}) {
			html := string(web.Static(m))
			for _, no := range []string{"<form", "<button", `href="/chat/file`} {
				if strings.Contains(html, no) {
					t.Errorf("%s: %s in\n%s", word, no, html)
				}
			}
			if !strings.Contains(html, `class="said"`) {
				t.Errorf("%s: not as in the chat:\n%s", word, html)
			}
		}
	}
}

// TestForm: what is filled in comes back by the fields' names.
func TestForm(t *testing.T) {
	c := newChat(t, gallery)
	c.get("/chat")
	c.get("/chat")
	p := c.post("/chat", values("say", "several"))
	has(t, "native inputs", p.body, `<fieldset><legend>Vos réponses</legend>`, `type="checkbox" name="in.choices" value="1"`, `name="form" value="answer.2"`)
	key := c.bot.seen()[1].ID[:5]
	p = c.post("/chat", values("message", "m"+key, "form", "answer.2", "in.choices", "0", "in.choices", "2", "in.text", ""))
	got := c.bot.seen()[2]
	if got.Kind != channels.Formed || got.Value != "answer.2" || strings.Join(got.Fields["choices"], ",") != "0,2" || len(got.Fields) != 1 {
		t.Errorf("%+v", got)
	}
	has(t, "shown as one would say it", said(p), "me: Le nom et le prénom, La couleur du bâtiment")
	p = c.post("/chat", values("command", "progress"))
	if got := c.bot.seen()[3]; got.Kind != channels.Said || got.Text != "/progrès" {
		t.Errorf("%+v", got)
	}
	has(t, "a command is shown as in the menu", said(p), "me: Voir mes progrès")
}
