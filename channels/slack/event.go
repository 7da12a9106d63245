package slack

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"praline/channels"
)

// came is something that Slack told us, before anything was asked or done.
type came struct {
	what      what
	workspace string
	user      string
	// event is what the bot is told; its Conversation is "" where the direct
	// message must be asked for first.
	event    channels.Event
	channel  string    // where it was done, where that is known
	at       time.Time // when Slack says it was
	trigger  string    // opens a window
	respond  string    // response_url
	form     opening   // opens: the form of the window
	original oldMessage
	command  bool // a slash command, which may be answered in its acknowledgement
}

// what is to be done with what came.
type what int

const (
	nothing    what = iota // not for us
	hand                   // brought to the bot
	greets                 // opened the conversation: brought where nobody was met there
	opensHome              // opened Home
	opens                  // wants the window of a form
	leaves                 // the workspace took the app away
	challenged             // Slack asks whether we are there
)

// Workspace: who installed the app, which is a whole organisation where it says so.
func workspace(team, enterprise string, organisation bool) string {
	if organisation && enterprise != "" {
		return enterprise
	}
	return team
}

// told reads an event of the Events API.
func told(c callback, e inner) came {
	got := came{workspace: c.TeamID, user: e.User, channel: e.Channel, at: moment(e.EventTS, c.EventTime)}
	if len(c.Authorizations) > 0 {
		first := c.Authorizations[0]
		team := first.TeamID
		if team == "" {
			team = c.TeamID
		}
		got.workspace = workspace(team, first.EnterpriseID, first.Organisation)
	}
	if got.workspace == "" {
		return got
	}
	switch e.Type {
	case "app_uninstalled":
		got.what = leaves
	case "tokens_revoked":
		if len(e.Tokens.Bot) > 0 {
			got.what = leaves
		}
	case "app_home_opened":
		got.opened(e)
	case "message":
		got.message(e)
	}
	if got.what == leaves {
		got.at = time.Unix(c.EventTime, 0)
	}
	got.complete(c.EventID, got.workspace+"/"+e.Channel)
	return got
}

func (got *came) opened(e inner) {
	switch {
	case e.User == "" || !strings.HasPrefix(e.Channel, "D"):
	case e.Tab == "home":
		got.what = opensHome
	default: // "messages"; before there were tabs, none
		got.what = greets
		got.event.Kind = channels.Came
	}
}

// message is something written in the conversation with the bot.
func (got *came) message(e inner) {
	if e.ChannelType != "im" || e.BotID != "" {
		return
	}
	got.event.At = moment(e.TS, 0)
	switch e.Subtype {
	case "", "me_message", "thread_broadcast", "file_share":
		got.event.Kind, got.event.Text = channels.Said, plain(e.Text)
		if len(e.Files) > 0 || strings.TrimSpace(got.event.Text) == "" {
			got.event.Kind, got.event.Text = channels.Sent, ""
		}
	case "message_changed":
		now, was := e.Message, e.Previous
		if now == nil || now.BotID != "" || now.Subtype != "" || was != nil && was.Text == now.Text { // a link unfolded
			return
		}
		got.user = now.User
		got.event.Kind, got.event.Text, got.event.At = channels.Edited, plain(now.Text), got.at
	default: // Slack's own notes, and what bots write
		return
	}
	if got.user != "" && got.user != "USLACKBOT" {
		got.what = hand
	}
}

// complete says from where an event is.
func (got *came) complete(id, conversation string) {
	if got.what == nothing {
		return
	}
	got.event.Channel, got.event.User, got.event.ID = Name, got.user, id
	got.event.Conversation = conversation
}

// commanded reads a slash command.
func commanded(c command, help string) came {
	organisation := c.Organisation == true || c.Organisation == "true"
	got := came{workspace: workspace(c.TeamID, c.EnterpriseID, organisation), user: c.UserID, channel: c.ChannelID, command: true}
	if got.workspace == "" || got.user == "" {
		return got
	}
	got.what = hand
	got.event.Kind, got.event.Text = channels.Said, strings.TrimSpace(plain(c.Text))
	if got.event.Text == "" {
		got.event.Text = help
	}
	got.complete(digest("command", got.workspace, got.user, c.TriggerID), "")
	return got
}

// The callback_ids of the shortcuts: of the whole app, and in a message's menu.
const (
	ShortcutLesson        = "praline_lesson"
	ShortcutLessonMessage = "praline_lesson_message"
)

// interacted reads an interaction; lesson is the word that a shortcut says.
func interacted(i interaction, lesson string) came {
	team := i.Team.ID
	if team == "" {
		team = i.User.TeamID
	}
	got := came{
		workspace: workspace(team, i.Enterprise.ID, i.Organisation), user: i.User.ID, trigger: i.TriggerID, respond: i.ResponseURL,
		channel: i.Channel.ID, original: i.Message,
	}
	if got.channel == "" {
		got.channel = i.Container.ChannelID
	}
	if got.workspace == "" || got.user == "" {
		return got
	}
	switch i.Type {
	case "block_actions":
		got.pressed(i)
	case "view_submission":
		got.submitted(i)
	case "shortcut", "message_action":
		if i.CallbackID == ShortcutLesson || i.CallbackID == ShortcutLessonMessage {
			got.what, got.event.Kind, got.event.Text = hand, channels.Said, lesson
			got.complete(digest(i.Type, got.workspace, got.user, i.TriggerID, i.ActionTS), "")
		}
	}
	return got
}

