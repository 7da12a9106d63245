package slack

import (
	"slices"
	"strings"

	"praline/channels"
)

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
