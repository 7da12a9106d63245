// Package teams is the adapter of Microsoft Teams, by the Bot Connector's REST
// interface.
//
// Activities come by HTTP with a token that Microsoft signed; nothing is parsed
// before it is verified, and nothing is believed of an activity but what the
// token says of it. A conversation is "ID serviceUrl": the ID never changes,
// the serviceUrl is where the last activity said to answer. Only a serviceUrl
// that came so, and is one of Microsoft's, ever gets our own token.
//
// A message is an Adaptive Card, sent alone so that its id comes back; it is
// replaced in place under that id, and a press is answered with the card that
// replaces the pressed one.
//
//	teams.go     who we are, and the app's limits
//	api.go       one call to the connector, and its errors; token.go what it proves itself with
//	event.go     what came in, as an Event; activity.go how it is written
//	webhook.go   how it comes in over HTTP; answer.go what a press is answered
//	verify.go    who sent it; keys.go Microsoft's keys; address.go where we may answer
//	render.go    a Message as cards; card.go what stands on them, inputs.go and actions.go the rest
//	send.go      saying it, step by step; recent.go what was said lately; document.go handing over a file
//	tab.go       the personal tab
//	package.go   the app package that an administrator uploads; icon.go its icons
//	doctor.go    what is wrong with a configuration
package teams

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"praline/channels"
	"praline/channels/inbound"
	"praline/channels/partway"
)

// Name of the channel, as it is stored.
const Name = "teams"

// The vendor's pages on limits.
const (
	pageMessage = "https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages"
	pageCards   = "https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/design-effective-cards"
	read        = "2026-11-25"
)

// Limits that these pages state, or that follow from them.
const (
	// wiseBytes is what a message may have everywhere, counted as UTF-16: the
	// smallest figure of all pages. mostBytes is what it never passes; Teams
	// refuses at about 100 KB.
	wiseBytes = 28 * 1024
	mostBytes = 80 * 1024
	// maxText is the text of one card, in UTF-16 units: with the same once more
	// for a screen reader it stays under wiseBytes.
	maxText = 3000
	// maxActions of one row show; more become a menu that few open.
	maxActions = 6
	// maxLabel is what a button on a phone shows of its title.
	maxLabel = 40
)

// Options of an Adapter.
type Options struct {
	AppID, AppPassword, TenantID string
	// LoginURL and OpenIDURL are Microsoft's, or an emulator's.
	LoginURL, OpenIDURL string
	// Anonymous takes unsigned requests from this machine, for an emulator.
	Anonymous bool
	// PublicURL at which the world reaches us.
	PublicURL string
	// Secret signs the links of the personal tab.
	Secret []byte
	// Overview returns what the personal tab shows; nil for no tab.
	Overview func(ctx context.Context, conversation string) ([]channels.Message, error)
	// Media opens pictures by their path; nil for none.
	Media channels.Library
	Door  *inbound.Door
	Log   *slog.Logger
	// HTTP makes the calls; nil for one with a timeout.
	HTTP *http.Client
	// Now is the wall's clock; nil is time.Now.
	Now func() time.Time
}

// Adapter speaks with Teams.
type Adapter struct {
	options Options
	client  *http.Client
	keys    *keys
	token   *token
	recent  recent
	passed  recent // messages that another has replaced under the finger
	partway partway.Messages
	files   files
	slow    time.Duration // until who waits sees that we are at it
}

// New returns an Adapter. Nothing is called yet: an app that is away must not
// keep anybody from starting.
func New(options Options) *Adapter {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Door == nil {
		options.Door = &inbound.Door{Channel: Name}
	}
	if options.LoginURL == "" {
		options.LoginURL = "https://login.microsoftonline.com"
	}
	if options.OpenIDURL == "" {
		options.OpenIDURL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
	}
	options.LoginURL = strings.TrimSuffix(options.LoginURL, "/")
	options.PublicURL = strings.TrimSuffix(options.PublicURL, "/")
	client := &http.Client{Timeout: 15 * time.Second}
	if options.HTTP != nil {
		given := *options.HTTP
		client = &given
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // our token goes nowhere else
	return &Adapter{
		options: options, client: client,
		keys:  &keys{address: options.OpenIDURL, client: client, now: options.Now, log: options.Log},
		token: &token{options: options, client: client}, slow: slow,
	}
}

// Name of the channel.
func (*Adapter) Name() string { return Name }

// Limits of Teams.
//
// Teams states four limits of one conversation: 7 messages in a second, 8 in 2,
// 60 in 30 and 1,800 in an hour. Two rates keep them, so that who learns
// quickly does not wait for the hour's: in w seconds at most 4 + 1.8 × w pass,
// which is 5 in 1 s, 7 in 2 s and 58 in 30 s; and at most 180 + 0.45 × w, which
// is 1,800 in an hour. Of the app, 50 requests a second in a tenant; one stays for what is no
// message (typing).
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (2026-11-25)
func (a *Adapter) Limits() channels.Limits {
	var media []string
	if public(a.options.PublicURL) { // from where Teams opens them
		media = slices.Sorted(maps.Keys(shown))
	}
	return channels.Limits{
		Media:        media,
		Text:         channels.Limit{Max: maxText, Unit: channels.UTF16, Source: pageMessage, Read: read},
		ButtonLabel:  channels.Limit{Max: maxLabel, Unit: channels.Characters, Source: pageCards, Read: read},
		Buttons:      channels.Limit{Max: maxActions, Unit: channels.Characters, Source: pageCards, Read: read},
		App:          channels.Rate{PerSecond: 49, Burst: 1},
		Conversation: channels.Rate{PerSecond: 1.8, Burst: 4},
		Steady:       channels.Rate{PerSecond: 0.45, Burst: 180},
		Replaces:     true,
	}
}

// Routes are what belongs to Teams over HTTP, by pattern.
func (a *Adapter) Routes(handle channels.Handler) map[string]http.Handler {
	return map[string]http.Handler{
		"/api/messages":  a.webhook(handle),
		"GET /teams/tab": http.HandlerFunc(a.tab),
	}
}
