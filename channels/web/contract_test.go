package web_test

import (
	"html"
	"mime"
	"regexp"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/web"
)

func TestContract(t *testing.T) {
	channelstest.Run(t, func(t *testing.T) channelstest.Harness {
		c := newChat(t, func(channels.Event) []channels.Message { return nil }, func(o *web.Options) { o.Media = channelstest.Media })
		c.open()
		return channelstest.Harness{Adapter: c.adapter, Person: person{c}, Conversation: c.bot.seen()[0].Conversation, Once: true}
	})
}

// person does on the page, without a script, what the contract asks for.
type person struct{ *chat }

var (
	buttons = regexp.MustCompile(`(?s)<button[^>]*>(.*?)</button>`)
	images  = regexp.MustCompile(`<img src="([^"]*)" alt="([^"]*)">`)
	files   = regexp.MustCompile(`<a href="(/chat/file/[^"]*)" download>`)
	forms   = regexp.MustCompile(`(?s)<form.*?</form>`)
)

func (p person) Sees() []channelstest.Seen {
	var all []channelstest.Seen
	for _, entry := range articles.FindAllString(p.get("/chat?all").body, -1) {
		if !strings.Contains(entry, `class="entry bot`) {
			continue
		}
		seen := channelstest.Seen{Files: map[string][]byte{}}
		for _, b := range buttons.FindAllStringSubmatch(entry, -1) {
			seen.Pressable = append(seen.Pressable, read(b[1]))
		}
		for _, i := range images.FindAllStringSubmatch(entry, -1) {
			seen.Pictures = append(seen.Pictures, html.UnescapeString(i[2]))
		}
		for _, f := range files.FindAllStringSubmatch(entry, -1) {
			got := p.get(f[1])
			_, params, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
			if err != nil {
				p.t.Errorf("%s: %v", f[1], err)
			}
			seen.Files[params["filename"]] = []byte(got.body)
		}
		seen.Text = read(buttons.ReplaceAllString(stamps.ReplaceAllString(entry, ""), ""))
		all = append(all, seen)
	}
	return all
}

// read is what is read of a piece of a page.
func read(piece string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(piece, ""))), " ")
}

func (p person) Says(text string) channels.Event { return p.sends("say", text) }

// sends posts a form and returns the event that it became.
func (p person) sends(pairs ...string) channels.Event {
	p.t.Helper()
	before := len(p.bot.seen())
	p.post("/chat", values(pairs...))
	seen := p.bot.seen()
	if len(seen) != before+1 {
		p.t.Fatalf("%q brought %d events", pairs, len(seen)-before)
	}
	return seen[before]
}

// Presses takes the form around the newest button with a choice's words.
func (p person) Presses(c channels.Choice) channels.Event {
	p.t.Helper()
	pressed := `name="press" value="` + html.EscapeString(c.Value) + `"`
	all := forms.FindAllString(p.get("/chat?all").body, -1)
	for i := len(all) - 1; i >= 0; i-- {
		for _, b := range buttons.FindAllString(all[i], -1) {
			if strings.Contains(b, pressed) && strings.HasSuffix(read(b), read(html.EscapeString(c.Label))) {
				return p.sends("message", hidden(all[i], "message"), "press", c.Value)
			}
		}
	}
	p.t.Fatalf("no button for %q", c.Label)
	return channels.Event{}
}

// Fills fills the newest form in.
func (p person) Fills(f channels.Form, fields map[string][]string) channels.Event {
	p.t.Helper()
	all := forms.FindAllString(p.get("/chat?all").body, -1)
	for i := len(all) - 1; i >= 0; i-- {
		if !strings.Contains(all[i], `name="form" value="`+html.EscapeString(f.Value)+`"`) {
			continue
		}
		pairs := []string{"message", hidden(all[i], "message"), "form", f.Value}
		for name, values := range fields {
			for _, v := range values {
				if !strings.Contains(all[i], `name="in.`+name+`"`) {
					p.t.Errorf("no input for %s", name)
				}
				pairs = append(pairs, "in."+name, v)
			}
		}
		return p.sends(pairs...)
	}
	p.t.Fatalf("no form %q", f.Value)
	return channels.Event{}
}

func hidden(form, name string) string {
	_, rest, _ := strings.Cut(form, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// Blocks does nothing: a page cannot be blocked.
func (person) Blocks() {}
