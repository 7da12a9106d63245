package preview_test

import (
	"strings"
	"testing"

	"praline/bot/preview"
	"praline/channels"
	"praline/locales"
)

// What a lesson says is written as its language is; what an app does with it,
// as the reader's.
func TestTerminalWritesColonsAsEachLanguageDoes(t *testing.T) {
	message := channels.Message{
		Lang: "fr", Text: "Reliez.",
		Choices: []channels.Choice{{Label: "Bruxelles", Role: channels.Answer, Number: 1, Mark: channels.Right, Said: "Votre réponse, juste"}},
		Form:    &channels.Form{Submit: "Envoyer", Fields: []channels.Field{{Label: "La ville"}}},
	}
	for _, row := range []struct {
		reader string
		want   []string
	}{
		{"nl", []string{"juste\u00a0: Bruxelles", "La ville\u00a0: ____", "Telegram: zoals het is"}},
		{"fr", []string{"juste\u00a0: Bruxelles", "La ville\u00a0: ____", "Telegram\u00a0: tel quel"}},
	} {
		var out strings.Builder
		if err := preview.Terminal(&out, locales.For(row.reader), []preview.App{{Name: "Telegram"}}, []channels.Message{message}); err != nil {
			t.Fatal(err)
		}
		for _, want := range row.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("read in %s: no %q in:\n%s", row.reader, want, out.String())
			}
		}
	}
}
