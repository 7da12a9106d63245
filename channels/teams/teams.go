// Package teams is the adapter of Microsoft Teams, by the Bot Connector's REST
// interface.
//
// Activities come by HTTP with a token that Microsoft signed; nothing is parsed
// before it is verified. A conversation is "ID serviceUrl": the ID never
// changes, the serviceUrl is where the last activity said to answer.
package teams

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"praline/channels"
	"praline/channels/inbound"
)

// Name of the channel, as it is stored.
const Name = "teams"

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
}
