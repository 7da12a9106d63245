package slack

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"praline/channels"
)

// came is something that Slack told us, before anything was asked or done.
type came struct {
	what      what
	workspace string
	user      string
	// event is what the bot is told; its Conversation is "" where the direct
	// message must be asked for first.
	event    channels.Event
	channel  string    // where it was done, where that is known
	at       time.Time // when Slack says it was
	trigger  string    // opens a window
	respond  string    // response_url
	form     opening   // opens: the form of the window
	original oldMessage
	command  bool // a slash command, which may be answered in its acknowledgement
}

// what is to be done with what came.
type what int

const (
	nothing    what = iota // not for us
	hand                   // brought to the bot
	greets                 // opened the conversation: brought where nobody was met there
	opensHome              // opened Home
	opens                  // wants the window of a form
	leaves                 // the workspace took the app away
	challenged             // Slack asks whether we are there
)

// Workspace: who installed the app, which is a whole organisation where it says so.
func workspace(team, enterprise string, organisation bool) string {
	if organisation && enterprise != "" {
		return enterprise
	}
	return team
}

// told reads an event of the Events API.
func told(c callback, e inner) came {
	got := came{workspace: c.TeamID, user: e.User, channel: e.Channel, at: moment(e.EventTS, c.EventTime)}
	if len(c.Authorizations) > 0 {
		first := c.Authorizations[0]
		team := first.TeamID
		if team == "" {
			team = c.TeamID
		}
		got.workspace = workspace(team, first.EnterpriseID, first.Organisation)
	}
	if got.workspace == "" {
		return got
	}
	switch e.Type {
	case "app_uninstalled":
		got.what = leaves
	case "tokens_revoked":
		if len(e.Tokens.Bot) > 0 {
			got.what = leaves
		}
	case "app_home_opened":
		got.opened(e)
	case "message":
		got.message(e)
	}
	if got.what == leaves {
		got.at = time.Unix(c.EventTime, 0)
	}
	got.complete(c.EventID, got.workspace+"/"+e.Channel)
	return got
}

func (got *came) opened(e inner) {
	switch {
	case e.User == "" || !strings.HasPrefix(e.Channel, "D"):
	case e.Tab == "home":
		got.what = opensHome
	default: // "messages"; before there were tabs, none
		got.what = greets
		got.event.Kind = channels.Came
	}
}

// message is something written in the conversation with the bot.
func (got *came) message(e inner) {
	if e.ChannelType != "im" || e.BotID != "" {
		return
	}
	got.event.At = moment(e.TS, 0)
	switch e.Subtype {
	case "", "me_message", "thread_broadcast", "file_share":
		got.event.Kind, got.event.Text = channels.Said, plain(e.Text)
		if len(e.Files) > 0 || strings.TrimSpace(got.event.Text) == "" {
			got.event.Kind, got.event.Text = channels.Sent, ""
		}
	case "message_changed":
		now, was := e.Message, e.Previous
		if now == nil || now.BotID != "" || now.Subtype != "" || was != nil && was.Text == now.Text { // a link unfolded
			return
		}
		got.user = now.User
		got.event.Kind, got.event.Text, got.event.At = channels.Edited, plain(now.Text), got.at
	default: // Slack's own notes, and what bots write
		return
	}
	if got.user != "" && got.user != "USLACKBOT" {
		got.what = hand
	}
}

// complete says from where an event is.
func (got *came) complete(id, conversation string) {
	if got.what == nothing {
		return
	}
	got.event.Channel, got.event.User, got.event.ID = Name, got.user, id
	got.event.Conversation = conversation
}

// digest makes an event's id of what stays the same when it comes again, by
// HTTP or over a socket.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "slk-" + base64.RawURLEncoding.EncodeToString(sum[:15])
}

// moment reads "1355517523.000005"; where there is none, seconds.
func moment(stamp string, seconds int64) time.Time {
	whole, micros, _ := strings.Cut(stamp, ".")
	s, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || len(whole) > 11 { // some events' stamps have no point
		if seconds == 0 {
			return time.Time{}
		}
		return time.Unix(seconds, 0).UTC()
	}
	us, _ := strconv.ParseInt((micros + "000000")[:6], 10, 64)
	return time.Unix(s, us*1000).UTC()
}
