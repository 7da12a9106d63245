package markup_test

import (
	"html/template"
	"strings"
	"testing"

	"praline/channels/markup"
)

// screen is a long screen of a lesson: more than 900 characters.
var screen = strings.TrimSpace(`
Un message **urgent** de « votre banque » arrive un vendredi à 16\u00a0h\u00a045. Il demande de confirmer vos données *avant ce soir*, sinon votre accès sera bloqué pendant les vacances.

Avant de cliquer, regardez trois choses :

- **L'expéditeur** : l'adresse complète, pas seulement le nom affiché.
- **Le lien** : posez le doigt ou la souris dessus, et lisez où il mène.
- **Le ton** : la hâte et la menace sont les outils préférés des fraudeurs.

Un doute ? Ne répondez pas, ne cliquez pas. Transférez le message à ` + "`suspect@safeonweb.be`" + `, puis supprimez-le : votre signalement aide à bloquer le site pour tout le monde. Pour en savoir plus, lisez [les conseils de Safeonweb](https://safeonweb.be/fr/conseils?page=1&theme=phishing) avec vos collègues.

Si vous avez déjà cliqué, ce n'est pas une faute : appelez **tout de suite** le service informatique, qui changera vos mots de passe avec vous et vérifiera votre poste. Plus tôt il le sait, moins cela coûte.`)

var (
	written string
	page    template.HTML
	tree    markup.Document
)

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		tree = markup.Parse(screen)
	}
}
func BenchmarkTelegram(b *testing.B) { writes(b, markup.Telegram) }
func BenchmarkSlack(b *testing.B)    { writes(b, markup.Slack) }
func BenchmarkCard(b *testing.B)     { writes(b, markup.Card) }
func BenchmarkPlain(b *testing.B)    { writes(b, markup.Plain) }
func BenchmarkHTML(b *testing.B) {
	for b.Loop() {
		page = markup.HTML(screen)
	}
}

func writes(b *testing.B, write func(string) string) {
	b.ReportAllocs()
	for b.Loop() {
		written = write(screen)
	}
}

// BenchmarkParts cuts a text that is far too long.
func BenchmarkParts(b *testing.B) {
	long := strings.Repeat(screen+"\n\n", 45)
	for b.Loop() {
		markup.Parts(long, 3000, markup.Slack, markup.Units)
	}
}
