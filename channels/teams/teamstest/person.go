package teamstest

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Person is somebody with Teams open.
type Person struct {
	User, Object string // the two ids that Teams has for them
	Name         string
	Tenant       string
	Conversation string // the private one with the bot
	Lang, Zone   string
	// Old is a client that does not know Action.Execute.
	Old bool

	server *Server
	region string
	told   []string
	wrong  []string
}

// Person is somebody known by a name of the test's ("ann"), with the language
// of the app; always the same one. They have not installed the bot yet.
func (s *Server) Person(name, lang string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.persons[name]; p != nil {
		return p
	}
	n := len(s.persons) + 1
	p := &Person{
		User: fmt.Sprintf("29:1stand-in_%s", name), Object: fmt.Sprintf("00000000-0000-4000-8000-%012x", n), Name: "Example " + name,
		Tenant: TenantID, Conversation: fmt.Sprintf("a:1stand-in-%s_%04d", name, n), Lang: lang, Zone: "Europe/Brussels", server: s, region: "emea",
	}
	s.persons[name] = p
	s.chats[p.Conversation] = &chat{person: p}
	return p
}

// chat is theirs; the server's lock is held.
func (p *Person) chat() *chat { return p.server.chats[p.Conversation] }

// ServiceURL is where the bot answers them now.
func (p *Person) ServiceURL() string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.server.URL + "/" + p.region + "/"
}

// Moves has them reached in another region from now on ("amer"): the next
// activity says so.
func (p *Person) Moves(region string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.region = region
}

// makes is an activity of theirs, changed by with.
func (p *Person) makes(payload string, with Activity) Activity {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	a := p.server.activity(p, payload)
	for name, value := range with {
		if a[name] = value; value == nil {
			delete(a, name)
		}
	}
	return a
}

// Makes is an activity of theirs that is not brought: a payload with other and
// more fields; nil takes one out.
func (p *Person) Makes(payload string, with Activity) Activity { return p.makes(payload, with) }

// Installs installs the bot, or has it installed: two activities.
func (p *Person) Installs() Answer {
	p.server.mu.Lock()
	p.chat().installed, p.chat().blocked = true, false
	p.server.mu.Unlock()
	if out := p.server.bring(p.makes("installationupdate", nil)); !out.Taken() {
		return out
	}
	members := []any{object{"id": p.User, "aadObjectId": p.Object}, object{"id": Bot}}
	return p.server.bring(p.makes("conversationupdate", Activity{"membersAdded": members}))
}

// InstalledSilently installs the bot without the bot being told.
func (p *Person) InstalledSilently() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.chat().installed = true
}

// Uninstalls takes the bot away.
func (p *Person) Uninstalls() Answer {
	p.server.mu.Lock()
	p.chat().installed = false
	p.server.mu.Unlock()
	return p.server.bring(p.makes("installationupdate", Activity{"action": "remove"}))
}

// Blocks keeps the bot from writing; Teams tells nobody.
func (p *Person) Blocks() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.chat().blocked = true
}

// Unblocks takes that back.
func (p *Person) Unblocks() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.chat().blocked = false
}

// Says types a text and sends it.
func (p *Person) Says(words string) Answer {
	return p.server.bring(p.makes("message-text", Activity{"text": words}))
}

// SaysRich types a text with bold or a link in it: Teams then sends it a second
// time as HTML.
func (p *Person) SaysRich(words, html string) Answer {
	return p.server.bring(p.makes("message-text", Activity{"text": words, "attachments": []any{object{"contentType": "text/html", "content": html}}}))
}

// Sends sends a file, a picture, a sticker: an attachment without a word.
func (p *Person) Sends(attachment map[string]any) Answer {
	return p.server.bring(p.makes("message-text", Activity{"text": nil, "textFormat": nil, "attachments": []any{attachment}}))
}

// Edits changes what they said before.
func (p *Person) Edits(said Activity, words string) Answer {
	return p.server.bring(p.makes("message-text", Activity{
		"type": "messageUpdate", "id": said["id"], "text": words, "channelData": object{"eventType": "editMessage", "tenant": object{"id": p.Tenant}},
	}))
}

// Deletes takes back what they said before.
func (p *Person) Deletes(said Activity) Answer {
	return p.server.bring(p.makes("message-text", Activity{
		"type": "messageDelete", "id": said["id"], "text": nil, "textFormat": nil,
		"channelData": object{"eventType": "softDeleteMessage", "tenant": object{"id": p.Tenant}},
	}))
}

// Reacts puts a reaction ("like", "heart") on the bot's newest message.
func (p *Person) Reacts(kind string) Answer {
	return p.server.bring(p.makes("message-text", Activity{
		"type": "messageReaction", "text": nil, "textFormat": nil, "replyToId": p.newest(), "reactionsAdded": []any{object{"type": kind}},
	}))
}

// Again brings their newest activity once more.
func (p *Person) Again() Answer { return p.server.Again(p.Last()) }

// Last is their newest activity.
func (p *Person) Last() Activity {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, b := range slices.Backward(p.server.brought) {
		if text(object1(b.Activity["from"])["id"]) == p.User {
			return b.Activity
		}
	}
	return nil
}

func (p *Person) newest() string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if all := p.chat().messages; len(all) > 0 {
		return all[len(all)-1].id
	}
	return ""
}

// Told is what the answers to presses said beside the cards, for a moment.
func (p *Person) Told() []string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return slices.Clone(p.told)
}

// Wrong is why presses showed "Something went wrong".
func (p *Person) Wrong() []string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return slices.Clone(p.wrong)
}

// Typing counts how often the bot was seen to be typing.
func (p *Person) Typing() int {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.chat().typing
}

// Shown is what they see of the bot's messages, oldest first.
func (p *Person) Shown() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	var all []Message
	for _, m := range p.chat().messages {
		all = append(all, m.look())
	}
	return all
}

// Await waits until what is shown is as wanted; false after a while.
func (p *Person) Await(wanted func([]Message) bool) bool {
	return p.server.Await(func() bool { return wanted(p.Shown()) })
}

// copied is a copy that shares nothing.
func copied(v object) object {
	written, err := json.Marshal(v)
	if err != nil {
		panic(err) // it came as JSON
	}
	var c object
	if err := json.Unmarshal(written, &c); err != nil {
		panic(err)
	}
	return c
}
