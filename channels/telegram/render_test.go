package telegram_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// drawn is what a person sees, one message after the other, as text.
func drawn(messages []telegramtest.Message) string {
	var b strings.Builder
	for _, m := range messages {
		if m.File != nil {
			fmt.Fprintf(&b, "[%s %s]\n%s\n", m.File.Method, m.File.Name, m.Caption)
		}
		if p := m.Poll; p != nil {
			fmt.Fprintf(&b, "[quiz] %s\n", p.Question)
			for i, o := range p.Options {
				sign := "○"
				if i == p.Right && (p.Closed || p.Chosen >= 0) {
					sign = "✓"
				} else if i == p.Chosen {
					sign = "✗"
				}
				fmt.Fprintf(&b, "  %s %s\n", sign, o)
			}
			if p.Chosen >= 0 && p.Explanation != "" {
				fmt.Fprintf(&b, "  (%s)\n", p.Explanation)
			}
			if p.Closed {
				b.WriteString("  [closed]\n")
			}
		}
		if m.HTML != "" {
			b.WriteString(m.HTML + "\n")
		}
		for _, row := range m.Buttons {
			for _, button := range row {
				fmt.Fprintf(&b, "[ %s ]", button.Text)
			}
			b.WriteString("\n")
		}
		b.WriteString("────\n")
	}
	return b.String()
}

func answers(labels ...string) []channels.Choice {
	var all []channels.Choice
	for i, l := range labels {
		all = append(all, channels.Choice{Label: l, Value: fmt.Sprint("answer.2s.", i), Role: channels.Answer, Number: i + 1})
	}
	return all
}

func quiet(label string) channels.Choice {
	return channels.Choice{Label: label, Value: "quiet", Role: channels.Quiet}
}

func primary(label string) channels.Choice {
	return channels.Choice{Label: label, Value: "primary", Role: channels.Primary}
}

// quiz is a question that fits one.
func quiz() channels.Message {
	return channels.Message{
		ID: "1", Lang: "nl", Steps: &channels.Steps{Done: 0, Of: 2, Label: "Vraag 1 van 2"}, Text: "Waar kijkt u **eerst** naar?",
		Choices: append(answers("De handtekening", "Het adres & de naam", "Het logo"), channels.Choice{Label: "Ik weet het niet", Value: "answer.2s.none", Role: channels.Quiet}),
		Note:    "Of typ het nummer.", Quiz: &channels.Quiz{Right: 1, Explanation: "Een *naam* kiest iedereen zelf."},
	}
}

func several() *channels.Form {
	return &channels.Form{Value: "answer.2t", Submit: "Répondre", Fields: []channels.Field{{
		Name: "choices", Label: "Plusieurs réponses sont possibles", Kind: channels.ChoicesField,
		Options: []channels.Option{{Value: "0", Label: "L'adresse de l'expéditeur"}, {Value: "1", Label: "Le ton pressant"}, {Value: "2", Label: "Le logo"}},
	}}}
}

func order() *channels.Form {
	f := &channels.Form{Value: "answer.2u", Submit: "Antwoorden", Ordered: true}
	for i := range 3 {
		f.Fields = append(f.Fields, channels.Field{
			Name: fmt.Sprint("place", i), Label: fmt.Sprintf("Plaats %d", i+1), Kind: channels.ChoiceField,
			Options: []channels.Option{{Value: "0", Label: "Bel de collega op"}, {Value: "1", Label: "Laat de muis los"}, {Value: "2", Label: "Meld het bericht"}},
		})
	}
	return f
}

func pairs() *channels.Form {
	f := &channels.Form{Value: "answer.2v", Submit: "Répondre"}
	for i, left := range []string{"« Répondez dans l'heure »", "« Vous avez gagné »"} {
		f.Fields = append(f.Fields, channels.Field{
			Name: fmt.Sprint("pair", i), Label: left, Kind: channels.ChoiceField,
			Options: []channels.Option{{Value: "0", Label: "la récompense"}, {Value: "1", Label: "l'urgence"}},
		})
	}
	return f
}

