package console_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"praline/bot/console/consoletest"
	"praline/bot/people"
	"praline/channels/markup"
)

// vicious is a text that does harm wherever it is taken for more than a text.
const vicious = "<script>alert(1)</script>\"><img src=x onerror=alert(2)> ' onload=alert(3) [lien](javascript:alert(4)) <!channel> <a href=\"javascript:alert(6)\">a</a> {{.}} {{printf \"%s\" .Lang}} \u202eniF\u2066"

// turning are the signs that turn the direction of what comes after them.
const turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

// ran is a link of a card that runs something, and is not only written.
var ran = regexp.MustCompile(`[^\\]\]\(javascript`)

// acts is the first thing of a page that would do something by itself, or would
// lead to what does; "" for none.
func acts(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && n.FirstChild != nil || n.Data == "style" || n.Data == "iframe" || n.Data == "object" {
			return "<" + n.Data + ">"
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				return n.Data + " " + a.Key + "=" + a.Val
			case (a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction") &&
				(strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || value == "x"):
				return n.Data + " " + a.Key + "=" + a.Val
			}
		}
	}
	return ""
}

// TestVisciousWordsAreWords: whatever was said, by whomever, in whichever field,
// is words on each page where it shows, and in the letters that take it to a chat.
func TestViciousWordsAreWords(t *testing.T) {
	e := newEstates(t)
	ours := e.settle(consoletest.Org, "ours", func(what string) string { return what + " " + vicious })
	e.Person(consoletest.Org, people.Person{ID: "all", Name: "tous " + vicious, Lang: "fr", Team: ours["team"], Manages: []string{ours["team"]}, Roles: people.Roles, Learner: "spf-exemple-all"})
	for _, kind := range []string{"manager", "trainer", "administrator"} { // whose pages are their own
		e.Person(consoletest.Org, people.Person{ID: kind, Name: kind + vicious, Lang: "fr", Team: ours["team"], Manages: []string{ours["team"]}, Roles: people.Roles, Learner: "spf-exemple-all"})
	}
	shown, before := map[string]int{}, e.memory.Held()
	for _, who := range []string{"all", "manager", "trainer", "administrator"} {
		v := visitor{name: who, cookies: e.SignedIn(who).Cookies()}
		for _, row := range routes {
			if row.pattern == "POST /console/sign-out" {
				continue
			}
			e.memory.Hold(before)
			v.cookies = e.SignedIn(who).Cookies()
			got := e.asks(v, row.request(t, func(name string) string { return ours[name] }))
			if strings.ContainsAny(got.Body, turning) && strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s %s: a text turns", row.pattern, row.path)
			}
			if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
				continue
			}
			if act := acts(t, got.Body); act != "" {
				t.Errorf("%s %s: %s", row.pattern, row.path, act)
			}
			if strings.Contains(html.UnescapeString(got.Body), "alert(1)") {
				shown[row.pattern]++
			}
			if got.Status >= 500 || strings.Contains(got.Body, "no value") {
				t.Errorf("%s %s: %d: a text is a template", row.pattern, row.path, got.Status)
			}
		}
	}
	if len(shown) < 40 {
		t.Errorf("the words show on %d pages only: %v", len(shown), shown)
	}
	e.memory.Hold(before)
	e.lettersAreWords(ours)
	t.Logf("shown on %d pages, in %d letters", len(shown), len(e.Letters))
}

// lettersAreWords has letters written that carry what people said, and looks at
// each as the four apps will show it.
func (e *estates) lettersAreWords(ours things) {
	t := e.t
	t.Helper()
	trainer := visitor{cookies: e.SignedIn("trainer").Cookies()}
	for _, path := range []string{"/console/answers/$question answer=" + strings.NewReplacer("&", "", "=", "").Replace(markup.Escape(vicious)), "/console/series/$series/facts facts-lesson=$lesson&person=$person", "/console/series/$series/try "} {
		path, form, _ := strings.Cut(path, " ")
		if got := e.asks(trainer, (route{"POST " + path, "T", path, form, 303}).request(t, func(name string) string { return ours[name] })); got.Status != 303 {
			t.Errorf("%s: %d %s", path, got.Status, mainOf(got))
		}
	}
	e.must(e.Options.Inbox.Tend(t.Context()))
	for _, letter := range e.Letters {
		for _, text := range letter.Text {
			if act := acts(t, string(markup.HTML(text))); act != "" {
				t.Errorf("web: %s in %q", act, text)
			}
			if act := acts(t, markup.Telegram(text)); act != "" || strings.Contains(markup.Telegram(text), "<img") {
				t.Errorf("Telegram: %s in %q", act, markup.Telegram(text))
			}
			if slack := markup.Slack(text); strings.Contains(slack, "<!") || strings.Contains(slack, "<javascript") {
				t.Errorf("Slack: %q", slack)
			}
			if card := markup.Card(text); ran.MatchString(card) {
				t.Errorf("Teams: %q", card)
			}
			for _, said := range []string{string(markup.HTML(text)), markup.Telegram(text), markup.Slack(text), markup.Card(text), markup.Plain(text)} {
				if strings.ContainsAny(said, turning) {
					t.Errorf("a letter turns: %q", said)
				}
			}
		}
	}
	if len(e.Letters) < 4 {
		t.Errorf("%d letters", len(e.Letters))
	}
}
