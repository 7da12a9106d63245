package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/slack"
)

// object is a block, or something in one.
type object = map[string]any

// drawn is what Slack was sent, one message after the other, as text: blocks
// first, then what is read aloud.
func drawn(sources ...string) string {
	var b strings.Builder
	for _, source := range sources {
		var m struct {
			Text   string   `json:"text"`
			Title  object   `json:"title"`
			Submit object   `json:"submit"`
			Close  object   `json:"close"`
			Blocks []object `json:"blocks"`
		}
		if err := json.Unmarshal([]byte(source), &m); err != nil {
			return err.Error()
		}
		if m.Title != nil {
			fmt.Fprintf(&b, "╔ %s\n", m.Title["text"])
		}
		for _, block := range m.Blocks {
			b.WriteString(blockOf(block))
		}
		if m.Submit != nil {
			fmt.Fprintf(&b, "╚ [ %s ][ %s ]\n", m.Close["text"], m.Submit["text"])
		}
		if m.Text != "" {
			fmt.Fprintf(&b, "read aloud: %s\n", strings.ReplaceAll(m.Text, "\n", "\n            "))
		}
		b.WriteString("────\n")
	}
	return b.String()
}

func blockOf(block object) string {
	text := func(v any) string { o, _ := v.(object); s, _ := o["text"].(string); return s }
	list := func(v any) []any { all, _ := v.([]any); return all }
	switch block["type"] {
	case "header":
		return "# " + text(block["text"]) + "\n"
	case "image":
		return fmt.Sprintf("[picture: %s]\n", block["alt_text"])
	case "context":
		var parts []string
		for _, e := range list(block["elements"]) {
			parts = append(parts, text(e))
		}
		return "· " + strings.Join(parts, " · ") + "\n"
	case "section":
		line := text(block["text"])
		if e, ok := block["accessory"].(object); ok {
			line += "   " + element(e)
		}
		return line + "\n"
	case "input":
		return text(block["label"]) + "   " + element(block["element"].(object)) + "\n"
	case "actions":
		line := ""
		for _, e := range list(block["elements"]) {
			line += element(e.(object))
		}
		return strings.TrimSuffix(line, "\n") + "\n"
	}
	return fmt.Sprint(block, "\n")
}

