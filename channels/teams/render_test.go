package teams_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
)

// drawn is what a person sees, one card after the other, as text.
func drawn(messages []teamstest.Message) string {
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&b, "(%s)\n", m.Summary())
		list := func(v any) []any { all, _ := v.([]any); return all }
		for _, e := range list(m.Card["body"]) {
			draw(&b, e.(map[string]any))
		}
		buttons(&b, list(m.Card["actions"]))
		b.WriteString("────\n")
	}
	return b.String()
}

// draw draws an element; in angle brackets how it looks.
func draw(b *strings.Builder, e map[string]any) {
	look := func(e map[string]any) string {
		var how []string
		for _, name := range []string{"size", "weight", "color", "isSubtle"} {
			if v, ok := e[name]; ok {
				how = append(how, strings.ReplaceAll(fmt.Sprint(v), "true", "subtle"))
			}
		}
		if how == nil {
			return ""
		}
		return "<" + strings.Join(how, " ") + "> "
	}
	switch kind := e["type"].(string); kind {
	case "TextBlock":
		b.WriteString(look(e) + e["text"].(string) + "\n")
	case "RichTextBlock":
		for _, run := range e["inlines"].([]any) {
			b.WriteString(look(run.(map[string]any)) + run.(map[string]any)["text"].(string))
		}
		b.WriteString("\n")
	case "Image":
		fmt.Fprintf(b, "[picture %s: %s]\n", e["url"], e["altText"])
	case "ActionSet":
		buttons(b, e["actions"].([]any))
	default:
		fmt.Fprintf(b, "%s\n", e["label"])
		choices, _ := e["choices"].([]any)
		mark := map[bool]string{true: "☐", false: "○"}[e["isMultiSelect"] == true]
		if e["style"] == "compact" {
			mark = "▾"
		}
		for _, c := range choices {
			fmt.Fprintf(b, "  %s %s\n", mark, c.(map[string]any)["title"])
		}
		if choices == nil {
			fmt.Fprintf(b, "  [%s________]\n", kind)
		}
	}
}

func buttons(b *strings.Builder, actions []any) {
	for _, each := range actions {
		action := each.(map[string]any)
		sign := ""
		if action["style"] == "positive" {
			sign = "*"
		}
		if action["url"] != nil {
			sign = "↗"
		}
		fmt.Fprintf(b, "[ %s%s ]", sign, action["title"])
	}
	if actions != nil {
		b.WriteString("\n")
	}
}

func quiet(label string) channels.Choice {
	return channels.Choice{Label: label, Value: "quiet." + label[:2], Role: channels.Quiet}
}

func primary(label string) channels.Choice {
	return channels.Choice{Label: label, Value: "primary", Role: channels.Primary}
}

func optionsOf(labels ...string) []channels.Option {
	var all []channels.Option
	for i, l := range labels {
		all = append(all, channels.Option{Value: fmt.Sprint(i), Label: l})
	}
	return all
}

