// Package slack is the adapter of Slack.
//
// Events come over a WebSocket that we open (Socket Mode: nothing to open in a
// firewall) or by HTTP; either way one is acknowledged only after its effect is
// stored, and within three seconds. A conversation is a person's direct message
// with the app, "T…/D…" or "E…/D…" where an organisation has many workspaces.
package slack

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"praline/channels"
	"praline/channels/inbound"
)

// Name of the channel, as it is stored.
const Name = "slack"

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
}
