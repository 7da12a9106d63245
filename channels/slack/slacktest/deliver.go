package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// acknowledged is how long the app may take to say that it has something.
const acknowledged = 3 * time.Second

// The kinds of deliveries, by their names in Socket Mode.
const (
	eventsAPI     = "events_api"
	interactive   = "interactive"
	slashCommands = "slash_commands"
)

// delivery is one thing that the app is told.
type delivery struct {
	kind     string
	key      string // deliveries of one key keep their order
	payload  object
	envelope string
	attempt  int
	reason   string
	echo     bool  // of what the app itself did
	replay   *wire // as it once was on the wire
	last     *wire // as it last was on the wire
	waiting  bool  // to be sent
	acked    bool  // the app has it
	sent     time.Time
	answered func(body []byte) // once, with what the acknowledgement says
}

// mail is what was and is to be delivered.
type mail struct {
	base   string // of the app's addresses; "" is Socket Mode
	queues map[string][]*delivery
	log    []*delivery
	late   int
	silent bool // no echoes
}

// Posts brings everything over HTTP from now on, to an app at base
// ("http://127.0.0.1:8080"): /slack/events, /slack/interactions and
// /slack/commands. Without it Socket Mode is on.
func (s *Server) Posts(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mail.base = base
}

// Echoes switches off, and on again, that the app is told of its own messages,
// as Slack tells everybody who subscribed to message.im.
func (s *Server) Echoes(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mail.silent = !on
}

func (s *Server) deliver(d *delivery) {
	if d.echo && (s.mail.silent || s.mail.base == "" && !s.sockets.open()) {
		return
	}
	if d.envelope == "" {
		d.envelope = fmt.Sprintf("00000000-0000-4000-8000-%012d", s.next())
	}
	if !d.echo && d.attempt == 0 && d.replay == nil {
		s.mail.log = append(s.mail.log, d)
	}
	s.enqueue(d)
}

func (s *Server) enqueue(d *delivery) {
	if s.mail.queues == nil {
		s.mail.queues = map[string][]*delivery{}
	}
	d.waiting, d.acked = true, false
	s.mail.queues[d.key] = append(s.mail.queues[d.key], d)
	if len(s.mail.queues[d.key]) == 1 && !s.closed {
		s.working.Go(func() { s.carry(d.key) })
	}
}

// carry brings what is for one key, one by one.
func (s *Server) carry(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.closed && len(s.mail.queues[key]) > 0 {
		d := s.mail.queues[key][0]
		if s.mail.base != "" {
			s.post(d)
		} else {
			s.sockets.send(s, d)
		}
		d.waiting = false
		s.mail.queues[key] = s.mail.queues[key][1:]
		s.changed.Broadcast()
	}
	delete(s.mail.queues, key)
}

// taken notes an acknowledgement, and hands on what it says.
func (s *Server) taken(d *delivery, body []byte) {
	if s.clock().Sub(d.sent) > acknowledged {
		s.mail.late++
	}
	d.acked = true
	if d.answered != nil {
		answered := d.answered
		d.answered = nil
		answered(body)
	}
	s.changed.Broadcast()
}

// Unacknowledged counts what was brought and is not acknowledged.
func (s *Server) Unacknowledged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, d := range s.mail.log {
		if !d.acked && !d.waiting {
			n++
		}
	}
	return n
}

// Late counts acknowledgements that came after more than three seconds.
func (s *Server) Late() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mail.late
}

// Settles waits until everything that people did was brought and acknowledged;
// false after a while.
func (s *Server) Settles() bool {
	return s.Await(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.mail.queues) == 0 && !slices.ContainsFunc(s.mail.log, func(d *delivery) bool { return !d.acked })
	})
}

// Retries brings again what was not acknowledged, as Slack does after a while,
// and returns how much that is. The real one brings again events only: of a
// press or a command a person is told at once that it failed.
func (s *Server) Retries() int {
	return s.retry(func(d *delivery) bool { return d.kind == eventsAPI })
}

// RetriesAll is Retries with presses and commands.
func (s *Server) RetriesAll() int { return s.retry(func(*delivery) bool { return true }) }

func (s *Server) retry(which func(*delivery) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, d := range s.mail.log {
		if !d.acked && !d.waiting && which(d) {
			d.attempt++
			if d.reason == "" {
				d.reason = "timeout"
			}
			s.enqueue(d)
			n++
		}
	}
	return n
}

// Again brings the last n things that people did once more, acknowledged or
// not, as Slack does when an acknowledgement was lost: the same event_id, the
// same envelope_id, a new signature.
func (s *Server) Again(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range slices.Clone(s.mail.log[max(0, len(s.mail.log)-n):]) {
		again := *d
		again.attempt, again.reason, again.answered = d.attempt+1, "http_timeout", nil
		s.enqueue(&again)
	}
}

// Replays brings the last n requests byte for byte, old signature and all, as
// somebody would who listened. It is for HTTP alone.
func (s *Server) Replays(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range slices.Clone(s.mail.log[max(0, len(s.mail.log)-n):]) {
		if d.last != nil {
			s.enqueue(&delivery{kind: d.kind, key: d.key, payload: d.payload, replay: d.last})
		}
	}
}

// Delivered is the payloads of everything that people did, oldest first.
func (s *Server) Delivered() []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []json.RawMessage
	for _, d := range s.mail.log {
		body, _ := json.Marshal(d.payload)
		all = append(all, body)
	}
	return all
}

// event tells the app of something in a workspace.
func (w *Workspace) event(key string, event object) *delivery {
	d := w.eventDelivery(key, event)
	w.server.deliver(d)
	return d
}

func (w *Workspace) eventDelivery(key string, event object) *delivery {
	s := w.server
	if event["event_ts"] == nil {
		event["event_ts"] = or(event["ts"], s.stamp())
	}
	return &delivery{kind: eventsAPI, key: key, payload: object{
		"token": "stand-in", "team_id": w.ID, "context_team_id": w.ID, "context_enterprise_id": nil, "api_app_id": AppID, "event": event,
		"type": "event_callback", "event_id": fmt.Sprintf("Ev0%08d", s.next()), "event_time": s.clock().Unix(), "is_ext_shared_channel": false,
		"authorizations": []object{{"enterprise_id": nil, "team_id": w.ID, "user_id": w.Bot, "is_bot": true, "is_enterprise_install": false}},
		"event_context":  fmt.Sprintf("4-stand-in-%d", s.serial),
	}}
}

// Event brings any event, as it stands, to the app in this workspace.
func (w *Workspace) Event(event map[string]any) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	w.event(w.ID, event)
}
