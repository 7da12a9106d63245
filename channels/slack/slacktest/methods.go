package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of https://docs.slack.dev/reference/methods/chat.postMessage and
// chat.update, as read on 2026-11-25.
const (
	maxText        = 40000
	advisedText    = 4000
	maxBlocks      = 50
	maxViewBlocks  = 100
	maxBlocksChars = 12000 // not documented: Slack refuses from about 13,200
)

// call is one call of a method.
type call struct {
	server  *Server
	method  string
	in      object
	request *http.Request
	team    *Workspace
}

// method is how a method is admitted and done.
type method struct {
	scope string
	app   bool // by the app's token
	open  bool // without a token
	do    func(*call) object
}

var methods map[string]method

func init() {
	methods = map[string]method{
		"api.test":                     {open: true, do: func(*call) object { return object{} }},
		"apps.connections.open":        {app: true, do: (*call).connectionsOpen},
		"auth.test":                    {do: (*call).authTest},
		"auth.revoke":                  {do: (*call).revoke},
		"chat.delete":                  {scope: "chat:write", do: (*call).deleteMessage},
		"chat.postEphemeral":           {scope: "chat:write", do: (*call).postEphemeral},
		"chat.postMessage":             {scope: "chat:write", do: (*call).postMessage},
		"chat.update":                  {scope: "chat:write", do: (*call).update},
		"conversations.info":           {scope: "im:read", do: (*call).conversationInfo},
		"conversations.open":           {scope: "im:write", do: (*call).open},
		"files.completeUploadExternal": {scope: "files:write", do: (*call).completeUpload},
		"files.getUploadURLExternal":   {scope: "files:write", do: (*call).uploadURL},
		"oauth.v2.access":              {open: true, do: (*call).access},
		"team.info":                    {scope: "team:read", do: (*call).teamInfo},
		"users.info":                   {scope: "users:read", do: (*call).userInfo},
		"views.open":                   {do: (*call).viewsOpen},
		"views.publish":                {do: (*call).viewsPublish},
		"views.push":                   {do: (*call).viewsPush},
		"views.update":                 {do: (*call).viewsUpdate},
	}
}

func (c *call) token() string {
	if token, ok := strings.CutPrefix(c.request.Header.Get("Authorization"), "Bearer "); ok {
		return token
	}
	return c.text("token")
}

func (c *call) header() map[string]string {
	header := map[string]string{}
	if c.team != nil {
		header["X-OAuth-Scopes"] = strings.Join(c.team.scopes, ",")
		header["X-Accepted-OAuth-Scopes"] = methods[c.method].scope
	}
	return header
}

