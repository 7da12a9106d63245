package teamstest

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"strings"
	"time"

	"praline/channels/channelstest"
)

// Attacks are requests to a bot's POST /api/messages that must be refused
// without an effect. Each speaks in the name of a person who has installed the
// bot, and has one thing about it that is not right; the rest is as Microsoft
// sends it.
func (s *Server) Attacks(p *Person) []channelstest.Attack {
	a := attacks{s, p, p.ServiceURL()}
	var all []channelstest.Attack
	for _, some := range [][]channelstest.Attack{a.tokens(), a.claims(), a.activities(), a.bodies(), a.requests(), a.raw()} {
		all = append(all, some...)
	}
	return all
}

type attacks struct {
	server  *Server
	person  *Person
	service string
}

// good is the token that goes with the person's activities.
func (a attacks) good() string { return a.server.Sign(a.server.Claims(a.service), Signing{}) }

// said is an activity of theirs, changed.
func (a attacks) said(with Activity) []byte {
	return a.written(a.person.Makes("message-text", with))
}

func (a attacks) written(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		a.server.t.Fatal(err)
	}
	return body
}

// by is a request with an Authorization header, "" for none.
func (a attacks) by(label, authorization string, body []byte, headers ...string) channelstest.Attack {
	h := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	if authorization != "" {
		h.Set("Authorization", authorization)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return channelstest.Attack{Label: label, Path: "/api/messages", Header: h, Body: body}
}

func (a attacks) tokens() []channelstest.Attack {
	claims, body := a.server.Claims(a.service), a.said(nil)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		a.server.t.Fatal(err)
	}
	public := a.server.PublicKey()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		a.server.t.Fatal(err)
	}
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	own := map[string]any{
		"kty": "RSA", "kid": a.server.KeyID(), "n": base64.RawURLEncoding.EncodeToString(other.N.Bytes()),
		"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(other.E)).Bytes()),
	}
	rows := []struct{ label, token string }{
		{"garbage for a token", "garbage"},
		{"three parts of garbage", "a.b.c"},
		{"no algorithm", a.server.Sign(claims, Signing{None: true})},
		{"no algorithm, in other letters", a.server.Sign(claims, Signing{None: true, Header: map[string]any{"alg": "nOnE"}})},
		{"no algorithm, and a signature", a.server.Sign(claims, Signing{Header: map[string]any{"alg": "none"}})},
		{"HS256 with the public key as PEM", a.server.Sign(claims, Signing{Secret: asPEM})},
		{"HS256 with the public key as DER", a.server.Sign(claims, Signing{Secret: der})},
		{"HS256 with the modulus", a.server.Sign(claims, Signing{Secret: public.N.Bytes()})},
		{"HS256 with nothing", a.server.Sign(claims, Signing{Secret: []byte{}})},
		{"RS512 on the label, RS256 inside", a.server.Sign(claims, Signing{Header: map[string]any{"alg": "RS512"}})},
		{"another key under the right id", a.server.Sign(claims, Signing{Private: other})},
		{"another key under its own id", a.server.Sign(claims, Signing{Private: other, Header: map[string]any{"kid": "evil", "x5t": "evil"}})},
		{"another key without an id", a.server.Sign(claims, Signing{Private: other, Header: map[string]any{"kid": nil}})},
		{"an id that is no text", a.server.Sign(claims, Signing{Header: map[string]any{"kid": 1}})},
		{"another key, brought along", a.server.Sign(claims, Signing{Private: other, Header: map[string]any{"jwk": own}})},
		{"another key, at an address (jku)", a.server.Sign(claims, Signing{Private: other, Header: map[string]any{"jku": "https://evil.example/keys"}})},
		{"another key, at an address (x5u)", a.server.Sign(claims, Signing{Private: other, Header: map[string]any{"x5u": "https://evil.example/cert"}})},
		{"another key, as a certificate", a.server.Sign(claims, Signing{Private: other, Header: map[string]any{"x5c": []string{base64.StdEncoding.EncodeToString(der)}}})},
		{"an extension that must be understood", a.server.Sign(claims, Signing{Header: map[string]any{"crit": []string{"exp"}}})},
		{"a signature with another bit", a.server.Sign(claims, Signing{Spoilt: true})},
		{"a signature cut off", a.good()[:strings.LastIndexByte(a.good(), '.')+1]},
		{"another one's claims under a good signature", a.regrafted()},
		{"a token of 64 KB", a.server.Sign(claims.With("more", strings.Repeat("x", 48*1024)), Signing{})},
	}
	all := []channelstest.Attack{
		a.by("no token", "", body),
		a.by("an empty header", "Bearer", body),
		a.by("an empty token", "Bearer ", body),
		a.by("a token without its scheme", a.good(), body),
		a.by("a password", "Basic dXNlcjpwYXNzd29yZA==", body),
		a.by("a token in the address", "", body),
		a.by("no token, said to come from this machine", "", body, "X-Forwarded-For", "127.0.0.1"),
		a.by("no token, forwarded for this machine", "", body, "Forwarded", "for=127.0.0.1"),
	}
	all[5].Path += "?access_token=" + a.good()
	twice := a.by("two tokens", "Bearer "+a.good(), body)
	twice.Header.Add("Authorization", "Bearer garbage")
	all = append(all, twice)
	for _, row := range rows {
		all = append(all, a.by(row.label, "Bearer "+row.token, body))
	}
	return all
}

