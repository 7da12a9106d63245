package telegramtest

import (
	"fmt"
	"slices"
	"strings"
)

// Person is somebody with Telegram on a phone.
type Person struct {
	server *Server
	ID     int64
	Lang   string
}

// Person joins under an id, with the language of the app.
func (s *Server) Person(id int64, lang string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chats[id] == nil {
		s.chats[id] = &Chat{}
	}
	return &Person{s, id, lang}
}

// Vanishes deletes their account.
func (p *Person) Vanishes() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.chats[p.ID].Deactivated = true
}

func (p *Person) from() map[string]any {
	return map[string]any{"id": p.ID, "is_bot": false, "first_name": "Example", "language_code": p.Lang}
}

func (p *Person) chat() map[string]any {
	return map[string]any{"id": p.ID, "type": "private", "first_name": "Example"}
}

// Says sends a text.
func (p *Person) Says(text string) { p.Sends(map[string]any{"text": text}) }

// Sends sends a message with any fields ("sticker", "photo", …).
func (p *Person) Sends(fields map[string]any) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.message++
	message := map[string]any{"message_id": p.server.message, "from": p.from(), "chat": p.chat(), "date": 1}
	for k, v := range fields {
		message[k] = v
	}
	p.server.arrive(map[string]any{"message": message})
}

// Presses presses a button of the bot's newest message that has one beginning
// with label, and returns false where there is none.
func (p *Person) Presses(label string) bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	messages := p.server.chats[p.ID].Messages
	for i := len(messages) - 1; i >= 0; i-- {
		for _, row := range messages[i].Buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Text, label) && b.Data != "" {
					p.server.press(p, messages[i], b)
					return true
				}
			}
		}
	}
	return false
}

// PressesData presses a button by its data, whether it is still there or not.
func (p *Person) PressesData(message int, data string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	pressed := &Message{ID: message}
	for _, m := range p.server.chats[p.ID].Messages {
		if m.ID == message {
			pressed = m
		}
	}
	p.server.press(p, pressed, Button{Data: data})
}

func (s *Server) press(p *Person, m *Message, b Button) {
	id := fmt.Sprint("query-", s.update+1)
	s.unanswered[id] = true
	message := map[string]any{"message_id": m.ID, "chat": p.chat(), "date": 1, "text": m.Text}
	if m.Buttons != nil {
		message["reply_markup"] = map[string]any{"inline_keyboard": m.Buttons}
	}
	s.arrive(map[string]any{"callback_query": map[string]any{"id": id, "from": p.from(), "message": message, "data": b.Data}})
}

// Forwards passes on what somebody else wrote.
func (p *Person) Forwards(text string) {
	p.Sends(map[string]any{"text": text, "forward_date": 1, "forward_origin": map[string]any{"type": "hidden_user", "sender_user_name": "Example", "date": 1}})
}

// Business brings what a client of the person's writes to them, which a bot
// that is their assistant reads.
func (p *Person) Business(text string) {
	p.server.Raw(map[string]any{"business_message": map[string]any{
		"message_id": 1, "business_connection_id": "example", "from": p.from(), "chat": p.chat(), "date": 1, "text": text,
	}})
}

// Blocks stops the bot from writing, and the app tells the bot.
func (p *Person) Blocks() { p.member("member", "kicked") }

// Unblocks takes that back.
func (p *Person) Unblocks() { p.member("kicked", "member") }

func (p *Person) member(from, to string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.chats[p.ID].Blocked = to == "kicked"
	bot := p.server.bot()
	p.server.arrive(map[string]any{"my_chat_member": map[string]any{
		"chat": p.chat(), "from": p.from(), "date": 1,
		"old_chat_member": map[string]any{"user": bot, "status": from, "until_date": 0},
		"new_chat_member": map[string]any{"user": bot, "status": to, "until_date": 0},
	}})
}

// Deletes takes a message of the bot out of the conversation.
func (p *Person) Deletes(message int) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	chat := p.server.chats[p.ID]
	chat.Messages = slices.DeleteFunc(chat.Messages, func(m *Message) bool { return m.ID == message })
}

// Raw brings an update as it stands, with a number of its own.
func (s *Server) Raw(update map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.arrive(update)
}

// Again brings the last n updates once more, as after a crash.
func (s *Server) Again(updates ...map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates = append(s.updates, updates...)
	s.arrived.Broadcast()
}

// Waiting is the updates that no higher offset has confirmed yet.
func (s *Server) Waiting() []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]map[string]any{}, s.updates...)
}

// Shown is a copy of a person's messages.
func (p *Person) Shown() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	var all []Message
	for _, m := range p.server.chats[p.ID].Messages {
		all = append(all, *m)
	}
	return all
}

// Await waits until what is shown is as wanted; false after a while.
func (p *Person) Await(wanted func([]Message) bool) bool {
	return p.server.Await(func() bool { return wanted(p.Shown()) })
}
