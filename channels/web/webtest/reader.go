// Package webtest is somebody with the web page open and no script running:
// they read what stands there, press buttons and fill in forms, over HTTP.
package webtest

import (
	"html"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
)

// Reader is a person for a conversation over all apps: what they see, and what
// they do, whatever comes of it.
type Reader struct {
	t       testing.TB
	address string // http://127.0.0.1:8080
	client  *http.Client
}

// Open opens the page at an address ("http://127.0.0.1:8080") in a browser of
// its own that asks for a language.
func Open(t testing.TB, address, lang string) *Reader {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	r := &Reader{t: t, address: address, client: &http.Client{Jar: jar, Transport: speaking{lang, transport}}}
	r.get("/chat")
	r.get("/chat") // with the cookie: now somebody has come
	return r
}

// speaking asks for a language, as a browser does.
type speaking struct {
	lang string
	next http.RoundTripper
}

func (s speaking) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept-Language", s.lang)
	return s.next.RoundTrip(r)
}

var (
	articles = regexp.MustCompile(`(?s)<article.*?</article>`)
	buttons  = regexp.MustCompile(`(?s)<button[^>]*>(.*?)</button>`)
	images   = regexp.MustCompile(`<img src="([^"]*)" alt="([^"]*)">`)
	files    = regexp.MustCompile(`<a href="(/chat/file/[^"]*)" download>`)
	forms    = regexp.MustCompile(`(?s)<form.*?</form>`)
	stamps   = regexp.MustCompile(`<p class="stamp">.*?</p>`)
	blocks   = regexp.MustCompile(`</(p|li|h\d|legend|label|div|option)>|<br>`)
	tags     = regexp.MustCompile(`<[^>]*>`)
)

// Sees is the bot's messages, oldest first.
func (r *Reader) Sees() []channelstest.Seen {
	var all []channelstest.Seen
	for _, entry := range articles.FindAllString(r.get("/chat?all"), -1) {
		if !strings.Contains(entry, `class="entry bot`) {
			continue
		}
		seen := channelstest.Seen{Files: map[string][]byte{}}
		for _, b := range buttons.FindAllStringSubmatch(entry, -1) {
			seen.Pressable = append(seen.Pressable, Words(b[1]))
		}
		for _, i := range images.FindAllStringSubmatch(entry, -1) {
			seen.Pictures = append(seen.Pictures, html.UnescapeString(i[2]))
		}
		for _, f := range files.FindAllStringSubmatch(entry, -1) {
			name, data := r.file(f[1])
			seen.Files[name] = data
		}
		seen.Text = lines(buttons.ReplaceAllString(stamps.ReplaceAllString(entry, ""), ""))
		all = append(all, seen)
	}
	return all
}

// Words is what is read of a piece of a page, on one line.
func Words(piece string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(piece, ""))), " ")
}

// lines is what is read of a piece of a page, block by block.
func lines(piece string) string {
	var all []string
	for block := range strings.SplitSeq(blocks.ReplaceAllString(piece, "\x00"), "\x00") {
		if words := Words(block); words != "" {
			all = append(all, words)
		}
	}
	return strings.Join(all, "\n")
}

// Says types a text and sends it.
func (r *Reader) Says(text string) {
	all := forms.FindAllString(r.get("/chat"), -1)
	for _, form := range all {
		if strings.Contains(form, `name="say"`) {
			r.post(url.Values{"event": {Hidden(form, "event")}, "say": {text}})
			return
		}
	}
	r.t.Errorf("web: nowhere to type %q", text)
}

// Presses presses the newest button with a choice's words.
func (r *Reader) Presses(c channels.Choice) {
	r.t.Helper()
	all := forms.FindAllString(r.get("/chat?all"), -1)
	for i := len(all) - 1; i >= 0; i-- {
		for _, b := range buttons.FindAllString(all[i], -1) {
			if strings.Contains(b, `name="press"`) && strings.HasSuffix(Words(b), Words(html.EscapeString(c.Label))) {
				r.post(url.Values{"event": {Hidden(all[i], "event")}, "message": {Hidden(all[i], "message")}, "press": {Hidden(b, "press")}})
				return
			}
		}
	}
	r.t.Errorf("web: nothing to press for %q", c.Label)
}

// Fills fills the newest form in and submits it.
func (r *Reader) Fills(f channels.Form, values map[string][]string) {
	r.t.Helper()
	all := forms.FindAllString(r.get("/chat?all"), -1)
	for i := len(all) - 1; i >= 0; i-- {
		if !strings.Contains(all[i], `name="form"`) {
			continue
		}
		filled := url.Values{"event": {Hidden(all[i], "event")}, "message": {Hidden(all[i], "message")}, "form": {Hidden(all[i], "form")}}
		for name, chosen := range values {
			if !strings.Contains(all[i], `name="in.`+name+`"`) {
				r.t.Errorf("web: no input for %q", name)
			}
			filled["in."+name] = chosen
		}
		r.post(filled)
		return
	}
	r.t.Errorf("web: no form to submit by %q", f.Submit)
}

// Enters types a code into the page that joins apps.
func (r *Reader) Enters(code string) {
	r.t.Helper()
	if !strings.Contains(r.get("/chat/code"), `name="code"`) {
		r.t.Error("web: nowhere to enter a code")
	}
	response, err := r.client.PostForm(r.address+"/chat/code", url.Values{"code": {code}})
	if err != nil {
		r.t.Errorf("web: a code: %v", err)
		return
	}
	r.body(response)
}

// Blocks does nothing: a page cannot be blocked.
func (*Reader) Blocks() {}

// Hidden is the value of a form's field or button, by its name.
func Hidden(form, name string) string {
	_, rest, _ := strings.Cut(form, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

func (r *Reader) get(path string) string {
	r.t.Helper()
	response, err := r.client.Get(r.address + path)
	if err != nil {
		r.t.Errorf("web: %s: %v", path, err)
		return ""
	}
	return r.body(response)
}

func (r *Reader) post(form url.Values) {
	r.t.Helper()
	response, err := r.client.PostForm(r.address+"/chat", form)
	if err != nil {
		r.t.Errorf("web: a form: %v", err)
		return
	}
	r.body(response)
}

func (r *Reader) body(response *http.Response) string {
	r.t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		r.t.Errorf("web: %s: %s, %v", response.Request.URL.Path, response.Status, err)
	}
	return string(body)
}

func (r *Reader) file(path string) (name string, data []byte) {
	response, err := r.client.Get(r.address + path)
	if err != nil {
		r.t.Errorf("web: %s: %v", path, err)
		return "", nil
	}
	_, params, err := mime.ParseMediaType(response.Header.Get("Content-Disposition"))
	if err != nil {
		r.t.Errorf("web: %s: %v", path, err)
	}
	return params["filename"], []byte(r.body(response))
}
