package teamstest

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"time"
)

// key is one of Microsoft's keys.
type key struct {
	id      string
	private *rsa.PrivateKey
}

func (s *Server) newKey() *key {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		s.t.Fatal(err)
	}
	return &key{fmt.Sprintf("stand-in-key-%d", s.next()), private}
}

// Rotates makes a new key and signs with it from now on; the old ones stay in
// the set unless gone.
func (s *Server) Rotates(gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if gone {
		s.keys = nil
	}
	s.keys = append(s.keys, s.newKey())
}

// Endorsed sets what the keys are endorsed for; "msteams" by itself.
func (s *Server) Endorsed(channels ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endorsed = channels
}

// PublicKey is the modulus and exponent of the newest key, as one finds them in
// the set: what somebody who forges a token has.
func (s *Server) PublicKey() *rsa.PublicKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &s.keys[len(s.keys)-1].private.PublicKey
}

// KeyID is the id of the newest key.
func (s *Server) KeyID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys[len(s.keys)-1].id
}

// metadata is the document at
// https://login.botframework.com/v1/.well-known/openidconfiguration.
func (s *Server) metadata(call) answer {
	return says(http.StatusOK, object{
		"issuer": "https://api.botframework.com", "authorization_endpoint": "https://invalid.botframework.com/", "jwks_uri": s.URL + "/v1/.well-known/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"}, "token_endpoint_auth_methods_supported": []string{"private_key_jwt"},
	})
}

func (s *Server) keySet(call) answer {
	set := []object{}
	for _, k := range s.keys {
		e := big.NewInt(int64(k.private.E)).Bytes()
		set = append(set, object{
			"kty": "RSA", "use": "sig", "kid": k.id, "x5t": k.id, "endorsements": s.endorsed,
			"n": base64.RawURLEncoding.EncodeToString(k.private.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(e),
		})
	}
	return says(http.StatusOK, object{"keys": set})
}

// Claims are what a token says.
type Claims map[string]any

// With is a copy in which one claim is another; nil takes it out.
func (c Claims) With(name string, value any) Claims {
	changed := maps.Clone(c)
	changed[name] = value
	if value == nil {
		delete(changed, name)
	}
	return changed
}

// Claims are those of a good token that goes with an activity of this
// serviceUrl.
func (s *Server) Claims(serviceURL string) Claims {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.claims(serviceURL)
}

func (s *Server) claims(serviceURL string) Claims {
	now := s.clock()
	return Claims{
		"iss": "https://api.botframework.com", "aud": AppID, "serviceurl": serviceURL,
		"nbf": now.Add(-time.Minute).Unix(), "exp": now.Add(time.Hour).Unix(),
	}
}

// Signing is how a token is signed. The zero Signing is Microsoft's way.
type Signing struct {
	Header  map[string]any  // more, and other, fields of the head; nil values go
	Private *rsa.PrivateKey // another key than Microsoft's
	Secret  []byte          // HS256 with this instead
	None    bool            // no signature at all
	Spoilt  bool            // one bit of the signature is another
}

// Sign makes a token, good or bad.
func (s *Server) Sign(claims Claims, how Signing) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sign(claims, how)
}

func (s *Server) sign(claims Claims, how Signing) string {
	newest := s.keys[len(s.keys)-1]
	header := map[string]any{"alg": "RS256", "typ": "JWT", "kid": newest.id, "x5t": newest.id}
	switch {
	case how.None:
		header["alg"] = "none"
	case how.Secret != nil:
		header["alg"] = "HS256"
	}
	for name, value := range how.Header {
		if header[name] = value; value == nil {
			delete(header, name)
		}
	}
	signed := part(s, header) + "." + part(s, claims)
	signature := s.signature(signed, how, newest.private)
	if how.Spoilt {
		signature[len(signature)/2] ^= 1
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func (s *Server) signature(signed string, how Signing, private *rsa.PrivateKey) []byte {
	switch {
	case how.None:
		return nil
	case how.Secret != nil:
		mac := hmac.New(sha256.New, how.Secret)
		mac.Write([]byte(signed))
		return mac.Sum(nil)
	case how.Private != nil:
		private = how.Private
	}
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, private, crypto.SHA256, digest[:])
	if err != nil {
		s.t.Fatal(err)
	}
	return signature
}

func part(s *Server, value any) string {
	written, err := json.Marshal(value)
	if err != nil {
		s.t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(written)
}
