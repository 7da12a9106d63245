package telegramtest

import "net/http"

// Group is a group or a channel.
type Group struct {
	server *Server
	ID     int64
}

// Group founds a group, to which the bot does not belong yet; kind is "group",
// "supergroup" or "channel".
func (s *Server) Group(id int64, kind string) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id] = &Chat{Kind: kind, Away: true}
	return &Group{s, id}
}

func (g *Group) chat() map[string]any {
	return map[string]any{"id": g.ID, "type": g.server.chats[g.ID].Kind, "title": "Example"}
}

// Adds lets a person add the bot.
func (g *Group) Adds(by *Person) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	status := "member"
	if g.server.chats[g.ID].Kind == "channel" {
		status = "administrator"
	}
	g.server.chats[g.ID].Away = false
	g.member(by.from(), "left", status)
}

func (g *Group) member(by map[string]any, from, to string) {
	g.server.arrive(map[string]any{"my_chat_member": map[string]any{
		"chat": g.chat(), "from": by, "date": 1,
		"old_chat_member": map[string]any{"user": g.server.bot(), "status": from},
		"new_chat_member": map[string]any{"user": g.server.bot(), "status": to},
	}})
}

// Says lets a person write there.
func (g *Group) Says(by *Person, text string) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.server.message++
	g.server.arrive(map[string]any{"message": map[string]any{
		"message_id": g.server.message, "from": by.from(), "chat": g.chat(), "date": 1, "text": text,
	}})
}

// Moves makes the group a supergroup under another id.
func (g *Group) Moves(to int64) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	g.server.message++
	g.server.arrive(map[string]any{"message": map[string]any{
		"message_id": g.server.message, "from": g.server.bot(), "chat": g.chat(), "date": 1, "migrate_to_chat_id": to,
	}})
	delete(g.server.chats, g.ID)
	g.server.chats[to] = &Chat{Kind: "supergroup"}
	g.ID = to
}

// Heard is what the bot said there.
func (g *Group) Heard() []string {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	var all []string
	for _, m := range g.server.chats[g.ID].Messages {
		all = append(all, m.Text)
	}
	return all
}

// Left says whether the bot is gone.
func (g *Group) Left() bool {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	return g.server.chats[g.ID].Away
}

func (s *Server) leaveChat(w http.ResponseWriter, r *http.Request) {
	chat, ok := s.chat(w, r)
	if !ok {
		return
	}
	if chat.Kind == "" {
		s.violate(w, "Bad Request: chat member status can't be changed in private chats")
		return
	}
	chat.Away = true
	for id, c := range s.chats {
		if c == chat {
			g := Group{s, id}
			g.member(s.bot(), "member", "left")
		}
	}
	answer(w, true)
}
