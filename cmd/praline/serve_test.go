package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"praline/bot"
	"praline/bot/store/storetest"
	"praline/channels/telegram/telegramtest"
	"praline/pages"
)

// serving is the real program on a port of its own.
type serving struct {
	*program
	url string
}

func newServing(t *testing.T, env ...string) *serving {
	t.Helper()
	address := fmt.Sprint("127.0.0.1:", storetest.FreePort(t))
	common := []string{"LANG=en_GB.UTF-8", "PRALINE_LISTEN=" + address, "PRALINE_DATA=" + filepath.Join(t.TempDir(), "data")}
	return &serving{&program{t: t, env: append(common, env...)}, "http://" + address}
}

// up starts it and waits until it answers.
func (s *serving) up(arguments ...string) *serving {
	s.t.Helper()
	s.start(arguments...)
	s.status("/healthz", http.StatusOK)
	return s
}

// status waits until a page has a status.
func (s *serving) status(path string, want int) {
	s.t.Helper()
	var got any
	for deadline := time.Now().Add(soon); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(s.url + path)
		if err != nil {
			got = err
			continue
		}
		response.Body.Close()
		if got = response.StatusCode; got == want {
			return
		}
	}
	s.t.Fatalf("%s: %v, not %d", path, got, want)
}

// ends waits until the process ended by itself, and returns its exit code.
func (s *serving) ends() int {
	c := s.running
	s.running = nil
	gone := time.AfterFunc(soon, func() { _ = c.Process.Kill() })
	defer gone.Stop()
	_ = c.Wait()
	return c.ProcessState.ExitCode()
}

// visitor is a browser without a script.
type visitor struct {
	t      testing.TB
	client *http.Client
	url    string
}

func (s *serving) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &visitor{s.t, &http.Client{Jar: jar, Timeout: soon}, s.url}
}

// page is the conversation as it stands.
func (v *visitor) page() string {
	v.t.Helper()
	_, body := v.do(http.MethodGet, "/chat", nil)
	return body
}

