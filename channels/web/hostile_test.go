package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/web"
	"praline/pages"
)

// TestHostile: what came in, what we answered, and that the bot heard nothing.
func TestHostile(t *testing.T) {
	form := func(pairs ...string) string { return values(pairs...).Encode() }
	type headers = map[string]string
	urlencoded := headers{"Content-Type": "application/x-www-form-urlencoded"}
	with := func(more ...string) headers {
		h := headers{"Content-Type": "application/x-www-form-urlencoded"}
		for i := 0; i+1 < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	for _, row := range []struct {
		label, method, path, body string
		headers                   headers
		stranger                  bool // without the cookie
		status                    int
	}{
		{"no cookie", "POST", "/chat", form("say", "dag"), urlencoded, true, 403},
		{"a forged cookie", "POST", "/chat", form("say", "dag"), with("Cookie", "praline-chat=abcdefghijklmnopqrstuvwxyz.c2lnbmF0dXJl"), true, 403},
		{"a cookie without a signature", "POST", "/chat", form("say", "dag"), with("Cookie", "praline-chat=abcdefghijklmnopqrstuvwxyz"), true, 403},
		{"another site's page", "POST", "/chat", form("say", "dag"), with("Sec-Fetch-Site", "cross-site"), false, 403},
		{"another site's page, by an old browser", "POST", "/chat", form("say", "dag"), with("Origin", "https://elsewhere.example"), false, 403},
		{"a page from nowhere", "POST", "/chat", form("say", "dag"), with("Origin", "null"), false, 403},
		{"another site's code", "POST", "/chat/code", "", with("Sec-Fetch-Site", "cross-site"), false, 403},
		{"a huge body", "POST", "/chat", form("say", strings.Repeat("a", 70_000)), urlencoded, false, 413},
		{"4,001 characters", "POST", "/chat", form("say", strings.Repeat("é", 4001)), urlencoded, false, 422},
		{"4,001 characters in a form's input", "POST", "/chat", form("form", "answer.1", "in.text", strings.Repeat("é", 4001)), urlencoded, false, 422},
		{"JSON", "POST", "/chat", `{"say":"dag"}`, headers{"Content-Type": "application/json"}, false, 415},
		{"a file", "POST", "/chat", "--x\r\n", headers{"Content-Type": "multipart/form-data; boundary=x"}, false, 415},
		{"no type", "POST", "/chat", form("say", "dag"), headers{}, false, 415},
		{"a body that is no form", "POST", "/chat", "say=%zz", urlencoded, false, 400},
		{"not UTF-8", "POST", "/chat", form("say", "\xff\xfe"), urlencoded, false, 400},
		{"no event", "POST", "/chat", "say=dag", urlencoded, false, 400},
		{"an event id of a message", "POST", "/chat", "event=1&say=dag", urlencoded, false, 400},
		{"a long event id", "POST", "/chat", "event=" + strings.Repeat("a", 27) + "&say=dag", urlencoded, false, 400},
		{"a long message id", "POST", "/chat", form("press", "x", "message", strings.Repeat("m", 65)), urlencoded, false, 400},
		{"nothing in it", "POST", "/chat", form(), urlencoded, false, 400},
		{"no words", "POST", "/chat", form("say", "  "), urlencoded, false, 422},
		{"a command that is none", "POST", "/chat", form("command", "rm"), urlencoded, false, 400},
		{"another method", "PUT", "/chat", "", headers{}, false, 405},
		{"another page", "GET", "/chat/nothing", "", headers{}, false, 404},
		{"media outside", "GET", "/chat/media/..%2f..%2fetc%2fpasswd.png", "", headers{}, false, 404},
		{"media by a way around", "GET", "/chat/media/phishing/%2e%2e/%2e%2e/x.png", "", headers{}, false, 404},
		{"media that is none", "GET", "/chat/media/phishing/notes.md", "", headers{}, false, 404},
		{"a folder", "GET", "/chat/media/phishing/media", "", headers{}, false, 404},
		{"a NUL", "GET", "/chat/media/a%00.png", "", headers{}, false, 404},
		{"somebody's file without a cookie", "GET", "/chat/file/1", "", headers{}, true, 403},
		{"no such file", "GET", "/chat/file/1", "", headers{}, false, 404},
		{"a stream without a cookie", "GET", "/chat/events", "", headers{}, true, 403},
		{"times without a cookie", "GET", "/chat/times.ics", "", headers{}, true, 403},
	} {
		t.Run(row.label, func(t *testing.T) {
			c := newChat(t, hello)
			c.open()
			before := len(c.bot.seen())
			if row.stranger {
				c.client = c.device()
			}
			request, err := http.NewRequest(row.method, c.server.URL+row.path, strings.NewReader(row.body))
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range row.headers {
				request.Header.Set(name, value)
			}
			p := c.do(request)
			if p.status != row.status {
				t.Errorf("%d, not %d: %s", p.status, row.status, p.body)
			}
			if n := len(c.bot.seen()); n != before {
				t.Errorf("the bot heard %v", c.bot.seen()[before:])
			}
			if p.header.Get("Content-Security-Policy") == "" {
				t.Error("no content security policy")
			}
		})
	}
}

func TestLongTextIsNotLost(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	long := strings.Repeat("lang ", 900)
	p := c.post("/chat", values("say", long))
	has(t, "the page says so and keeps what was typed", p.body, "Ik lees tot 4.000 tekens tegelijk", `value="`+long+`"`)
	script := c.post("/chat", values("say", long), "Accept", "application/json")
	has(t, "so does the word to the script", script.body, `{"error":"Dat is een lang bericht`)
}

func TestStoreAway(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	c.kept.setAway(true)
	if p := c.get("/chat"); p.status != http.StatusServiceUnavailable || p.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%d %s", p.status, p.body)
	}
	if p := c.post("/chat", values("say", "dag"), "Accept", "application/json"); p.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", p.status, p.body)
	}
	c.kept.setAway(false)
	c.bot.setFails(true)
	again := values("say", "dag Praline")
	p := c.post("/chat", again)
	has(t, "not stored: the words are still in the field", p.body, `value="dag Praline"`, "Ik kan nu niets bewaren")
	c.bot.setFails(false)
	p = c.post("/chat", again)
	if got := strings.Count(said(p), "me: dag Praline"); p.status != http.StatusOK || got != 1 {
		t.Errorf("the same event again stands once: %d times\n%s", got, said(p))
	}
}

