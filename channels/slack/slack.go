// Package slack is the adapter of Slack.
//
// Events come over a WebSocket that we open (Socket Mode: nothing to open in a
// firewall) or by HTTP; either way one is acknowledged only after its effect is
// stored, and within three seconds. A conversation is a person's direct message
// with the app, "T…/D…", or "E…/D…" where a whole organisation installed it.
// What only looks nice (Home, hints, a line that only one person sees) may fail
// without harm.
//
//	slack.go     who we are, and the app's limits
//	api.go       one call to the Web API, and its errors
//	event.go     what came in, as an Event; interaction.go presses, windows and commands
//	payload.go   their shapes; typed.go a text as it was typed, person.go who it is from
//	webhook.go   how it comes in over HTTP; verify.go whether it is Slack's
//	socket.go    how it comes in over Socket Mode
//	take.go      what is done with it, whichever way it came; lanes.go in what order
//	modal.go     a window for what is typed
//	home.go      the Home of the app
//	install.go   how workspaces install the app; tokens.go what they gave us
//	manifest.go  the app as Slack's configuration knows it
//	render.go    a Message as blocks; block.go one block, choices.go and form.go its buttons
//	send.go      saying it, step by step; upload.go files
//	shown.go     what was said of late, to take its buttons off
//	doctor.go    what is wrong with the configuration
package slack

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"praline/channels"
	"praline/channels/inbound"
	"praline/channels/partway"
)

// Name of the channel, as it is stored.
const Name = "slack"

// The vendor's pages on limits.
const (
	pageBlocks   = "https://docs.slack.dev/reference/block-kit/blocks/"
	pageElements = "https://docs.slack.dev/reference/block-kit/block-elements/"
	pageMessage  = "https://docs.slack.dev/reference/methods/chat.postMessage/"
	pageRates    = "https://docs.slack.dev/apis/web-api/rate-limits/"
	read         = "2026-11-23"
)

// Limits that Slack states, in characters; we count UTF-16 units, which are
// never fewer.
const (
	maxBlocks      = 50   // a message: pageBlocks
	maxViewBlocks  = 100  // a modal or Home: https://docs.slack.dev/reference/views/
	maxSection     = 3000 // a text of a section, or an element of a context: pageBlocks
	maxHeader      = 150  // pageBlocks
	maxActions     = 25   // elements of an actions block: pageBlocks
	maxButtonLabel = 75   // pageElements
	maxOptionLabel = 75   // https://docs.slack.dev/reference/block-kit/composition-objects/option-object/
	maxCheckboxes  = 10   // options of one group: pageElements
	maxSelect      = 100  // options of one menu: pageElements
	maxValue       = 2000 // of a button: pageElements
	maxURL         = 3000 // of a button or picture: pageElements
	maxFallback    = 4000 // the text beside the blocks, advised: pageMessage
	maxAlt         = 1000 // alt_txt: https://docs.slack.dev/reference/methods/files.getUploadURLExternal/
	maxViewTitle   = 24   // title, submit and close of a modal: https://docs.slack.dev/reference/views/modal-views/
	maxInputLabel  = 2000 // pageBlocks
	maxPlaceholder = 150  // pageElements
	maxMetadata    = 3000 // private_metadata: https://docs.slack.dev/reference/views/
	// maxMessage is not stated: beyond about 13,200 characters over all blocks
	// the app answers msg_blocks_too_long.
	maxMessage = 12000
)

// Options of an Adapter.
type Options struct {
	// BotToken speaks in one workspace; empty: only in those of Workspaces.
	BotToken string
	// AppToken opens Socket Mode; empty: events come by HTTP.
	AppToken string
	// SigningSecret proves requests by HTTP.
	SigningSecret string
	// ClientID and ClientSecret let other workspaces install the app.
	ClientID, ClientSecret string
	// API is the Web API's address, with a slash at the end.
	API string
	// PublicURL at which the world reaches us.
	PublicURL string
	// Secret signs what goes out and comes back (the state of an installation).
	Secret []byte
	// Workspaces keeps the tokens of the workspaces that installed the app.
	Workspaces Workspaces
	// Known says whether somebody was met in a conversation before: who only
	// opens it is greeted once. Nil: once in the life of this process.
	Known func(ctx context.Context, conversation string) (bool, error)
	// Home returns what a person's Home shows; nil for no Home.
	Home func(ctx context.Context, conversation string) ([]channels.Message, error)
	// Media opens pictures by their path; nil for none.
	Media channels.Library
	Door  *inbound.Door
	Log   *slog.Logger
	// HTTP makes the calls; nil for one with a timeout.
	HTTP *http.Client
	// Now is the wall's clock; nil is time.Now.
	Now func() time.Time
}

