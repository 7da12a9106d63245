package slacktest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Person is somebody with Slack open.
type Person struct {
	ID      string
	Channel string // the direct message with the bot
	Locale  string // "fr-FR"
	Zone    string

	server     *Server
	workspace  *Workspace
	messages   []*Message
	said       map[string]string // by ts
	lastSaid   string
	home       *View
	published  int
	modals     []*View
	atHome     bool // what they look at
	state      map[string]object
	answer     string // what posting to them is answered with
	openAnswer string
	homeAnswer string
	deleted    bool
}

// Message is one message of the bot.
type Message struct {
	TS        string
	Text      string // as it was sent: for notifications and screen readers
	Thread    string
	Edits     int
	Ephemeral bool
	File      *File

	blocks []object
}

// Person joins the first workspace under an id ("U01"), with the language of
// their Slack ("fr-FR", "nl-NL", "en-GB").
func (s *Server) Person(id, locale string) *Person { return s.First.Person(id, locale) }

// Person joins this workspace.
func (w *Workspace) Person(id, locale string) *Person {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	if p := w.people[id]; p != nil {
		return p
	}
	p := &Person{
		ID: id, Channel: "D" + strings.TrimPrefix(id, "U") + w.ID, Locale: locale, Zone: "Europe/Brussels",
		server: w.server, workspace: w, said: map[string]string{}, state: map[string]object{},
	}
	w.people[id] = p
	return p
}

// Refuses answers what is posted to this person with an error
// ("channel_not_found", "is_archived", "not_in_channel"), "" for none.
func (p *Person) Refuses(code string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.answer = code
}

// RefusesOpen is Refuses for conversations.open, and RefusesHome for
// views.publish ("not_enabled").
func (p *Person) RefusesOpen(code string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.openAnswer = code
}

// RefusesHome answers views.publish with an error.
func (p *Person) RefusesHome(code string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.homeAnswer = code
}

// Deactivated has the person's account closed by an administrator, and the app
// is told (user_change). What is posted to them is answered with a code: ""
// is taken without a word, as the real one was seen to do.
func (p *Person) Deactivated(code string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.deleted, p.answer = true, code
	if slices.Contains(p.workspace.scopes, "users:read") {
		p.workspace.event(p.key(), object{"type": "user_change", "user": p.profile(true), "cache_ts": p.server.clock().Unix()})
	}
}

func (p *Person) key() string { return p.workspace.ID + "/" + p.ID }

func (p *Person) opened() bool { return len(p.messages) > 0 || len(p.said) > 0 }

func (p *Person) profile(locale bool) object {
	user := object{
		"id": p.ID, "team_id": p.workspace.ID, "name": strings.ToLower(p.ID), "deleted": p.deleted, "real_name": "Exemple", "tz": p.Zone, "tz_label": "Central European Time", "tz_offset": 3600,
		"profile": object{"real_name": "Exemple", "display_name": "", "team": p.workspace.ID}, "is_bot": false, "is_app_user": false, "updated": p.server.clock().Unix(),
	}
	if locale {
		user["locale"] = p.Locale
	}
	return user
}

// Says types a text in the direct message.
func (p *Person) Says(text string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.atHome = false
	ts := p.server.stamp()
	p.lastSaid = ts
	p.said[ts] = text
	p.tells(p.typedMessage(ts, text))
}

// tells brings an event of the direct message, if the app may know.
func (p *Person) tells(event object) {
	if slices.Contains(p.workspace.scopes, "im:history") && p.workspace.ended == "" {
		p.workspace.event(p.key(), event)
	}
}

// typedMessage is a person's message as Slack tells it.
func (p *Person) typedMessage(ts, text string) object {
	return object{
		"type": "message", "user": p.ID, "client_msg_id": "00000000-0000-4000-8000-" + fmt.Sprintf("%012d", p.server.next()), "ts": ts, "text": typed(text), "team": p.workspace.ID,
		"channel": p.Channel, "channel_type": "im", "event_ts": ts,
		"blocks": []object{{"type": "rich_text", "block_id": fmt.Sprint("b", p.server.serial), "elements": []object{{"type": "rich_text_section", "elements": []object{{"type": "text", "text": text}}}}}},
	}
}

var (
	link    = regexp.MustCompile(`https?://[^\s<>|]+`)
	mailbox = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
)

// typed is what somebody types as Slack passes it on: three entities, and
// addresses in angle brackets.
func typed(text string) string {
	text = encode(text)
	text = link.ReplaceAllString(text, "<$0>")
	return mailbox.ReplaceAllStringFunc(text, func(m string) string { return "<mailto:" + m + "|" + m + ">" })
}