func element(e object) string {
	label := func(v any) string { o, _ := v.(object); s, _ := o["text"].(string); return s }
	var options []string
	all, _ := e["options"].([]any)
	for _, o := range all {
		options = append(options, label(o.(object)["text"]))
	}
	switch e["type"] {
	case "button":
		if e["style"] == "primary" {
			return "[* " + label(e["text"]) + " *]"
		}
		return "[ " + label(e["text"]) + " ]"
	case "checkboxes":
		return "☐ " + strings.Join(options, "\n☐ ") + "\n"
	case "static_select":
		return "[ " + label(e["placeholder"]) + " ▾ " + strings.Join(options, " | ") + " ]"
	case "timepicker":
		return fmt.Sprintf("[ clock %v ]", e["initial_time"])
	case "plain_text_input":
		return "[ ________ ]"
	}
	return fmt.Sprint(e)
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

func pairs(options ...string) *channels.Form {
	f := &channels.Form{Value: "answer.2v", Submit: "Répondre"}
	for i, left := range []string{"« Répondez dans l'heure »", "« Vous avez gagné »"} {
		field := channels.Field{Name: fmt.Sprint("pair", i), Label: left, Kind: channels.ChoiceField}
		for j, o := range options {
			field.Options = append(field.Options, channels.Option{Value: fmt.Sprint(j), Label: o})
		}
		f.Fields = append(f.Fields, field)
	}
	return f
}

// TestShown: what a person sees, as golden files.
func TestShown(t *testing.T) {
	question := "Une collègue vous demande par e-mail, d'urgence, la liste des numéros de registre national de votre service. **Que faites-vous d'abord\u00a0?**"
	for _, row := range []struct {
		name string
		says []channels.Message
	}{
		{"hello.nl", []channels.Message{{
			ID: "1", Lang: "nl", Text: "Dag, ik ben **Praline**. Ik breng u korte lessen, op de momenten die u kiest.",
			Choices: answers("Français", "Nederlands"), Note: "U kunt ook typen: `nl`.",
		}}},
		{"lesson.fr", []channels.Message{{
			ID: "1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 3, Label: "Écran 2 sur 3"}, Title: "L'adresse en dit plus",
			Text: "Derrière le nom se trouve une adresse. Lisez ce qui suit l'arobase (@), **jusqu'à la fin**\u00a0:\n\n- `paie@rh.zandbeke.example` vient de `zandbeke.example`\u00a0;\n- `paie@zandbeke.example.post.test` vient de `post.test`.\n\n" +
				"En savoir plus\u00a0: [Safeonweb](https://safeonweb.be/fr?a=1&b=2).",
			Choices: []channels.Choice{primary("Continuer"), quiet("Retour"), quiet("Plus tard"), quiet("Aide"), quiet("Une erreur dans cet écran ?")},
		}}},
		{"lesson-picture.nl", []channels.Message{{
			ID: "1", Lang: "nl", Title: "Het adres", Text: "Kijk goed.",
			Media: []channels.Media{
				{Path: channelstest.Picture, MIME: "image/png", Alt: "Een mail met een vals adres & een logo"},
				{URL: "https://example.be/logo.png", MIME: "image/png", Alt: "Het logo, nagemaakt"},
				{Path: "absent.svg", MIME: "image/svg+xml", Alt: "Een schema"},
			},
			Choices: []channels.Choice{primary("Verder")},
		}}},
		{"question.fr", []channels.Message{{
			ID: "1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 4, Label: "Question 2 sur 4"}, Text: question,
			Choices: append(answers("J'envoie la liste\u00a0: c'est urgent.", "J'appelle la collègue à un numéro que je connaissais déjà.", "Je réponds à l'e-mail pour vérifier que c'est bien elle.",
				"J'attends le retour du conseiller en sécurité de l'information."), quiet("Je ne sais pas")),
			Note: "Vous pouvez aussi écrire le chiffre.",
		}}},
		{"question.nl", []channels.Message{{
			ID: "1", Lang: "nl", Steps: &channels.Steps{Done: 0, Of: 2, Label: "Vraag 1 van 2"},
			Text:    "Een mail van de ‘Personeelsdienst’ draagt het logo van uw bestuur. Waar kijkt u het eerst naar?",
			Choices: append(answers("De handtekening", "Het adres achter de naam", "Het logo en de opmaak"), quiet("Ik weet het niet")), Note: "Of typ het nummer.",
		}}},
		{"question-crowd.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Quel jour\u00a0?", Choices: answers(strings.Split(strings.Repeat("un jour,", 22)+"le dernier", ",")...)}}},
		{"feedback.fr", []channels.Message{{ID: "1", Lang: "fr", Text: question, Choices: answers("J'envoie", "J'appelle", "Je réponds")}, {
			ID: "2", Replaces: "1", Lang: "fr", Text: question, Note: "Cette question revient demain, mercredi 21 octobre.",
			After: "Vérifiez par un autre chemin que celui du message. Un message douteux se transfère à suspect@safeonweb.be.",
			Choices: []channels.Choice{
				{Label: "Je réponds à l'e-mail pour vérifier que c'est bien elle.", Role: channels.Answer, Number: 3, Mark: channels.NotQuite, Said: "Votre réponse. Pas tout à fait.", Detail: "Si la boîte est piratée, c'est *l'escroc* qui vous répondra."},
				{Label: "J'appelle la collègue à un numéro que je connaissais déjà.", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "La bonne réponse"},
				primary("Continuer"), quiet("Merci"), quiet("Une erreur ?"),
			},
		}}},
		{"feedback.nl", []channels.Message{{
			ID: "2", Lang: "nl", Text: "Waar eerst?", After: "Naam en logo zijn te kopiëren.", Note: "Deze vraag komt donderdag terug.",
			Choices: []channels.Choice{
				{Label: "Het logo", Role: channels.Answer, Number: 1, Mark: channels.Folded, Detail: "Iedereen kan het overnemen."},
				{Label: "Het adres", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "Juist, uw antwoord"},
				primary("Verder"),
			},
		}}},
		{"feedback-typed.nl", []channels.Message{{
			ID: "1", Lang: "nl", Text: "En hier?", Verdict: &channels.Verdict{Mark: channels.NotQuite, Text: "**Niet helemaal.**\n\nHet juiste antwoord: 7."}, After: "Waarom.",
		}}},
		{"several.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Qu'est-ce qui compte\u00a0?", Form: several(), Choices: []channels.Choice{quiet("Je ne sais pas")}}}},
		{"order.nl", []channels.Message{{ID: "1", Lang: "nl", Text: "Wat eerst?", Form: order(), Note: "Of typ: 2 1 3"}}},
		{"pairs.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Reliez.", Form: pairs("la récompense", "l'urgence"), Note: "Ou tapez\u00a0: 1b 2a"}}},
		{"pairs-long.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Reliez.", Form: pairs("la récompense que l'on promet à celui ou à celle qui répond sans attendre ni demander", "l'urgence")}}},
		{"typed.fr", []channels.Message{{ID: "1", Lang: "fr", Text: "Quelle ville\u00a0?", Form: &channels.Form{
			Value: "answer.9", Submit: "Répondre", Fields: []channels.Field{{Name: "text", Label: "Votre réponse", Kind: channels.TextField}},
		}, Choices: []channels.Choice{quiet("Je ne sais pas")}}}},
		{"times.nl", []channels.Message{{ID: "1", Lang: "nl", Text: "Wanneer past het u?", Form: &channels.Form{
			Value: "times.add", Submit: "Toevoegen", Fields: []channels.Field{
				{Name: "time", Label: "Om", Kind: channels.TimeField, Value: "08:30"},
				{Name: "days", Label: "Op", Kind: channels.ChoicesField, Options: []channels.Option{{Value: "1", Label: "maandag"}, {Value: "2", Label: "dinsdag"}}},
			},
		}}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := start(t, slack.Options{})
			receipt := ""
			for _, m := range row.says {
				var err error
				if receipt, err = h.Send(context.Background(), h.conversation(), m, receipt); err != nil {
					t.Fatal(err)
				}
			}
			var sources []string
			for _, m := range h.person.Shown() {
				if m.File != nil {
					sources = append(sources, fmt.Sprintf(`{"blocks":[{"type":"image","alt_text":%q}]}`, m.File.Alt))
					continue
				}
				sources = append(sources, m.Source())
			}
			channelstest.Golden(t, "testdata/shown/"+row.name+".txt", drawn(sources...))
		})
	}
}
