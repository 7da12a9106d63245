package telegram

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/channels/markup"
)

// keyboard is the buttons of a message, sealed for a conversation; nil for none.
func (a *Adapter) keyboard(conversation string, m channels.Message) *tgbotapi.InlineKeyboardMarkup {
	rows := buttons(m)
	if len(rows) == 0 {
		return nil
	}
	a.seal(conversation, rows)
	return &tgbotapi.InlineKeyboardMarkup{InlineKeyboard: rows}
}

// buttons is the rows of a keyboard. Answers that fit a
// button carry their words, one a row; where one does not, all of them are
// written in the text and the buttons carry the numbers. Short side ways stand
// two in a row. What is beyond the
// last button that the app shows can still be typed.
func buttons(m channels.Message) [][]tgbotapi.InlineKeyboardButton {
	var rows [][]tgbotapi.InlineKeyboardButton
	if m.Form != nil {
		rows = append(rows, formRows(m.Form)...)
	}
	room := maxButtons
	for _, row := range rows {
		room -= len(row)
	}
	var numbers []tgbotapi.InlineKeyboardButton
	smaller := false // the last row is a small choice
	for _, c := range m.Choices {
		if (c.Value == "" && c.URL == "") || room == 0 || (c.URL != "" && !public(c.URL)) {
			continue
		}
		room--
		button := button(c)
		if c.Role == channels.Answer && c.Number > 0 && written(m) {
			button.Text = strconv.Itoa(c.Number)
			numbers = append(numbers, button)
			continue
		}
		if last := len(rows) - 1; small(c) && smaller && len(rows[last]) < 2 {
			rows[last] = append(rows[last], button)
			continue
		}
		rows = append(rows, []tgbotapi.InlineKeyboardButton{button})
		smaller = small(c)
	}
	if len(numbers) > 0 {
		rows = append(rowsOf(numbers, 5), rows...)
	}
	return rows
}

// small says whether a choice is a side way whose words leave room for another
// beside it.
func small(c channels.Choice) bool {
	return c.Role == channels.Quiet && utf8.RuneCountInString(c.Label) <= maxLabel/2
}

func button(c channels.Choice) tgbotapi.InlineKeyboardButton {
	label := c.Label
	if c.Number > 0 {
		label = strconv.Itoa(c.Number) + ". " + label
	}
	label = markup.Short(label, 2*maxLabel)
	if c.URL != "" {
		return tgbotapi.NewInlineKeyboardButtonURL(label, c.URL)
	}
	return tgbotapi.NewInlineKeyboardButtonData(label, c.Value)
}

// written says whether the answers of a message stand in its text, because one
// of them is too long for a button.
func written(m channels.Message) bool {
	for _, c := range m.Choices {
		if c.Role == channels.Answer && c.Value != "" && utf8.RuneCountInString(c.Label) > maxLabel {
			return true
		}
	}
	return len(m.Choices) > maxButtons
}

// public says whether Telegram takes an address for a button: it refuses those
// that the world cannot reach.
func public(address string) bool {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return false
	}
	return strings.Contains(u.Hostname(), ".") && net.ParseIP(u.Hostname()) == nil
}
