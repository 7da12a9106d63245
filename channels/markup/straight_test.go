package markup_test

import (
	"strings"
	"testing"

	"praline/channels/markup"
)

// TestStraight: a text reads in the direction in which it is written, in every app.
func TestStraight(t *testing.T) {
	for turned, want := range map[string]string{
		"facture-\u202egnp.exe": "facture-gnp.exe", "\u2066a\u2069b\u202a\u202b\u202c\u202d": "ab", "l’été – « oui »…\u202f!": "l’été – « oui »…\u202f!", "\xe2\x80": "\xe2\x80", "": "",
	} {
		if got := markup.Straight(turned); got != want {
			t.Errorf("%q: %q", turned, got)
		}
	}
	const attack = "**avant** \u202eaprès\u2066 `code\u202e` [lien\u202d](https://exemple.be)"
	for name, written := range map[string]string{
		"HTML": string(markup.HTML(attack)), "Telegram": markup.Telegram(attack), "Slack": markup.Slack(attack), "Card": markup.Card(attack), "Plain": markup.Plain(attack), "PlainLine": markup.PlainLine(attack),
		"TelegramText": markup.TelegramText(attack), "SlackText": markup.SlackText(attack), "CardText": markup.CardText(attack), "Line": markup.Line(attack),
	} {
		if strings.ContainsAny(written, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") || !strings.Contains(written, "après") {
			t.Errorf("%s: %q", name, written)
		}
	}
}