// regrafted is a good token whose claims were exchanged.
func (a attacks) regrafted() string {
	parts := strings.Split(a.good(), ".")
	said := a.written(a.server.Claims(a.service).With("exp", time.Now().Add(240*time.Hour).Unix()))
	return parts[0] + "." + base64.RawURLEncoding.EncodeToString(said) + "." + parts[2]
}

func (a attacks) claims() []channelstest.Attack {
	good, body := a.server.Claims(a.service), a.said(nil)
	a.server.mu.Lock()
	now := a.server.clock()
	a.server.mu.Unlock()
	var all []channelstest.Attack
	for _, row := range []struct {
		label  string
		claims Claims
	}{
		{"expired", good.With("exp", now.Add(-6*time.Minute).Unix())},
		{"expired a year ago", good.With("exp", now.Add(-365*24*time.Hour).Unix()).With("nbf", nil)},
		{"for ever", good.With("exp", nil)},
		{"an end that is no time", good.With("exp", "tomorrow")},
		{"not yet valid", good.With("nbf", now.Add(6*time.Minute).Unix())},
		{"for another app", good.With("aud", "00000000-0000-4000-8000-000000000000")},
		{"for another app with ours in its name", good.With("aud", AppID+".evil.example")},
		{"for nobody", good.With("aud", nil)},
		{"for an empty name", good.With("aud", "")},
		{"by another issuer", good.With("iss", "https://api.botframework.com.evil.example")},
		{"by the issuer of an emulator", good.With("iss", "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/")},
		{"by nobody", good.With("iss", nil)},
		{"for another serviceUrl", good.With("serviceurl", "https://smba.trafficmanager.net/amer/")},
		{"for no serviceUrl", good.With("serviceurl", nil)},
		{"for a serviceUrl that is no text", good.With("serviceurl", []string{a.service})},
	} {
		all = append(all, a.by("a token "+row.label, "Bearer "+a.server.Sign(row.claims, Signing{}), body))
	}
	return all
}

// activities are signed well, and say what we must not believe.
func (a attacks) activities() []channelstest.Attack {
	var all []channelstest.Attack
	for _, address := range []string{
		"https://evil.example/", "http://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net@evil.example/emea/",
		"https://user:pass@smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net.evil.example/emea/", "https://evil-smba.trafficmanager.net/",
		"https://evilbotframework.com/", "https://botframework.com.evil.example/", "https://smba.trafficmanager.net:8443/emea/",
		"https://smba.trafficmanager.net/emea/?to=evil", "https://smba.trafficmanager.net/emea/#evil", "https://smba.trafficmanager.net/emea/../../evil",
		"https://smba.trafficmanager.net/%2e%2e/evil", "https://smba.trafficmanager.net\\@evil.example/", "https://smba.trafficmanager.net /",
		"file:///etc/passwd", "//smba.trafficmanager.net/emea/", "ftp://smba.trafficmanager.net/", "https://169.254.169.254/metadata", "http://10.0.0.1/",
		"http://127.0.0.1.evil.example/", "http://2130706433/", "https://ѕmba.trafficmanager.net/", "javascript:alert(1)", "",
	} {
		claims := a.server.Claims(address)
		all = append(all, a.by(fmt.Sprintf("a serviceUrl %q", address), "Bearer "+a.server.Sign(claims, Signing{}), a.said(Activity{"serviceUrl": address})))
	}
	conversation := func(with Activity) Activity {
		changed := maps.Clone(object1(a.person.Makes("message-text", nil)["conversation"]))
		maps.Copy(changed, with)
		return Activity{"conversation": changed}
	}
	elsewhere := "11111111-2222-4333-8444-555555555555"
	for _, row := range []struct {
		label string
		with  Activity
	}{
		{"of another organisation", conversation(Activity{"tenantId": elsewhere})},
		{"of another organisation, as the channel says", Activity{"channelData": object{"tenant": object{"id": elsewhere}}}},
		{"of no organisation", func() Activity {
			c := conversation(Activity{"tenantId": ""})
			c["channelData"] = object{}
			return c
		}()},
		{"of another channel", Activity{"channelId": "webchat"}},
		{"of an emulator", Activity{"channelId": "emulator"}},
		{"of no channel", Activity{"channelId": nil}},
		{"whose conversation names an address", conversation(Activity{"id": "a:1x https://evil.example"})},
		{"whose conversation is a path", conversation(Activity{"id": "../../v3/conversations/x"})},
		{"whose conversation has a line break", conversation(Activity{"id": "a:1x\r\nHost: evil.example"})},
		{"whose conversation is endless", conversation(Activity{"id": strings.Repeat("a", 600)})},
		{"without a conversation", Activity{"conversation": nil}},
	} {
		all = append(all, a.by("an activity "+row.label, "Bearer "+a.good(), a.said(row.with)))
	}
	return all
}

