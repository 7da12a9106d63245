package slack

import "encoding/json"

// The shapes of what Slack sends, as far as we read it: a field that is not
// here may be of any kind. The library's own types read all of it, and refuse
// the whole where one block is of a kind that came later.

// callback is what the Events API wraps an event in.
// https://docs.slack.dev/apis/events-api/#callback-field
type callback struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	TeamID         string          `json:"team_id"`
	EventID        string          `json:"event_id"`
	EventTime      int64           `json:"event_time"`
	Event          json.RawMessage `json:"event"`
	Authorizations []struct {
		EnterpriseID string `json:"enterprise_id"`
		TeamID       string `json:"team_id"`
		Organisation bool   `json:"is_enterprise_install"`
	} `json:"authorizations"`
}

// inner is an event of one of the kinds that the manifest asks for.
type inner struct {
	Type        string            `json:"type"`
	Subtype     string            `json:"subtype"`
	Channel     string            `json:"channel"`
	ChannelType string            `json:"channel_type"`
	User        string            `json:"user"`
	BotID       string            `json:"bot_id"`
	Text        string            `json:"text"`
	TS          string            `json:"ts"`
	EventTS     string            `json:"event_ts"`
	Tab         string            `json:"tab"`
	Files       []json.RawMessage `json:"files"`
	Message     *inner            `json:"message"`          // message_changed: as it is now
	Previous    *inner            `json:"previous_message"` // as it was
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// interaction is a press, a shortcut or a window that was submitted.
// https://docs.slack.dev/reference/interaction-payloads/
type interaction struct {
	Type         string     `json:"type"`
	CallbackID   string     `json:"callback_id"`
	TriggerID    string     `json:"trigger_id"`
	ActionTS     string     `json:"action_ts"`
	ResponseURL  string     `json:"response_url"`
	Team         named      `json:"team"`
	Enterprise   named      `json:"enterprise"`
	Organisation bool       `json:"is_enterprise_install"`
	User         person     `json:"user"`
	Channel      named      `json:"channel"`
	Container    container  `json:"container"`
	Actions      []action   `json:"actions"`
	State        state      `json:"state"`
	View         view       `json:"view"`
	Message      oldMessage `json:"message"`
}

type named struct {
	ID string `json:"id"`
}

type person struct {
	ID     string `json:"id"`
	TeamID string `json:"team_id"`
}

type container struct {
	Type      string `json:"type"`
	ChannelID string `json:"channel_id"`
	MessageTS string `json:"message_ts"`
	ViewID    string `json:"view_id"`
}

// action is an element that was used, or what one holds at that moment.
type action struct {
	Type            string   `json:"type"`
	ActionID        string   `json:"action_id"`
	BlockID         string   `json:"block_id"`
	ActionTS        string   `json:"action_ts"`
	Value           string   `json:"value"`
	SelectedTime    string   `json:"selected_time"`
	SelectedOption  *option  `json:"selected_option"`
	SelectedOptions []option `json:"selected_options"`
}

type option struct {
	Value string `json:"value"`
}

// state is what the elements of a surface hold, by block and action_id.
type state struct {
	Values map[string]map[string]action `json:"values"`
}

type view struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Hash     string `json:"hash"`
	Callback string `json:"callback_id"`
	Metadata string `json:"private_metadata"`
	State    state  `json:"state"`
}

// oldMessage is the message that was pressed.
type oldMessage struct {
	TS     string          `json:"ts"`
	Text   string          `json:"text"`
	Blocks json.RawMessage `json:"blocks"`
}

// command is a slash command: a form by HTTP, an object over Socket Mode, with
// the same names.
// https://docs.slack.dev/interactivity/implementing-slash-commands/
type command struct {
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	Organisation any    `json:"is_enterprise_install"` // "true" or true
	ChannelID    string `json:"channel_id"`
	UserID       string `json:"user_id"`
	Command      string `json:"command"`
	Text         string `json:"text"`
	TriggerID    string `json:"trigger_id"`
	Check        string `json:"ssl_check"`
}