// TestTwice: the same form sent twice, at once and by a reload, is one event.
func TestTwice(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	form := values("say", "help")
	answers := make(chan page, 4)
	for range 4 {
		go func() { answers <- c.post("/chat", form) }()
	}
	for range 4 {
		<-answers
	}
	p := c.post("/chat", form)
	if n := len(c.bot.seen()); n != 2 {
		t.Errorf("%d events: %v", n, c.bot.seen())
	}
	if got := said(p); strings.Count(got, "me: help") != 1 || strings.Count(got, "niet begrepen") != 1 {
		t.Errorf("said once:\n%s", got)
	}
}

func TestFlood(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	refused := 0
	for range 60 {
		p := c.post("/chat", values("say", "dag"), "Accept", "application/json", "Accept-Language", "nl,fr")
		if p.status == http.StatusTooManyRequests {
			refused++
			has(t, "with a word", p.body, "Wacht enkele seconden")
			if p.header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		}
	}
	if refused < 10 || refused > 20 { // some come back while we ask
		t.Errorf("%d of 60 refused, not 20 or a few less", refused)
	}
}

func TestHeaders(t *testing.T) {
	for _, public := range []string{"", "https://praline.example"} {
		c := newChat(t, hello, func(o *web.Options) { o.PublicURL = public })
		c.open()
		for _, path := range []string{"/chat", "/chat/code", "/chat/manifest.webmanifest", "/chat/times.ics", "/chat/none"} {
			p := c.get(path)
			for name, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'", "X-Content-Type-Options": "nosniff",
				"X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			} {
				if !strings.HasPrefix(p.header.Get(name), want) {
					t.Errorf("%s: %s: %q", path, name, p.header.Get(name))
				}
			}
			if sts := p.header.Get("Strict-Transport-Security"); (sts != "") != (public != "") {
				t.Errorf("%s: Strict-Transport-Security %q", path, sts)
			}
		}
		c.client = c.device()
		cookie := c.get("/chat").header.Get("Set-Cookie")
		if public == "" {
			has(t, "cookie", cookie, "praline-chat=", "HttpOnly", "SameSite=Lax", "Path=/")
		} else {
			has(t, "cookie behind https", cookie, "__Host-praline-chat=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/")
		}
	}
}

