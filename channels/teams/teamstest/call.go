package teamstest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// call is one request, read as far as to know what is wanted.
type call struct {
	method                 string // "" for what nobody knows
	request                *http.Request
	body                   []byte
	tenant                 string // of a token
	conversation, activity string // of the connector
}

// call tells by the path what is wanted.
func (s *Server) call(r *http.Request, body []byte) call {
	c := call{request: r, body: body}
	path := r.URL.EscapedPath()
	switch {
	case path == "/v1/.well-known/openidconfiguration":
		c.method = "metadata"
	case path == "/v1/.well-known/keys":
		c.method = "keys"
	case strings.HasPrefix(path, "/login/"):
		var ok bool
		if c.tenant, ok = strings.CutSuffix(strings.TrimPrefix(path, "/login/"), "/oauth2/v2.0/token"); ok {
			c.method = "token"
		}
	case strings.HasPrefix(path, "/upload/"):
		c.method = "upload"
	default:
		s.connectorCall(&c, path)
	}
	return c
}

// meets does what is wanted, or has the fault that it was told to have.
func (s *Server) meets(c call) answer {
	fault, ok := s.fault(c.method)
	if !ok {
		out := s.do(c)
		if c.speaks() {
			s.answered[out.status]++
		}
		return out
	}
	if fault.Late {
		s.do(c)
	}
	out := answer{status: fault.Status, body: []byte(fault.Body), hangUp: fault.HangUp, header: map[string]string{}}
	if fault.After > 0 {
		out.header["Retry-After"] = strconv.Itoa(fault.After)
	}
	if c.speaks() {
		s.answered[out.status]++
	}
	return out
}

func (s *Server) do(c call) answer {
	switch c.method {
	case "metadata":
		return s.metadata(c)
	case "keys":
		return s.keySet(c)
	case "token":
		return s.token(c)
	case "upload":
		return s.uploaded(c)
	case "":
		s.violate("%s %s: nothing is there", c.request.Method, c.request.URL.Path)
		return answer{status: http.StatusNotFound}
	}
	return s.connector(c)
}

// speaks says whether it is a call of the connector.
func (c call) speaks() bool {
	return slices.Contains([]string{"send", "update", "delete", "typing"}, c.method)
}

func (s *Server) fault(method string) (Fault, bool) {
	for i, f := range s.faults {
		if f.Method == method || f.Method == "" && slices.Contains([]string{"send", "update", "delete"}, method) {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return f, true
		}
	}
	return Fault{}, false
}

// answer is what a call is answered.
type answer struct {
	status int
	header map[string]string
	body   []byte
	hangUp bool
}

func says(status int, body any) answer {
	written, err := json.Marshal(body)
	if err != nil {
		panic(err) // our own values: cannot happen
	}
	return answer{status: status, body: written, header: map[string]string{"Content-Type": "application/json; charset=utf-8"}}
}

// refuse is an error in the connector's form.
func refuse(status int, code, message string) answer {
	return says(status, object{"error": object{"code": code, "message": message}})
}
