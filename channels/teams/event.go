package teams

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"regexp"
	"strconv"
	"strings"

	"praline/channels"
)

// event turns an activity of a personal conversation into an Event; false where
// it is not for us: a reaction is no answer, and a message that is taken back
// was read.
//
// Who installs the app causes two activities and would be greeted twice:
// installationUpdate, which comes at each installation by whomever, and
// conversationUpdate, which comes at the first alone. The former is taken.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
func event(in activity, service string) (channels.Event, bool) {
	e := channels.Event{
		Channel: Name, Conversation: in.Conversation.ID + " " + service, User: in.From.AAD, Name: in.From.Name,
		At: in.Timestamp.Time, Languages: in.languages(), Zone: in.zone(), ID: in.digest(),
	}
	if e.User == "" {
		e.User = in.From.ID
	}
	if e.User == "" || in.From.ID == in.Recipient.ID {
		return e, false
	}
	switch in.Type {
	case "message":
		if strings.TrimSpace(in.Text) == "" && len(fields(in.Value)) > 0 {
			return press(e, in.ReplyTo, in.Value)
		}
		return written(e, in)
	case "messageUpdate":
		e, ok := written(e, in)
		e.Kind = channels.Edited
		return e, ok && e.Text != "" && (in.ChannelData.Event == "" || in.ChannelData.Event == "editMessage")
	case "invoke":
		if in.Name != cardAction {
			return e, false
		}
		var value struct {
			Action struct {
				Data json.RawMessage `json:"data"`
			} `json:"action"`
		}
		_ = json.Unmarshal(in.Value, &value) // what cannot be read was not pressed
		return press(e, in.ReplyTo, value.Action.Data)
	case "installationUpdate":
		kind, ok := map[string]channels.Kind{"add": channels.Came, "remove": channels.Left}[in.Action]
		e.Kind = kind
		return e, ok // else the app was brought up to date
	}
	return e, false
}

// cardAction is the name of an invoke by Action.Execute.
const cardAction = "adaptiveCard/action"

// written is a message that somebody typed.
func written(e channels.Event, in activity) (channels.Event, bool) {
	e.Kind, e.Text = channels.Said, in.typed()
	if strings.TrimSpace(e.Text) == "" {
		e.Kind, e.Text = channels.Sent, ""
	}
	return e, true
}

// What a card of ours carries in the data of a button. Inputs are merged into
// it under their own names.
const (
	dataValue   = "v"    // a choice's value
	dataForm    = "form" // a form's
	dataMessage = "m"    // the ID of our message
	dataSeveral = "s"    // the names of the fields of which several may be chosen
	inputChoice = "answer"
)

// press is a press of ours: of a choice, of the answer that was chosen in a
// list, or of a form.
func press(e channels.Event, message string, raw json.RawMessage) (channels.Event, bool) {
	data := fields(raw)
	e.Message = message
	one := func(name string) string {
		if values := data[name]; len(values) > 0 {
			return values[0]
		}
		return ""
	}
	switch {
	case one(dataValue) != "":
		e.Kind, e.Value = channels.Pressed, one(dataValue)
	case one(dataForm) != "":
		e.Kind, e.Value = channels.Formed, one(dataForm)
		for name := range strings.FieldsSeq(one(dataSeveral)) {
			if chosen := one(name); chosen != "" {
				data[name] = strings.Split(chosen, ",") // "0,3"
			}
		}
		for _, ours := range []string{dataForm, dataMessage, dataSeveral} {
			delete(data, ours)
		}
		e.Fields = data
	case one(inputChoice) != "":
		e.Kind, e.Value = channels.Pressed, one(inputChoice)
	default:
		return e, false
	}
	return e, true
}

// fields are the values of an object by their names; what is empty, or no
// single value, is left out.
func fields(raw json.RawMessage) map[string][]string {
	var values map[string]any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&values) != nil {
		return nil
	}
	all := make(map[string][]string, len(values))
	for name, value := range values {
		switch value := value.(type) {
		case string:
			if value != "" {
				all[name] = []string{value}
			}
		case json.Number:
			all[name] = []string{value.String()}
		case bool:
			all[name] = []string{strconv.FormatBool(value)}
		}
	}
	return all
}

// pressedMessage is the ID of the message of ours on which something was pressed.
func pressedMessage(in activity) string {
	var value struct {
		Action struct {
			Data struct {
				Message string `json:"m"`
			} `json:"data"`
		} `json:"action"`
	}
	_ = json.Unmarshal(in.Value, &value)
	return value.Action.Data.Message
}

// digest makes an event's id of what stays the same when it comes again. An
// activity's id is unique in its conversation; a change of a message has the
// message's own.
func (in activity) digest() string {
	parts := []string{in.Conversation.ID, in.Type, in.ID}
	if in.Type == "messageUpdate" || in.ID == "" {
		parts = append(parts, in.Timestamp.String(), in.Text, string(in.Value))
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "tms-" + base64.RawURLEncoding.EncodeToString(sum[:15])
}

// languages are hints, best first: what the client shows, then its settings.
func (in activity) languages() []string {
	var all []string
	add := func(locale string) {
		if locale != "" && (len(all) == 0 || all[0] != locale) {
			all = append(all, locale)
		}
	}
	add(in.Locale)
	for _, e := range in.Entities {
		add(e.Locale)
	}
	return all
}

// zone is a hint of the time zone. A client that does not know says UTC, in
// which nobody lives.
func (in activity) zone() string {
	zones := []string{in.Timezone}
	for _, e := range in.Entities {
		zones = append(zones, e.Timezone)
	}
	for _, zone := range zones {
		if zoneName.MatchString(zone) && !strings.HasPrefix(zone, "Etc/") {
			return zone
		}
	}
	return ""
}

// zoneName is a zone as IANA writes them.
var zoneName = regexp.MustCompile(`^[A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}$`)

// typed is the text as it was typed: without mentions of the bot, and plain
// where the client wrote HTML.
func (in activity) typed() string {
	text := in.Text
	for _, e := range in.Entities {
		if e.Type == "mention" && e.Text != "" && e.Mentioned.ID == in.Recipient.ID {
			text = strings.ReplaceAll(text, e.Text, "")
		}
	}
	if in.Format != "xml" {
		return text
	}
	text = lineEnd.ReplaceAllString(text, "\n")
	return html.UnescapeString(anyTag.ReplaceAllString(text, ""))
}

var (
	lineEnd = regexp.MustCompile(`(?i)<br\s*/?>|</(p|div|li)>`)
	anyTag  = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
)
