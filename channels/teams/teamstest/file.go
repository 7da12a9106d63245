package teamstest

import (
	"fmt"
	"net/http"
	"path"
	"strings"
)

// upload is where a file is brought to once a person has agreed:
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
type upload struct {
	name string
	size int // that was said
	data []byte
}

// Accepts takes the files that are offered and not yet taken.
func (p *Person) Accepts() { p.consents("accept") }

// Declines does not.
func (p *Person) Declines() { p.consents("decline") }

func (p *Person) consents(action string) {
	for _, m := range p.Shown() {
		for _, f := range m.Files {
			if f.Offer == nil || !p.decides(m.ID) {
				continue
			}
			value := object{"type": "fileUpload", "action": action, "context": f.Offer["declineContext"]}
			if action == "accept" {
				value["context"], value["uploadInfo"] = f.Offer["acceptContext"], p.server.offers(f)
			}
			out := p.server.bring(p.makes("invoke-card-action", Activity{"name": "fileConsent/invoke", "replyToId": m.ID, "value": value}))
			if !out.Taken() {
				p.server.mu.Lock()
				p.wrong = append(p.wrong, fmt.Sprintf("the answer to an offered file: %d: %v", out.Status, out.Err))
				p.server.mu.Unlock()
			}
		}
	}
}

// decides says, once, that a person answers to an offer.
func (p *Person) decides(message string) bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, m := range p.chat().messages {
		if m.id == message && !m.decided {
			m.decided = true
			return true
		}
	}
	return false
}

// offers is where to bring a file.
func (s *Server) offers(f File) object {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("file-%d", s.next())
	s.uploads[id] = &upload{name: f.Name, size: int(number(f.Offer["sizeInBytes"]))}
	return object{
		"contentUrl": s.URL + "/files/" + id, "uploadUrl": s.URL + "/upload/" + id, "uniqueId": id, "name": f.Name,
		"fileType": strings.TrimPrefix(path.Ext(f.Name), "."),
	}
}

// uploaded takes the bytes of a file, whole.
func (s *Server) uploaded(c call) answer {
	u := s.uploads[path.Base(c.request.URL.Path)]
	n := len(c.body)
	switch {
	case c.request.Header.Get("Authorization") != "":
		s.violate("a token was sent to where a file is brought")
		return answer{status: http.StatusUnauthorized}
	case u == nil || c.request.Method != http.MethodPut:
		return answer{status: http.StatusNotFound}
	case n == 0 || n != u.size || c.request.Header.Get("Content-Range") != fmt.Sprintf("bytes 0-%d/%d", n-1, n):
		s.violate("a file of %d bytes, as %q, and %d were offered", n, c.request.Header.Get("Content-Range"), u.size)
		return answer{status: http.StatusBadRequest}
	}
	u.data = c.body
	return answer{status: http.StatusCreated}
}

// Uploaded is what was brought of the file at an address, nil for nothing.
func (s *Server) Uploaded(contentURL string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.uploads[path.Base(contentURL)]; u != nil {
		return u.data
	}
	return nil
}
