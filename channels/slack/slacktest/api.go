package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, method string) {
	in, problem := arguments(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	if fault, ok := s.fault(method); ok {
		if fault.Late {
			s.answer(r, method, in, problem)
		}
		if fault.After > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(fault.After))
		}
		w.WriteHeader(fault.Status)
		_, _ = io.WriteString(w, fault.Body)
		s.changed.Broadcast()
		return
	}
	out, header := s.answer(r, method, in, problem)
	for name, value := range header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Date", s.clock().UTC().Format(http.TimeFormat))
	if out["error"] == "ratelimited" {
		w.WriteHeader(http.StatusTooManyRequests)
	}
	_ = json.NewEncoder(w).Encode(out)
	s.changed.Broadcast()
}

// answer checks who calls and what they may, and does it.
func (s *Server) answer(r *http.Request, method string, in object, problem string) (out object, header map[string]string) {
	known, ok := methods[method]
	if !ok {
		s.violate(method + ": unknown_method")
		return object{"ok": false, "error": "unknown_method", "req_method": method}, nil
	}
	if problem != "" {
		s.violate(method + ": " + problem)
		return refusal(problem), nil
	}
	c := call{server: s, method: method, in: in, request: r}
	if !known.open {
		if out := s.admit(&c, known); out != nil {
			return out, c.header()
		}
	}
	out = known.do(&c)
	if out["error"] == "ratelimited" {
		return out, map[string]string{"Retry-After": strconv.Itoa(s.rates.after)}
	}
	if _, ok := out["ok"]; !ok {
		out["ok"] = true
	}
	return out, c.header()
}

// admit returns nil for a caller who may call the method.
func (s *Server) admit(c *call, known method) object {
	token := c.token()
	switch {
	case token == "":
		s.violate(c.method + ": not_authed")
		return refusal("not_authed")
	case known.app && token != AppToken:
		s.violate(c.method + ": a token that is not the app's")
		if s.byToken(token) != nil {
			return refusal("not_allowed_token_type")
		}
		return refusal("invalid_auth")
	case known.app:
		return nil
	}
	c.team = s.byToken(token)
	switch {
	case c.team == nil && token == AppToken:
		s.violate(c.method + ": the app's token where a bot's belongs")
		return refusal("not_allowed_token_type")
	case c.team == nil:
		return refusal("invalid_auth") // a person's mistake in the settings, not the adapter's
	case c.team.ended != "":
		return refusal(c.team.ended)
	}
	if known.scope != "" && !slices.Contains(c.team.scopes, known.scope) {
		return object{"ok": false, "error": "missing_scope", "needed": known.scope, "provided": strings.Join(c.team.scopes, ",")}
	}
	return nil
}

func (s *Server) fault(method string) (Fault, bool) {
	for i, f := range s.faults {
		speaks := strings.HasPrefix(method, "chat.") || strings.HasPrefix(method, "files.") || strings.HasPrefix(method, "views.")
		if f.Method == method || (f.Method == "" && speaks) {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return f, true
		}
	}
	return Fault{}, false
}

func refusal(code string) object { return object{"ok": false, "error": code} }

// arguments reads a body of either kind; values of forms that hold JSON stay
// text until a method asks for them.
func arguments(r *http.Request) (object, string) {
	in := object{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost && r.Method != http.MethodGet:
		return in, "invalid_post_type"
	case kind == "application/json":
		body, err := io.ReadAll(r.Body)
		if err != nil || len(body) > 0 && json.Unmarshal(body, &in) != nil {
			return in, "invalid_json"
		}
		return in, "" // a method without arguments may have no body
	case kind == "multipart/form-data":
		if r.ParseMultipartForm(16<<20) != nil {
			return in, "invalid_form_data"
		}
	case kind == "application/x-www-form-urlencoded", r.Method == http.MethodGet:
		if r.ParseForm() != nil {
			return in, "invalid_form_data"
		}
	default:
		body, _ := io.ReadAll(r.Body)
		if len(body) > 0 {
			return in, "invalid_post_type"
		}
	}
	for name, values := range url.Values(r.Form) {
		in[name] = values[0]
	}
	return in, ""
}
