package telegram

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/channels/markup"
)

// Telegram has no forms. Several choices, an order and pairs are keyboards
// that grow: each button carries what has been chosen so far, so nobody has to
// remember it and a crash forgets nothing. A button's data is
//
//	~m05~VALUE   several choices: bits in hexadecimal after this press
//	~o20~VALUE   an order: options in the order of their presses
//	~p1-0~VALUE  one option a field: "-" where none is chosen yet
//
// with a capital letter where the press submits the form. Options are written
// as one digit each, 0 to 9 and a to z. Text and numbers are typed, and so is a
// form whose choices would not fit a button's data or a keyboard.
const (
	severalMark, orderMark, pairsMark = 'm', 'o', 'p'
	formSign                          = "~"
	digits                            = "0123456789abcdefghijklmnopqrstuvwxyz"
	// maxFormButtons leaves room for what stands below a form.
	maxFormButtons = maxButtons - 10
)

// formRows is the keyboard of a form on which nothing is chosen yet; none for
// a form that is typed.
func formRows(f *channels.Form) [][]tgbotapi.InlineKeyboardButton {
	if len(f.Fields) == 0 {
		return nil
	}
	first := f.Fields[0]
	options, state := len(first.Options), 0 // state: bytes when all is chosen
	buttons := options
	switch {
	case first.Kind == channels.ChoicesField:
		state = (options + 3) / 4
	case first.Kind == channels.ChoiceField && f.Ordered:
		state = options
	case first.Kind == channels.ChoiceField:
		state, buttons = len(f.Fields), len(f.Fields)*options
	default:
		return nil
	}
	if options > maxLetters || buttons > maxFormButtons || len(data(pairsMark, strings.Repeat("-", state), f.Value)) > maxData {
		return nil
	}
	switch {
	case first.Kind == channels.ChoicesField:
		return severalRows(options, 0, f.Value, f.Submit)
	case f.Ordered:
		return orderRows(options, "", f.Value, f.Submit)
	}
	return pairsRows(len(f.Fields), options, strings.Repeat("-", len(f.Fields)), f.Value, f.Submit)
}

// maxLetters is how many letters name the options of pairs.
const maxLetters = 26

func severalRows(options int, chosen uint64, value, submit string) [][]tgbotapi.InlineKeyboardButton {
	var row []tgbotapi.InlineKeyboardButton
	for i := range options {
		mark := "☐ "
		if chosen&(1<<i) != 0 {
			mark = "☑ "
		}
		row = append(row, tgbotapi.NewInlineKeyboardButtonData(mark+strconv.Itoa(i+1), data(severalMark, strconv.FormatUint(chosen^(1<<i), 16), value)))
	}
	return append(rowsOf(row, 5), submitRow(submit, strings.ToUpper(string(severalMark)), strconv.FormatUint(chosen, 16), value))
}

func orderRows(options int, sequence, value, submit string) [][]tgbotapi.InlineKeyboardButton {
	var row []tgbotapi.InlineKeyboardButton
	for i := range options {
		digit := digits[i : i+1]
		if at := strings.Index(sequence, digit); at >= 0 {
			row = append(row, tgbotapi.NewInlineKeyboardButtonData(fmt.Sprintf("%d → %d", i+1, at+1), data(orderMark, strings.Replace(sequence, digit, "", 1), value)))
			continue
		}
		row = append(row, tgbotapi.NewInlineKeyboardButtonData(strconv.Itoa(i+1), data(orderMark, sequence+digit, value)))
	}
	return append(rowsOf(row, 5), submitRow(progress(submit, len(sequence), options), strings.ToUpper(string(orderMark)), sequence, value))
}

func pairsRows(fields, options int, chosen, value, submit string) [][]tgbotapi.InlineKeyboardButton {
	var rows [][]tgbotapi.InlineKeyboardButton
	for f := range fields {
		var row []tgbotapi.InlineKeyboardButton
		for o := range options {
			mark := ""
			if chosen[f] == digits[o] {
				mark = "✓ "
			}
			next := chosen[:f] + digits[o:o+1] + chosen[f+1:]
			row = append(row, tgbotapi.NewInlineKeyboardButtonData(fmt.Sprintf("%s%d%c", mark, f+1, 'a'+o), data(pairsMark, next, value)))
		}
		rows = append(rows, rowsOf(row, maxRow)...)
	}
	submit = progress(submit, fields-strings.Count(chosen, "-"), fields)
	return append(rows, submitRow(submit, strings.ToUpper(string(pairsMark)), chosen, value))
}

// progress says on the button that submits a form how much is still missing;
// whoever presses it too early is told so by the bot.
func progress(submit string, done, of int) string {
	if done >= of {
		return submit
	}
	return fmt.Sprintf("%s (%d/%d)", submit, done, of)
}