// Workspaces keeps what each workspace that installed the app gave us, sealed.
type Workspaces interface {
	PutSealed(ctx context.Context, kind, id string, value []byte) error
	// Sealed returns nil where there is none.
	Sealed(ctx context.Context, kind, id string) ([]byte, error)
	CutSealed(ctx context.Context, kind, id string) error
}

// Adapter speaks with Slack.
type Adapter struct {
	options Options
	client  *http.Client
	tokens  tokens
	people  people
	partway partway.Messages
	shown   shown
	homes   homes
	lanes   lanes
	greeted greeted

	// What only looks nice runs beside, until Close.
	beside context.Context
	stop   context.CancelFunc
	mu     sync.Mutex // over closed, and adding to running
	closed bool
	work   sync.WaitGroup
}

// timeout of one call, uploads included.
const timeout = 20 * time.Second

// New returns an Adapter. Nothing is called yet: an API that is away must not
// keep anybody from starting. Close ends what it does beside.
func New(options Options) *Adapter {
	a := &Adapter{options: options, client: options.HTTP}
	if a.client == nil {
		a.client = &http.Client{
			Timeout:       timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a token goes nowhere else
		}
	}
	if a.options.Log == nil {
		a.options.Log = slog.New(slog.DiscardHandler)
	}
	if a.options.Door == nil {
		a.options.Door = &inbound.Door{Channel: Name}
	}
	if a.options.Now == nil {
		a.options.Now = time.Now
	}
	if a.options.API == "" {
		a.options.API = "https://slack.com/api/"
	}
	a.options.API = strings.TrimSuffix(a.options.API, "/") + "/"
	a.options.PublicURL = strings.TrimSuffix(a.options.PublicURL, "/")
	a.beside, a.stop = context.WithCancel(context.Background())
	return a
}

// Close ends what the adapter does beside answering: no Home is published any more.
func (a *Adapter) Close() {
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	a.stop()
	a.work.Wait()
}

// aside runs what nobody waits for.
func (a *Adapter) aside(what func(context.Context)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return
	}
	a.work.Go(func() {
		defer func() {
			if fault := recover(); fault != nil {
				a.options.Log.Error("slack: something beside failed, please report this", "fault", fault)
			}
		}()
		what(a.beside)
	})
}

// Name of the channel.
func (*Adapter) Name() string { return Name }

// Workspace is where a conversation is.
func (*Adapter) Workspace(conversation string) string {
	workspace, _ := parts(conversation)
	return workspace
}

// parts of a conversation: the workspace, and the direct message in it.
func parts(conversation string) (workspace, channel string) {
	workspace, channel, _ = strings.Cut(channels.Identity(conversation), "/")
	return workspace, channel
}

// Limits of Slack.
func (*Adapter) Limits() channels.Limits {
	return channels.Limits{
		Text:        channels.Limit{Max: maxMessage, Unit: channels.Characters, Source: pageMessage, Read: read},
		ButtonLabel: channels.Limit{Max: maxButtonLabel, Unit: channels.Characters, Source: pageElements + "button-element/", Read: read},
		Buttons:     channels.Limit{Max: maxBlocks, Unit: channels.Characters, Source: pageBlocks, Read: read},
		// Several hundred a minute in one workspace, one a second in one
		// conversation; short bursts pass: pageRates.
		Workspace:    channels.Rate{PerSecond: 5, Burst: 10},
		Conversation: channels.Rate{PerSecond: 1, Burst: 3},
		Replaces:     true,
		Media:        []string{"image/png", "image/jpeg", "image/gif"},
	}
}
