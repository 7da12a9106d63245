package telegram

import (
	"context"
	"net/url"
	"strings"
)

// payloadLetters are what a deep link may carry, 64 of them at most:
// https://core.telegram.org/bots/features#deep-linking
const (
	payloadLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	maxPayload     = 64
)

// Link is the address that opens a private conversation with a bot, by its user
// name, and says payload there when the person presses "start". A payload that
// no link can carry is left out.
func Link(bot, payload string) string {
	link := "https://t.me/" + url.PathEscape(strings.TrimPrefix(bot, "@"))
	if payload == "" || !carried(payload) {
		return link
	}
	return link + "?start=" + payload
}

// carried says whether a link can carry a payload.
func carried(payload string) bool {
	return len(payload) <= maxPayload && strings.Trim(payload, payloadLetters) == ""
}

// Link is the address at which this bot is told a payload.
func (a *Adapter) Link(ctx context.Context, payload string) (string, error) {
	name, err := a.username(ctx)
	if err != nil {
		return "", err
	}
	return Link(name, payload), nil
}
