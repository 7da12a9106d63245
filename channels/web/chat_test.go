package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"praline/channels"
	"praline/channels/web"
	"praline/pages"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a Transcript that forgets with the test.
type memory struct {
	mu      sync.Mutex
	numbers map[string]int64
	entries map[string][]web.Entry
	away    bool // as a store that cannot be reached
}

var errAway = errors.New("the store is away")

func newMemory() *memory {
	return &memory{numbers: map[string]int64{}, entries: map[string][]web.Entry{}}
}

func (m *memory) Put(_ context.Context, conversation string, e web.Entry, replaces string) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return 0, errAway
	}
	m.numbers[conversation]++
	e.Number = m.numbers[conversation]
	all := slices.Clone(m.entries[conversation])
	at := slices.IndexFunc(all, func(x web.Entry) bool { return replaces != "" && x.Key == replaces })
	if at < 0 {
		at = slices.IndexFunc(all, func(x web.Entry) bool { return x.Key == e.Key })
	}
	if at < 0 {
		all = append(all, e)
	} else {
		all[at] = e
	}
	m.entries[conversation] = all
	return e.Number, nil
}

func (m *memory) Entries(_ context.Context, conversation string) ([]web.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, errAway
	}
	return slices.Clone(m.entries[conversation]), nil
}

func (m *memory) erase(conversation string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.entries, conversation)
	delete(m.numbers, conversation)
}

func (m *memory) setAway(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
}

// bot answers by a script, and says things as channels/outbound does: after it
// answered, in order, from elsewhere.
type bot struct {
	script func(channels.Event) []channels.Message

	adapter *web.Adapter
	mu      sync.Mutex
	events  []channels.Event
	fails   bool
	saying  sync.WaitGroup
	order   sync.Mutex
}

func (b *bot) handle(_ context.Context, e channels.Event) ([]channels.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails {
		return nil, errAway
	}
	for _, known := range b.events {
		if known.ID == e.ID && known.Conversation == e.Conversation {
			return nil, nil
		}
	}
	b.events = append(b.events, e)
	messages := b.script(e)
	b.saying.Go(func() {
		b.order.Lock()
		defer b.order.Unlock()
		for _, m := range messages {
			_, _ = b.adapter.Send(context.Background(), e.Conversation, m, "")
		}
	})
	return messages, nil
}

func (b *bot) seen() []channels.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.events)
}

func (b *bot) setFails(fails bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails = fails
}

// codes makes and takes codes as the bot does: once, for ten minutes, and five
// tries of each conversation.
type codes struct {
	mu    sync.Mutex
	made  map[string]code
	wall  *clock
	tries *pages.Flood
}

type code struct {
	conversation string
	until        time.Time
}

func (c *codes) make(_ context.Context, conversation string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	made := fmt.Sprintf("ABCD 2%03d", len(c.made))
	c.made[made] = code{conversation, c.wall.Now().Add(10 * time.Minute)}
	return made, nil
}

func (c *codes) redeem(_ context.Context, conversation, typed string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.tries.Allow(conversation, c.wall.Now()) {
		return "", &web.WaitError{For: 2 * time.Minute}
	}
	typed = strings.ToUpper(strings.ReplaceAll(typed, "-", " "))
	kept, ok := c.made[typed]
	if !ok || !c.wall.Now().Before(kept.until) {
		return "", nil
	}
	c.made[typed] = code{}
	return kept.conversation, nil
}

// clock is the wall's, and can be set forward.
type clock struct{ ahead atomic.Int64 }

func (c *clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) add(d time.Duration) { c.ahead.Add(int64(d)) }

// chat is one person in front of the page, without a script.
type chat struct {
	t       *testing.T
	adapter *web.Adapter
	bot     *bot
	kept    *memory
	server  *httptest.Server
	client  *http.Client
	wall    *clock
}

