package teamstest

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// TokenLife sets how long a token that is issued from now on lives.
func (s *Server) TokenLife(life time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.life = life
}

// Revokes ends all tokens that the bot has, before their time.
func (s *Server) Revokes() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// token answers to client credentials, as
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow says.
func (s *Server) token(c call) answer {
	if s.anonymous {
		s.violate("a token is asked for, and an emulator gives none")
	}
	if c.request.Method != http.MethodPost {
		return s.noToken(http.StatusBadRequest, "invalid_request", 900561, "The endpoint only accepts POST requests.")
	}
	form, err := url.ParseQuery(string(c.body))
	if err != nil || !strings.HasPrefix(c.request.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return s.noToken(http.StatusBadRequest, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'.")
	}
	id, secret := form.Get("client_id"), form.Get("client_secret")
	if user, password, ok := c.request.BasicAuth(); ok {
		id, _ = url.QueryUnescape(user)
		secret, _ = url.QueryUnescape(password)
	}
	switch {
	case c.tenant != TenantID:
		return s.noToken(http.StatusBadRequest, "invalid_request", 90002, "Tenant '"+c.tenant+"' not found.")
	case form.Get("grant_type") != "client_credentials":
		return s.noToken(http.StatusBadRequest, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
	case form.Get("scope") != "https://api.botframework.com/.default":
		return s.noToken(http.StatusBadRequest, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.")
	case id != AppID:
		return s.noToken(http.StatusBadRequest, "unauthorized_client", 700016, "Application with identifier '"+id+"' was not found in the directory.")
	case secret != AppPassword:
		return s.noToken(http.StatusUnauthorized, "invalid_client", 7000215, "Invalid client secret provided.")
	}
	token := fmt.Sprintf("stand-in-token-%d", s.next())
	s.tokens[token] = s.clock().Add(s.life)
	seconds := int(s.life / time.Second)
	return says(http.StatusOK, object{"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds, "access_token": token})
}

// noToken is a refusal in the login's form. A wrong setting is a person's
// mistake, not the adapter's: no violation.
func (s *Server) noToken(status int, code string, number int, words string) answer {
	return says(status, object{
		"error": code, "error_description": fmt.Sprintf("AADSTS%d: %s Trace ID: stand-in", number, words), "error_codes": []int{number},
		"timestamp": s.clock().UTC().Format("2006-01-02 15:04:05Z"), "trace_id": "stand-in", "correlation_id": "stand-in",
	})
}

// admits returns the refusal of a call without a token that holds.
func (s *Server) admits(r *http.Request) (refusal answer, ok bool) {
	header := r.Header.Get("Authorization")
	if s.anonymous {
		if header != "" {
			s.violate("a token was sent to an emulator")
		}
		return answer{}, true
	}
	token, bearer := strings.CutPrefix(header, "Bearer ")
	ends, issued := s.tokens[token]
	switch {
	case !bearer || token == "":
		s.violate("a call without a token")
	case !issued:
	case !ends.After(s.clock()):
		s.violate("a token that has expired")
	default:
		return answer{}, true
	}
	return says(http.StatusUnauthorized, object{"message": "Authorization has been denied for this request."}), false
}