// bodies come with a good token.
func (a attacks) bodies() []channelstest.Attack {
	deep := `{"type":"message","value":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}"
	var all []channelstest.Attack
	for _, row := range []struct {
		label string
		body  []byte
	}{
		{"nothing", nil},
		{"no JSON", []byte("text=bonjour")},
		{"half of JSON", a.said(nil)[:100]},
		{"JSON and more", append(a.said(nil), "{}"...)},
		{"a list", []byte("[]")},
		{"null", []byte("null")},
		{"an empty object", []byte("{}")},
		{"fields of other types", []byte(`{"type":["message"],"conversation":"x","from":7}`)},
		{"20,000 lists in one another", []byte(deep)},
		{"1 MB", a.said(Activity{"text": strings.Repeat("a", 1<<20)})},
		{"XML", []byte("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")},
	} {
		all = append(all, a.by("a body of "+row.label, "Bearer "+a.good(), row.body))
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(bytes.Repeat([]byte(" "), 64<<20))
	_ = z.Close()
	return append(
		all,
		a.by("a body that is 64 MB once unpacked", "Bearer "+a.good(), bomb.Bytes(), "Content-Encoding", "gzip"),
		a.by("a packed body that is not said to be", "Bearer "+a.good(), bomb.Bytes()),
		a.by("an unknown packing", "Bearer "+a.good(), a.said(nil), "Content-Encoding", "br"),
	)
}

// requests are wrong in what surrounds a good body and a good token.
func (a attacks) requests() []channelstest.Attack {
	body := a.said(nil)
	var all []channelstest.Attack
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/json-patch+json", "application/jsonx", ";", ""} {
		all = append(all, a.by(fmt.Sprintf("a body of the type %q", kind), "Bearer "+a.good(), body, "Content-Type", kind))
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, "BREW"} {
		one := a.by("the method "+method, "Bearer "+a.good(), body)
		one.Method = method
		all = append(all, one)
	}
	return all
}

// raw are no requests that a library would make.
func (a attacks) raw() []channelstest.Attack {
	head := "POST /api/messages HTTP/1.1\r\nHost: praline.example\r\nContent-Type: application/json\r\n"
	signed := head + "Authorization: Bearer " + a.good() + "\r\n"
	var all []channelstest.Attack
	for _, row := range []struct{ label, raw string }{
		{"a body that never comes, without a token", head + "Content-Length: 500\r\n\r\n"},
		{"a body that never comes", signed + "Content-Length: 500\r\n\r\n"},
		{"a body that stops in the middle", signed + "Content-Length: 500\r\n\r\n{\"type\":"},
		{"a body of a thousand terabytes", signed + "Content-Length: 1000000000000000\r\n\r\n{}"},
		{"a length below zero", signed + "Content-Length: -1\r\n\r\n{}"},
		{"two lengths", signed + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"},
		{"chunks that are none", signed + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"},
		{"two tokens, one a line further on", signed + "Authorization: Bearer x\r\nContent-Length: 2\r\n\r\n{}"},
		{"2 MB of headers", signed + "X: " + strings.Repeat("a", 2<<20) + "\r\n\r\n"},
		{"no host", "POST /api/messages HTTP/1.1\r\nContent-Length: 0\r\n\r\n"},
		{"no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"},
	} {
		all = append(all, channelstest.Attack{Label: row.label, Raw: []byte(row.raw)})
	}
	return all
}
