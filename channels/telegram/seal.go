package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// What a button carries is followed by a seal: a short proof that we made it
// for this conversation. What a button of another learner carries, or what
// somebody thinks up, does not fit; to hit one takes 2⁴⁷ tries on average, each
// an update of Telegram's. With a new PRALINE_SECRET old buttons are just old.
const (
	sealSign  = "!" // begins a seal, and stands in no value
	sealBytes = 6
	sealSize  = 1 + 8 // characters: the sign, and the bytes in base64
	// maxData is what is left of a button's data.
	maxData = maxCallbackData - sealSize
)

// seal closes the buttons of a keyboard for a conversation.
func (a *Adapter) seal(conversation string, rows [][]tgbotapi.InlineKeyboardButton) {
	if len(a.options.Key) == 0 {
		return
	}
	for _, row := range rows {
		for i := range row {
			if data := row[i].CallbackData; data != nil {
				sealed := *data + a.sealOf(conversation, *data)
				row[i].CallbackData = &sealed
			}
		}
	}
}

// unseal is what a pressed button carries; "" where its seal does not fit.
func (a *Adapter) unseal(conversation, sealed string) string {
	if len(a.options.Key) == 0 {
		return sealed
	}
	data := sealed[:max(0, len(sealed)-sealSize)]
	if !hmac.Equal([]byte(sealed[len(data):]), []byte(a.sealOf(conversation, data))) {
		return ""
	}
	return data
}

func (a *Adapter) sealOf(conversation, data string) string {
	proof := hmac.New(sha256.New, a.options.Key)
	for _, part := range []string{"telegram button", conversation, data} {
		proof.Write([]byte(part + "\x00"))
	}
	return sealSign + base64.RawURLEncoding.EncodeToString(proof.Sum(nil)[:sealBytes])
}
