package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// patience is how long a browser may take to read one event; whoever takes
// longer is dropped and comes back by itself.
const patience = 10 * time.Second

// stream tells a page what changes, from the number that it has seen: the
// Last-Event-ID of a stream that broke, or since.
func (a *Adapter) stream(w http.ResponseWriter, r *http.Request) {
	name, ok := a.sessions.Read(r)
	if !ok {
		a.problem(w, r, http.StatusForbidden, "web.no-session")
		return
	}
	seen, err := lastSeen(r)
	if err != nil {
		http.Error(w, "Last-Event-ID and since are numbers that an event gave", http.StatusBadRequest)
		return
	}
	s := &streamer{adapter: a, control: http.NewResponseController(w), w: w, conversation: name, seen: seen}
	if s.begin() != nil {
		return
	}
	l := a.rooms.join(name)
	defer a.rooms.leave(name, l)
	beat := time.NewTicker(a.beat)
	defer beat.Stop()
	for quiet := false; s.tell(r, quiet) == nil; {
		select {
		case <-l.wake:
			quiet = false
		case <-beat.C:
			quiet = true // another instance may have said something: look, or show that we live
		case <-l.full:
			return
		case <-a.draining:
			return
		case <-r.Context().Done():
			return
		}
	}
}

func lastSeen(r *http.Request) (int64, error) {
	last := r.Header.Get("Last-Event-ID")
	if last == "" {
		last = r.URL.Query().Get("since")
	}
	if last == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(last, 10, 64)
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	return n, err
}

// streamer writes one stream.
type streamer struct {
	adapter      *Adapter
	w            http.ResponseWriter
	control      *http.ResponseController
	conversation string
	seen         int64
	receipt      string // the fleeting message that was shown
}

// begin opens the stream.
func (s *streamer) begin() error {
	h := s.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // a proxy shall pass events on at once
	s.w.WriteHeader(http.StatusOK)
	return s.write("retry: 2000\n\n")
}

// tell writes what changed since the last time; when nothing did, a sign of
// life if one is due.
func (s *streamer) tell(r *http.Request, quiet bool) error {
	c, err := s.adapter.look(r.Context(), s.conversation)
	if err != nil {
		if !s.adapter.away.Swap(true) { // said once, not by every page that is open
			s.adapter.options.Log.Warn("web: streams cannot read, they go on when they can", "error", err)
		}
		return s.write(": \n\n")
	}
	s.adapter.away.Store(false)
	receipt := ""
	if c.fleeting {
		receipt = c.entries[len(c.entries)-1].Key
	}
	if c.number == s.seen && receipt == s.receipt {
		if quiet {
			return s.write(": \n\n")
		}
		return nil
	}
	body, err := json.Marshal(s.adapter.since(c, s.seen))
	if err != nil {
		return err
	}
	if err := s.write(fmt.Sprintf("id: %d\ndata: %s\n\n", c.number, body)); err != nil {
		return err
	}
	s.seen, s.receipt = c.number, receipt
	return nil
}

// write has a deadline of its own: the server's is for answers that end.
func (s *streamer) write(text string) error {
	if err := s.control.SetWriteDeadline(s.adapter.options.Wall().Add(s.adapter.patience)); err != nil {
		return err
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}
