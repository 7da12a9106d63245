package telegramtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"

	"praline/channels/channelstest"
)

const (
	path         = "/telegram/webhook"
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// forged is an update that would make a learner of somebody.
const forged = `{"update_id":900001,"message":{"message_id":1,"date":1,"text":"/start","chat":{"id":666,"type":"private"},"from":{"id":666,"is_bot":false,"first_name":"Example"}}}`

// Attacks are requests to the webhook whose secret is given that must be
// refused, without any effect.
func Attacks(secret string) []channelstest.Attack {
	with := func(pairs ...string) http.Header {
		h := http.Header{"Content-Type": {"application/json"}}
		for i := 0; i < len(pairs); i += 2 {
			h[pairs[i]] = append(h[pairs[i]], pairs[i+1])
		}
		return h
	}
	proven := with(secretHeader, secret)
	typed := func(kind string) http.Header { return http.Header{"Content-Type": {kind}, secretHeader: {secret}} }
	all := strangers(secret, with)
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, "TRACK"} {
		all = append(all, channelstest.Attack{Label: "by " + method, Method: method, Header: proven, Body: []byte(forged)})
	}
	for _, kind := range []string{"", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json, text/plain", "application/xml"} {
		all = append(all, channelstest.Attack{Label: "of the type " + kind, Header: typed(kind), Body: []byte(forged)})
	}
	for _, coding := range []string{"gzip", "deflate", "br", "identity, gzip"} {
		all = append(all, channelstest.Attack{Label: "compressed by " + coding, Header: with(secretHeader, secret, "Content-Encoding", coding), Body: bomb()})
	}
	large := []byte(`{"update_id":900002,"x":"` + strings.Repeat("a", 1<<20) + `"}`)
	all = append(
		all,
		channelstest.Attack{Label: "a megabyte", Header: proven, Body: large},
		channelstest.Attack{Label: "a megabyte of a stranger", Header: with(), Body: large},
		channelstest.Attack{Label: "nested a hundred thousand deep", Header: proven, Body: []byte(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000))},
		channelstest.Attack{Label: "nested objects without an end", Header: proven, Body: []byte(strings.Repeat(`{"message":`, 50_000))},
		channelstest.Attack{Label: "no JSON", Header: proven, Body: []byte("update_id=900003&message=/start")},
		channelstest.Attack{Label: "nothing", Header: proven},
		channelstest.Attack{Label: "cut short", Header: proven, Body: []byte(forged[:len(forged)/2])},
		channelstest.Attack{Label: "two updates in one", Header: proven, Body: []byte(forged + forged)},
		channelstest.Attack{Label: "a byte order mark", Header: proven, Body: []byte("\ufeff" + forged)},
	)
	for i := range all {
		if all[i].Path == "" {
			all[i].Path = path
		}
	}
	return append(all, raw(secret)...)
}

// strangers do not prove themselves.
func strangers(secret string, with func(...string) http.Header) []channelstest.Attack {
	var all []channelstest.Attack
	for _, row := range []struct {
		label  string
		header http.Header
		path   string
		body   string
	}{
		{"no secret", with(), "", forged},
		{"an empty secret", with(secretHeader, ""), "", forged},
		{"another secret", with(secretHeader, strings.Repeat("x", len(secret))), "", forged},
		{"the beginning of the secret", with(secretHeader, secret[:len(secret)-1]), "", forged},
		{"the end of the secret", with(secretHeader, secret[1:]), "", forged},
		{"more than the secret", with(secretHeader, secret+"x"), "", forged},
		{"the secret twice over", with(secretHeader, secret+secret), "", forged},
		{"the secret in quotes", with(secretHeader, `"`+secret+`"`), "", forged},
		{"the secret in capitals", with(secretHeader, swapped(secret)), "", forged},
		{"two secrets, the first right", with(secretHeader, secret, secretHeader, "x"), "", forged},
		{"two secrets, the second right", with(secretHeader, "x", secretHeader, secret), "", forged},
		{"two secrets in one header", with(secretHeader, secret+", "+secret), "", forged},
		{"the secret in the address", with(), path + "?secret_token=" + secret, forged},
		{"the secret in the body", with(), "", strings.Replace(forged, "{", `{"secret_token":"`+secret+`",`, 1)},
		{"the secret as a password", with("Authorization", "Bearer "+secret), "", forged},
		{"the secret as a cookie", with("Cookie", secretHeader+"="+secret), "", forged},
		{"the secret in a like header", with("X-Telegram-Bot-Api-Secret", secret), "", forged},
		{"the token of the bot", with(secretHeader, Token), "", forged},
	} {
		all = append(all, channelstest.Attack{Label: row.label, Header: row.header, Path: row.path, Body: []byte(row.body)})
	}
	return all
}

// swapped is a secret with its capitals and small letters swapped.
func swapped(secret string) string {
	if up := strings.ToUpper(secret); up != secret {
		return up
	}
	return strings.ToLower(secret) + "x"
}

// raw are requests that no client of good manners makes.
func raw(secret string) []channelstest.Attack {
	head := func(lines ...string) []byte {
		return []byte(strings.Join(append([]string{"POST " + path + " HTTP/1.1", "Host: praline.example", "Content-Type: application/json"}, lines...), "\r\n") + "\r\n\r\n")
	}
	proof := secretHeader + ": " + secret
	return []channelstest.Attack{
		{Label: "slow, and never ending", Raw: append(head(proof, "Content-Length: 1000"), forged[:20]...)},
		{Label: "a stranger who is slow", Raw: append(head("Content-Length: 1000"), '{')},
		{Label: "a broken chunk", Raw: append(head(proof, "Transfer-Encoding: chunked"), "zz\r\n{}\r\n"...)},
		{Label: "two lengths", Raw: append(head(proof, "Content-Length: 2", "Content-Length: 900"), "{}"...)},
		{Label: "a length below nothing", Raw: append(head(proof, "Content-Length: -1"), "{}"...)},
		{Label: "a secret broken over two lines", Raw: head(secretHeader+": "+secret[:1]+"\r\n "+secret[1:], "Content-Length: 0")},
		{Label: "a space before the colon", Raw: head(secretHeader+" : "+secret, "Content-Length: 0")},
		{Label: "headers without an end", Raw: fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: praline.example\r\nX-Example: %s\r\n\r\n", path, strings.Repeat("a", 2<<20))},
	}
}

// bomb is a small body that would become twenty megabytes.
func bomb() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 20 {
		_, _ = w.Write(zeros) // memory: cannot fail
	}
	_ = w.Close()
	return b.Bytes()
}
