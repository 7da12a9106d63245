package slacktest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"praline/channels/channelstest"
)

// The requests of Slack, to forge.
const (
	eventsPath       = "/slack/events"
	interactionsPath = "/slack/interactions"
	commandsPath     = "/slack/commands"
	asJSON           = "application/json"
	asForm           = "application/x-www-form-urlencoded"
)

// forger makes requests that look like Slack's.
type forger struct {
	secret string
	now    time.Time
}

// headers of a request that is signed with a secret, at a time.
func headers(secret string, at time.Time, kind string, body []byte) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return http.Header{
		"Content-Type": {kind}, "X-Slack-Request-Timestamp": {stamp}, "X-Slack-Signature": {Sign(secret, stamp, string(body))},
		"User-Agent": {"Slackbot 1.0 (+https://api.slack.com/robots)"},
	}
}

// signed is a request that is rightly signed now: what is wrong with it is
// something else.
func (f forger) signed(label, path, kind string, body []byte, more ...func(http.Header)) channelstest.Attack {
	header := headers(f.secret, f.now, kind, body)
	for _, change := range more {
		change(header)
	}
	return channelstest.Attack{Label: label, Path: path, Header: header, Body: body}
}

// raw is a request as bytes, its length told apart from its body.
func (f forger) raw(label, path, kind string, signedBody []byte, length int, body string, more ...string) channelstest.Attack {
	var b strings.Builder
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: praline.example\r\nConnection: close\r\n", path)
	for name, values := range headers(f.secret, f.now, kind, signedBody) {
		fmt.Fprintf(&b, "%s: %s\r\n", name, values[0])
	}
	if length >= 0 {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", length)
	}
	for _, line := range more {
		b.WriteString(line + "\r\n")
	}
	b.WriteString("\r\n" + body)
	return channelstest.Attack{Label: label, Raw: []byte(b.String())}
}

func set(name, value string) func(http.Header) {
	return func(h http.Header) { h.Set(name, value) }
}

func unset(name string) func(http.Header) { return func(h http.Header) { h.Del(name) } }

func add(name, value string) func(http.Header) {
	return func(h http.Header) { h[name] = append(h[name], value) }
}

// Attacks are requests that must be refused, for an app with this signing
// secret whose clock is about at now.
func Attacks(signingSecret string, now time.Time) []channelstest.Attack {
	f := forger{signingSecret, now}
	all := f.identity()
	all = append(all, f.shape()...)
	return append(all, f.content()...)
}

// An event and a press that would have an effect, if they were Slack's.
var (
	evilEvent = []byte(`{"token":"x","team_id":"T0FIRST","api_app_id":"A0EXAMPLE","type":"event_callback","event_id":"Ev0ATTACK","event_time":1795600800,"event":{"type":"message","user":"U0EXAMPLE","text":"leçon","ts":"1795600800.000100","channel":"D0EXAMPLET0FIRST","channel_type":"im","event_ts":"1795600800.000100"}}`)
	evilPress = []byte(url.Values{"payload": {`{"type":"block_actions","user":{"id":"U0EXAMPLE","team_id":"T0FIRST"},"team":{"id":"T0FIRST"},"trigger_id":"1.2.3","container":{"type":"message","message_ts":"1.2","channel_id":"D0EXAMPLET0FIRST"},"channel":{"id":"D0EXAMPLET0FIRST"},"response_url":"https://evil.example/","actions":[{"type":"button","action_id":"press.1","block_id":"a","value":"answer.1.0","action_ts":"1.2"}]}`}}.Encode())
	evilWord  = []byte(url.Values{"command": {"/praline"}, "text": {"effacer"}, "team_id": {"T0FIRST"}, "user_id": {"U0EXAMPLE"}, "channel_id": {"D0EXAMPLET0FIRST"}, "trigger_id": {"1.2.3"}, "response_url": {"https://evil.example/"}}.Encode())
	evilOut   = []byte(`{"team_id":"T0FIRST","type":"event_callback","event_id":"Ev0ATTACK2","event_time":1795600800,"event":{"type":"app_uninstalled"}}`)
	challenge = []byte(`{"type":"url_verification","token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}`)
)

