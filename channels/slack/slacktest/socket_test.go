package slacktest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"praline/channels/slack/slacktest"
)

// dials opens a connection and reads its hello.
func dials(t *testing.T, s *slacktest.Server) *websocket.Conn {
	t.Helper()
	out, _ := asks(t, s, slacktest.AppToken, "apps.connections.open", object{})
	address, _ := out["url"].(string)
	conn, response, err := websocket.DefaultDialer.Dial(address, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	if hello := reads(t, conn); hello["type"] != "hello" {
		t.Fatalf("the first word is %v", hello)
	}
	if _, _, err := websocket.DefaultDialer.Dial(address, nil); err == nil {
		t.Error("a ticket opens two connections")
	}
	return conn
}

func reads(t *testing.T, conn *websocket.Conn) (out object) {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if err := conn.ReadJSON(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func acks(t *testing.T, conn *websocket.Conn, envelope, payload any) {
	t.Helper()
	ack := object{"envelope_id": envelope}
	if payload != nil {
		ack["payload"] = payload
	}
	if err := conn.WriteJSON(ack); err != nil {
		t.Fatal(err)
	}
}

func TestSocket(t *testing.T) {
	s := slacktest.Start(t)
	conn := dials(t, s)
	p := s.Person("U01", "fr-FR")
	p.Says("un")
	one := reads(t, conn)
	if one["type"] != "events_api" || one["payload"].(object)["event"].(object)["text"] != "un" || one["retry_attempt"] != 0.0 {
		t.Errorf("envelope %v", one)
	}
	p.Command("/praline aide")
	two := reads(t, conn)
	if two["type"] != "slash_commands" || two["accepts_response_payload"] != true {
		t.Errorf("envelope %v", two)
	}
	acks(t, conn, two["envelope_id"], object{"text": "Voici l'aide."})
	if !p.Await(func(all []slacktest.Message) bool { return len(all) == 1 && all[0].Ephemeral }) {
		t.Error("the answer in the acknowledgement is not shown")
	}
	if n := s.Unacknowledged(); n != 1 {
		t.Errorf("%d unacknowledged", n)
	}
	s.Cuts()
	if _, _, err := conn.ReadMessage(); err == nil {
		t.Error("the connection is still there")
	}
	conn = dials(t, s)
	s.Retries()
	again := reads(t, conn)
	if again["envelope_id"] != one["envelope_id"] || again["retry_attempt"] != 1.0 {
		t.Errorf("again %v", again)
	}
	s.Disconnects("refresh_requested")
	if word := reads(t, conn); word["type"] != "disconnect" || word["reason"] != "refresh_requested" {
		t.Errorf("the word is %v", word)
	}
	p.Says("deux")
	next := dials(t, s)
	if two := reads(t, next); two["payload"].(object)["event"].(object)["text"] != "deux" {
		t.Errorf("what came meanwhile: %v", two)
	} else {
		acks(t, next, two["envelope_id"], nil)
	}
	acks(t, conn, again["envelope_id"], nil) // on the old connection
	settles(t, s)
	if open, ever := s.Connections(); open != 1 || ever != 3 {
		t.Errorf("%d open, %d ever", open, ever)
	}
	acks(t, next, "made-up", nil)
	if !s.Await(func() bool { return len(s.Violations()) == 1 }) || !strings.Contains(s.Violations()[0], "never sent") {
		t.Errorf("violations %q", s.Violations())
	}
}

// TestSocketLate counts an acknowledgement after three seconds.
func TestSocketLate(t *testing.T) {
	s := slacktest.Start(t)
	conn := dials(t, s)
	s.Person("U01", "fr-FR").Says("un")
	one := reads(t, conn)
	then := time.Now().Add(acknowledgedLate)
	s.Clock(func() time.Time { return then })
	acks(t, conn, one["envelope_id"], nil)
	settles(t, s)
	if s.Late() != 1 {
		t.Errorf("%d late", s.Late())
	}
}

const acknowledgedLate = 4 * time.Second

func TestEchoes(t *testing.T) {
	s := slacktest.Start(t)
	conn := dials(t, s)
	p := s.Person("U01", "fr-FR")
	out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "Bonjour"})
	echo := reads(t, conn)["payload"].(object)["event"].(object)
	if echo["bot_id"] == nil || echo["ts"] != out["ts"] || echo["user"] != s.First.Bot {
		t.Errorf("echo %v", echo)
	}
}
