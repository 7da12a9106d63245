package pages

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// Sessions keeps an opaque name in a signed cookie: whoever shows it is who got
// it. Nothing is stored for it, and a forged one is as good as none.
type Sessions struct {
	key    []byte
	name   string
	path   string
	secure bool
	age    time.Duration
}

// sessionAge is how long browsers keep a cookie at most.
const sessionAge = 400 * 24 * time.Hour

// NewSessions signs with a key of its own that follows from secret and purpose
// ("chat", "console"): a cookie of one is none of the other. secure keeps it
// from ever travelling without TLS.
func NewSessions(secret []byte, purpose string, secure bool) *Sessions {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("pages: session: " + purpose))
	s := &Sessions{key: mac.Sum(nil), name: "praline-" + purpose, path: "/", secure: secure, age: sessionAge}
	if secure {
		s.name = "__Host-" + s.name // browsers then see to Secure and Path themselves
	}
	return s
}

// Lasting is sessions whose cookie browsers keep for another time at most.
func (s Sessions) Lasting(age time.Duration) *Sessions {
	s.age = age
	return &s
}

// NewName is an opaque name for a session: 128 random bits.
func NewName() string { return strings.ToLower(rand.Text()) }

// Read returns the session's name; false without a cookie that we signed.
func (s *Sessions) Read(r *http.Request) (string, bool) {
	for _, cookie := range r.CookiesNamed(s.name) {
		name, signature, ok := strings.Cut(cookie.Value, ".")
		if ok && name != "" && hmac.Equal([]byte(signature), []byte(s.sign(name))) {
			return name, true
		}
	}
	return "", false
}

// Write hands a session's cookie to the browser.
func (s *Sessions) Write(w http.ResponseWriter, name string) {
	http.SetCookie(w, s.cookie(name+"."+s.sign(name), int(s.age/time.Second)))
}

// End takes it back.
func (s *Sessions) End(w http.ResponseWriter) { http.SetCookie(w, s.cookie("", -1)) }

func (s *Sessions) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: s.name, Value: value, Path: s.path, MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure,
	}
}

func (s *Sessions) sign(name string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(name))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
