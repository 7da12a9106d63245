package pages_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"praline/pages"
)

func request(method, path string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func TestSessions(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	chat := pages.NewSessions(secret, "chat", false)
	w := httptest.NewRecorder()
	chat.Write(w, "somebody")
	cookie := w.Result().Cookies()[0]
	name, signature, _ := strings.Cut(cookie.Value, ".")
	for _, row := range []struct {
		label    string
		sessions *pages.Sessions
		value    string
		want     string
	}{
		{"ours", chat, cookie.Value, "somebody"},
		{"another name with the same signature", chat, "somebodyelse." + signature, ""},
		{"no signature", chat, name, ""},
		{"an empty signature", chat, name + ".", ""},
		{"no name", chat, "." + signature, ""},
		{"of another secret", pages.NewSessions([]byte("another"), "chat", false), cookie.Value, ""},
		{"of another purpose", pages.NewSessions(secret, "console", false), cookie.Value, ""},
	} {
		r := request("GET", "/", "Cookie", "praline-chat="+row.value, "Cookie", "praline-console="+row.value)
		if got, ok := row.sessions.Read(r); got != row.want || ok != (row.want != "") {
			t.Errorf("%s: %q %v", row.label, got, ok)
		}
	}
	if a, b := pages.NewName(), pages.NewName(); a == b || len(a) != 26 {
		t.Errorf("names: %q %q", a, b)
	}
}

func TestFiles(t *testing.T) {
	sheet := []byte(strings.Repeat("body{margin:0}", 100))
	f := pages.NewFiles("/static/", map[string][]byte{"page.css": sheet, "small.js": []byte("1")})
	address := f.URL("page.css")
	if !strings.HasPrefix(address, "/static/page.") || !strings.HasSuffix(address, ".css") || len(address) != len("/static/page.css")+13 {
		t.Errorf("a digest in the name: %s", address)
	}
	if other := pages.NewFiles("/static/", map[string][]byte{"page.css": sheet[1:]}); other.URL("page.css") == address {
		t.Error("another content has another address")
	}
	for _, row := range []struct {
		label, method, path, accept string
		status                      int
		encoding, mime              string
	}{
		{"compressed", "GET", address, "br, gzip", 200, "gzip", "text/css; charset=utf-8"},
		{"not compressed", "GET", address, "br, gzip;q=0", 200, "", "text/css; charset=utf-8"},
		{"nothing to win", "GET", f.URL("small.js"), "gzip", 200, "", "text/javascript; charset=utf-8"},
		{"by its head", "HEAD", address, "", 200, "", "text/css; charset=utf-8"},
		{"without a digest", "GET", "/static/page.css", "", 404, "", "text/plain; charset=utf-8"},
	} {
		w := httptest.NewRecorder()
		f.ServeHTTP(w, request(row.method, row.path, "Accept-Encoding", row.accept))
		h := w.Header()
		if w.Code != row.status || h.Get("Content-Encoding") != row.encoding || h.Get("Content-Type") != row.mime {
			t.Errorf("%s: %d %v", row.label, w.Code, h)
		}
		if w.Code == 200 && !strings.Contains(h.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: not kept: %v", row.label, h)
		}
	}
}

func TestWrite(t *testing.T) {
	long := strings.Repeat("praline ", 1000)
	w := httptest.NewRecorder()
	pages.Write(w, request("GET", "/", "Accept-Encoding", "gzip"), 422, "text/html; charset=utf-8", []byte(long))
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || string(body) != long || w.Code != 422 || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("%v %d %v", err, w.Code, w.Header())
	}
	w = httptest.NewRecorder()
	pages.Write(w, request("GET", "/"), 200, "text/html; charset=utf-8", []byte(long))
	if w.Body.String() != long || w.Header().Get("Content-Length") != "8000" {
		t.Errorf("as it is: %v", w.Header())
	}
}

func TestClient(t *testing.T) {
	for _, row := range []struct{ label, remote, forwarded, want string }{
		{"nobody between", "203.0.113.9:1", "", "203.0.113.9"},
		{"a stranger who says something else", "203.0.113.9:1", "198.51.100.1", "203.0.113.9"},
		{"a proxy on this machine", "127.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"a proxy that was told something", "10.0.0.2:1", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
		{"a proxy that says nothing", "127.0.0.1:1", "", "127.0.0.1"},
		{"a proxy that says nonsense", "127.0.0.1:1", "unknown", "127.0.0.1"},
		{"IPv6", "[2001:db8::1]:1", "", "2001:db8::1"},
		{"no address at all", "@", "198.51.100.1", "@"},
	} {
		r := request("GET", "/")
		r.RemoteAddr = row.remote
		if row.forwarded != "" {
			r.Header.Set("X-Forwarded-For", row.forwarded)
		}
		if got := pages.Client(r); got != row.want {
			t.Errorf("%s: %s, not %s", row.label, got, row.want)
		}
	}
}

func TestFlood(t *testing.T) {
	now := time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC)
	f := pages.NewFlood(2, time.Second)
	got := []bool{f.Allow("a", now), f.Allow("a", now), f.Allow("a", now), f.Allow("b", now), f.Allow("a", now.Add(time.Second)), f.Allow("a", now.Add(time.Second))}
	if want := []bool{true, true, false, true, true, false}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, not %v", got, want)
	}
	for i := range 30_000 {
		if !f.Allow(fmt.Sprint("stranger ", i), now) {
			t.Fatal("a crowd keeps nobody else out")
		}
	}
}

func TestOwnOrigin(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	own, err := pages.OwnOrigin(ok, "https://praline.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		label   string
		method  string
		headers []string
		status  int
	}{
		{"a link from elsewhere", "GET", []string{"Sec-Fetch-Site", "cross-site"}, 204},
		{"our own form", "POST", []string{"Sec-Fetch-Site", "same-origin"}, 204},
		{"our own form behind a proxy", "POST", []string{"Origin", "https://praline.example"}, 204},
		{"another site's form", "POST", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"another host of the same site", "POST", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"a form from nowhere", "POST", []string{"Origin", "null"}, 403},
	} {
		w := httptest.NewRecorder()
		own.ServeHTTP(w, request(row.method, "http://praline.internal/chat", row.headers...))
		if w.Code != row.status {
			t.Errorf("%s: %d, not %d", row.label, w.Code, row.status)
		}
	}
	for _, bad := range []string{"praline.example", "ftp://praline.example", "https://", "://"} {
		if _, err := pages.OwnOrigin(ok, bad, nil); err == nil || !strings.Contains(err.Error(), "write it as https://") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
