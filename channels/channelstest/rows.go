package channelstest

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"praline/channels"
	"praline/channels/markup"
)

// rows are the contract, each on a harness of its own.
var rows = []struct {
	name string
	test func(check)
}{
	{"says who it is and what it can", limits},
	{"shows every word and no markup", words},
	{"brings what is typed", typed},
	{"brings what is pressed", pressed},
	{"writes out answers that fit no button", longAnswers},
	{"shows how an answer came out", marks},
	{"shows how a typed answer came out", verdicts},
	{"asks several choices", several},
	{"asks an order", order},
	{"asks pairs", pairs},
	{"asks what is typed", typedForm},
	{"takes a long form", longForm},
	{"keeps values of 48 bytes", longValues},
	{"replaces a message", replaces},
	{"replaces by a longer one", replacesLonger},
	{"says anew what it cannot replace", replacesNothing},
	{"retires choices", retires},
	{"retires what is not there", retiresNothing},
	{"takes a message twice", twice},
	{"splits a long text", long},
	{"shows hostile text as text", hostile},
	{"shows a picture with its words", media},
	{"shows the words of a picture that is missing", mediaMissing},
	{"hands over a document", document},
	{"hands over a document in the place of a message", documentReplaces},
	{"takes an empty message", empty},
	{"says that a person is gone", gone},
	{"ends with its context", cancelled},
}

var name = regexp.MustCompile(`^[a-z]{2,16}$`)

func limits(c check) {
	if !name.MatchString(c.Adapter.Name()) {
		c.Errorf("the name %q is stored: short, lower case, letters only", c.Adapter.Name())
	}
	l := c.Adapter.Limits()
	for what, limit := range map[string]channels.Limit{"text": l.Text, "caption": l.Caption, "button": l.ButtonLabel, "buttons": l.Buttons} {
		if limit.Max == 0 {
			continue
		}
		if _, err := time.Parse(time.DateOnly, limit.Read); err != nil || limit.Source == "" || limit.Unit == "" {
			c.Errorf("the limit of %s does not say where it was read and when: %+v", what, limit)
		}
	}
}

func words(c check) {
	c.say(channels.Message{
		ID: "1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 4, Label: "Écran 2 sur 4"}, Title: "L'adresse & le nom",
		Text:  "Lisez **tout** le *texte*, même `a < b`.\n\n- un\n- deux\n\n[Safeonweb](https://safeonweb.be)",
		After: "Et **après** cela.", Note: "Source : *CCB*",
	}, "")
	c.reads("Écran 2 sur 4")
	c.reads("L'adresse & le nom", "Lisez tout le texte, même a < b.", "un", "deux", "Safeonweb", "Et après cela.", "Source : CCB")
	c.doesNotRead("**", "`", "](", "&amp;", "&lt;", "<b>", "<p>")
}

func typed(c check) {
	c.say(channels.Message{ID: "1", Text: "Bonjour."}, "")
	for _, text := range []string{"leçon", "  <b>8h30</b> & *co* 👩‍👧\nnieuwe regel"} {
		e := c.Person.Says(text)
		c.event(e, channels.Said, "")
		if solid(e.Text) != solid(text) {
			c.Errorf("typed %q, brought %q", text, e.Text)
		}
	}
}

func choice(label, value string, number int) channels.Choice {
	role := channels.Primary
	if number > 0 {
		role = channels.Answer
	}
	return channels.Choice{Label: label, Value: value, Number: number, Role: role}
}

func pressed(c check) {
	all := []channels.Choice{choice("Ja, *graag*", "answer.1.0", 1), choice("Nee <i>", "answer.1.1", 2), choice("Verder", "on", 0)}
	c.say(channels.Message{ID: "1", Lang: "nl", Text: "Wilt u?", Choices: all}, "")
	c.reads("Wilt u?", "Ja, *graag*", "Nee <i>", "Verder")
	seen := map[string]bool{}
	for _, one := range all {
		e := c.Person.Presses(one)
		c.event(e, channels.Pressed, one.Value)
		if seen[e.ID] {
			c.Errorf("two presses are one event: %s", e.ID)
		}
		seen[e.ID] = true
	}
}

