package teams

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// What a token of the Bot Connector says.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-4-verify-the-jwt-token
const (
	issuer = "https://api.botframework.com"
	skew   = 5 * time.Minute
	// maxToken bounds what is looked at; real ones have under 2 KB.
	maxToken = 8 * 1024
)

// proof is what a request proved of itself before its body was read.
type proof struct {
	unsigned bool     // an emulator on this machine, and nothing else
	service  string   // the serviceUrl that the token is for
	channels []string // for which the key may speak
}

type claims struct {
	jwt.RegisteredClaims
	ServiceURL string `json:"serviceurl"`
}

// errStranger says that a request does not prove who sent it.
var errStranger = errors.New("teams: not proven")

// verify says what a request proves by its headers. The token is the only thing
// that is read; a key that the token itself names or brings (jku, jwk, x5u) is
// not looked at.
func (a *Adapter) verify(r *http.Request) (proof, error) {
	given := r.Header.Values("Authorization")
	if len(given) == 0 && a.options.Anonymous && fromHere(r) {
		return proof{unsigned: true}, nil
	}
	if len(given) != 1 || a.options.AppID == "" || len(given[0]) > maxToken {
		return proof{}, errStranger
	}
	scheme, written, _ := strings.Cut(given[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return proof{}, errStranger
	}
	return a.believe(r.Context(), written)
}

// believe verifies a token.
func (a *Adapter) believe(ctx context.Context, written string) (proof, error) {
	var said claims
	var p proof
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodRS256.Alg()}), jwt.WithIssuer(issuer), jwt.WithAudience(a.options.AppID),
		jwt.WithExpirationRequired(), jwt.WithLeeway(skew), jwt.WithTimeFunc(a.options.Now),
	)
	_, err := parser.ParseWithClaims(written, &said, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		if _, critical := t.Header["crit"]; critical || id == "" {
			return nil, errStranger
		}
		set, err := a.keys.with(ctx, id)
		if err != nil {
			return nil, err
		}
		p.channels = set.endorsed[id]
		return set.Keyfunc.Keyfunc(t)
	})
	switch {
	case errors.Is(err, errNoKeys):
		return proof{}, errNoKeys
	case err != nil || said.ServiceURL == "":
		return proof{}, errStranger
	}
	p.service = said.ServiceURL
	return p, nil
}

// covers says whether a proof is one for this activity: the token is for its
// serviceUrl, which is one of Microsoft's, its key may speak for Teams, and the
// activity is of the one organisation that we serve. What nobody signed may
// name this machine only.
func (a *Adapter) covers(p proof, in activity) (service string, ok bool) {
	service, ok = serviceURL(in.ServiceURL, a.local())
	if !ok || in.ChannelID != channelID || !conversationID.MatchString(in.Conversation.ID) {
		return "", false
	}
	if p.unsigned {
		ok = nearby(service)
	} else {
		claimed, fine := serviceURL(p.service, a.local())
		ok = fine && claimed == service && slices.Contains(p.channels, channelID)
	}
	return service, ok && a.ours(in)
}

// channelID is how the connector calls Teams.
const channelID = "msteams"

// ours says whether an activity is of the organisation that we serve: every
// tenant that it names, and at least one.
func (a *Adapter) ours(in activity) bool {
	tenants := []string{in.Conversation.TenantID, in.ChannelData.Tenant.ID}
	named := slices.DeleteFunc(tenants, func(t string) bool { return t == "" })
	if a.options.TenantID == "" {
		return true
	}
	return len(named) > 0 && !slices.ContainsFunc(named, func(t string) bool { return !strings.EqualFold(t, a.options.TenantID) })
}