// TestShown: what a person sees of what the bot says, in French and Dutch.
func TestShown(t *testing.T) {
	order := channels.Form{Value: "answer.2u", Submit: "Antwoorden", Ordered: true}
	for i := range 3 {
		order.Fields = append(order.Fields, channels.Field{
			Name: fmt.Sprint("place", i), Label: fmt.Sprintf("Plaats %d", i+1), Kind: channels.ChoiceField, Options: optionsOf("Verbreek de verbinding", "Bel de helpdesk", "Wijzig uw wachtwoord"),
		})
	}
	var pairs channels.Form
	pairs.Value, pairs.Submit = "answer.2v", "Répondre"
	for i, left := range []string{"« Répondez dans l’heure »", "« Vous avez gagné »"} {
		pairs.Fields = append(pairs.Fields, channels.Field{Name: fmt.Sprint("pair", i), Label: left, Kind: channels.ChoiceField, Options: optionsOf("l’urgence", "l’appât")})
	}
	times := channels.Form{Value: "times", Submit: "Enregistrer", Fields: []channels.Field{{Name: "at", Label: "À quelle heure ?", Kind: channels.TimeField, Value: "08:30"}}}
	typed := channels.Form{Value: "answer.2x", Submit: "Antwoorden", Fields: []channels.Field{{Name: "text", Label: "Uw antwoord, een getal", Kind: channels.NumberField}}}
	several := channels.Form{Value: "answer.2t", Submit: "Répondre", Fields: []channels.Field{{
		Name: "choices", Label: "Plusieurs réponses sont possibles", Kind: channels.ChoicesField, Options: optionsOf("L’adresse de l’expéditeur", "Le ton pressant", "Le logo"),
	}}}
	question := channels.Message{
		ID: "q.1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 4, Label: "Question 2 sur 4"},
		Text: "Une collègue vous demande par e-mail, d’urgence, la liste des numéros de registre national de votre service. Que faites-vous d’abord ?",
		Choices: append(
			answersOf("J’envoie la liste : c’est urgent.", "J’appelle la collègue à un numéro que je connaissais déjà.", "Je réponds à l’e-mail pour vérifier que c’est bien elle.", "J’attends le retour du conseiller en sécurité de l’information."),
			quiet("Je ne sais pas"), quiet("Pourquoi maintenant ?"),
		),
	}
	feedback := channels.Message{
		ID: "q.2", Lang: "fr", Text: question.Text, After: "Vérifiez par un autre chemin que celui du message. Un message douteux se transfère à suspect@safeonweb.be.",
		Note: "Cette question revient demain, mercredi 21 octobre.",
		Choices: []channels.Choice{
			{Label: "J’envoie la liste : c’est urgent.", Role: channels.Answer, Number: 1, Mark: channels.Folded},
			{Label: "J’appelle la collègue à un numéro que je connaissais déjà.", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "La bonne réponse"},
			{Label: "Je réponds à l’e-mail pour vérifier que c’est bien elle.", Role: channels.Answer, Number: 3, Mark: channels.NotQuite, Said: "Votre réponse : pas tout à fait", Detail: "Si la boîte est piratée, c’est l’escroc qui vous répondra."},
			primary("Continuer"), quiet("Merci"), quiet("Une erreur ?"),
		},
	}
	menu := channels.Message{ID: "m", Lang: "nl", Text: "Wat kan ik voor u doen?"}
	for _, label := range []string{"Een les beginnen", "Mijn momenten", "Minuten per dag", "Taal", "Pauze nemen", "Mijn vooruitgang", "De onderwerpen", "Mijn gegevens"} {
		menu.Choices = append(menu.Choices, channels.Choice{Label: label, Value: "do." + strings.ToLower(label[:3]), Role: channels.Secondary})
	}
	menu.Choices[0].Role, menu.Choices[5].Value = channels.Primary, "do.progress"
	for name, m := range map[string]channels.Message{
		"hello.nl": {
			ID: "h", Lang: "nl", Steps: &channels.Steps{Done: 1, Of: 5, Label: "Stap 2 van 5"}, Title: "Uw gegevens",
			Text:    "Praline onthoudt **wat u leert** en wanneer u dat wilt. Niemand anders leest uw antwoorden.\n\n- U ziet alles met *mijn gegevens*.\n- U wist alles wanneer u wilt.",
			Choices: []channels.Choice{primary("Ja, begin"), {Label: "Nee, liever niet", Value: "no", Role: channels.Secondary}, {Label: "De privacyverklaring", URL: "https://praline.example.be/privacy", Role: channels.Quiet}},
		},
		"lesson.fr": {
			ID: "l", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 4, Label: "Écran 2 sur 4"}, Title: "Lire une adresse",
			Text:  "Lisez l’adresse **de droite à gauche**, à partir du premier `/`.",
			Media: []channels.Media{{Path: channelstest.Picture, MIME: "image/png", Alt: "Une adresse dont la fin est soulignée"}},
			Note:  "Source : [Safeonweb](https://safeonweb.be)", Choices: []channels.Choice{primary("Continuer")},
		},
		"question.fr": question, "feedback.fr": feedback, "several.fr": {ID: "s", Lang: "fr", Text: "Qu’est-ce qui doit alerter ?", Form: &several, Choices: []channels.Choice{quiet("Je ne sais pas")}},
		"order.nl": {ID: "o", Lang: "nl", Text: "Wat eerst?", Form: &order, Choices: []channels.Choice{quiet("Ik weet het niet")}},
		"pairs.fr": {ID: "p", Lang: "fr", Text: "Reliez.", Form: &pairs}, "times.fr": {ID: "t", Lang: "fr", Text: "Quand ?", Form: &times},
		"typed.nl": {ID: "x", Lang: "nl", Text: "Binnen hoeveel uur meldt u een datalek?", Form: &typed, Choices: []channels.Choice{quiet("Ik weet het niet")}},
		"typed-feedback.nl": {
			ID: "y", Lang: "nl", Text: "Binnen hoeveel uur meldt u een datalek?", Verdict: &channels.Verdict{Mark: channels.NotQuite, Text: "Begrepen: 24. Het juiste antwoord: **72**."},
			After: "De klok loopt vanaf het ogenblik dat u het weet.", Choices: []channels.Choice{primary("Verder")},
		},
		"menu.nl": menu,
		"marks.nl": {
			ID: "k", Lang: "nl", Text: "Welke regel?", Choices: append(answersOf("Typ `*` in het veld", "Typ [hier](https://x.example)", "Schrijf <b>"), quiet("Ik weet het niet")),
		},
	} {
		h := start(t, func(o *teams.Options) {
			o.PublicURL, o.Secret = "https://praline.example.be", []byte(strings.Repeat("s", 32))
			o.Overview = func(context.Context, string) ([]channels.Message, error) { return nil, nil }
		})
		h.says(h.comes(), m, "")
		shown := h.person.Shown()
		for _, one := range shown {
			if size := sizeOf(t, one.Activity); size > 28*1024 {
				t.Errorf("%s: %d bytes in UTF-16, where it costs nothing to stay under 28 KB", name, size)
			}
		}
		channelstest.Golden(t, "testdata/shown/"+name+".txt", drawn(shown))
		if name == "question.fr" {
			channelstest.Golden(t, "testdata/shown/"+name+".json", string(asJSON(t, shown[0].Activity)))
		}
	}
}

