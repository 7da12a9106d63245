package teamstest

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// patience is how long Teams waits for the bot:
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
const patience = 15 * time.Second

// Activity is what is brought to the bot.
type Activity = map[string]any

// Brought is an activity, and what the bot answered.
type Brought struct {
	Activity Activity
	Answer   Answer
}

// Answer is the bot's.
type Answer struct {
	Status int
	Body   []byte
	Err    error // no answer at all
}

// Taken says whether the bot took what was brought.
func (a Answer) Taken() bool { return a.Err == nil && a.Status >= 200 && a.Status <= 299 }

var errNowhere = errors.New("nowhere to bring it: call Posts first")

// Posts sets the address that activities are brought to (…/api/messages).
func (s *Server) Posts(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts = address
}

// Brought are the activities that were brought, oldest first.
func (s *Server) Brought() []Brought {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.brought)
}

// Again brings an activity once more, as it stands, with a token of now.
func (s *Server) Again(a Activity) Answer { return s.bring(a) }

// bring posts an activity as Teams does, and waits for the answer. The lock is
// not held: the bot may speak before it answers.
func (s *Server) bring(a Activity) Answer {
	s.mu.Lock()
	token := ""
	if !s.anonymous {
		token = s.sign(s.claims(text(a["serviceUrl"])), Signing{})
	}
	s.mu.Unlock()
	out := s.Post(a, token)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.brought = append(s.brought, Brought{a, out})
	return out
}

// Post posts an activity with any token, "" for none, and notes nothing.
func (s *Server) Post(a Activity, token string) Answer {
	body, err := json.Marshal(a)
	if err != nil {
		return Answer{Err: err}
	}
	s.mu.Lock()
	address := s.posts
	s.mu.Unlock()
	if address == "" {
		return Answer{Err: errNowhere}
	}
	request, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Answer{Err: err}
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := s.client.Do(request)
	if err != nil {
		return Answer{Err: err}
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return Answer{Status: response.StatusCode, Body: answer, Err: err}
}

// payloads are what a peer really sent.
//
//go:embed testdata/*.json
var payloads embed.FS

// Payload is one of them as it came: "message-text", "message-card-submit",
// "invoke-card-action", "installationupdate", "conversationupdate".
func Payload(name string) Activity {
	read, err := payloads.ReadFile("testdata/" + name + ".json")
	if err != nil {
		panic(err) // a test's own mistake
	}
	var a Activity
	if err := json.Unmarshal(read, &a); err != nil {
		panic(err)
	}
	return a
}

// activity is a payload of somebody's: all that says who and where is theirs.
func (s *Server) activity(p *Person, payload string) Activity {
	a := Payload(payload)
	at := s.clock()
	a["id"] = fmt.Sprintf("f:%08x-0000-4000-8000-%012x", s.next(), s.next())
	a["timestamp"] = at.UTC().Format("2006-01-02T15:04:05.000Z")
	if _, ok := a["localTimestamp"]; ok {
		zone, err := time.LoadLocation(p.Zone)
		if err != nil {
			s.t.Fatal(err)
		}
		a["localTimestamp"], a["localTimezone"] = at.In(zone).Format("2006-01-02T15:04:05.000-07:00"), p.Zone
	}
	a["serviceUrl"] = s.URL + "/" + p.region + "/"
	from := object1(a["from"])
	from["id"], from["aadObjectId"] = p.User, p.Object
	if _, ok := from["name"]; ok {
		from["name"] = p.Name
	}
	object1(a["recipient"])["id"] = Bot
	conversation := object1(a["conversation"])
	conversation["id"], conversation["tenantId"] = p.Conversation, p.Tenant
	object1(object1(a["channelData"])["tenant"])["id"] = p.Tenant
	if _, ok := a["locale"]; ok {
		a["locale"] = p.Lang
	}
	for _, e := range list(a["entities"]) {
		entity := object1(e)
		entity["locale"] = p.Lang
		if _, ok := entity["timezone"]; ok {
			entity["timezone"], entity["country"] = p.Zone, "BE"
		}
	}
	if settings := object1(object1(a["channelData"])["settings"]); settings != nil {
		settings["selectedChannel"] = object{"id": p.Conversation}
	}
	return a
}

// Bot is the bot's own id in each conversation.
const Bot = "28:" + AppID
