package slack

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"praline/channels"
	"praline/channels/inbound"
)

// Routes are what Slack and administrators reach us by, as patterns of
// http.ServeMux. 200 confirms what came; 503 makes an event come again.
func (a *Adapter) Routes(handle channels.Handler) map[string]http.Handler {
	routes := map[string]http.Handler{
		"/slack/events":       a.gate("application/json", eventsAPI, handle, whole),
		"/slack/interactions": a.gate("application/x-www-form-urlencoded", interactive, handle, payload),
		"/slack/commands":     a.gate("application/x-www-form-urlencoded", commands, handle, form),
	}
	if a.options.ClientID != "" {
		routes["GET /slack/install"] = http.HandlerFunc(a.serveInstall)
		routes["GET /slack/oauth"] = http.HandlerFunc(a.serveOAuth)
	}
	return routes
}

// patience is how long a delivery may take in all.
const patience = 25 * time.Second

// gate serves one kind of request. Nothing of it is parsed before it has
// proven to be Slack's.
func (a *Adapter) gate(kind, delivered string, handle channels.Handler, parse func([]byte) ([]byte, bool)) http.Handler {
	door := a.options.Door
	return door.Post([]string{kind}, func(w http.ResponseWriter, r *http.Request) {
		if a.options.SigningSecret == "" || !timely(r.Header, a.options.Now()) {
			door.Refuse(w, inbound.Stranger)
			return
		}
		raw, ok := door.Body(w, r)
		if !ok {
			return
		}
		if !signed(r.Header, raw, a.options.SigningSecret) {
			door.Refuse(w, inbound.Stranger)
			return
		}
		body, ok := parse(raw)
		if !ok {
			door.Refuse(w, inbound.Unread)
			return
		}
		c, ok := delivery{delivered, body}.read()
		switch {
		case !ok:
			door.Refuse(w, inbound.Unread)
		case c.what == challenged:
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			_, _ = w.Write([]byte(c.respond))
		default:
			// Slack hangs up after three seconds and comes again: what is under
			// way is done all the same, or a slow store would never get there.
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), patience)
			defer cancel()
			before, leave := a.turn(c)
			reply, err := a.take(ctx, c, before, leave, handle)
			if err != nil {
				a.options.Log.Warn("slack: not stored: an event comes again, whoever pressed is told", "kind", delivered, "event", c.event.ID, "error", err)
				http.Error(w, "again, please", http.StatusServiceUnavailable)
				return
			}
			answer(w, reply)
		}
	})
}

// answer confirms, with or without words.
func answer(w http.ResponseWriter, reply any) {
	if reply == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	words, err := json.Marshal(reply)
	if err != nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(words)
}

func whole(body []byte) ([]byte, bool) { return body, true }

// payload is the one field of an interaction's form.
func payload(body []byte) ([]byte, bool) {
	values, err := url.ParseQuery(string(body))
	if err != nil || len(values["payload"]) != 1 {
		return nil, false
	}
	return []byte(values.Get("payload")), true
}

// form is a command's form as the object that a socket would bring.
func form(body []byte) ([]byte, bool) {
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, false
	}
	object := make(map[string]string, len(values))
	for name, all := range values {
		if len(all) != 1 {
			return nil, false
		}
		object[name] = all[0]
	}
	raw, err := json.Marshal(object)
	return raw, err == nil
}
