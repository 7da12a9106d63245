package slacktest

import (
	"encoding/json"
	"strings"
)

// Command types a slash command in the direct message ("/praline leçon").
func (p *Person) Command(line string) { p.CommandIn(p.Channel, line) }

// CommandIn types a slash command in some channel.
func (p *Person) CommandIn(channel, line string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	command, text, _ := strings.Cut(line, " ")
	name := "directmessage"
	if channel != p.Channel {
		name = "general"
	}
	p.server.deliver(&delivery{kind: slashCommands, key: p.key(), answered: p.commandAnswered, payload: object{
		"token": "stand-in", "team_id": p.workspace.ID, "team_domain": p.workspace.Domain, "channel_id": channel, "channel_name": name,
		"user_id": p.ID, "user_name": strings.ToLower(p.ID), "command": command, "text": strings.TrimSpace(text), "api_app_id": AppID,
		"is_enterprise_install": "false", "response_url": p.hook(nil), "trigger_id": p.trigger(),
	}})
}

// commandAnswered shows what an acknowledgement of a command says.
func (p *Person) commandAnswered(body []byte) {
	if len(strings.TrimSpace(string(body))) == 0 {
		return
	}
	in := object{}
	if json.Unmarshal(body, &in) != nil {
		in = object{"text": string(body)}
	}
	p.hooked("the answer to a command", in)
}

// Shortcut uses a global shortcut.
func (p *Person) Shortcut(callbackID string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	payload := p.interaction("shortcut")
	payload["callback_id"] = callbackID
	payload["action_ts"] = p.server.stamp()
	p.interact(payload, nil)
}

// MessageShortcut uses a shortcut on the newest message.
func (p *Person) MessageShortcut(callbackID string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	payload := p.interaction("message_action")
	payload["callback_id"] = callbackID
	payload["action_ts"] = p.server.stamp()
	payload["channel"] = object{"id": p.Channel, "name": "directmessage"}
	payload["response_url"] = p.hook(nil)
	if n := len(p.messages); n > 0 {
		payload["message"], payload["message_ts"] = p.sent(p.messages[n-1]), p.messages[n-1].TS
	}
	p.interact(payload, nil)
}

// interaction is what all of them say.
func (p *Person) interaction(kind string) object {
	return object{
		"type": kind, "token": "stand-in", "api_app_id": AppID, "trigger_id": p.trigger(), "enterprise": nil, "is_enterprise_install": false,
		"team": object{"id": p.workspace.ID, "domain": p.workspace.Domain},
		"user": object{"id": p.ID, "username": strings.ToLower(p.ID), "name": strings.ToLower(p.ID), "team_id": p.workspace.ID},
	}
}

func (p *Person) interact(payload object, answered func([]byte)) {
	p.server.deliver(&delivery{kind: interactive, key: p.key(), payload: payload, answered: answered})
}
