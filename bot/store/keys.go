package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"praline/bot/learner"
	"praline/channels"
)

// The whole schema. {id} is a learner's ID in braces: all keys of one learner
// hash to one slot of a Redis Cluster, and so do those of one conversation.
//
//	{id}               text   "version lease next\n", then the learner (record.go)
//	{id}:out           hash   message ID → "version.position\n", then a learner.Said in JSON
//	{id}:rec           hash   message ID → the app's receipt
//	{id}:no            list   the last messages that an app refused for good, learner.Undelivered in JSON
//	{id}:log           text   answers, appended (learner.AppendAnswers)
//	{id}:code          hash   keys of the learner's codes; "now" → of the one that leads to them; until it expires
//	due                sorted learner ID → when to look at it, Unix µs: hints only, the truth is in {id}
//	at:<digest>        text   an address (channel, identity of the conversation) → learner ID
//	erased:<digest>    text   a learner who was erased (HMAC with the secret), so that nothing brings them back
//	web:{digest}       text   "number\n", then the order of a web conversation (transcript.go); 30 days
//	web:{digest}:said  hash   entry's key → entry in JSON; 30 days
//	code:<digest>      text   "claimer until id" of a code that joins apps (codes.go), claimer "open" until it is taken; until then
//	list:<name>        list   lines that belong to nobody (reports)
//	sealed:<kind>:<digest> text a secret that others gave us, sealed with ours (sealed.go)
//	o:{org}:<kind>     hash   an organisation's records (records.go): record's ID → version and body; org "@" for the whole server
//	turn:<digest>      text   how far a bucket of outbound's is used (turns.go): "next hush", Unix µs; until it is full
//	meta               hash   schema → version of this page, and what cmd keeps (clock, offsets)
//
// Of a learner who was folded into another (join.go) the text under {id} says
// only into whom, and nothing stands beside it. It goes with the other.
//
// lease and next are Unix µs: the score that the last commit gave the hint, and
// when to look again once its messages were said (0: never).
const (
	schema = 1 // rises when older programs can no longer read what stands here

	dueKey     = "due"
	metaKey    = "meta"
	schemaMeta = "schema"
	readyMeta  = "ready"
	webChannel = "web" // channels/web's name in an address

	erasedPrefix = "erased:"
	turnPrefix   = "turn:"
)

func learnerKey(id learner.ID) string  { return "{" + string(id) + "}" }
func outboxKey(id learner.ID) string   { return learnerKey(id) + ":out" }
func receiptsKey(id learner.ID) string { return learnerKey(id) + ":rec" }
func refusedKey(id learner.ID) string  { return learnerKey(id) + ":no" }
func logKey(id learner.ID) string      { return learnerKey(id) + ":log" }
func codesKey(id learner.ID) string    { return learnerKey(id) + ":code" }

// learnerOf is the ID in a learner's first key, "" for any other key.
func learnerOf(key string) learner.ID {
	inner, ok := strings.CutPrefix(key, "{")
	if inner, end := strings.CutSuffix(inner, "}"); ok && end {
		return learner.ID(inner)
	}
	return ""
}

func addressKey(a learner.Address) string {
	return "at:" + digest(a.Channel+"\x00"+channels.Identity(a.Conversation))
}

func (s *Store) erasedKey(id learner.ID) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("erased\x00" + string(id)))
	return erasedPrefix + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

func transcriptKey(conversation string) string { return "web:{" + digest(conversation) + "}" }
func entriesKey(conversation string) string    { return transcriptKey(conversation) + ":said" }
func codeKey(code string) string               { return "code:" + digest(code) }
func listKey(name string) string               { return "list:" + name }
func turnKey(bucket string) string             { return turnPrefix + digest(bucket) }
func sealedKey(kind, id string) string         { return "sealed:" + kind + ":" + digest(id) }

// digest makes any text a short part of a key: 128 bits do not meet by chance.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