// TestShown: what a person sees, as golden files. Presses come after the last
// message.
func TestShown(t *testing.T) {
	for _, row := range []struct {
		name    string
		says    []channels.Message
		presses []string
	}{
		{"hello.nl", []channels.Message{{
			ID: "1", Lang: "nl", Text: "Dag, ik ben **Praline**. Ik breng u korte lessen, op de momenten die u kiest.",
			Choices: answers("Français", "Nederlands"), Note: "U kunt ook typen: `nl`.",
		}}, nil},
		{"lesson.fr", []channels.Message{{
			ID: "1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 3, Label: "Écran 2 sur 3"}, Title: "L'adresse en dit plus",
			Text: "Derrière le nom se trouve une adresse. Lisez ce qui suit l'arobase (@), **jusqu'à la fin**\u00a0:\n\n- `paie@rh.zandbeke.example` vient de `zandbeke.example`\u00a0;\n- `paie@zandbeke.example.post.test` vient de `post.test`.\n\n" +
				"En savoir plus\u00a0: [Safeonweb](https://safeonweb.be/fr?a=1&b=2).",
			Choices: []channels.Choice{primary("Continuer"), quiet("Retour"), quiet("Plus tard"), quiet("Aide"), quiet("Une erreur dans cet écran ?")},
		}}, nil},
		{"lesson-picture.nl", []channels.Message{{
			ID: "1", Lang: "nl", Title: "Het adres", Text: "Kijk goed.",
			Media:   []channels.Media{{Path: "example/media/dot.png", MIME: "image/png", Alt: "Een mail met een vals adres & een logo"}},
			Choices: []channels.Choice{primary("Verder")},
		}}, nil},
		{"question.nl", []channels.Message{{
			ID: "1", Lang: "nl", Steps: &channels.Steps{Done: 0, Of: 2, Label: "Vraag 1 van 2"},
			Text:    "Een mail van de ‘Personeelsdienst’ draagt het logo van uw bestuur. Waar kijkt u het eerst naar?",
			Choices: append(answers("De handtekening", "Het adres achter de naam", "Het logo en de opmaak"), quiet("Ik weet het niet")), Note: "Of typ het nummer.",
		}}, nil},
		{"question-long.fr", []channels.Message{{
			ID: "1", Lang: "fr", Text: "Que faites-vous d'abord\u00a0?",
			Choices: append(answers("Je réponds à l'expéditeur pour lui demander s'il est bien celui qu'il dit être", "J'appelle", "Je transmets à toute l'équipe <urgent>",
				"Je supprime", "J'attends", "Je clique"), quiet("Je ne sais pas")),
		}}, nil},
		{"quiz.nl", []channels.Message{quiz()}, nil},
		{"quiz-long.fr", []channels.Message{func() channels.Message {
			m := quiz()
			m.Lang, m.Choices[0].Label = "fr", strings.Repeat("Une réponse trop longue pour un quiz. ", 3)
			return m
		}()}, nil},
		{"feedback.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "D'abord\u00a0?", Choices: answers("Le logo", "L'adresse")}, {
			ID: "2", Replaces: "1", Lang: "fr", Text: "D'abord\u00a0?", After: "Nom et logo se **copient**. Ouvrez le nom.", Note: "Cette question revient jeudi.",
			Choices: []channels.Choice{
				{Label: "Le logo", Role: channels.Answer, Number: 1, Mark: channels.NotQuite, Said: "Pas tout à fait", Detail: "Chacun peut le *reprendre*."},
				{Label: "L'adresse", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "La bonne réponse", Detail: "C'est l'indice le plus utile."},
				primary("Continuer"), quiet("Signaler une erreur"),
			},
		}}, nil},
		{"feedback.nl", []channels.Message{{ID: "1", Lang: "nl", Text: "Waar eerst?", Choices: answers("Het logo", "Het adres")}, {
			ID: "2", Replaces: "1", Lang: "nl", Text: "Waar eerst?", After: "Naam en logo zijn te kopiëren.", Note: "Deze vraag komt donderdag terug.",
			Choices: []channels.Choice{
				{Label: "Het logo", Role: channels.Answer, Number: 1, Mark: channels.Folded, Detail: "Iedereen kan het overnemen."},
				{Label: "Het adres", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "Juist, uw antwoord"},
				primary("Verder"),
			},
		}}, nil},
		{"feedback-typed.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Combien\u00a0?", Note: "Tapez un nombre."}, {
			ID: "2", Replaces: "1", Lang: "fr", Text: "Combien\u00a0?", Verdict: &channels.Verdict{Mark: channels.Right, Text: "**Compris\u00a0: 45. C’est exact.**"},
			After: "Le pourquoi.", Choices: []channels.Choice{primary("Continuer")},
		}}, nil},
		{"feedback-typed.nl", []channels.Message{{
			ID: "1", Lang: "nl", Text: "En hier?", Verdict: &channels.Verdict{Mark: channels.NotQuite, Text: "**Niet helemaal.**\n\nHet juiste antwoord: 7."}, After: "Waarom.",
		}}, nil},
		{"several.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Qu'est-ce qui compte\u00a0?", Form: several(), Choices: []channels.Choice{quiet("Je ne sais pas")}}}, nil},
		{"several-grown.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Qu'est-ce qui compte\u00a0?", Form: several(), Choices: []channels.Choice{quiet("Je ne sais pas")}}}, []string{"☐ 1", "☐ 3", "☑ 1", "☐ 2"}},
		{"order.nl", []channels.Message{{ID: "1", Lang: "nl", Text: "Wat eerst?", Form: order(), Note: "Of typ: 2 1 3"}}, nil},
		{"order-grown.nl", []channels.Message{{ID: "1", Lang: "nl", Text: "Wat eerst?", Form: order(), Choices: []channels.Choice{quiet("Ik weet het niet")}}}, []string{"2", "1"}},
		{"order-whole.nl", []channels.Message{{ID: "1", Lang: "nl", Text: "Wat eerst?", Form: order()}}, []string{"2", "1", "3"}},
		{"pairs.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Reliez.", Form: pairs(), Note: "Ou tapez\u00a0: 1b 2a"}}, nil},
		{"pairs-grown.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Reliez.", Form: pairs()}}, []string{"1b"}},
		{"pairs-whole.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Reliez.", Form: pairs()}}, []string{"1a", "2a", "1b"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := start(t, telegram.Options{Key: key, Quiz: strings.HasPrefix(row.name, "quiz")})
			h.polls()
			receipt := ""
			for _, m := range row.says {
				var err error
				if receipt, err = h.Send(context.Background(), "4242", m, receipt); err != nil {
					t.Fatal(err)
				}
			}
			p := person{h}
			for _, label := range row.presses {
				edits := p.newest().Edits
				if !h.person.Presses(label) || !h.server.Await(func() bool { return p.newest().Edits > edits }) {
					t.Fatalf("nothing grew after %q at %+v", label, p.newest())
				}
			}
			channelstest.Golden(t, "testdata/shown/"+row.name+".txt", drawn(h.person.Shown()))
		})
	}
}

