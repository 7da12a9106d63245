package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// sockets are the connections of Socket Mode.
// https://docs.slack.dev/apis/events-api/using-socket-mode
type sockets struct {
	tickets map[string]bool
	lines   []*line
	turn    int
	flight  []*delivery // sent and not acknowledged
	opened  int         // since the start
}

// line is one connection.
type line struct {
	conn    *websocket.Conn
	leaving bool // was told to go: nothing new is sent
	ended   chan struct{}
}

const (
	maxLines = 10
	pings    = 5 * time.Second
)

func (c *call) connectionsOpen() object {
	s := c.server
	if s.mail.base != "" {
		return refusal("socket_mode_not_enabled")
	}
	if s.sockets.tickets == nil {
		s.sockets.tickets = map[string]bool{}
	}
	ticket := fmt.Sprintf("ticket-%d", s.next())
	s.sockets.tickets[ticket] = true
	return object{"url": "ws" + strings.TrimPrefix(s.URL, "http") + "/link/?ticket=" + ticket + "&app_id=" + AppID}
}

func (k *sockets) open() bool {
	return slices.ContainsFunc(k.lines, func(l *line) bool { return !l.leaving })
}

func (k *sockets) hangUp() {
	for _, l := range k.lines {
		_ = l.conn.Close()
	}
}

// Slack lets in whatever origin a client names; some name api.slack.com.
var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	good := s.sockets.tickets[ticket] && len(s.sockets.lines) < maxLines && !s.closed
	delete(s.sockets.tickets, ticket)
	s.mu.Unlock()
	if !good {
		http.Error(w, "ticket is used, unknown or one too many", http.StatusForbidden)
		return
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		_ = conn.Close()
		return
	}
	l := &line{conn: conn, ended: make(chan struct{})}
	s.sockets.lines = append(s.sockets.lines, l)
	s.sockets.opened++
	_ = conn.WriteJSON(object{
		"type": "hello", "num_connections": len(s.sockets.lines), "connection_info": object{"app_id": AppID},
		"debug_info": object{"host": "applink-stand-in", "build_number": 1, "approximate_connection_time": 18060},
	})
	s.changed.Broadcast()
	s.working.Go(func() { s.ping(l) })
	s.mu.Unlock()
	s.listen(l)
	s.mu.Lock()
	defer s.mu.Unlock()
	close(l.ended)
	_ = conn.Close()
	s.sockets.lines = slices.DeleteFunc(s.sockets.lines, func(other *line) bool { return other == l })
	s.changed.Broadcast()
}

// ping keeps a client content that wants to hear of us.
func (s *Server) ping(l *line) {
	ticker := time.NewTicker(pings)
	defer ticker.Stop()
	for {
		if l.conn.WriteControl(websocket.PingMessage, []byte("Ping from stand-in"), time.Now().Add(time.Second)) != nil {
			return
		}
		select {
		case <-l.ended:
			return
		case <-ticker.C:
		}
	}
}

// listen reads acknowledgements until the connection ends.
func (s *Server) listen(l *line) {
	for {
		_, body, err := l.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		s.mu.Lock()
		switch {
		case json.Unmarshal(body, &ack) != nil || ack.EnvelopeID == "":
			s.violate("socket: an acknowledgement without envelope_id")
		case len(body) > 20_000:
			s.violate(fmt.Sprintf("socket: an acknowledgement of %d bytes", len(body)))
		default:
			s.acknowledge(ack.EnvelopeID, ack.Payload)
		}
		s.mu.Unlock()
	}
}

func (s *Server) acknowledge(envelope string, payload []byte) {
	known := false
	for _, d := range slices.Clone(s.sockets.flight) {
		if d.envelope != envelope {
			continue
		}
		known = true
		s.sockets.flight = slices.DeleteFunc(s.sockets.flight, func(other *delivery) bool { return other == d })
		s.taken(d, payload)
	}
	if !known && !slices.ContainsFunc(s.mail.log, func(d *delivery) bool { return d.envelope == envelope }) {
		s.violate("socket: an acknowledgement of an envelope that was never sent")
	}
}

// send waits for a connection and writes; it does not wait for an answer.
func (k *sockets) send(s *Server, d *delivery) {
	for !s.closed {
		for !s.closed && s.mail.base == "" && !k.open() {
			s.changed.Wait()
		}
		if s.closed {
			return
		}
		if s.mail.base != "" {
			s.post(d)
			return
		}
		open := slices.DeleteFunc(slices.Clone(k.lines), func(l *line) bool { return l.leaving })
		k.turn++
		l := open[k.turn%len(open)]
		envelope := object{"envelope_id": d.envelope, "type": d.kind, "payload": d.payload, "accepts_response_payload": d.kind != eventsAPI}
		if d.kind == eventsAPI {
			envelope["retry_attempt"], envelope["retry_reason"] = d.attempt, d.reason
		}
		d.sent = s.clock()
		k.flight = append(k.flight, d)
		_ = l.conn.SetWriteDeadline(time.Now().Add(acknowledged))
		if l.conn.WriteJSON(envelope) == nil {
			return
		}
		k.flight = slices.DeleteFunc(k.flight, func(other *delivery) bool { return other == d })
		l.leaving = true
	}
}

// Connections counts those that are open; ever counts those since the start.
func (s *Server) Connections() (open, ever int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.sockets.lines {
		if !l.leaving {
			open++
		}
	}
	return open, s.sockets.opened
}

// Disconnects asks every connection to go ("warning", "refresh_requested",
// "link_disabled"): it gets nothing new, may still acknowledge what it has, and
// goes when it likes.
func (s *Server) Disconnects(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.sockets.lines {
		l.leaving = true
		_ = l.conn.WriteJSON(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "applink-stand-in"}})
	}
}

// Cuts ends every connection without a word. What is not acknowledged can be
// brought by Retries.
func (s *Server) Cuts() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.sockets.lines {
		l.leaving = true
		_ = l.conn.Close()
	}
}
