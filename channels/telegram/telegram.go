// Package telegram is the adapter of Telegram's Bot API.
//
// Updates come by polling (nothing to open in a firewall) or by webhook; either
// way an update is confirmed only after its effect is stored. What an app can
// do is used: inline keyboards, edits in place, a menu of commands in each
// language. What only looks nice (the menu, taking old buttons off, a picture)
// may fail without harm.
//
//	telegram.go  who we are, and the app's limits
//	api.go       one call to the Bot API, and its errors
//	event.go     what came in, as an Event; ignored.go what is none; hand.go hands it over
//	webhook.go   how it comes in over HTTP; bring.go tells Telegram so, and keeps it so
//	poll.go      long polling, its alternative
//	quiz.go      Telegram's own quiz; menu.go its menu of commands; link.go its deep links
//	group.go     groups and channels, where we do not stay
//	quiet.go     heeding "too many requests" in a conversation
//	seal.go      what a button carries, so that nobody guesses another's
//	render.go    a Message as HTML and a keyboard; keyboard.go and form.go its buttons
//	send.go      saying it, step by step; picture.go pictures and files
//	doctor.go    what is wrong with a configuration
package telegram

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"praline/channels"
	"praline/channels/inbound"
	"praline/channels/partway"
)

// Name of the channel, as it is stored.
const Name = "telegram"

// The vendor's pages on limits.
const (
	pageAPI = "https://core.telegram.org/bots/api"
	read    = "2026-11-23"
)

// Limits that the Bot API states.
const (
	maxText         = 4096 // characters after entities are parsed, sendMessage
	maxCaption      = 1024 // sendPhoto
	maxCallbackData = 64   // bytes, InlineKeyboardButton
	maxButtons      = 100  // an inline keyboard that every client shows
	maxQuestion     = 300  // a poll's
	maxOption       = 100  // one answer of a poll
	minOptions      = 2    // of a poll
	maxOptions      = 12   // of a poll
	maxExplanation  = 200  // of a quiz, shown beside a wrong answer
	maxBreaks       = 2    // line feeds in an explanation
	// maxLabel is not stated: a phone shows about this much of a button on one
	// line; longer answers are written out and numbered.
	maxLabel = 30
	// maxRow is not stated either: more buttons beside one another are too
	// narrow to read, and some clients refuse them.
	maxRow = 8
)

// Options of an Adapter.
type Options struct {
	Token string
	// API is the Bot API's address, without a slash at the end.
	API string
	// Key seals what buttons carry; nil: they are not sealed, in tests.
	Key []byte
	// Quiz asks a question as Telegram's own quiz where it fits one.
	Quiz bool
	// Secret that the webhook proves itself with; empty for polling.
	Secret string
	// PublicURL at which the world reaches /telegram/webhook.
	PublicURL string
	// Door lets the webhook's requests in; nil for one that counts nothing.
	Door *inbound.Door
	// Media opens pictures by their path; nil for none.
	Media channels.Library
	Log   *slog.Logger
	// HTTP makes the calls; nil for one with a timeout.
	HTTP *http.Client
	// Ready says whether the store takes events now. It lets polling pass over
	// an update that cannot be stored when nobody else's shows that others
	// can be; nil: only those show it.
	Ready func(context.Context) error
	// Spend takes note of a call in a conversation that was no message, for
	// its pace; nil for nobody. It does not wait.
	Spend func(conversation string)
	// Now is the wall's clock; nil is time.Now.
	Now func() time.Time
	// Wait waits between polls that failed; nil waits on the wall.
	Wait func(time.Duration) <-chan time.Time
}

// Adapter speaks with Telegram.
type Adapter struct {
	options Options
	client  *http.Client
	partway partway.Messages
	quiet   quiet
	rooms   rooms
	me      me
}

// New returns an Adapter. Nothing is called yet: an API that is away must not
// keep anybody from starting.
func New(options Options) *Adapter {
	a := &Adapter{options: options, client: options.HTTP}
	if a.client == nil {
		a.client = &http.Client{
			Timeout:       pollTimeout + 10*time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // the address holds the token
		}
	}
	if a.options.Log == nil {
		a.options.Log = slog.New(slog.DiscardHandler)
	}
	if a.options.Door == nil {
		a.options.Door = &inbound.Door{Channel: Name}
	}
	if a.options.Spend == nil {
		a.options.Spend = func(string) {}
	}
	if a.options.Now == nil {
		a.options.Now = time.Now
	}
	if a.options.Wait == nil {
		a.options.Wait = time.After
	}
	a.options.API = strings.TrimSuffix(a.options.API, "/")
	return a
}

// Name of the channel.
func (*Adapter) Name() string { return Name }

// Limits of Telegram.
func (*Adapter) Limits() channels.Limits {
	return channels.Limits{
		Text:        channels.Limit{Max: maxText, Unit: channels.UTF16, Source: pageAPI + "#sendmessage", Read: read},
		Caption:     channels.Limit{Max: maxCaption, Unit: channels.UTF16, Source: pageAPI + "#sendphoto", Read: read},
		ButtonLabel: channels.Limit{Max: maxLabel, Unit: channels.Characters, Source: pageAPI + "#inlinekeyboardbutton", Read: read},
		Buttons:     channels.Limit{Max: maxButtons, Unit: channels.Characters, Source: pageAPI + "#inlinekeyboardmarkup", Read: read},
		// About 30 a second over all chats, 1 a second in one; short bursts pass.
		// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
		App:          channels.Rate{PerSecond: 29, Burst: 1},
		Conversation: channels.Rate{PerSecond: 1, Burst: 3},
		Typed:        true,
		Replaces:     true,
		Media:        []string{"image/png", "image/jpeg", "image/gif", "image/webp"},
	}
}
