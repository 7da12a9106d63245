package telegramtest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// arrive makes an update of what a person did.
func (s *Server) arrive(update map[string]any) {
	s.update++
	update["update_id"] = s.update
	s.updates = append(s.updates, update)
	s.arrived.Broadcast()
}

// getUpdates holds a poll until something arrives, as long as it asked for. A
// second poll ends the first, and a webhook ends all.
func (s *Server) getUpdates(w http.ResponseWriter, r *http.Request) {
	if s.hook.url != "" {
		refuse(w, http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
		return
	}
	s.allow(r)
	offset, _ := strconv.Atoi(r.Form.Get("offset"))
	for len(s.updates) > 0 && number(s.updates[0]) < offset {
		s.updates = s.updates[1:]
	}
	s.poll++
	mine := s.poll
	s.arrived.Broadcast()
	seconds, _ := strconv.Atoi(r.Form.Get("timeout"))
	wake := func() { s.mu.Lock(); s.arrived.Broadcast(); s.mu.Unlock() }
	deadline := time.AfterFunc(time.Duration(seconds)*time.Second, wake)
	defer deadline.Stop()
	gone := r.Context().Done()
	go func() { <-gone; wake() }()
	until := time.Now().Add(time.Duration(seconds) * time.Second)
	for len(s.wanted()) == 0 && !s.closed && mine == s.poll && r.Context().Err() == nil && time.Now().Before(until) {
		s.arrived.Wait()
	}
	if mine != s.poll {
		refuse(w, http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		return
	}
	answer(w, s.wanted())
}

// wanted is the updates of the kinds that were asked for, a hundred at most.
func (s *Server) wanted() []map[string]any {
	all := []map[string]any{}
	for _, u := range s.updates {
		if len(all) < 100 && s.wants(u) {
			all = append(all, u)
		}
	}
	return all
}

func (s *Server) wants(update map[string]any) bool {
	if s.allowed == nil {
		return true
	}
	for kind := range update {
		if slices.Contains(s.allowed, kind) {
			return true
		}
	}
	return false
}

func (s *Server) allow(r *http.Request) {
	var kinds []string
	if json.Unmarshal([]byte(r.Form.Get("allowed_updates")), &kinds) == nil {
		s.allowed = kinds
	}
}

func number(update map[string]any) int {
	n, _ := update["update_id"].(int)
	return n
}

// webhook is where updates are brought to.
type webhook struct {
	url, secret string
}

// trouble is the last error that was met on the way to a webhook.
type trouble struct {
	at    time.Time
	words string
}

// getWebhookInfo tells what is set, and how it went.
func (s *Server) getWebhookInfo(w http.ResponseWriter) {
	said := map[string]any{"url": s.hook.url, "has_custom_certificate": false, "pending_update_count": len(s.updates)}
	if s.allowed != nil {
		said["allowed_updates"] = s.allowed
	}
	if s.hook.url != "" && !s.trouble.at.IsZero() {
		said["last_error_date"], said["last_error_message"] = s.trouble.at.Unix(), s.trouble.words
	}
	answer(w, said)
}

// Takes lets another process set the webhook to an address, "" for none at all.
func (s *Server) Takes(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook = webhook{address, "theirs"}
	s.poll++ // ends a poll
	s.arrived.Broadcast()
}

// Reports lets the webhook have met an error.
func (s *Server) Reports(at time.Time, words string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = trouble{at, words}
}

// Hook is where updates are brought to.
func (s *Server) Hook() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hook.url
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// setWebhook sets or, without an address, deletes.
func (s *Server) setWebhook(w http.ResponseWriter, r *http.Request) {
	address, secret := r.Form.Get("url"), r.Form.Get("secret_token")
	if address == "" {
		s.hook = webhook{}
		answer(w, true)
		return
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		s.violate(w, "Bad Request: bad webhook: invalid URL")
		return
	case u.Scheme != "https" && u.Hostname() != "127.0.0.1": // a test's own
		s.violate(w, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
		return
	case secret != "" && !secretToken.MatchString(secret):
		s.violate(w, "Bad Request: secret token contains unallowed characters")
		return
	}
	s.allow(r)
	s.poll++ // ends a poll
	s.hook = webhook{address, secret}
	s.delivering.Go(func() { s.deliver(webhook{address, secret}) })
	answer(w, true)
}

// deliver brings updates one by one, each until the webhook took it.
func (s *Server) deliver(hook webhook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.closed && s.hook == hook {
		if len(s.updates) == 0 {
			s.arrived.Wait()
			continue
		}
		update := s.updates[0]
		if s.wants(update) {
			s.mu.Unlock()
			taken := s.post(hook, update)
			s.mu.Lock()
			if !taken {
				s.trouble = trouble{time.Now(), "Wrong response from the webhook"}
				s.mu.Unlock()
				time.Sleep(5 * time.Millisecond) // the real one waits longer
				s.mu.Lock()
				continue
			}
		}
		s.updates = s.updates[1:]
		s.arrived.Broadcast()
	}
}

func (s *Server) post(hook webhook, update map[string]any) bool {
	body, err := json.Marshal(update)
	if err != nil {
		panic(err) // a test's own map
	}
	request, err := http.NewRequest(http.MethodPost, hook.url, bytes.NewReader(body))
	if err != nil {
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	response, err := s.client.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}
