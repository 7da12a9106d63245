package telegramtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The limits of https://core.telegram.org/bots/api, as last read.
const (
	maxText     = 4096 // UTF-16 units, after entities are parsed
	maxData     = 64   // bytes
	maxButtons  = 100
	maxRow      = 8
	maxCommands = 100
	maxMenuText = 256
)

func content(r *http.Request) (text string, buttons [][]Button, problem string) {
	text = r.Form.Get("text")
	if r.Form.Get("parse_mode") == "HTML" {
		if text, problem = parsed(text); problem != "" {
			return "", nil, problem
		}
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", nil, "Bad Request: message text is empty"
	}
	if problem = fits(text, maxText, "message is too long"); problem != "" {
		return "", nil, problem
	}
	buttons, problem = keyboard(r)
	return text, buttons, problem
}

// fits counts as Telegram does, in UTF-16 units.
func fits(text string, most int, problem string) string {
	switch {
	case !utf8.ValidString(text):
		return "Bad Request: strings must be encoded in UTF-8"
	case len(utf16.Encode([]rune(text))) > most:
		return "Bad Request: " + problem
	}
	return ""
}

func keyboard(r *http.Request) (buttons [][]Button, problem string) {
	markup := r.Form.Get("reply_markup")
	if markup == "" {
		return nil, ""
	}
	var keyboard struct {
		Rows [][]Button `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &keyboard); err != nil {
		return nil, "Bad Request: can't parse reply keyboard markup JSON object"
	}
	n := 0
	for _, row := range keyboard.Rows {
		if n += len(row); len(row) == 0 || len(row) > maxRow || n > maxButtons {
			return nil, "Bad Request: reply markup has a row of no or too many buttons"
		}
		for _, b := range row {
			if problem := button(b); problem != "" {
				return nil, problem
			}
		}
	}
	return keyboard.Rows, ""
}

func button(b Button) string {
	switch {
	case strings.TrimSpace(b.Text) == "":
		return "Bad Request: can't parse inline keyboard button: text must be non-empty"
	case !utf8.ValidString(b.Text + b.Data):
		return "Bad Request: strings must be encoded in UTF-8"
	case b.Data != "" && b.URL != "":
		return "Bad Request: can't parse inline keyboard button: exactly one action"
	case b.URL == "" && (b.Data == "" || len(b.Data) > maxData):
		return "Bad Request: BUTTON_DATA_INVALID"
	case b.URL != "":
		if u, err := url.Parse(b.URL); err != nil || !strings.Contains(u.Hostname(), ".") {
			return "Bad Request: BUTTON_URL_INVALID"
		}
	}
	return ""
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func menu(r *http.Request) ([]Command, string) {
	var commands []Command
	if err := json.Unmarshal([]byte(r.Form.Get("commands")), &commands); err != nil {
		return nil, "Bad Request: can't parse commands"
	}
	if lang := r.Form.Get("language_code"); lang != "" && len(lang) != 2 {
		return nil, "Bad Request: invalid language code specified"
	}
	if len(commands) == 0 || len(commands) > maxCommands {
		return nil, "Bad Request: BOT_COMMANDS_TOO_MUCH"
	}
	for _, c := range commands {
		if !commandName.MatchString(c.Command) {
			return nil, "Bad Request: BOT_COMMAND_INVALID"
		}
		if c.Description == "" {
			return nil, "Bad Request: command description must be non-empty"
		}
		if problem := fits(c.Description, maxMenuText, "BOT_COMMAND_DESCRIPTION_INVALID"); problem != "" {
			return nil, problem
		}
	}
	return commands, ""
}
