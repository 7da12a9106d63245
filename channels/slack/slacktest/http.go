package slacktest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// Sign is the value of X-Slack-Signature for a body and the value of
// X-Slack-Request-Timestamp.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func Sign(secret, timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// wire is a request as it goes to the app.
type wire struct {
	path   string
	header http.Header
	body   string
}

// Signed is the headers of a request of this content type that is rightly
// signed now.
func (s *Server) Signed(kind, body string) http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signed(kind, body)
}

func (s *Server) signed(kind, body string) http.Header {
	timestamp := strconv.FormatInt(s.clock().Unix(), 10)
	return http.Header{
		"Content-Type":              {kind},
		"User-Agent":                {"Slackbot 1.0 (+https://api.slack.com/robots)"},
		"X-Slack-Request-Timestamp": {timestamp},
		"X-Slack-Signature":         {Sign(SigningSecret, timestamp, body)},
	}
}

func (s *Server) wire(d *delivery) *wire {
	if d.replay != nil {
		return d.replay
	}
	payload, err := json.Marshal(d.payload)
	if err != nil {
		panic(err) // a test's own map
	}
	var w wire
	switch d.kind {
	case eventsAPI:
		w = wire{path: "/slack/events", body: string(payload), header: s.signed("application/json", string(payload))}
	case interactive:
		body := url.Values{"payload": {string(payload)}}.Encode()
		w = wire{path: "/slack/interactions", body: body, header: s.signed("application/x-www-form-urlencoded", body)}
	case slashCommands:
		values := url.Values{}
		for name, v := range d.payload {
			values.Set(name, fmt.Sprint(v))
		}
		body := values.Encode()
		w = wire{path: "/slack/commands", body: body, header: s.signed("application/x-www-form-urlencoded", body)}
	}
	if d.attempt > 0 {
		w.header.Set("X-Slack-Retry-Num", strconv.Itoa(d.attempt))
		reason := d.reason
		if reason == "timeout" {
			reason = "http_timeout"
		}
		w.header.Set("X-Slack-Retry-Reason", reason)
	}
	return &w
}

// post brings one delivery; while it is on its way the stand-in goes on.
func (s *Server) post(d *delivery) {
	w := s.wire(d)
	d.last, d.sent = w, s.clock()
	base := s.mail.base
	s.mu.Unlock()
	status, header, body, err := s.request(base+w.path, w)
	s.mu.Lock()
	switch {
	case err != nil && (errors.Is(err, os.ErrDeadlineExceeded) || strings.Contains(err.Error(), "Timeout")):
		d.reason = "http_timeout"
	case err != nil:
		d.reason = "connection_failed"
	case status >= 200 && status < 300:
		s.taken(d, body)
		return
	default:
		d.reason = "http_error"
	}
	if header.Get("X-Slack-No-Retry") == "1" {
		d.acked = true
	}
	s.changed.Broadcast()
}

func (s *Server) request(address string, w *wire) (status int, header http.Header, body []byte, err error) {
	r, err := http.NewRequest(http.MethodPost, address, bytes.NewReader([]byte(w.body)))
	if err != nil {
		return 0, nil, nil, err
	}
	r.Header = w.header.Clone()
	response, err := s.client.Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, response.Header, body, err
}

// Verifies saves the app's address in its settings: Slack asks it for a
// challenge, and an error says what was wrong with the answer.
func (s *Server) Verifies(base string) error {
	s.mu.Lock()
	challenge := fmt.Sprint("challenge-", s.next())
	body, _ := json.Marshal(object{"token": "stand-in", "challenge": challenge, "type": "url_verification"})
	w := &wire{header: s.signed("application/json", string(body)), body: string(body)}
	s.mu.Unlock()
	status, header, answer, err := s.request(base+"/slack/events", w)
	if err != nil {
		return err
	}
	var asJSON struct{ Challenge string }
	_ = json.Unmarshal(answer, &asJSON)
	if status != http.StatusOK || (strings.TrimSpace(string(answer)) != challenge && asJSON.Challenge != challenge) {
		return fmt.Errorf("your URL didn't respond with the value of the challenge parameter: %d %s", status, header.Get("Content-Type"))
	}
	return nil
}
