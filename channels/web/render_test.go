package web_test

import (
	"regexp"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/web"
)

// TestVerdict: how a typed answer came out is drawn as a marked choice is.
func TestVerdict(t *testing.T) {
	for _, row := range []struct {
		label string
		mark  channels.Mark
		has   []string
	}{
		{"right", channels.Right, []string{`<div class="marked right"><span class="key"><svg`, "<strong>Compris.</strong>"}},
		{"not quite", channels.NotQuite, []string{`<div class="marked not-quite"><span class="key"><svg`, "<strong>Compris.</strong>"}},
		{"neither", channels.Unmarked, []string{`<p>Combien ?</p>`, "<strong>Compris.</strong>"}},
	} {
		html := string(web.Static(channels.Message{ID: "1", Lang: "fr", Text: "Combien ?", Verdict: &channels.Verdict{Mark: row.mark, Text: "**Compris.**"}}))
		has(t, row.label, html, row.has...)
		if row.mark == channels.Unmarked && strings.Contains(html, "marked") {
			t.Errorf("%s: there is a mark in %s", row.label, html)
		}
	}
}

// TestHeldTogether: a line does not break before the subject of a question, and
// nothing but words is touched.
func TestHeldTogether(t *testing.T) {
	html := string(web.Static(channels.Message{
		ID: "1", Lang: "fr", Title: "Qu’y a-t-il <ici> ?", Text: "D’où vient-elle ? [Voir](https://praline.example/vient-elle) rendez-vous",
		Choices: []channels.Choice{{Label: "Est-ce « vrai » ?", Role: channels.Answer, Number: 1}},
	}))
	has(t, "held", html,
		`<h3>Qu’y <span class="held">a-t-il</span> &lt;ici&gt; ?</h3>`, `D’où <span class="held">vient-elle</span> ?`,
		`href="https://praline.example/vient-elle"`, `<span class="held">Est-ce</span> « vrai » ?`)
}

// TestHoverIsForMice: a finger leaves nothing hovered behind.
func TestHoverIsForMice(t *testing.T) {
	mice := regexp.MustCompile(`(?s)@media \(hover: hover\) \{\n(?:  [^\n]*\n)*\}`)
	if rest := mice.ReplaceAllString(web.Stylesheet(), ""); strings.Contains(rest, ":hover") {
		t.Error("a :hover stands outside @media (hover: hover)")
	}
}

// TestLeadingOnLeavesNoWord: what is pressed to go on is not repeated as the
// learner's own words, on the page and in what the script is told; another way
// that was chosen is.
func TestLeadingOnLeavesNoWord(t *testing.T) {
	c := newChat(t, func(e channels.Event) []channels.Message {
		return []channels.Message{{ID: "m" + e.ID[:5], Lang: "fr", Text: "Et voici.", Choices: []channels.Choice{
			{Label: "Continuer", Value: "on", Role: channels.Primary},
			{Label: "Aide", Value: "help", Role: channels.Quiet},
			{Label: "Les moments", Value: "times", Role: channels.Secondary},
		}}}
	})
	c.open()
	newest, number := "m"+c.bot.seen()[0].ID[:5], int64(1)
	for _, row := range []struct{ label, value, word string }{
		{"the way on", "on", ""},
		{"a quiet link", "help", ""},
		{"another way", "times", "Les moments"},
	} {
		s := c.state(values("press", row.value, "message", newest))
		told := ""
		for _, change := range s.Changed {
			if change.Number > number && strings.Contains(change.HTML, `class="entry mine"`) {
				told = strings.TrimSpace(tags.ReplaceAllString(stamps.ReplaceAllString(change.HTML, ""), ""))
			}
		}
		newest, number = s.Order[len(s.Order)-1], s.Number
		if told != row.word {
			t.Errorf("%s: the script is told %q, want %q", row.label, told, row.word)
		}
		if got := strings.Count(said(c.get("/chat")), "me: "+row.word); row.word != "" && got != 1 {
			t.Errorf("%s stands on the page %d times", row.label, got)
		}
	}
	if got := strings.Count(said(c.get("/chat")), "me: "); got != 1 {
		t.Errorf("%d words of the learner's on the page, want one:\n%s", got, said(c.get("/chat")))
	}
}

// A piece and its label stay on one line; a bar without one may break.
func TestALegendHoldsTogether(t *testing.T) {
	html := string(web.Static(channels.Message{ID: "1", Lang: "nl", Text: "■■□\n\n□\u00a0nog\u00a0niet\u00a0gezien"}))
	if want := `<span class="held"><span class="pieces" aria-hidden="true"><span class="piece none"></span></span>` + "\u00a0nog\u00a0niet\u00a0gezien</span>"; !strings.Contains(html, want) {
		t.Errorf("the label may leave its piece: %s", html)
	}
	if strings.Count(html, `class="held"`) != 1 {
		t.Errorf("the bar cannot break: %s", html)
	}
}