// text is an argument, "" if there is none.
func (c *call) text(name string) string {
	switch v := c.in[name].(type) {
	case string:
		return v
	case nil:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

// value is an argument that is JSON, in a body of either kind.
func (c *call) value(name string) (any, bool) {
	v, ok := c.in[name]
	if s, isText := v.(string); ok && isText {
		if s == "" {
			return nil, false
		}
		return decoded(s)
	}
	return v, ok
}

func decoded(s string) (v any, ok bool) {
	return v, json.Unmarshal([]byte(s), &v) == nil
}

// violate refuses what Slack would refuse, and remembers it.
func (c *call) violate(code string, details ...string) object {
	c.server.violate(strings.TrimSpace(c.method + ": " + code + " " + strings.Join(details, " ")))
	out := refusal(code)
	if len(details) > 0 {
		var messages []string
		for _, d := range details {
			messages = append(messages, "[ERROR] "+d)
		}
		out["response_metadata"] = object{"messages": messages}
		if code == "invalid_blocks" {
			out["errors"] = details
		}
	}
	return out
}

// unwise remembers what Slack would take to a person's harm.
func (c *call) unwise(what []string) {
	for _, w := range what {
		c.server.violate(c.method + ": " + w)
	}
}

func (c *call) authTest() object {
	w := c.team
	return object{"url": "https://" + w.Domain + ".slack.com/", "team": w.Name, "user": "praline", "team_id": w.ID, "user_id": w.Bot, "bot_id": w.botID(), "is_enterprise_install": false}
}

func (w *Workspace) botID() string { return "B0" + w.ID }

func (c *call) revoke() object {
	if c.text("test") == "1" || c.text("test") == "true" {
		return object{"revoked": false}
	}
	c.team.ended = "token_revoked"
	return object{"revoked": true}
}

func (c *call) teamInfo() object {
	return object{"team": object{"id": c.team.ID, "name": c.team.Name, "domain": c.team.Domain}}
}

func (c *call) userInfo() object {
	p := c.team.people[c.text("user")]
	if p == nil {
		return refusal("user_not_found")
	}
	return object{"user": p.profile(c.text("include_locale") == "true" || c.text("include_locale") == "1")}
}

func (c *call) open() object {
	users := strings.Split(c.text("users"), ",")
	if channel := c.text("channel"); channel != "" {
		if c.team.inChannel(channel) == nil {
			return refusal("channel_not_found")
		}
		return object{"channel": object{"id": channel}}
	}
	if len(users) != 1 || users[0] == "" {
		return c.violate("users_list_not_supplied")
	}
	p := c.team.people[users[0]]
	switch {
	case p == nil:
		return refusal("user_not_found")
	case p.deleted:
		return refusal("user_disabled")
	case p.openAnswer != "":
		return refusal(p.openAnswer)
	}
	return object{"no_op": p.opened(), "already_open": p.opened(), "channel": object{"id": p.Channel}}
}

func (c *call) conversationInfo() object {
	p := c.team.inChannel(c.text("channel"))
	if p == nil {
		return refusal("channel_not_found")
	}
	return object{"channel": object{"id": p.Channel, "is_im": true, "user": p.ID, "is_user_deleted": p.deleted}}
}

// addressee is whom a message goes to; a user's id will do as a channel.
func (c *call) addressee() (*Person, object) {
	channel := c.text("channel")
	p := c.team.inChannel(channel)
	if p == nil && c.method == "chat.postMessage" {
		p = c.team.people[channel]
	}
	if answer, ok := c.team.channels[channel]; p == nil && ok && answer != "" {
		return nil, refusal(answer)
	}
	if p == nil {
		return nil, refusal("channel_not_found")
	}
	if p.answer != "" {
		return nil, refusal(p.answer)
	}
	return p, nil
}

// content reads text and blocks of a message, or says what is wrong.
func (c *call) content() (text string, blocks []object, out object) {
	text = c.text("text")
	size := utf8.RuneCountInString(text)
	var check checker
	if raw, ok := c.in["blocks"]; ok && raw != "" {
		v, good := c.value("blocks")
		if !good {
			return "", nil, c.violate("invalid_blocks_format")
		}
		check = checker{surface: "message", server: c.server}
		blocks = check.blocks("/blocks", v, maxBlocks)
	}
	_, _, problems := Read(text)
	check.unwise = append(check.unwise, problems...)
	switch {
	case len(check.wrong) > 0:
		return "", nil, c.violate("invalid_blocks", check.wrong...)
	case check.size > maxBlocksChars:
		return "", nil, c.violate("msg_blocks_too_long")
	case len(blocks) == 0 && strings.TrimSpace(text) == "":
		return "", nil, c.violate("no_text")
	case size > maxText, size > advisedText && c.method == "chat.update":
		return "", nil, c.violate("msg_too_long")
	case size > advisedText:
		check.unwise = append(check.unwise, fmt.Sprintf("a text of %d characters: Slack advises at most %d", size, advisedText))
	case !utf8.ValidString(text):
		return "", nil, c.violate("invalid_utf8")
	case len(blocks) > 0 && strings.TrimSpace(text) == "":
		check.unwise = append(check.unwise, "blocks without a text: nothing to read for notifications and screen readers")
	}
	c.unwise(check.unwise)
	return text, blocks, nil
}

func (c *call) postMessage() object {
	p, out := c.addressee()
	if out != nil {
		return out
	}
	if c.server.rates.refuse(c.server.clock(), c.team.ID, p.Channel) {
		return refusal("ratelimited")
	}
	text, blocks, out := c.content()
	if out != nil {
		return out
	}
	m := &Message{TS: c.server.stamp(), Text: text, blocks: blocks}
	m.Thread = c.text("thread_ts")
	p.receive(m)
	return object{"channel": p.Channel, "ts": m.TS, "message": p.sent(m)}
}

func (c *call) postEphemeral() object {
	p, out := c.addressee()
	if out != nil {
		return out
	}
	if c.text("user") != p.ID {
		return refusal("user_not_in_channel")
	}
	text, blocks, out := c.content()
	if out != nil {
		return out
	}
	m := &Message{TS: c.server.stamp(), Text: text, blocks: blocks, Ephemeral: true}
	p.receive(m)
	return object{"message_ts": m.TS}
}

func (c *call) update() object {
	p, out := c.addressee()
	if out != nil {
		return out
	}
	m := p.message(c.text("ts"))
	switch {
	case m == nil && p.said[c.text("ts")] != "":
		return refusal("cant_update_message") // somebody else's
	case m == nil, m.Ephemeral:
		return refusal("message_not_found")
	}
	if c.server.rates.refuse(c.server.clock(), c.team.ID, "") {
		return refusal("ratelimited")
	}
	text, blocks, out := c.content()
	if out != nil {
		return out
	}
	if _, hasBlocks := c.in["blocks"]; !hasBlocks && text == "" {
		blocks = m.blocks
	}
	before := p.sent(m)
	m.Text, m.blocks, m.Edits = text, blocks, m.Edits+1
	p.echo(object{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": p.Channel, "channel_type": "im",
		"ts": c.server.stamp(), "message": p.sent(m), "previous_message": before,
	})
	return object{"channel": p.Channel, "ts": m.TS, "text": text, "message": p.sent(m)}
}

func (c *call) deleteMessage() object {
	p, out := c.addressee()
	if out != nil {
		return out
	}
	m := p.message(c.text("ts"))
	if m == nil {
		return refusal("message_not_found")
	}
	p.messages = slices.DeleteFunc(p.messages, func(other *Message) bool { return other == m })
	return object{"channel": p.Channel, "ts": m.TS}
}