func (v *visitor) do(method, path string, form url.Values) (int, string) {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept-Language", "fr")
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// sends sends a form, as a button or the field at the bottom does.
func (v *visitor) sends(pairs ...string) (int, string) {
	v.t.Helper()
	form := url.Values{"event": {pages.NewName()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return v.do(http.MethodPost, "/chat", form)
}

var buttons = regexp.MustCompile(`name="press" value="([^"]*)"`)

// choices are the values of all buttons that stand there.
func choices(page string) []string {
	var all []string
	for _, found := range buttons.FindAllStringSubmatch(page, -1) {
		all = append(all, found[1])
	}
	return all
}

// hello presses on until a question stands there, and returns the value of its
// first answer that can be pressed.
func (v *visitor) hello() string {
	v.t.Helper()
	v.page()
	page := v.page()
	for range 20 {
		var next string
		for _, way := range append([]string{"answer."}, ways...) {
			for _, c := range choices(page) {
				if next == "" && strings.HasPrefix(c, way) {
					next = c
				}
			}
		}
		if strings.HasPrefix(next, "answer.") {
			return next
		}
		_, page = v.sends("press", next)
	}
	v.t.Fatalf("no question comes:\n%s", page)
	return ""
}

// TestStops: somebody who sends a form for ever and an open stream do not keep
// the program from stopping in time, and what was acknowledged is there.
func TestStops(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			s := newServing(t).up()
			v := s.visitor()
			answer := v.hello()
			cookie := v.client.Jar.Cookies(must(url.Parse(s.url)))[0].String()
			for _, request := range []string{
				"GET /chat/events HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\n\r\n",
				"POST /chat HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nevent=",
			} {
				c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				if _, err := io.WriteString(c, request); err != nil {
					t.Fatal(err)
				}
			}
			if status, _ := v.sends("press", answer); status != http.StatusOK {
				t.Fatalf("answer: %d", status)
			}
			began := time.Now()
			_ = s.running.Process.Signal(signal)
			if code := s.ends(); code != 0 {
				t.Errorf("exit code %d\n%s", code, s.log.String())
			}
			if took := time.Since(began); took > 9*time.Second {
				t.Errorf("stopped after %v", took)
			}
			if strings.Contains(s.log.String(), "level=WARN") || strings.Contains(s.log.String(), "level=ERROR") {
				t.Errorf("something was left undone:\n%s", s.log.String())
			}
			if e := s.export(); len(e.Answers) != 1 {
				t.Errorf("%d answers", len(e.Answers))
			}
		})
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestRedisComesAndGoes: away at start, back, away, back.
func TestRedisComesAndGoes(t *testing.T) {
	t.Parallel()
	redis := storetest.StartRedis(t, "--appendfsync", "always") // what it has said yes to survives kill -9
	redis.Kill()
	s := newServing(t, "PRALINE_REDIS="+redis.URL).up()
	s.status("/readyz", http.StatusServiceUnavailable)
	redis.Start()
	s.status("/readyz", http.StatusOK)
	v := s.visitor()
	answer := v.hello()
	redis.Kill()
	s.status("/readyz", http.StatusServiceUnavailable)

	status, page := v.sends("say", `gardez "ceci" <b>`)
	if status != http.StatusServiceUnavailable || !strings.Contains(page, `name="say" value="gardez &#34;ceci&#34; &lt;b&gt;"`) {
		t.Errorf("what was typed is not kept: %d\n%s", status, page)
	}
	event := pages.NewName()
	status, page = v.do(http.MethodPost, "/chat", url.Values{"event": {event}, "press": {answer}})
	if status != http.StatusServiceUnavailable || !strings.Contains(page, `name="press" value="`+answer+`"`) || !strings.Contains(page, event) {
		t.Errorf("what was pressed is not kept: %d\n%s", status, page)
	}
	redis.Start()
	s.status("/readyz", http.StatusOK)
	for range 2 {
		if status, _ := v.do(http.MethodPost, "/chat", url.Values{"event": {event}, "press": {answer}}); status != http.StatusOK {
			t.Errorf("pressed again: %d", status)
		}
	}
	if e := s.export(); len(e.Answers) != 1 {
		t.Errorf("%d answers, not 1, after %s; learners:\n%s\n%s", len(e.Answers), answer, s.run("data", "list"), v.page())
	}
	s.stop()
	for words, want := range map[string]int{"not ready": 2, "ready again": 2} {
		if got := strings.Count(s.log.String(), words); got != want {
			t.Errorf("%q is said %d times, not %d:\n%s", words, got, want, s.log.String())
		}
	}
}

// TestStoreOfOthers: a Redis that is away at start and then turns out to be
// speeded, or another secret's, ends the program and stays as it is.
func TestStoreOfOthers(t *testing.T) {
	t.Parallel()
	redis := storetest.StartRedis(t)
	first := newServing(t, "PRALINE_REDIS="+redis.URL).up("--speed", "1440")
	first.stop()
	for _, row := range []struct {
		label, env string
		want       string
	}{
		{"without --speed", "", "go on with --speed 1440"},
		{"with another secret", "PRALINE_SECRET=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "another secret"},
		{"and what was refused is still refused", "", "go on with --speed 1440"},
	} {
		redis.Kill()
		s := &serving{&program{t: t, env: slices.Concat(first.env, []string{row.env})}, first.url}
		s.up()
		redis.Start()
		if code := s.ends(); code != exitUsage || !strings.Contains(s.log.String(), row.want) {
			t.Errorf("%s: exit code %d\n%s", row.label, code, s.log.String())
		}
	}
}

// TestTwoInstances: one learner through either; a copied cookie is one learner.
func TestTwoInstances(t *testing.T) {
	t.Parallel()
	redis := "PRALINE_REDIS=" + redisURL(t)
	secret := "PRALINE_SECRET=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	a, b := newServing(t, redis, secret).up(), newServing(t, redis, secret).up()
	v := a.visitor()
	answer := v.hello()
	there := *v
	there.url = b.url
	there.client.Jar.SetCookies(must(url.Parse(b.url)), v.client.Jar.Cookies(must(url.Parse(a.url))))
	done := make(chan int)
	for i := range 16 { // at the very same moment
		device := []*visitor{v, &there}[i%2]
		go func() { status, _ := device.sends("press", answer); done <- status }()
	}
	for range 16 {
		if status := <-done; status != http.StatusOK {
			t.Errorf("status %d", status)
		}
	}
	if e := a.export(); len(e.Answers) != 1 {
		t.Errorf("%d answers, not 1", len(e.Answers))
	}
	a.stop()
	if status, page := there.do(http.MethodGet, "/chat", nil); status != http.StatusOK || len(choices(page)) == 0 {
		t.Errorf("the other goes on: %d", status)
	}
	b.stop()
}

// TestTelegramFaults: a French and a Dutch learner, by polling and by webhook,
// while the API has bad days. Each answer counts once, nothing is sent that the
// API refuses, and the log names nobody. The API's pace of one message a second
// makes it slow: PRALINE_PRESSES sets how many each presses.
func TestTelegramFaults(t *testing.T) {
	t.Parallel()
	presses := 10
	if n, err := strconv.Atoi(os.Getenv("PRALINE_PRESSES")); err == nil {
		presses = n
	}
	for _, way := range []string{"polling", "webhook"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			api := telegramtest.Start(t)
			api.Paces(time.Now)
			s := newServing(t, "PRALINE_WEB=off", "TELEGRAM_BOT_TOKEN="+telegramtest.Token, "TELEGRAM_API_URL="+api.URL)
			if way == "webhook" {
				s.env = append(s.env, "TELEGRAM_WEBHOOK_SECRET=hook-secret", "PRALINE_PUBLIC_URL="+s.url)
			}
			s.up()
			random := rand.New(rand.NewPCG(3, 2026))
			learners := map[string]*pupil{}
			for i, lang := range []string{"fr", "nl"} {
				p := newPupil(api, random)
				p.Person = api.Person(int64(42+i), lang)
				learners[lang] = p
				p.Says("/start")
				if !p.Await(func([]telegramtest.Message) bool { return p.presses("hello.lang." + lang) }) {
					t.Fatalf("no hello for %s\n%s", lang, s.log.String())
				}
			}
			faults := []telegramtest.Fault{
				telegramtest.BadBridge, telegramtest.Internal, telegramtest.CutShort, telegramtest.Lost, telegramtest.TooMany,
				telegramtest.BadBridge.Of("answerCallbackQuery"), telegramtest.Internal.Of("editMessageText"), telegramtest.Lost.Of("editMessageText"),
			}
			deadline := time.Now().Add(time.Minute + time.Duration(presses)*15*time.Second)
			n, next := 0, 0 // faults so far, and at which call the next one comes
			for !learners["fr"].practised(presses) || !learners["nl"].practised(presses) {
				if time.Now().After(deadline) {
					t.Fatalf("the conversation does not go on: %v %v", learners["fr"].history, learners["nl"].history)
				}
				if calls := api.Calls("sendMessage") + api.Calls("editMessageText"); calls >= next && api.Pending() == 0 {
					api.Fails(faults[n%len(faults)])
					n, next = n+1, calls+6
				}
				for _, p := range learners {
					p.act()
					if m, ok := p.last(); ok && slices.ContainsFunc(flat(m), func(b telegramtest.Button) bool { return b.Value() == "more" }) {
						p.presses("more")
					}
				}
			}
			for _, p := range learners {
				p.settle(t)
			}
			s.stop()
			if v := api.Violations(); len(v) > 0 {
				t.Errorf("Telegram would have refused: %q", v)
			}
			if n := api.Floods(); n > 2 { // calls may catch each other up on their way
				t.Errorf("%d calls were too many", n)
			}
			stored := 0
			for line := range strings.Lines(string(s.run("data", "list"))) {
				var n int
				if _, err := fmt.Sscan(strings.Split(line, "\t")[3], &n); err != nil {
					t.Fatal(err)
				}
				stored += n
			}
			if pressed := len(learners["fr"].answered) + len(learners["nl"].answered); stored != pressed || stored == 0 {
				t.Errorf("%d answers stored, %d pressed", stored, pressed)
			}
			for _, secret := range []string{telegramtest.Token, "stand-in-token", "hook-secret", "Example", "answer."} {
				if strings.Contains(s.log.String(), secret) {
					t.Errorf("the log holds %q:\n%s", secret, s.log.String())
				}
			}
		})
	}
}

// practised says that a learner has pressed so often, and answered at least once.
func (p *pupil) practised(presses int) bool {
	return len(p.history) >= presses && len(p.answered) > 0
}

// presses presses the newest button with this value, once in a while.
func (p *pupil) presses(value string) bool {
	m, ok := p.last()
	i := slices.IndexFunc(flat(m), func(b telegramtest.Button) bool { return b.Value() == value })
	if !ok || i < 0 {
		return false
	}
	key := fmt.Sprint(m.ID, value)
	if time.Since(p.pressed[key]) > impatience {
		p.pressed[key] = time.Now()
		p.PressesData(m.ID, flat(m)[i].Data)
	}
	return true
}

// TestBlocked: who blocks is left alone, whatever comes due, and goes on where
// they were; an account that is gone is tried once.
func TestBlocked(t *testing.T) {
	t.Parallel()
	api := telegramtest.Start(t)
	s := newServing(t, "PRALINE_WEB=off", "TELEGRAM_BOT_TOKEN="+telegramtest.Token, "TELEGRAM_API_URL="+api.URL)
	s.up("--speed", "20000")
	p := newPupil(api, rand.New(rand.NewPCG(4, 2026)))
	p.Says("/start")
	for deadline := time.Now().Add(soon); len(p.answered) == 0; p.act() {
		if time.Now().After(deadline) {
			t.Fatalf("no session: %v", p.history)
		}
	}
	said := func() int {
		return api.Calls("sendMessage") + api.Calls("editMessageText") + api.Calls("sendPhoto")
	}
	p.Blocks()
	p.settle(t)
	before := said()
	for still, began := time.Now(), time.Now(); time.Since(still) < 2*time.Second; time.Sleep(20 * time.Millisecond) {
		if n := said(); n != before { // what was in hand when they blocked
			before, still = n, time.Now()
		}
		if time.Since(began) > soon {
			t.Fatal("it goes on speaking to somebody who blocked")
		}
	}
	quiet, cancel := context.WithTimeout(t.Context(), 5*time.Second) // a day of theirs
	defer cancel()
	<-quiet.Done() // that nothing comes can only be waited for
	if n := said() - before; n > 0 {
		t.Errorf("%d messages to somebody who blocked", n)
	}
	p.Unblocks()
	shown := len(p.Shown())
	p.Says("/start")
	if !p.Await(func(all []telegramtest.Message) bool { return len(all) > shown }) {
		t.Errorf("nothing is said to somebody who came back\n%s", s.log.String())
	}
	s.stop()
}

// TestWebhookDoor: what is not Telegram's is refused before it is read, and
// nothing of it is said back or stored.
func TestWebhookDoor(t *testing.T) {
	api := telegramtest.Start(t)
	s := newServing(t, "TELEGRAM_BOT_TOKEN="+telegramtest.Token, "TELEGRAM_API_URL="+api.URL, "TELEGRAM_WEBHOOK_SECRET=hook-secret").up()
	update := `{"update_id":1,"message":{"message_id":1,"date":1,"text":"/start","chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"Example"}}}`
	for _, row := range []struct {
		label, method, secret, kind, body string
		status                            int
	}{
		{"no secret", "POST", "", "application/json", update, 401},
		{"a wrong secret", "POST", "hook-secreu", "application/json", update, 401},
		{"the beginning of the secret", "POST", "hook", "application/json", update, 401},
		{"another method", "GET", "hook-secret", "application/json", "", 405},
		{"a form", "POST", "hook-secret", "application/x-www-form-urlencoded", update, 415},
		{"no JSON", "POST", "hook-secret", "application/json", "{", 400},
		{"two megabytes", "POST", "hook-secret", "application/json", `{"update_id":1,"x":"` + strings.Repeat("a", 2<<20) + `"}`, 413},
		{"nested without end", "POST", "hook-secret", "application/json", strings.Repeat("[", 500_000), 400},
		{"nested and closed", "POST", "hook-secret", "application/json", strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000), 200},
		{"another kind of value", "POST", "hook-secret", "application/json", `{"update_id":"1","message":5}`, 200},
		{"a number too large", "POST", "hook-secret", "application/json", `{"update_id":1e400}`, 200},
	} {
		request := must(http.NewRequest(row.method, s.url+"/telegram/webhook", strings.NewReader(row.body)))
		request.Header.Set("Content-Type", row.kind)
		request.Header.Set("X-Telegram-Bot-Api-Secret-Token", row.secret)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatalf("%s: %v", row.label, err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != row.status || strings.Contains(string(body), "hook-secret") {
			t.Errorf("%s: %d, not %d: %s", row.label, response.StatusCode, row.status, body)
		}
	}
	if list := s.run("data", "list"); len(list) > 0 {
		t.Errorf("somebody was stored: %s", list)
	}
	s.stop()
}

// TestForgotten: two presses, and no byte of the file names them; the same
// press again after a crash brings nobody back.
func TestForgotten(t *testing.T) {
	s := newServing(t).up()
	v := s.visitor()
	answer := v.hello()
	v.sends("press", answer)
	v.sends("say", "Zanzibar 42 au bureau")
	id, _, _ := strings.Cut(string(s.run("data", "list")), "\t")
	conversation, _, _ := strings.Cut(v.client.Jar.Cookies(must(url.Parse(s.url)))[0].Value, ".")
	if _, page := v.sends("press", "forget.yes"); len(choices(page)) == 0 || !strings.Contains(string(s.run("data", "list")), id) {
		t.Error("erased by one press that nothing asked for")
	}
	v.sends("say", "oubliez-moi")
	event := pages.NewName()
	yes := url.Values{"event": {event}, "press": {"forget.yes"}}
	if status, page := v.do(http.MethodPost, "/chat", yes); status != http.StatusOK || strings.Contains(page, "Zanzibar") {
		t.Errorf("forget: %d\n%s", status, page)
	}
	s.kill()
	s.up()
	v.do(http.MethodPost, "/chat", yes)
	if list := s.run("data", "list"); len(list) > 0 {
		t.Errorf("somebody came back: %s", list)
	}
	s.stop()
	folder := strings.TrimPrefix(s.env[2], "PRALINE_DATA=")
	files := must(os.ReadDir(folder))
	for _, file := range files {
		bytes := must(os.ReadFile(filepath.Join(folder, file.Name())))
		for _, left := range []string{id, conversation, "Zanzibar"} {
			if strings.Contains(string(bytes), left) {
				t.Errorf("%s still holds %s", file.Name(), left)
			}
		}
	}
	for _, left := range []string{conversation, "Zanzibar", event} {
		if strings.Contains(s.log.String(), left) {
			t.Errorf("the log holds %s:\n%s", left, s.log.String())
		}
	}
}

// TestMetrics: what /metrics counts, and for whom.
func TestMetrics(t *testing.T) {
	s := newServing(t).up()
	v := s.visitor()
	v.sends("press", v.hello())
	_, figures := v.do(http.MethodGet, "/metrics", nil)
	for _, want := range []string{
		"praline_pushes_due_total 0", `praline_events_total{how="opened",what="session"} 1`, `what="answer"} 1`,
		`praline_messages_total{channel="web",outcome="taken"}`, `praline_handle_seconds_count{channel="web"}`, "praline_store_errors_total 0",
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("no %s", want)
		}
	}
	id, _, _ := strings.Cut(string(s.run("data", "list")), "\t")
	if strings.Contains(figures, id) {
		t.Error("figures name a learner")
	}
	request := must(http.NewRequest(http.MethodGet, s.url+"/metrics", http.NoBody))
	request.Header.Set("X-Forwarded-For", "203.0.113.9")
	response := must(http.DefaultClient.Do(request))
	response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("a proxy passes figures on: %d", response.StatusCode)
	}
	s.stop()
}