func longAnswers(c check) {
	var all []channels.Choice
	var want []string
	for i := range 7 {
		label := fmt.Sprintf("Réponse %d : %s", i+1, strings.TrimSpace(strings.Repeat("l'adresse complète ", 10)))
		all = append(all, choice(label, fmt.Sprint("answer.1.", i), i+1))
		want = append(want, label)
	}
	c.say(channels.Message{ID: "1", Text: "Laquelle ?", Choices: all}, "")
	c.reads(append([]string{"Laquelle ?"}, want...)...)
	for _, i := range []int{6, 0} {
		c.event(c.Person.Presses(all[i]), channels.Pressed, all[i].Value)
	}
}

func marks(c check) {
	receipt := c.say(channels.Message{ID: "1", Text: "Laquelle ?", Choices: []channels.Choice{
		choice("Le logo", "answer.1.0", 1), choice("L'adresse", "answer.1.1", 2), choice("Rien", "answer.1.2", 3),
	}}, "")
	c.say(channels.Message{
		ID: "2", Replaces: "1", Text: "Laquelle ?", After: "Lisez toute l'adresse.",
		Choices: []channels.Choice{
			{Label: "Le logo", Role: channels.Answer, Number: 1, Mark: channels.NotQuite, Said: "Pas tout à fait", Detail: "Il se **copie**."},
			{Label: "L'adresse", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "La bonne réponse"},
			{Label: "Rien", Role: channels.Answer, Number: 3, Mark: channels.Folded},
			choice("Continuer", "on.1", 0),
		},
	}, receipt)
	c.reads("Laquelle ?", "Pas tout à fait", "Le logo", "Il se copie.", "La bonne réponse", "L'adresse", "Lisez toute l'adresse.", "Continuer")
	seen := c.Person.Sees()
	if p := seen[len(seen)-1].Pressable; len(p) != 1 || !strings.Contains(p[0], "Continuer") {
		c.Errorf("pressable after the answer: %q, want only the way on", p)
	}
	c.event(c.Person.Presses(choice("Continuer", "on.1", 0)), channels.Pressed, "on.1")
}

func verdicts(c check) {
	receipt := c.say(channels.Message{ID: "1", Lang: "fr", Text: "Combien ?"}, "")
	for i, mark := range []channels.Mark{channels.Right, channels.NotQuite, channels.Unmarked} {
		receipt = c.say(channels.Message{
			ID: strconv.Itoa(i + 2), Replaces: strconv.Itoa(i + 1), Lang: "fr", Text: "Combien ?", After: "Comptez bien.",
			Verdict: &channels.Verdict{Mark: mark, Text: fmt.Sprintf("**Compris : %d.**\n\n- la bonne réponse : *42*", 40+i)},
			Choices: []channels.Choice{choice("Continuer", "on.1", 0)},
		}, receipt)
		c.reads("Combien ?", fmt.Sprintf("Compris : %d.", 40+i), "la bonne réponse : 42", "Comptez bien.", "Continuer")
		c.doesNotRead("**")
	}
}

