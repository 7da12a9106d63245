package telegram_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/telegram"
)

// BenchmarkSend: a screen of 900 characters with its buttons, up to the body of
// the request and back.
func BenchmarkSend(b *testing.B) {
	text := strings.Repeat("Derrière le nom se trouve une adresse, que chacun peut lire d’un geste. ", 5) + "\n\n" +
		"Lisez ce qui suit l’arobase (@), **jusqu’à la fin**\u00a0:\n\n- `paie@rh.example` vient de `rh.example`\u00a0;\n- `paie@rh.example.post.test` vient de `post.test`.\n\n" +
		strings.Repeat("Un nom d’expéditeur, chacun le choisit comme il veut. ", 6) + "En savoir plus\u00a0: [Safeonweb](https://safeonweb.be/fr)."
	m := channels.Message{
		ID: "1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 3, Label: "Écran 2 sur 3"}, Title: "L'adresse", Text: text,
		Choices: []channels.Choice{primary("Continuer"), quiet("Retour"), quiet("Plus tard"), quiet("Aide")},
	}
	if n := len([]rune(text)); n < 850 || n > 950 {
		b.Fatalf("%d characters", n)
	}
	a := telegram.New(telegram.Options{Token: "1:x", API: "http://api.example", Key: key, HTTP: &http.Client{Transport: agrees{}}})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Send(context.Background(), "4242", m, "7"); err != nil {
			b.Fatal(err)
		}
	}
}