// progressed is what progress added.
var progressed = regexp.MustCompile(` \(\d+/\d+\)$`)

func data(kind rune, state, value string) string {
	return formSign + string(kind) + state + formSign + value
}

func submitRow(label, kind, state, value string) []tgbotapi.InlineKeyboardButton {
	return []tgbotapi.InlineKeyboardButton{tgbotapi.NewInlineKeyboardButtonData(markup.Short(label, maxLabel), formSign+kind+state+formSign+value)}
}

func rowsOf(buttons []tgbotapi.InlineKeyboardButton, n int) [][]tgbotapi.InlineKeyboardButton {
	var rows [][]tgbotapi.InlineKeyboardButton
	for len(buttons) > n {
		rows, buttons = append(rows, buttons[:n]), buttons[n:]
	}
	return append(rows, buttons)
}

// form makes an Event of a press that belongs to a form: complete when it
// submits one or has nothing to do with a form. Otherwise the keyboard grows in
// place, and nobody else need know.
func (a *Adapter) form(ctx context.Context, t taken) (e channels.Event, complete bool) {
	e = t.event
	rest, isForm := strings.CutPrefix(e.Value, formSign)
	if !isForm {
		return e, true
	}
	state, value, ok := strings.Cut(rest, formSign)
	if !ok || state == "" || strings.Trim(state[1:], digits+"-") != "" {
		e.Value = ""
		return e, true // not one of ours: the bot says where we are
	}
	e.Value = value
	kind, chosen := rune(state[0]), state[1:]
	if kind >= 'A' && kind <= 'Z' {
		e.Kind, e.Fields = channels.Formed, fields(kind, chosen)
		return e, true
	}
	if t.query.Message.ReplyMarkup != nil {
		a.grow(ctx, t, kind, chosen, value)
	}
	return e, false
}

// fields are the values of a form that is submitted, under the names that
// channels.Form fixes: a button has no room for them.
func fields(kind rune, chosen string) map[string][]string {
	all := make(map[string][]string)
	switch kind {
	case 'M':
		bits, err := strconv.ParseUint(chosen, 16, 64)
		for i := 0; err == nil && i < 64; i++ {
			if bits&(1<<i) != 0 {
				all["choices"] = append(all["choices"], strconv.Itoa(i))
			}
		}
	case 'O', 'P':
		name := map[rune]string{'O': "place", 'P': "pair"}[kind]
		for i, digit := range chosen {
			if option := strings.IndexRune(digits, digit); option >= 0 {
				all[fmt.Sprint(name, i)] = []string{strconv.Itoa(option)}
			}
		}
	}
	return all
}

// grow shows the keyboard with one more thing chosen. The rows that do not
// belong to the form stay as they are. What is chosen and how many buttons
// there are was sent to us, and is taken for ours only as far as it fits.
func (a *Adapter) grow(ctx context.Context, t taken, kind rune, chosen, value string) {
	var others [][]tgbotapi.InlineKeyboardButton
	buttons, submit := 0, ""
	for _, row := range t.query.Message.ReplyMarkup.InlineKeyboard {
		mine := false
		for _, b := range row {
			if b.CallbackData == nil || len(*b.CallbackData) < 2 || !strings.HasPrefix(*b.CallbackData, formSign) {
				continue
			}
			mine = true
			if sign := (*b.CallbackData)[1]; sign >= 'A' && sign <= 'Z' {
				submit = progressed.ReplaceAllString(b.Text, "")
			} else {
				buttons++
			}
		}
		if !mine {
			others = append(others, row)
		}
	}
	if buttons > maxFormButtons {
		return
	}
	var grown [][]tgbotapi.InlineKeyboardButton
	switch kind {
	case severalMark:
		bits, err := strconv.ParseUint(chosen, 16, 64)
		if err != nil || buttons > maxLetters {
			return
		}
		grown = severalRows(buttons, bits, value, submit)
	case orderMark:
		if buttons > maxLetters || len(chosen) > buttons {
			return
		}
		grown = orderRows(buttons, chosen, value, submit)
	case pairsMark:
		if len(chosen) == 0 || buttons%len(chosen) != 0 || buttons/len(chosen) > maxLetters {
			return
		}
		grown = pairsRows(len(chosen), buttons/len(chosen), chosen, value, submit)
	default:
		return
	}
	conversation := t.event.Conversation
	err := a.hush(conversation)
	if err == nil {
		a.seal(conversation, grown)
		markup := tgbotapi.InlineKeyboardMarkup{InlineKeyboard: append(grown, others...)}
		a.options.Spend(conversation)
		err = a.editMarkup(ctx, conversation, t.event.Message, &markup)
		a.heed(conversation, err)
	}
	if err != nil && !says(err, "not modified") {
		a.options.Log.Info("telegram: keyboard did not grow, the next press lets it", "error", err)
	}
}