// sentences is a text of n numbered ones.
func sentences(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Zin %d gaat over **het adres** & over `a < b` 😀. ", i)
		if i%9 == 8 {
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func long(c check) {
	l := c.Adapter.Limits().Text
	text := sentences(400)
	c.say(channels.Message{ID: "1", Title: "Lang", Text: text, Choices: []channels.Choice{choice("Verder", "on", 0)}}, "")
	var want []string
	for i := range 400 {
		want = append(want, fmt.Sprintf("Zin %d gaat over het adres & over a < b 😀.", i))
	}
	c.reads(append([]string{"Lang"}, want...)...)
	seen := c.Person.Sees()
	for i, s := range seen {
		if l.Max > 0 && length(s.Text, l.Unit) > l.Max {
			c.Errorf("part %d has %d %s, at most %d fit", i, length(s.Text, l.Unit), l.Unit, l.Max)
		}
		if i < len(seen)-1 && len(s.Pressable) > 0 {
			c.Errorf("part %d of %d has buttons", i+1, len(seen))
		}
		if text := strings.TrimSpace(s.Text); i < len(seen)-1 && !strings.HasSuffix(text, ".") {
			c.Errorf("part %d ends within a sentence: …%q", i+1, text[max(0, len(text)-40):])
		}
	}
	c.event(c.Person.Presses(choice("Verder", "on", 0)), channels.Pressed, "on")
}

// nasty are texts that people type, or that somebody types who means harm.
var nasty = []string{
	`<script>alert(1)</script>`, `<b>gras</b> </i>`, `&lt;b&gt; &amp; &`, `"'><img src=x onerror=alert(1)>`,
	`*a* _b_ ~c~ [x](https://evil.example) ` + "`d`", `<@U123> <!channel> <https://evil.example|x>`, `<at>iedereen</at>`,
	`@everyone #dièse /stop`, `{{.Secret}} ${x} %s %d %`, `\`, `]]>`, `<a href="tg://user?id=1">moi</a>`,
}

func hostile(c check) {
	for i, text := range nasty {
		c.say(channels.Message{
			ID: fmt.Sprint(i), Lang: "fr", Title: "T " + text, Steps: &channels.Steps{Done: 0, Of: 2, Label: "S " + text},
			Text: "X " + markup.Escape(text), Note: "N " + markup.Escape(text), After: "A " + markup.Escape(text),
			Choices: []channels.Choice{
				{Label: "M " + text, Number: 1, Role: channels.Answer, Mark: channels.Right, Said: "D " + text, Detail: "F " + markup.Escape(text)},
				choice("B "+text, "press", 0),
			},
		}, "")
		seen := c.Person.Sees()
		c.reads("S " + text)
		for _, what := range []string{"T ", "X ", "D ", "M ", "F ", "A ", "N ", "B "} {
			c.reads(what + text)
		}
		if n := len(seen[len(seen)-1].Pressable); n != 1 {
			c.Errorf("%s: %d can be pressed, want 1: %q", text, n, seen[len(seen)-1].Pressable)
		}
	}
	var long, short []channels.Choice
	for i, text := range nasty {
		long = append(long, choice(text+" "+strings.Repeat("lang ", 12), fmt.Sprint("answer.", i), i+1))
		short = append(short, choice(text, fmt.Sprint("answer.", i), i+1))
	}
	c.say(channels.Message{ID: "long", Text: "Welke?", Choices: long}, "")
	for _, one := range long {
		c.reads(one.Label)
	}
	form := channels.Form{Value: "answer", Submit: "<OK>", Fields: []channels.Field{
		{Name: "pair0", Label: "P " + nasty[0], Kind: channels.ChoiceField, Options: options(nasty[1], nasty[4])},
		{Name: "pair1", Label: "P " + nasty[3], Kind: channels.ChoiceField, Options: options(nasty[1], nasty[4])},
	}}
	c.say(channels.Message{ID: "form", Text: "Verbind.", Form: &form, Choices: short}, "")
	for _, text := range []string{"P " + nasty[0], "P " + nasty[3], nasty[1], nasty[4], "<OK>"} {
		c.reads(text)
	}
	c.fills(form, map[string][]string{"pair0": {"1"}, "pair1": {"0"}})
	c.say(channels.Message{ID: "bytes", Title: "titre\x00\xff", Text: "texte\x00\xff\u202e", Choices: []channels.Choice{{Label: "\x00", Value: "v", Role: channels.Quiet}}}, "")
	c.reads("titre")
	c.reads("texte")
}

func empty(c check) {
	c.say(channels.Message{ID: "1"}, "")
	c.say(channels.Message{ID: "2", Text: " \n", Choices: []channels.Choice{choice("Continuer", "on", 0)}}, "")
	c.event(c.Person.Presses(choice("Continuer", "on", 0)), channels.Pressed, "on")
}

func gone(c check) {
	c.say(channels.Message{ID: "1", Text: "Bonjour."}, "")
	c.Person.Blocks()
	_, err := c.Adapter.Send(c.context(), c.Conversation, channels.Message{ID: "2", Text: "Encore là ?"}, "")
	if c.Adapter.Limits().Waits && err == nil {
		return // a page cannot be blocked
	}
	if r := channels.Refused(err); r == nil || r.Reason != channels.Gone {
		c.Errorf("the person blocked us: got %v, want a refusal (%s)", err, channels.Gone)
	}
}

func cancelled(c check) {
	ctx, cancel := context.WithCancel(c.Context())
	cancel()
	_, err := c.Adapter.Send(ctx, c.Conversation, channels.Message{ID: "1", Text: "Bonjour."}, "")
	if r := channels.Refused(err); r != nil && r.Reason != channels.Busy {
		c.Errorf("a cancelled call is refused for good: %v", err)
	}
}
