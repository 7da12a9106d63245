package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/channels"
)

// events is one stream, read as a browser does.
type events struct {
	t    *testing.T
	body *http.Response
	next *bufio.Reader
	last string
	stop context.CancelFunc
}

func (c *chat) events(last string) *events {
	c.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.server.URL+"/chat/events?since=0", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	client := *c.client
	client.Timeout = 0
	answer, err := client.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		c.t.Fatalf("stream: %s", answer.Status)
	}
	e := &events{c.t, answer, bufio.NewReader(answer.Body), last, stop}
	c.t.Cleanup(e.close)
	return e
}

func (e *events) close() {
	e.stop()
	e.body.Body.Close()
}

// state returns the next event; false when the stream has ended.
func (e *events) state() (state, bool) {
	for {
		line, err := e.next.ReadString('\n')
		if err != nil {
			return state{}, false
		}
		if id, ok := strings.CutPrefix(line, "id: "); ok {
			e.last = strings.TrimSpace(id)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			return readState(e.t, data), true
		}
	}
}

// screen is a page that applies states as chat.js does.
type screen struct {
	seen  int64
	order []string
	html  map[string]string
	shown map[string]int // how often an entry was drawn
}

func (s *screen) apply(t *testing.T, got state) {
	t.Helper()
	if !got.Anew && got.Number <= s.seen {
		return
	}
	for _, c := range got.Changed {
		s.html[c.Key] = c.HTML
		s.shown[fmt.Sprint(c.Key, " ", c.Number)]++
	}
	for _, key := range got.Order {
		if s.html[key] == "" {
			t.Errorf("%s was lost on the way", key)
		}
	}
	s.seen, s.order = got.Number, got.Order
}

// TestReconnection: four writers say things while a stream breaks again and
// again; in the end the page shows everything once, in the transcript's order.
func TestReconnection(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	conversation := c.bot.seen()[0].Conversation
	const writers, each = 4, 40
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				m := channels.Message{ID: fmt.Sprintf("w%d.%d", w, i), Lang: "nl", Text: "Dag."}
				if i%5 == 4 {
					m.Replaces = fmt.Sprintf("w%d.%d", w, i-1)
				}
				if _, err := c.adapter.Send(context.Background(), conversation, m, ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	s := &screen{html: map[string]string{}, shown: map[string]int{}}
	last, broken := "", 0
	all := func() bool {
		entries, _ := c.kept.Entries(context.Background(), conversation)
		var highest int64
		for _, e := range entries {
			highest = max(highest, e.Number)
		}
		return s.seen >= highest
	}
	done := make(chan struct{})
	go func() { writing.Wait(); close(done) }()
	// more says whether something is still to come: a stream that is opened
	// when nothing is would wait for ever.
	more := func() bool {
		for all() {
			select {
			case <-done:
				return !all()
			case <-time.After(time.Millisecond):
			}
		}
		return true
	}
	for deadline := time.Now().Add(20 * time.Second); more() && time.Now().Before(deadline); {
		e := c.events(last)
		for range 3 { // then it breaks
			got, ok := e.state()
			if !ok {
				break
			}
			s.apply(t, got)
			if all() {
				break
			}
		}
		last = e.last
		e.close()
		broken++
	}
	entries, _ := c.kept.Entries(context.Background(), conversation)
	if len(entries) != len(s.order) {
		t.Fatalf("%d entries, %d shown, after %d breaks", len(entries), len(s.order), broken)
	}
	for i, e := range entries {
		if s.order[i] != e.Key {
			t.Errorf("place %d: %s, not %s", i, s.order[i], e.Key)
		}
	}
	for change, n := range s.shown {
		if n > 1 {
			t.Errorf("%s was drawn %d times", change, n)
		}
	}
}

func TestStreamOutlivesTheServersDeadlines(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	c.adapter.Beat(50 * time.Millisecond)
	hurried := httptest.NewUnstartedServer(c.server.Config.Handler)
	hurried.Config.ReadTimeout, hurried.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	hurried.Start()
	defer hurried.Close()
	defer c.adapter.Close()
	c.server.URL = hurried.URL
	e := c.events("")
	if got, ok := e.state(); !ok || len(got.Order) != 1 {
		t.Fatalf("a stream begins with what is there: %+v", got)
	}
	began := time.Now()
	for time.Since(began) < 700*time.Millisecond {
		line, err := e.next.ReadString('\n')
		if err != nil {
			t.Fatalf("the stream ended after %v: %v", time.Since(began), err)
		}
		if line != ": \n" && line != "\n" {
			t.Fatalf("nothing happened, and it said %q", line)
		}
	}
}

func TestStreamEndsWithTheServer(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	e := c.events("")
	e.state()
	c.adapter.Close()
	if got, ok := e.state(); ok {
		t.Errorf("still open: %+v", got)
	}
}

func TestNewestStreamsStay(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	first := c.events("")
	first.state()
	for range 8 {
		c.events("").state()
	}
	if _, ok := first.state(); ok {
		t.Error("the oldest of nine streams is closed")
	}
}

func TestLastEventID(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	c.post("/chat", values("message", "1", "press", "hello.lang.nl"))
	for _, row := range []struct {
		last    string
		status  int
		anew    bool
		changed int
	}{
		{"", 200, false, 1},
		{"1", 200, false, 1},
		{"999", 200, true, 1}, // of a conversation that was erased
		{"-1", 400, false, 0},
		{"x", 400, false, 0},
		{"99999999999999999999", 400, false, 0},
	} {
		if row.status != 200 {
			if p := c.get("/chat/events", "Last-Event-ID", row.last); p.status != row.status {
				t.Errorf("Last-Event-ID %q: %d", row.last, p.status)
			}
			continue
		}
		got, _ := c.events(row.last).state()
		if got.Anew != row.anew || len(got.Changed) != row.changed || len(got.Order) != 1 {
			t.Errorf("Last-Event-ID %q: %+v", row.last, got)
		}
	}
}

// TestSlowReader: who does not read is dropped, and holds nobody up.
func TestSlowReader(t *testing.T) {
	c := newChat(t, hello)
	c.adapter.Patience(100 * time.Millisecond)
	c.open()
	conversation := c.bot.seen()[0].Conversation
	address, err := url.Parse(c.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	slow, err := net.Dial("tcp", address.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	cookie := c.client.Jar.Cookies(address)[0]
	fmt.Fprintf(slow, "GET /chat/events HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\n\r\n", address.Host, cookie.Name, cookie.Value)
	deadline := time.Now().Add(20 * time.Second)
	for c.adapter.Streams(conversation) == 0 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	big := strings.Repeat("praline ", 1<<17)
	for i := 0; c.adapter.Streams(conversation) > 0; i++ {
		if time.Now().After(deadline) {
			t.Fatal("still there")
		}
		if _, err := c.adapter.Send(context.Background(), conversation, channels.Message{ID: "big", Lang: "nl", Text: fmt.Sprint(i, big)}, ""); err != nil {
			t.Fatal(err)
		}
	}
	if n := c.adapter.Rooms(); n != 0 {
		t.Errorf("%d conversations are still held", n)
	}
}