// TestButtonsFit: whatever a form asks and however it is filled in, the data of
// every button fits, and what is submitted is what was pressed.
func TestButtonsFit(t *testing.T) {
	h := start(t, telegram.Options{Key: key})
	h.polls()
	p := person{h}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[a-z0-9.]{1,48}`).Draw(t, "value")
		f := channels.Form{Value: value, Submit: "OK (1/2)"}
		var options []channels.Option
		for i := range rapid.IntRange(1, 28).Draw(t, "options") {
			options = append(options, channels.Option{Value: fmt.Sprint(i), Label: "x"})
		}
		kind := rapid.SampledFrom([]string{"several", "order", "pairs"}).Draw(t, "kind")
		fields := 1
		switch kind {
		case "order":
			f.Ordered, fields = true, len(options)
		case "pairs":
			fields = rapid.IntRange(1, 16).Draw(t, "fields")
		}
		for i := range fields {
			field := channels.Field{Name: fmt.Sprint(map[string]string{"order": "place", "pairs": "pair"}[kind], i), Kind: channels.ChoiceField, Options: options, Label: "y"}
			if kind == "several" {
				field.Name, field.Kind = "choices", channels.ChoicesField
			}
			f.Fields = append(f.Fields, field)
		}
		if _, err := h.Send(context.Background(), "4242", channels.Message{ID: rapid.StringMatching(`[a-z0-9]{12}`).Draw(t, "id"), Text: "?", Form: &f}, ""); err != nil {
			t.Fatal(err)
		}
		if len(p.newest().Buttons) == 0 {
			if len(value) < 30 && len(options) <= 8 && fields <= 8 {
				t.Fatalf("a usual form is typed: %d options, %d fields", len(options), fields)
			}
			return
		}
		for range rapid.IntRange(0, 4).Draw(t, "presses") {
			row := rapid.SampledFrom(p.newest().Buttons).Draw(t, "row")
			if b := rapid.SampledFrom(row).Draw(t, "button"); b.Data[1] >= 'a' {
				calls := h.server.Calls("editMessageReplyMarkup")
				h.person.PressesData(p.newest().ID, b.Data)
				if !h.server.Await(func() bool { return h.server.Calls("editMessageReplyMarkup") > calls }) {
					t.Fatal("nothing grew")
				}
			}
		}
	})
}
