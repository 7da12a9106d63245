package console_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
)

var (
	hrefs    = regexp.MustCompile(`href="([^"]+)"`)
	theGuide = regexp.MustCompile(`(?s)<article class="guide">.*</article>`)
)

// TestGuidesLeadSomewhere follows every link of every guide, in both languages,
// as it stands in the console.
func TestGuidesLeadSomewhere(t *testing.T) {
	house := consoletest.New(t)
	links := 0
	for person, guides := range map[string][]string{"trainer": {"console", "write-a-lesson", "advice"}, "manager": {"managers"}, "administrator": {"organisation"}} {
		b := house.SignedIn(person)
		if home := b.Get("/console"); strings.Count(home.Body, `href="/console/guide/`+guides[0]+`"`) == 0 {
			t.Errorf("%s: no way to the guide %s", person, guides[0])
		}
		for _, guide := range guides {
			for _, lang := range []string{"fr", "nl"} {
				b.Post("/console/language", "lang", lang, "back", "/console")
				page := b.Get("/console/guide/" + guide)
				article := theGuide.FindString(page.Body)
				if page.Status != 200 || len(article) < 1000 {
					t.Fatalf("%s.%s: %d", guide, lang, page.Status)
				}
				for _, m := range hrefs.FindAllStringSubmatch(article, -1) {
					links++
					to, err := url.Parse(m[1])
					if err != nil || to.Scheme != "" && to.Scheme != "https" {
						t.Errorf("%s.%s: %q: %v", guide, lang, m[1], err)
						continue
					}
					target := article
					if to.Path != "" && to.Scheme == "" {
						target = b.Get(to.Path).Body
					}
					if to.Scheme == "" && (target == "" || to.Fragment != "" && !strings.Contains(target, `id="`+to.Fragment+`"`)) || strings.Contains(to.Path, ".md") {
						t.Errorf("%s.%s: %q leads nowhere", guide, lang, m[1])
					}
				}
			}
		}
	}
	if links < 20 {
		t.Errorf("only %d links", links)
	}
}