// Edits changes what was said last.
func (p *Person) Edits(text string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ts := p.lastSaid
	before, after := p.typedMessage(ts, p.said[ts]), p.typedMessage(ts, text)
	for _, m := range []object{before, after} {
		delete(m, "channel")
		delete(m, "channel_type")
		delete(m, "event_ts")
	}
	now := p.server.stamp()
	after["edited"] = object{"user": p.ID, "ts": now}
	p.said[ts] = text
	p.tells(object{"type": "message", "subtype": "message_changed", "hidden": true, "message": after, "previous_message": before, "channel": p.Channel, "channel_type": "im", "ts": now, "event_ts": now})
}

// Deletes takes back what was said last.
func (p *Person) Deletes() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	now := p.server.stamp()
	p.tells(object{"type": "message", "subtype": "message_deleted", "hidden": true, "deleted_ts": p.lastSaid, "channel": p.Channel, "channel_type": "im", "ts": now, "event_ts": now})
}

// Sends sends a file with a word beside it.
func (p *Person) Sends(name, mime, text string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ts := p.server.stamp()
	p.said[ts] = text
	message := p.typedMessage(ts, text)
	id := fmt.Sprint("F0", p.server.next())
	message["subtype"] = "file_share"
	message["upload"] = true
	message["files"] = []object{{"id": id, "name": name, "title": name, "mimetype": mime, "user": p.ID, "size": 4, "mode": "hosted", "url_private": p.server.URL + "/files/" + id}}
	p.tells(message)
}

// OpensHome opens the app's Home.
func (p *Person) OpensHome() { p.opens("home") }

// OpensMessages opens the conversation with the app.
func (p *Person) OpensMessages() { p.opens("messages") }

func (p *Person) opens(tab string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.atHome = tab == "home"
	if p.workspace.ended != "" {
		return
	}
	event := object{"type": "app_home_opened", "user": p.ID, "channel": p.Channel, "tab": tab, "event_ts": p.server.stamp()}
	if p.home != nil && p.atHome {
		event["view"] = p.home.payload(p)
	}
	p.workspace.event(p.key(), event)
}

// receive shows a message of the bot, and tells the bot of it.
func (p *Person) receive(m *Message) {
	p.messages = append(p.messages, m)
	if m.Ephemeral {
		return
	}
	event := p.sent(m)
	event["channel"], event["channel_type"], event["event_ts"] = p.Channel, "im", m.TS
	if m.File != nil {
		event["subtype"] = "file_share"
	}
	p.echo(event)
}

// echo tells the bot of what it did itself.
func (p *Person) echo(event object) {
	if !slices.Contains(p.workspace.scopes, "im:history") {
		return
	}
	d := p.workspace.eventDelivery(p.key(), event)
	d.echo = true
	p.server.deliver(d)
}

// sent is a message of the bot as Slack tells it.
func (p *Person) sent(m *Message) object {
	blocks := make([]any, 0, len(m.blocks))
	for _, b := range m.blocks {
		blocks = append(blocks, b)
	}
	out := object{
		"type": "message", "user": p.workspace.Bot, "bot_id": p.workspace.botID(), "app_id": AppID, "team": p.workspace.ID, "ts": m.TS, "text": m.Text,
		"bot_profile": object{"id": p.workspace.botID(), "app_id": AppID, "name": "Praline", "team_id": p.workspace.ID, "deleted": false}, "blocks": told(blocks),
	}
	if m.Edits > 0 {
		out["edited"] = object{"user": p.workspace.botID(), "ts": m.TS}
	}
	if m.Thread != "" {
		out["thread_ts"] = m.Thread
	}
	if m.File != nil {
		out["files"] = []object{{"id": m.File.ID, "name": m.File.Name, "title": m.File.Title, "mimetype": m.File.MIME}}
	}
	return out
}

func (p *Person) message(ts string) *Message {
	for _, m := range p.messages {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

// Shown is a copy of the bot's messages, oldest first.
func (p *Person) Shown() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	var all []Message
	for _, m := range p.messages {
		all = append(all, *m)
	}
	return all
}

// Home is a copy of the Home, nil if there is none; published counts how often
// the app has made it anew.
func (p *Person) Home() (home *View, published int) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.home.copy(), p.published
}

// Modal is a copy of the modal that is open, nil if there is none.
func (p *Person) Modal() *View {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if n := len(p.modals); n > 0 {
		return p.modals[n-1].copy()
	}
	return nil
}

func (v *View) copy() *View {
	if v == nil {
		return nil
	}
	other := *v
	other.Errors = maps.Clone(v.Errors)
	return &other
}

// Await waits until what is shown is as wanted; false after a while.
func (p *Person) Await(wanted func([]Message) bool) bool {
	return p.server.Await(func() bool { return wanted(p.Shown()) })
}
