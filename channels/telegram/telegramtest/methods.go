package telegramtest

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // that the API takes
	_ "image/jpeg" // too
	_ "image/png"  // too
	"io"
	"net/http"
	"strconv"
	"strings"
)

func (s *Server) answerCallbackQuery(w http.ResponseWriter, r *http.Request) {
	id := r.Form.Get("callback_query_id")
	if !s.unanswered[id] {
		refuse(w, http.StatusBadRequest, "Bad Request: query is too old and response timeout expired or query ID is invalid")
		return
	}
	delete(s.unanswered, id)
	answer(w, true)
}

func (s *Server) sendMessage(w http.ResponseWriter, r *http.Request) {
	chat, ok := s.chat(w, r)
	if !ok {
		return
	}
	text, buttons, problem := content(r)
	if problem != "" {
		s.violate(w, problem)
		return
	}
	s.shown(w, chat, &Message{Text: text, HTML: r.Form.Get("text"), Buttons: buttons})
}

func (s *Server) shown(w http.ResponseWriter, chat *Chat, m *Message) {
	s.message++
	m.ID = s.message
	chat.Messages = append(chat.Messages, m)
	answer(w, map[string]any{"message_id": m.ID, "date": 1})
}

func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, method string) {
	chat, ok := s.chat(w, r)
	if !ok {
		return
	}
	caption := r.Form.Get("caption")
	file, problem := upload(r, method)
	switch {
	case problem != "":
	case r.Form.Get("parse_mode") != "":
		problem = "Bad Request: a caption with markup is not expected here"
	default:
		problem = fits(caption, 1024, "message caption is too long")
	}
	if problem != "" {
		s.violate(w, problem)
		return
	}
	s.shown(w, chat, &Message{Caption: strings.TrimSpace(caption), File: file})
}

// upload reads the file of a request; a picture must be one.
func upload(r *http.Request, method string) (*File, string) {
	field := map[string]string{"sendPhoto": "photo", "sendDocument": "document"}[method]
	if address := r.Form.Get(field); strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return &File{Method: method, Name: address}, ""
	}
	if r.MultipartForm == nil || len(r.MultipartForm.File[field]) == 0 {
		return nil, "Bad Request: there is no " + field + " in the request"
	}
	header := r.MultipartForm.File[field][0]
	part, err := header.Open()
	if err != nil {
		return nil, "Bad Request: file must be non-empty"
	}
	defer part.Close()
	data, err := io.ReadAll(part)
	if err != nil || len(data) == 0 {
		return nil, "Bad Request: file must be non-empty"
	}
	if method == "sendPhoto" {
		if _, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil {
			return nil, "Bad Request: IMAGE_PROCESS_FAILED"
		}
	}
	return &File{Method: method, Name: header.Filename, Data: data}, ""
}

func (s *Server) edit(w http.ResponseWriter, r *http.Request, method string) {
	chat, ok := s.chat(w, r)
	if !ok {
		return
	}
	id, _ := strconv.Atoi(r.Form.Get("message_id"))
	for _, m := range chat.Messages {
		if m.ID == id {
			s.change(w, r, m, method)
			return
		}
	}
	refuse(w, http.StatusBadRequest, "Bad Request: message to edit not found")
}

func (s *Server) change(w http.ResponseWriter, r *http.Request, m *Message, method string) {
	if method == "editMessageText" && (m.File != nil || m.Poll != nil) {
		refuse(w, http.StatusBadRequest, "Bad Request: there is no text in the message to edit")
		return
	}
	text, source := m.Text, m.HTML
	var buttons [][]Button
	var problem string
	if method == "editMessageText" {
		text, buttons, problem = content(r)
		source = r.Form.Get("text")
	} else {
		buttons, problem = keyboard(r)
	}
	if problem != "" {
		s.violate(w, problem)
		return
	}
	if source == m.HTML && fmt.Sprint(buttons) == fmt.Sprint(m.Buttons) {
		refuse(w, http.StatusBadRequest, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
		return
	}
	m.Text, m.HTML, m.Buttons = text, source, buttons
	m.Edits++
	answer(w, map[string]any{"message_id": m.ID, "date": 1})
}

func (s *Server) chat(w http.ResponseWriter, r *http.Request) (*Chat, bool) {
	id, err := strconv.ParseInt(r.Form.Get("chat_id"), 10, 64)
	chat := s.chats[id]
	switch {
	case err != nil || chat == nil:
		refuse(w, http.StatusBadRequest, "Bad Request: chat not found")
		return nil, false
	case chat.Blocked:
		refuse(w, http.StatusForbidden, "Forbidden: bot was blocked by the user")
		return nil, false
	case chat.Away:
		refuse(w, http.StatusForbidden, "Forbidden: bot is not a member of the "+chat.Kind+" chat")
		return nil, false
	case chat.Deactivated:
		refuse(w, http.StatusForbidden, "Forbidden: user is deactivated")
		return nil, false
	}
	return chat, true
}