// TestOnePlace: a second program on the same port or the same folder is told
// so, and the first goes on; a folder belongs to its secret and its speed.
func TestOnePlace(t *testing.T) {
	s := newServing(t).up()
	folder := strings.TrimPrefix(s.env[2], "PRALINE_DATA=")
	second := func(label, want string, env []string, arguments ...string) {
		t.Helper()
		p := &serving{&program{t: t, env: slices.Concat(s.env, env)}, s.url}
		p.start(arguments...)
		if code := p.ends(); code != exitUsage || !strings.Contains(p.log.String(), want) {
			t.Errorf("%s: exit code %d\n%s", label, code, p.log.String())
		}
	}
	second("a port in use", "choose another with --listen", []string{"PRALINE_DATA=" + t.TempDir()})
	second("a folder in use", "another Praline already uses the data folder", []string{"PRALINE_LISTEN=127.0.0.1:0"})
	s.status("/readyz", http.StatusOK)
	if out := s.run("data", "list"); len(out) > 0 {
		t.Errorf("the first still answers on its socket: %s", out)
	}
	s.stop()
	second("at speed what was real", "choose another data folder", nil, "--speed", "1440")
	second("another secret", "kept with another secret", []string{"PRALINE_SECRET=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="})
	if err := os.Remove(filepath.Join(folder, "secret")); err != nil {
		t.Fatal(err)
	}
	second("a lost secret", "--replace-secret", nil)
	s.up("serve", "--replace-secret")
	s.stop()
	s.env = append(s.env, "PRALINE_SECRET=", "PRALINE_REDIS=", "PRALINE_CALENDAR=", "PRALINE_METRICS=", "TELEGRAM_BOT_TOKEN=") // count as unset
	s.up()
	s.stop()
}