func newChat(t *testing.T, script func(channels.Event) []channels.Message, change ...func(*web.Options)) *chat {
	t.Helper()
	now := time.Date(2026, 10, 20, 6, 30, 0, 0, time.UTC) // a Tuesday, 8.30 in Brussels
	c := &chat{t: t, kept: newMemory(), bot: &bot{script: script}, wall: &clock{}}
	options := web.Options{
		Secret: []byte("0123456789abcdef0123456789abcdef"), Transcript: c.kept,
		Media: fstest.MapFS{
			"phishing/media/a.png": {Data: picture},
			"phishing/media/b.PNG": {Data: picture},
			"phishing/notes.md":    {Data: []byte("not for you")},
			"phishing/media/d":     {Mode: fs.ModeDir},
		},
		Now:  func() time.Time { return now },
		Wall: c.wall.Now,
	}
	k := &codes{made: map[string]code{}, wall: c.wall, tries: pages.NewFlood(5, 2*time.Minute)}
	options.NewCode, options.Redeem = k.make, k.redeem
	for _, f := range change {
		f(&options)
	}
	c.adapter = web.New(options)
	c.bot.adapter = c.adapter
	routes, err := c.adapter.Routes(c.bot.handle)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for pattern, handler := range routes {
		mux.Handle(pattern, handler)
	}
	c.server = httptest.NewUnstartedServer(mux)
	c.server.Config.ReadTimeout = 2 * time.Second
	c.server.Config.WriteTimeout = 5 * time.Second
	c.server.Start()
	c.client = c.device()
	t.Cleanup(func() {
		c.adapter.Close()
		c.bot.saying.Wait()
		c.server.Close()
	})
	return c
}

// device is another browser.
func (c *chat) device() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	transport := &http.Transport{}
	c.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: jar, Transport: transport, Timeout: 20 * time.Second}
}

// page is what came back.
type page struct {
	status int
	body   string
	header http.Header
}

func (c *chat) do(request *http.Request) page {
	c.t.Helper()
	answer, err := c.client.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return page{answer.StatusCode, string(body), answer.Header}
}

func (c *chat) get(path string, headers ...string) page {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodGet, c.server.URL+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return c.do(request)
}

func (c *chat) post(path string, values url.Values, headers ...string) page {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodPost, c.server.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return c.do(request)
}

// open is a first visit: a cookie, and then hello.
func (c *chat) open() page {
	c.t.Helper()
	c.get("/chat", "Accept-Language", "nl-BE,nl;q=0.9")
	return c.get("/chat?again", "Accept-Language", "nl-BE,nl;q=0.9")
}

// values is a form with a fresh event.
func values(pairs ...string) url.Values {
	v := url.Values{"event": {pages.NewName()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// state posts as the script does.
func (c *chat) state(v url.Values) state {
	c.t.Helper()
	p := c.post("/chat", v, "Accept", "application/json")
	if p.status != http.StatusOK {
		c.t.Fatalf("%d: %s", p.status, p.body)
	}
	return readState(c.t, p.body)
}

type state struct {
	Number  int64 `json:"n"`
	Anew    bool
	Lang    string
	Order   []string
	Changed []struct {
		Key    string `json:"k"`
		Number int64  `json:"n"`
		HTML   string
	}
}

func readState(t *testing.T, body string) (s state) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return s
}

// said is the words of a page's conversation, one entry a line.
func said(p page) string {
	var lines []string
	for _, entry := range articles.FindAllString(p.body, -1) {
		who := "bot: "
		if strings.Contains(entry, `class="entry mine"`) {
			who = "me: "
		}
		entry = stamps.ReplaceAllString(entry, "")
		lines = append(lines, who+strings.Join(strings.Fields(tags.ReplaceAllString(entry, " ")), " "))
	}
	return strings.Join(lines, "\n")
}

var (
	articles = regexp.MustCompile(`(?s)<article.*?</article>`)
	stamps   = regexp.MustCompile(`<p class="stamp">.*?</p>`)
	tags     = regexp.MustCompile(`<[^>]*>`)
)

func has(t *testing.T, label, body string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("%s: %q is missing in\n%s", label, part, body)
		}
	}
}
