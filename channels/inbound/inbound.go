// Package inbound is what every app's webhook does before it believes
// anything: one method, one kind of content, a bounded body that came whole
// and in time, and a count of what was refused. Who sent it is the adapter's
// own question; it asks as early as the app's proof allows.
//
//	door := &inbound.Door{Channel: "telegram", Count: refused}
//	mux.Handle("/telegram/webhook", door.Post(types, func(w http.ResponseWriter, r *http.Request) {
//		if !proven(r) { door.Refuse(w, inbound.Stranger); return }
//		body, ok := door.Body(w, r)
//		…
//	}))
//
// A refused request leaves nothing behind but its count: no part of it is
// logged or stored.
package inbound

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"time"
)

// MaxBody bounds a request's body, in bytes; what the apps send is a few
// kilobytes.
const MaxBody = 1<<20 - 1

// slowest is how long a body may take to arrive.
const slowest = 10 * time.Second

// Why a request was refused, as it is counted.
type Why string

// The reasons, and the status of each.
const (
	Method   Why = "method"
	Content  Why = "content"  // a wrong type, or compressed
	Stranger Why = "stranger" // who sent it is not proven
	TooLarge Why = "too-large"
	Short    Why = "short" // cut short, or too slow
	Unread   Why = "unread"
)

var status = map[Why]int{
	Method:   http.StatusMethodNotAllowed,
	Content:  http.StatusUnsupportedMediaType,
	Stranger: http.StatusUnauthorized,
	TooLarge: http.StatusRequestEntityTooLarge,
	Short:    http.StatusBadRequest,
	Unread:   http.StatusBadRequest,
}

// Door lets an app's requests in.
type Door struct {
	Channel string
	// Count is told of each request that was refused; nil for nobody.
	Count func(channel string, why Why)
}

// Post serves POST requests with one of some content types ("application/json"),
// uncompressed.
func (d *Door) Post(types []string, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		switch {
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			d.Refuse(w, Method)
		case err != nil || !slices.Contains(types, kind), r.Header.Get("Content-Encoding") != "":
			d.Refuse(w, Content)
		case r.ContentLength > MaxBody:
			d.Refuse(w, TooLarge)
		default:
			next(w, r)
		}
	})
}

// Body reads the whole body; where it cannot, the request is refused and ok
// is false.
func (d *Door) Body(w http.ResponseWriter, r *http.Request) (body []byte, ok bool) {
	// A stand-in for a connection in a test has no deadline.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(slowest))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		d.Refuse(w, TooLarge)
	case err != nil:
		d.Refuse(w, Short)
	default:
		return body, true
	}
	return nil, false
}

// Refuse answers a request that is not let in, with as few words as it needs.
// What more there is of it is not read.
func (d *Door) Refuse(w http.ResponseWriter, why Why) {
	if d.Count != nil {
		d.Count(d.Channel, why)
	}
	w.Header().Set("Connection", "close")
	http.Error(w, http.StatusText(status[why]), status[why])
}