func TestProxyThatEndsTLS(t *testing.T) {
	c := newChat(t, hello, func(o *web.Options) { o.PublicURL = "https://praline.example" })
	if p := c.post("/chat", values("say", "dag"), "Origin", "https://praline.example"); p.status != 403 || strings.Contains(p.body, "autre site") {
		t.Errorf("our own public address is no other site: %d %s", p.status, p.body)
	}
	if _, err := web.New(web.Options{PublicURL: "praline.example"}).Routes(nil); err == nil || !strings.Contains(err.Error(), "write it as") {
		t.Errorf("a public address that is none is refused at the start: %v", err)
	}
}

// TestWeight: everything that the first view loads, uncompressed.
func TestWeight(t *testing.T) {
	c := newChat(t, gallery)
	c.get("/chat")
	c.get("/chat")
	for _, word := range words {
		c.post("/chat", values("say", word))
	}
	html := len(c.get("/chat").body)
	total := html + c.adapter.Weights() + len(pages.Icon)
	t.Logf("%d bytes of HTML with every kind of message, %d in all", html, total)
	if total > 100_000 {
		t.Errorf("%d bytes: at most 100 KB", total)
	}
	p := c.get("/chat", "Accept-Encoding", "gzip")
	if p.header.Get("Content-Encoding") != "gzip" || len(p.body) > html/2 {
		t.Errorf("not compressed: %d of %d bytes", len(p.body), html)
	}
}

func TestOnlyOurHost(t *testing.T) {
	c := newChat(t, gallery)
	c.get("/chat")
	c.get("/chat")
	for _, word := range words {
		c.post("/chat", values("say", word))
	}
	body := c.get("/chat").body
	for _, attribute := range []string{`src="`, `<link rel="stylesheet" href="`, `<link rel="icon" href="`, `action="`} {
		for rest := body; ; {
			_, after, ok := strings.Cut(rest, attribute)
			if !ok {
				break
			}
			address, _, _ := strings.Cut(after, `"`)
			if u, err := url.Parse(address); err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/chat") {
				t.Errorf("%s%s", attribute, address)
			}
			rest = after
		}
	}
	if strings.Contains(body, "style=") || strings.Contains(body, "<style") || strings.Contains(body, " onclick") {
		t.Error("inline style or script")
	}
	file := c.get(body[strings.Index(body, "/chat/static/"):][:strings.Index(body[strings.Index(body, "/chat/static/"):], `"`)])
	if file.status != 200 || !strings.Contains(file.header.Get("Cache-Control"), "immutable") {
		t.Error(fmt.Sprint(file.status, file.header))
	}
}

// TestLongConversation: the first view of one that has grown is small, and the
// stream goes on from it.
func TestLongConversation(t *testing.T) {
	c := newChat(t, gallery)
	c.get("/chat")
	c.get("/chat")
	conversation := c.bot.seen()[0].Conversation
	for i := range 60 {
		m := gallery(channels.Event{Text: words[i%len(words)], ID: "abcdefgh"})[0]
		m.ID = fmt.Sprint("long", i)
		if _, err := c.adapter.Send(t.Context(), conversation, m, ""); err != nil {
			t.Fatal(err)
		}
	}
	p := c.get("/chat")
	if n := strings.Count(p.body, "<article"); n != 30 || len(p.body)+c.adapter.Weights()+len(pages.Icon) > 100_000 {
		t.Errorf("%d entries, %d bytes", n, len(p.body))
	}
	has(t, "and a way to the others", p.body, `<a href="/chat?all">Voir les messages précédents</a>`)
	if all := c.get("/chat?all"); strings.Count(all.body, "<article") != 61 || strings.Contains(all.body, "/chat?all") {
		t.Errorf("%d of 61 entries", strings.Count(all.body, "<article"))
	}
}