// identity: it is not Slack who sends it, or not now.
func (f forger) identity() []channelstest.Attack {
	stamp := strconv.FormatInt(f.now.Unix(), 10)
	rightly := Sign(f.secret, stamp, string(evilEvent))
	event := func(label string, more ...func(http.Header)) channelstest.Attack {
		return f.signed(label, eventsPath, asJSON, evilEvent, more...)
	}
	by := func(label, secret string, at time.Time, path, kind string, body []byte) channelstest.Attack {
		return channelstest.Attack{Label: label, Path: path, Header: headers(secret, at, kind, body), Body: body}
	}
	return []channelstest.Attack{
		event("an event without signature and time", unset("X-Slack-Signature"), unset("X-Slack-Request-Timestamp")),
		event("an event without a signature", unset("X-Slack-Signature")),
		event("an event without a time", unset("X-Slack-Request-Timestamp")),
		event("an empty signature", set("X-Slack-Signature", "")),
		event("a signature of nothing", set("X-Slack-Signature", "v0=")),
		event("a signature of another version", set("X-Slack-Signature", "v1="+rightly[3:])),
		event("a signature without its version", set("X-Slack-Signature", rightly[3:])),
		event("half a signature", set("X-Slack-Signature", rightly[:35])),
		event("a signature and more", set("X-Slack-Signature", rightly+"00")),
		event("a signature that is no number", set("X-Slack-Signature", "v0="+strings.Repeat("zz", 32))),
		event("a signature in zeros", set("X-Slack-Signature", "v0="+strings.Repeat("0", 64))),
		event("a signature of another body", set("X-Slack-Signature", Sign(f.secret, stamp, string(challenge)))),
		event("a signature of another time", set("X-Slack-Signature", Sign(f.secret, strconv.FormatInt(f.now.Unix()-1, 10), string(evilEvent)))),
		event("two signatures, the right one first", add("X-Slack-Signature", "v0="+strings.Repeat("0", 64))),
		event("two signatures, the right one last", set("X-Slack-Signature", "v0="+strings.Repeat("0", 64)), add("X-Slack-Signature", rightly)),
		event("two times", add("X-Slack-Request-Timestamp", strconv.FormatInt(f.now.Unix()-3600, 10))),
		event("a time in words", set("X-Slack-Request-Timestamp", "now"), set("X-Slack-Signature", Sign(f.secret, "now", string(evilEvent)))),
		event("a time with a point", set("X-Slack-Request-Timestamp", stamp+".5"), set("X-Slack-Signature", Sign(f.secret, stamp+".5", string(evilEvent)))),
		event("a time beyond all numbers", set("X-Slack-Request-Timestamp", strings.Repeat("9", 400)), set("X-Slack-Signature", Sign(f.secret, strings.Repeat("9", 400), string(evilEvent)))),
		event("a time before all time", set("X-Slack-Request-Timestamp", "-9223372036854775808"), set("X-Slack-Signature", Sign(f.secret, "-9223372036854775808", string(evilEvent)))),
		by("another app's secret", f.secret+"x", f.now, eventsPath, asJSON, evilEvent),
		by("no secret at all", "", f.now, eventsPath, asJSON, evilEvent),
		by("an event of six minutes ago, replayed", f.secret, f.now.Add(-6*time.Minute), eventsPath, asJSON, evilEvent),
		by("an event of yesterday, replayed", f.secret, f.now.Add(-24*time.Hour), eventsPath, asJSON, evilEvent),
		by("an event of the day after", f.secret, f.now.Add(24*time.Hour), eventsPath, asJSON, evilEvent),
		by("a press of six minutes ago, replayed", f.secret, f.now.Add(-6*time.Minute), interactionsPath, asForm, evilPress),
		by("a press, forged", "guess", f.now, interactionsPath, asForm, evilPress),
		by("a command, forged", "guess", f.now, commandsPath, asForm, evilWord),
		by("an uninstallation, forged", "guess", f.now, eventsPath, asJSON, evilOut),
		by("somebody asks whether we are there", "guess", f.now, eventsPath, asJSON, challenge),
		{Label: "somebody asks, unsigned", Path: eventsPath, Header: http.Header{"Content-Type": {asJSON}}, Body: challenge},
		{Label: "a press, unsigned", Path: interactionsPath, Header: http.Header{"Content-Type": {asForm}}, Body: evilPress},
		{Label: "a command, unsigned", Path: commandsPath, Header: http.Header{"Content-Type": {asForm}}, Body: evilWord},
		f.signed("a token in the body instead of a signature", eventsPath, asJSON, evilEvent, unset("X-Slack-Signature"), set("Authorization", "Bearer "+f.secret)),
	}
}

