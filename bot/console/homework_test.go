package console

import (
	"testing"

	"praline/locales"
)

func TestQuotationsWithinQuotations(t *testing.T) {
	for _, row := range []struct{ lang, words, want string }{
		{"fr", "Un mail du «\u00a0Service du personnel\u00a0» arrive", "«\u00a0Un mail du “Service du personnel” arrive\u00a0»"},
		{"fr", "Le « domaine » et « la fin »", "«\u00a0Le “domaine” et “la fin”\u00a0»"},
		{"nl", "Een mail van de ‘Personeelsdienst’ komt", "‘Een mail van de “Personeelsdienst” komt’"},
		{"nl", "De map ‘foto’s’.", "‘De map “foto’s”.’"},
	} {
		v := &visit{W: locales.For(row.lang)}
		if got := v.quoted(row.words); got != row.want {
			t.Errorf("%s: %s, not %s", row.words, got, row.want)
		}
	}
}