// TestLimits: no message of the bot's is larger than Teams takes, or than a
// phone shows at once.
func TestLimits(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	long := strings.Repeat("« l’adresse complète » ", 12)
	big := channels.Form{Value: "answer.1", Submit: "Antwoorden", Ordered: true}
	for i := range 20 {
		var options []channels.Option
		for j := range 20 {
			options = append(options, channels.Option{Value: fmt.Sprint(j), Label: fmt.Sprintf("%s %d", long, j)})
		}
		big.Fields = append(big.Fields, channels.Field{Name: fmt.Sprint("place", i), Label: fmt.Sprint("Plaats ", i+1), Kind: channels.ChoiceField, Options: options})
	}
	var many []channels.Choice
	for i := range 40 {
		many = append(many, channels.Choice{Label: fmt.Sprintf("%s %d", long, i), Value: fmt.Sprint("answer.", i), Role: channels.Answer, Number: i + 1})
	}
	var buttons []channels.Choice
	for i := range 20 {
		buttons = append(buttons, channels.Choice{Label: fmt.Sprintf("Une chose à faire, la %de", i), Value: fmt.Sprint("do.", i), Role: channels.Secondary})
	}
	for label, m := range map[string]channels.Message{
		"a long form":    {ID: "1", Lang: "nl", Text: "Wat eerst?", Form: &big},
		"many answers":   {ID: "2", Lang: "fr", Text: "Laquelle ?", Choices: many},
		"a long text":    {ID: "3", Lang: "fr", Title: strings.Repeat("Titre ", 1000), Text: strings.Repeat("*Une* phrase \\* de plus. ", 3000), Note: strings.Repeat("note ", 2000)},
		"marks":          {ID: "4", Lang: "fr", Text: strings.Repeat("*_[`", 3000)},
		"emoji":          {ID: "5", Lang: "fr", Text: strings.Repeat("👩‍👧", 5000)},
		"many buttons":   {ID: "6", Lang: "fr", Text: "Et maintenant ?", Choices: buttons},
		"a marked novel": {ID: "7", Lang: "fr", Text: "x", Choices: []channels.Choice{{Label: strings.Repeat("long ", 2000), Said: "La bonne réponse", Mark: channels.Right, Detail: strings.Repeat("détail ", 2000)}}},
	} {
		before := len(h.person.Shown())
		h.says(conversation, m, "")
		shown := h.person.Shown()[before:]
		pressable := 0
		for i, one := range shown {
			if size := sizeOf(t, one.Activity); size > 80*1024 {
				t.Errorf("%s: card %d has %d bytes in UTF-16", label, i+1, size)
			}
			pressable += len(one.Buttons)
			if i < len(shown)-1 && len(one.Buttons)+len(one.Inputs) > 0 {
				t.Errorf("%s: card %d of %d can be pressed", label, i+1, len(shown))
			}
		}
		if label == "many buttons" && pressable != len(buttons) {
			t.Errorf("%s: %d can be pressed", label, pressable)
		}
	}
}

// TestPictures: by a public address, else by their words.
func TestPictures(t *testing.T) {
	for _, row := range []struct {
		label, public string
		medium        channels.Media
		picture, text string
	}{
		{"of a series, with a public address", "https://praline.example.be/", channels.Media{Path: channelstest.Picture, MIME: "image/png", Alt: "un point"}, "https://praline.example.be/chat/media/example/media/dot.png", ""},
		{"of a series, without one", "", channels.Media{Path: channelstest.Picture, MIME: "image/png", Alt: "un *point*"}, "", "un *point*"},
		{"of a series, on this machine", "http://127.0.0.1:8080", channels.Media{Path: channelstest.Picture, MIME: "image/png", Alt: "un point"}, "", "un point"},
		{"elsewhere", "", channels.Media{URL: "https://pictures.example/1.png", MIME: "image/png", Alt: "un point"}, "https://pictures.example/1.png", ""},
		{"elsewhere, by http", "", channels.Media{URL: "http://pictures.example/1.png", MIME: "image/png", Alt: "un point"}, "", "un point"},
		{"a film", "https://praline.example.be", channels.Media{Path: channelstest.Picture, MIME: "video/mp4", Alt: "un film"}, "", "un film"},
		{"missing", "https://praline.example.be", channels.Media{Path: "absent.png", MIME: "image/png", Alt: "rien"}, "", "rien"},
	} {
		h := start(t, func(o *teams.Options) { o.PublicURL = row.public })
		h.says(h.comes(), channels.Message{ID: "1", Lang: "fr", Media: []channels.Media{row.medium}}, "")
		m := h.person.Shown()[0]
		picture := ""
		if len(m.Pictures) > 0 {
			picture = m.Pictures[0].URL
		}
		if picture != row.picture || m.Text != row.text {
			t.Errorf("%s: picture %q, text %q", row.label, picture, m.Text)
		}
	}
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sizeOf is how Teams counts a message: in bytes of UTF-16.
func sizeOf(t *testing.T, v any) int {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return 2 * len(utf16.Encode([]rune(string(b))))
}
