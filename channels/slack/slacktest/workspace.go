package slacktest

import (
	"slices"
	"strings"
)

// Scopes that an app like ours is given.
var Scopes = []string{"chat:write", "commands", "files:write", "im:history", "im:read", "im:write", "users:read"}

// Workspace is one workspace of Slack ("team" in its API).
type Workspace struct {
	ID     string
	Domain string
	Name   string
	Token  string // of the bot, once installed
	Bot    string // the bot's user

	server    *Server
	installed bool
	ended     string // what its token is answered with, "" while it is good
	scopes    []string
	people    map[string]*Person
	channels  map[string]string // that are no direct messages, and what posting there is answered with
}

// Workspace returns one by its id; a new one has not installed the app.
func (s *Server) Workspace(id string) *Workspace {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w := s.workspaces[id]; w != nil {
		return w
	}
	name := strings.ToLower(strings.TrimPrefix(id, "T0"))
	w := &Workspace{
		ID: id, Domain: name, Name: "Workspace " + name, Token: "xoxb-stand-in-" + id, Bot: "U0BOT" + id,
		server: s, scopes: slices.Clone(Scopes), people: map[string]*Person{}, channels: map[string]string{},
	}
	s.workspaces[id] = w
	return w
}

// Grants sets the scopes of the bot's token.
func (w *Workspace) Grants(scopes ...string) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	w.scopes = scopes
}

// Channel opens a channel that is not a direct message; posting to it is
// answered with an error ("not_in_channel", "is_archived"), "" for none.
func (w *Workspace) Channel(id, answer string) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	w.channels[id] = answer
}

// Uninstalls takes the app out, and Slack tells it.
func (w *Workspace) Uninstalls() {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	w.ended, w.installed = "account_inactive", false
	w.event(w.ID, object{"type": "tokens_revoked", "tokens": object{"bot": []string{w.Bot}}})
	w.event(w.ID, object{"type": "app_uninstalled"})
}

// RevokesTokens takes the bot's token back, and Slack tells the app.
func (w *Workspace) RevokesTokens() {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	w.ended = "token_revoked"
	w.event(w.ID, object{"type": "tokens_revoked", "tokens": object{"bot": []string{w.Bot}}})
}

func (s *Server) byToken(token string) *Workspace {
	for _, w := range s.workspaces {
		if w.Token == token && (w.installed || w.ended != "") {
			return w
		}
	}
	return nil
}

// inChannel is who has a direct message with the bot, nil for nobody.
func (w *Workspace) inChannel(id string) *Person {
	for _, p := range w.people {
		if p.Channel == id {
			return p
		}
	}
	return nil
}