// shape: it is no request of the kind that Slack sends.
func (f forger) shape() []channelstest.Attack {
	large := append(append([]byte(nil), evilEvent[:len(evilEvent)-1]...), []byte(`,"more":"`+strings.Repeat("a", 1<<20)+`"}`)...)
	var squeezed bytes.Buffer
	z := gzip.NewWriter(&squeezed)
	_, _ = z.Write(bytes.Repeat([]byte("[0,"), 8<<20))
	_ = z.Close()
	bomb := squeezed.Bytes()
	get := f.signed("an event by GET", eventsPath, asJSON, nil)
	get.Method = http.MethodGet
	put := f.signed("an event by PUT", eventsPath, asJSON, evilEvent)
	put.Method = http.MethodPut
	head := f.signed("a press by DELETE", interactionsPath, asForm, evilPress)
	head.Method = http.MethodDelete
	options := f.signed("a command by OPTIONS", commandsPath, asForm, evilWord)
	options.Method = http.MethodOptions
	return []channelstest.Attack{
		get, put, head, options,
		f.signed("an event of a megabyte", eventsPath, asJSON, large),
		f.signed("a press of a megabyte", interactionsPath, asForm, append([]byte("payload="), large...)),
		f.signed("a bomb, squeezed", eventsPath, asJSON, bomb, set("Content-Encoding", "gzip")),
		f.signed("a press, squeezed in a way that nobody knows", interactionsPath, asForm, evilPress, set("Content-Encoding", "br, gzip")),
		f.signed("an event as text", eventsPath, "text/plain", evilEvent),
		f.signed("an event as a form", eventsPath, asForm, evilEvent),
		f.signed("an event as XML", eventsPath, "application/xml", evilEvent),
		f.signed("an event without a type", eventsPath, "", evilEvent),
		f.signed("an event with half a type", eventsPath, "application/json; charset", evilEvent),
		f.signed("a press as JSON", interactionsPath, asJSON, evilPress),
		f.signed("a press in parts", interactionsPath, "multipart/form-data; boundary=x", evilPress),
		f.signed("a command as JSON", commandsPath, asJSON, evilWord),
		f.raw("an event whose end does not come", eventsPath, asJSON, evilEvent, len(evilEvent), string(evilEvent[:40])),
		f.raw("an event that says it is larger than it may be", eventsPath, asJSON, evilEvent, 1<<40, ""),
		f.raw("an event whose lengths differ", eventsPath, asJSON, evilEvent, len(evilEvent), string(evilEvent), "Content-Length: 5"),
		f.raw("an event with a length and in pieces", eventsPath, asJSON, evilEvent, len(evilEvent), "5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
		f.raw("an event in broken pieces", eventsPath, asJSON, evilEvent, -1, "zz\r\n", "Transfer-Encoding: chunked"),
		f.raw("an event with a header that goes on", eventsPath, asJSON, evilEvent, len(evilEvent), string(evilEvent), "X Y: broken"),
		f.raw("an event with a header without end", eventsPath, asJSON, evilEvent, len(evilEvent), string(evilEvent), "X-Long: "+strings.Repeat("a", 2<<20)),
	}
}

// content: it is rightly signed, and nothing that Slack would ever say.
func (f forger) content() []channelstest.Attack {
	form := func(values ...string) []byte {
		v := url.Values{}
		for i := 0; i+1 < len(values); i += 2 {
			v.Add(values[i], values[i+1])
		}
		return []byte(v.Encode())
	}
	deep := func(n int) string { return strings.Repeat(`{"a":[`, n/2) + strings.Repeat(`]}`, n/2) }
	press := `{"type":"block_actions"}`
	return []channelstest.Attack{
		f.signed("nothing", eventsPath, asJSON, nil),
		f.signed("a body of spaces", eventsPath, asJSON, bytes.Repeat([]byte(" "), 1000)),
		f.signed("a body of zeros", eventsPath, asJSON, make([]byte, 1000)),
		f.signed("JSON cut short", eventsPath, asJSON, evilEvent[:len(evilEvent)-20]),
		f.signed("JSON, and JSON again", eventsPath, asJSON, append(append([]byte(nil), evilEvent...), evilEvent...)),
		f.signed("a list of events", eventsPath, asJSON, append(append([]byte("["), evilEvent...), ']')),
		f.signed("a number", eventsPath, asJSON, []byte("1e999")),
		f.signed("an event nested without end", eventsPath, asJSON, []byte(deep(60_000))),
		f.signed("lists nested without end", eventsPath, asJSON, bytes.Repeat([]byte("["), 100_000)),
		f.signed("an event whose kind is an object", eventsPath, asJSON, []byte(`{"type":{"a":1},"team_id":["T"]}`)),
		f.signed("an event without an id", eventsPath, asJSON, []byte(`{"type":"event_callback","team_id":"T0FIRST","event":{"type":"message"}}`)),
		f.signed("an interaction without its field", interactionsPath, asForm, form("pay", press)),
		f.signed("an interaction in another field", interactionsPath, asForm, form("body", press)),
		f.signed("two interactions", interactionsPath, asForm, form("payload", press, "payload", press)),
		f.signed("an interaction that is no JSON", interactionsPath, asForm, form("payload", "type=block_actions")),
		f.signed("an interaction of a list", interactionsPath, asForm, form("payload", "["+press+"]")),
		f.signed("an interaction nested without end", interactionsPath, asForm, form("payload", `{"type":"block_actions","state":`+deep(60_000)+`}`)),
		f.signed("an interaction without a kind", interactionsPath, asForm, form("payload", "{}")),
		f.signed("a form that is broken", interactionsPath, asForm, []byte("payload=%zz")),
		f.signed("a command without a name", commandsPath, asForm, form("text", "effacer", "user_id", "U0EXAMPLE", "team_id", "T0FIRST")),
		f.signed("a command by two people", commandsPath, asForm, []byte(string(evilWord)+"&user_id=U0OTHER")),
		f.signed("a command that is broken", commandsPath, asForm, []byte("command=%2Fpraline&text=%")),
		f.signed("a command with a semicolon", commandsPath, asForm, []byte("command=%2Fpraline;text=effacer")),
	}
}
