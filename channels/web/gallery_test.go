package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"praline/channels"
	"praline/locales"
)

// gallery says each kind of message by a word, with texts as long as real ones.
func gallery(e channels.Event) []channels.Message {
	fr, nl := locales.For("fr"), locales.For("nl")
	id := "m" + e.ID[:5]
	switch {
	case e.Kind == channels.Came:
		return []channels.Message{{
			ID: id, Lang: "fr", Text: fr.Say("hello.who") + "\n\n*" + nl.Say("hello.short") + "*",
			Choices: []channels.Choice{
				{Label: fr.Say("hello.go-on"), Value: "hello.lang.fr", Role: channels.Primary},
				{Label: nl.Say("hello.go-on"), Value: "hello.lang.nl", Role: channels.Secondary},
			},
		}}
	case e.Text == "privacy" || e.Value == "hello.lang.fr":
		return []channels.Message{{
			ID: id, Replaces: e.Message, Lang: "fr", Title: fr.Say("hello.privacy-title"), Text: fr.Say("hello.privacy"),
			Steps: &channels.Steps{Done: 1, Of: 5, Label: fr.Say("hello.step", "n", 2, "of", 5)},
			Choices: []channels.Choice{
				{Label: fr.Say("hello.yes"), Value: "hello.yes", Role: channels.Primary},
				{Label: fr.Say("hello.no"), Value: "hello.no", Role: channels.Secondary},
				{Label: fr.Say("hello.privacy-more"), Value: "hello.more", Role: channels.Quiet},
			},
			Note: fr.Say("hello.privacy-next"),
		}}
	case e.Value == "hello.lang.nl":
		return []channels.Message{{
			ID: id, Replaces: e.Message, Lang: "nl", Title: nl.Say("hello.privacy-title"), Text: nl.Say("hello.privacy"),
			Choices: []channels.Choice{{Label: nl.Say("hello.yes"), Value: "hello.yes", Role: channels.Primary}},
		}}
	case e.Text == "lesson":
		return []channels.Message{{
			ID: id, Lang: "fr", Title: "Le nom affiché ne prouve rien",
			Steps: &channels.Steps{Done: 1, Of: 4, Label: fr.Say("lesson.screen", "n", 2, "of", 4)},
			Text:  "N’importe qui peut se faire appeler « SPF Finances ». Ce qui compte, c’est l’adresse **après** l’arobase.\n\n- `service@spf-finances.example`\n- lisez en partant de la fin",
			Media: []channels.Media{{Path: "phishing/media/a.png", MIME: "image/png", Alt: "Une adresse dont la fin est soulignée"}},
			Note:  "Source : [safeonweb.be](https://safeonweb.be)",
			Choices: []channels.Choice{
				{Label: fr.Say("lesson.next"), Value: "screen.next.1", Role: channels.Primary},
				{Label: fr.Say("lesson.back"), Value: "screen.back.1", Role: channels.Quiet},
				{Label: fr.Say("lesson.later"), Value: "screen.later.1", Role: channels.Quiet},
			},
		}}
	case e.Text == "question":
		return []channels.Message{{
			ID: id, Lang: "nl", Steps: &channels.Steps{Done: 1, Of: 4, Label: nl.Say("question.review-step", "n", 2, "of", 4)},
			Text: "Een collega vraagt u per e-mail dringend om de lijst met rijksregisternummers van uw dienst. Wat doet u eerst?",
			Choices: []channels.Choice{
				{Label: "Ik stuur de lijst door: het is dringend.", Value: "answer.1.0", Role: channels.Answer, Number: 1},
				{Label: "Ik bel de collega op een nummer dat ik al had.", Value: "answer.1.1", Role: channels.Answer, Number: 2},
				{Label: "Ik antwoord op de mail om te vragen of zij het echt is.", Value: "answer.1.2", Role: channels.Answer, Number: 3},
				{Label: "Ik wacht tot de informatieveiligheidsconsulent terug is.", Value: "answer.1.3", Role: channels.Answer, Number: 4},
				{Label: nl.Say("question.do-not-know"), Value: "answer.1.none", Role: channels.Quiet},
				{Label: nl.Say("question.why"), Value: "do.why", Role: channels.Quiet},
			},
			Note: nl.Say("question.type-number"),
		}}
	case e.Value == "do.why":
		return []channels.Message{{ID: id, Lang: "nl", Text: "U beantwoordde ze 12 dagen geleden. Ongeveer 7 op de 10 mensen kennen het antwoord vandaag nog."}}
	case e.Text == "feedback" || e.Value == "answer.1.2" || e.Text == "3":
		return []channels.Message{{
			ID: id, Replaces: e.Message, Lang: "fr",
			Text: "Une collègue demande d’urgence la liste des numéros de registre national de votre service. Que faites-vous d’abord ?",
			Choices: []channels.Choice{
				{Label: "J’envoie la liste.", Role: channels.Answer, Number: 1, Mark: channels.Folded, Detail: "Une fois partie, elle ne revient plus."},
				{Label: "J’appelle la collègue à un numéro que je connaissais déjà.", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: fr.Say("feedback.right")},
				{Label: "Je réponds à l’e-mail pour vérifier que c’est bien elle.", Role: channels.Answer, Number: 3, Mark: channels.NotQuite, Said: fr.Say("feedback.not-quite"), Detail: "Si la boîte est piratée, c’est l’escroc qui vous répondra."},
				{Label: "J’attends.", Role: channels.Answer, Number: 4, Mark: channels.Folded},
				{Label: fr.Say("feedback.on"), Value: "on.1", Role: channels.Primary},
				{Label: fr.Say("feedback.report"), Value: "report.1", Role: channels.Quiet},
			},
			After: "**Vérifiez par un autre chemin que celui du message :** un numéro que vous aviez déjà, ou un mot de vive voix.",
			Note:  "Cette question revient demain, mercredi 21 octobre.",
		}}
	case e.Text == "typed":
		return []channels.Message{{
			ID: id, Lang: "fr", Text: "D’où vient-elle, cette adresse ? Combien de jours avez-vous pour répondre ?",
			Verdict: &channels.Verdict{Mark: channels.Right, Text: fr.Say("feedback.understood-right", "answer", "45")},
			After:   "Le délai court à partir du jour de la demande.", Note: "Cette question revient mardi 2\u00a0mars.",
			Choices: []channels.Choice{{Label: fr.Say("feedback.on"), Value: "on.1", Role: channels.Primary}},
		}}
	case e.Text == "ordered":
		return []channels.Message{{
			ID: id, Lang: "fr", Text: "Dans quel ordre ?",
			Verdict: &channels.Verdict{Mark: channels.NotQuite, Text: fr.Say("feedback.partly", "percent", 33) + "\n\n" + fr.Say("feedback.right-order") + "\n1. Prévenir\n2. Attendre\n3. Écrire"},
			Choices: []channels.Choice{{Label: fr.Say("feedback.on"), Value: "on.1", Role: channels.Primary}},
		}}
	case e.Text == "several":
		return []channels.Message{form(id, &channels.Form{Value: "answer.2", Submit: fr.Say("question.submit"), Fields: []channels.Field{{
			Name: "choices", Label: fr.Say("question.several"), Kind: channels.ChoicesField,
			Options: []channels.Option{{Value: "0", Label: "Le nom et le prénom"}, {Value: "1", Label: "Le numéro de registre national"}, {Value: "2", Label: "La couleur du bâtiment"}},
		}}})}
	case e.Text == "pairs":
		options := []channels.Option{{Value: "0", Label: "pseudonymisé"}, {Value: "1", Label: "anonyme"}}
		return []channels.Message{form(id, &channels.Form{Value: "answer.3", Submit: fr.Say("question.submit"), Fields: []channels.Field{
			{Name: "pair0", Label: "Une clé permet de retrouver la personne", Kind: channels.ChoiceField, Options: options},
			{Name: "pair1", Label: "Personne ne peut plus la retrouver", Kind: channels.ChoiceField, Options: options},
		}})}
	case e.Text == "number":
		return []channels.Message{form(id, &channels.Form{Value: "answer.4", Submit: fr.Say("question.submit"), Fields: []channels.Field{
			{Name: "text", Label: fr.Say("question.your-number"), Kind: channels.NumberField},
		}})}
	case e.Text == "progress":
		return []channels.Message{{
			ID: id, Lang: "nl", Title: "U kent vandaag 31 van de 42 vragen.",
			Text: "**Phishing en wachtwoorden** – 14 van 16\\\n■■■■■■■■■■■■■■◧◧\n\n**Persoonsgegevens op het werk** – 12 van 16\\\n■■■■■■■■■■■■◧◧◧◧\n\n" +
				"**Schrijven voor wie u leest** – 5 van 10\\\n■■■■■□□□□□\n\n" + nl.Say("progress.legend", "known", "■", "fading", "◧", "unseen", "□"),
			Choices: []channels.Choice{
				{Label: nl.Say("do.lesson"), Value: "do.lesson", Role: channels.Primary},
				{Label: nl.Say("do.time"), Value: "do.time", Role: channels.Secondary},
				{Label: nl.Say("do.pause"), Value: "do.pause", Role: channels.Secondary},
			},
			Note: nl.Say("progress.estimate"),
		}}
	case e.Text == "data":
		return []channels.Message{{
			ID: id, Lang: "fr", Title: fr.Say("data.title"), Text: "Voici tout ce que je garde de vous.",
			Document: &channels.Document{Name: "praline.json", MIME: "application/json", Data: []byte(`{"learner":{}}`)},
			Choices:  []channels.Choice{{Label: fr.Say("do.forget"), Value: "do.forget", Role: channels.Quiet}},
		}}
	}
	return []channels.Message{{ID: id, Lang: "fr", Text: "Je n’ai pas compris."}}
}

func form(id string, f *channels.Form) channels.Message {
	fr := locales.For("fr")
	return channels.Message{
		ID: id, Lang: "fr", Form: f, Steps: &channels.Steps{Done: 2, Of: 3, Label: fr.Say("question.step", "n", 3, "of", 3)},
		Text:    "Lesquelles sont des données personnelles ?",
		Choices: []channels.Choice{{Label: fr.Say("question.do-not-know"), Value: "answer.2.none", Role: channels.Quiet}},
		Note:    fr.Say("question.type-numbers"),
	}
}

// words of the gallery, one for each kind of screen.
var words = []string{"privacy", "lesson", "question", "feedback", "typed", "ordered", "several", "pairs", "number", "progress", "data"}

// picture is a PNG as wide as a lesson's.
var picture = func() []byte {
	drawing := image.NewPaletted(image.Rect(0, 0, 640, 220), color.Palette{color.White, color.RGBA{0x6b, 0x33, 0x22, 0xff}})
	for x := 40; x < 600; x++ {
		for y := 150; y < 156; y++ {
			drawing.SetColorIndex(x, y, 1)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, drawing); err != nil {
		panic(err)
	}
	return b.Bytes()
}()