// TestData: an administrator's commands do the same while the server runs and
// when it is stopped, and hand over what the learner's own page does.
func TestData(t *testing.T) {
	s := newServing(t).up()
	v := s.visitor()
	v.sends("press", v.hello())
	_, page := v.sends("say", "mes données")
	_, file, _ := strings.Cut(page, `href="/chat/file/`)
	file, _, _ = strings.Cut(file, `"`)
	_, own := v.do(http.MethodGet, "/chat/file/"+file, nil)
	var mine, theirs bot.Export
	if err := json.Unmarshal([]byte(own), &mine); err != nil {
		t.Fatalf("mes données: %v\n%s", err, own)
	}
	id, _, _ := strings.Cut(string(s.run("data", "list")), "\t")
	running := s.run("data", "export", id)
	if err := json.Unmarshal(running, &theirs); err != nil {
		t.Fatal(err)
	}
	if len(mine.Talks) != 1 || !strings.Contains(own, `"t": "mes données"`) {
		t.Errorf("what was typed on the page is not in the file: %s", own)
	}
	mine.Receipt, theirs.Receipt = nil, nil // the file's own message has one by now
	mine.Waiting, theirs.Waiting = nil, nil
	mine.Talks, theirs.Talks = nil, nil // and stands on the page
	if diff := cmp.Diff(mine, theirs, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the learner's file and the administrator's differ:\n%s", diff)
	}
	if out := s.run("data", "retention", "--days", "30"); string(out) != "0 learners would be erased; add --yes to do it\n" {
		t.Errorf("retention: %s", out)
	}
	s.stop()
	if stopped := s.run("data", "export", id); string(stopped) != string(running) {
		t.Errorf("stopped:\n%s\nrunning:\n%s", stopped, running)
	}
	s.up()
	if out := s.run("data", "erase", id, "--yes"); string(out) != id+" erased\n" {
		t.Errorf("erase: %s", out)
	}
	for _, when := range []string{"running", "stopped"} {
		again := s.command("data", "export", id)
		out, err := again.CombinedOutput()
		if again.ProcessState.ExitCode() != exitFound || !strings.Contains(string(out), "nobody by this id") {
			t.Errorf("%s: %v %s", when, err, out)
		}
		if s.running != nil {
			s.stop()
		}
	}
}
