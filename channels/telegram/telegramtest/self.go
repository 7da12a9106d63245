package telegramtest

import (
	"net/http"
	"slices"
)

// Username of the bot.
const Username = "PralineExampleBot"

// The limits of what a bot says of itself, in characters.
const (
	maxDescription = 512 // setMyDescription
	maxShort       = 120 // setMyShortDescription
)

func (s *Server) bot() map[string]any {
	return map[string]any{
		"id": 1234567, "is_bot": true, "first_name": "Praline", "username": Username,
		"can_join_groups": !s.alone, "can_read_all_group_messages": s.hearsAll,
	}
}

// Settings are what its owner told @BotFather of the bot.
func (s *Server) Settings(joinsGroups, hearsAll bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alone, s.hearsAll = !joinsGroups, hearsAll
}

const privateChats = `{"type":"all_private_chats"}`

// setMyCommands sets the commands of one scope and language, or takes them away.
func (s *Server) setMyCommands(w http.ResponseWriter, r *http.Request, method string) {
	scope := r.Form.Get("scope")
	if scope != "" && scope != `{"type":"default"}` && scope != privateChats {
		s.violate(w, "Bad Request: can't parse BotCommandScope")
		return
	}
	key := scope + " " + r.Form.Get("language_code")
	if method == "deleteMyCommands" {
		delete(s.menus, key)
		answer(w, true)
		return
	}
	commands, problem := menu(r)
	if problem != "" {
		s.violate(w, problem)
		return
	}
	s.menus[key] = commands
	answer(w, true)
}

// Menu is the commands of a language in private conversations, "" for those of
// every other language.
func (s *Server) Menu(lang string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.menus[privateChats+" "+lang])
}

// MenuElsewhere is the commands in every other place.
func (s *Server) MenuElsewhere(lang string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.menus[" "+lang])
}

var aboutField = map[string]string{"MyDescription": "description", "MyShortDescription": "short_description"}

func (s *Server) setAbout(w http.ResponseWriter, r *http.Request, method string) {
	what, most := method[len("set"):], maxDescription
	if what == "MyShortDescription" {
		most = maxShort
	}
	text, lang := r.Form.Get(aboutField[what]), r.Form.Get("language_code")
	problem := fits(text, most, what+" is too long")
	if lang != "" && len(lang) != 2 {
		problem = "Bad Request: invalid language code specified"
	}
	if problem != "" {
		s.violate(w, problem)
		return
	}
	s.about[what+" "+lang] = text
	answer(w, true)
}

func (s *Server) getAbout(w http.ResponseWriter, r *http.Request, method string) {
	what := method[len("get"):]
	answer(w, map[string]any{aboutField[what]: s.about[what+" "+r.Form.Get("language_code")]})
}

// About is what the bot says of itself in a language: in full, and in short.
func (s *Server) About(lang string) (full, short string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.about["MyDescription "+lang], s.about["MyShortDescription "+lang]
}
