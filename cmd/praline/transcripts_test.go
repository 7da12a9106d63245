package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/channels"
	"praline/channels/web"
)

// The file of all that is stored holds what the web page shows, typed words
// too, but no file: an earlier one would be in each later one.
func TestTranscriptsHoldNoFiles(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Folder: t.TempDir(), Secret: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, e := range []web.Entry{
		{Key: "e1", At: time.Now(), Text: "mes données"},
		{Key: "1", At: time.Now(), Message: &channels.Message{ID: "1", Text: "Voici.", Document: &channels.Document{Name: "praline.json", Data: []byte("earlier")}}},
	} {
		if _, err := s.Put(t.Context(), "w1", e, ""); err != nil {
			t.Fatal(err)
		}
	}
	read := transcripts(s)
	kept, err := read(t.Context(), learner.Address{Channel: web.Name, Conversation: "w1"})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(kept)
	if err != nil || !strings.Contains(string(text), "mes données") || !strings.Contains(string(text), "praline.json") || strings.Contains(string(text), "ZWFybGllcg") {
		t.Errorf("%s, %v", text, err)
	}
	if kept, err := read(context.Background(), learner.Address{Channel: "telegram", Conversation: "1"}); kept != nil || err != nil {
		t.Errorf("elsewhere: %v, %v", kept, err)
	}
}
