package teams_test

import (
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/teams"
)

// screen is a lesson's screen of 900 characters.
func screen() channels.Message {
	text := strings.Repeat("Lisez **toute** l’adresse, de droite à gauche, avant d’ouvrir le lien. ", 13)[:900]
	return channels.Message{
		ID: "l.1", Lang: "fr", Steps: &channels.Steps{Done: 1, Of: 4, Label: "Écran 2 sur 4"}, Title: "Lire une adresse", Text: text,
		Note: "Source : [Safeonweb](https://safeonweb.be)", Choices: []channels.Choice{{Label: "Continuer", Value: "on.2s", Role: channels.Primary}},
	}
}

func BenchmarkRender(b *testing.B) {
	a, m := teams.New(teams.Options{}), screen()
	b.ReportAllocs()
	for range b.N {
		if a.Render(m) != 1 {
			b.Fatal("not one card")
		}
	}
}