// pressed reads the use of an element: a choice of ours, the submit of a form,
// or what opens a window. Ticking a box or choosing in a menu is not told to
// anybody: what they hold comes with the submit.
func (got *came) pressed(i interaction) {
	if len(i.Actions) == 0 || i.Actions[0].Type != "button" {
		return
	}
	pressed := i.Actions[0]
	conversation := got.place(i)
	if conversation == "" {
		return
	}
	kind, _, _ := strings.Cut(pressed.ActionID, ".")
	switch kind {
	case pressAction:
		got.what, got.event.Kind, got.event.Value = hand, channels.Pressed, pressed.Value
	case submitAction:
		got.what, got.event.Kind, got.event.Value = hand, channels.Formed, pressed.Value
		got.event.Fields = filled(i.State, i.View.State)
	case openAction:
		form, ok := readOpening(pressed.Value)
		if !ok {
			return
		}
		got.what, got.form = opens, form
		got.form.Conversation, got.form.Message = conversation, i.Container.MessageTS
	default: // a link
		return
	}
	got.event.Message = i.Container.MessageTS
	got.complete(digest("press", got.workspace, got.user, i.Container.MessageTS, i.Container.ViewID, pressed.ActionID, pressed.ActionTS, pressed.Value), conversation)
}

// place is the conversation in which something was pressed: the direct
// message, or the one that Home belongs to. A message of ours that was carried
// elsewhere is nowhere.
func (got *came) place(i interaction) string {
	switch {
	case strings.HasPrefix(got.channel, "D"):
		return got.workspace + "/" + got.channel
	case i.View.Type == "home" && strings.HasPrefix(i.View.Metadata, got.workspace+"/D"):
		return i.View.Metadata
	}
	return ""
}

// submitted reads a window that was filled in.
func (got *came) submitted(i interaction) {
	form, ok := readOpening(i.View.Metadata)
	if !ok || i.View.Callback != modalCallback || !strings.HasPrefix(form.Conversation, got.workspace+"/D") {
		return
	}
	got.what, got.event.Kind, got.event.Value = hand, channels.Formed, form.Value
	got.event.Fields, got.event.Message = filled(i.View.State), form.Message
	got.complete(digest("view", got.workspace, got.user, i.View.ID, i.View.Hash), form.Conversation)
}

// filled is what the fields of a form hold, by their names; the values of one
// that is spread over several elements in the order in which these stand.
func filled(states ...state) map[string][]string {
	type held struct {
		name  string
		place int
		action
	}
	var elements []held
	for _, s := range states {
		for _, block := range s.Values {
			for id, element := range block {
				if name, place, ok := fieldOf(id); ok {
					elements = append(elements, held{name, place, element})
				}
			}
		}
	}
	slices.SortFunc(elements, func(a, b held) int { return a.place - b.place })
	all := make(map[string][]string)
	for _, e := range elements {
		var values []string
		if e.SelectedOption != nil {
			values = append(values, e.SelectedOption.Value)
		}
		for _, o := range e.SelectedOptions {
			values = append(values, o.Value)
		}
		for _, typed := range []string{e.SelectedTime, e.Value} {
			if typed != "" {
				values = append(values, typed)
			}
		}
		if len(values) > 0 {
			all[e.name] = append(all[e.name], values...)
		}
	}
	return all
}

// digest makes an event's id of what stays the same when it comes again, by
// HTTP or over a socket.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "slk-" + base64.RawURLEncoding.EncodeToString(sum[:15])
}

// moment reads "1355517523.000005"; where there is none, seconds.
func moment(stamp string, seconds int64) time.Time {
	whole, micros, _ := strings.Cut(stamp, ".")
	s, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || len(whole) > 11 { // some events' stamps have no point
		if seconds == 0 {
			return time.Time{}
		}
		return time.Unix(seconds, 0).UTC()
	}
	us, _ := strconv.ParseInt((micros + "000000")[:6], 10, 64)
	return time.Unix(s, us*1000).UTC()
}

// marked is what Slack writes for a link, a person, a channel.
// https://docs.slack.dev/messaging/formatting-message-text/#retrieving-messages
var marked = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// plain is a text as it was typed.
func plain(text string) string {
	text = marked.ReplaceAllStringFunc(text, func(token string) string {
		m := marked.FindStringSubmatch(token)
		target, label := m[1], m[2]
		switch {
		case strings.HasPrefix(target, "@"):
			if label != "" {
				return "@" + strings.TrimPrefix(label, "@")
			}
			return target
		case strings.HasPrefix(target, "#"):
			if label != "" {
				return "#" + strings.TrimPrefix(label, "#")
			}
			return target
		case strings.HasPrefix(target, "!"):
			if label != "" {
				return label
			}
			return "@" + target[1:]
		case label != "":
			return label
		}
		return strings.TrimPrefix(target, "mailto:")
	})
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}
