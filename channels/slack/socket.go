package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"praline/channels"
)

const (
	// inHand bounds how long what was received may take when we are asked to
	// stop.
	inHand = 8 * time.Second
	// together is how many deliveries are handled at once.
	together = 32
	// reopen is how long to wait before a connection that ended for good is
	// opened anew: a token that was refused may have been mended.
	reopen = 30 * time.Second
)

// Listen opens Socket Mode and hands over what comes, until ctx ends. A
// delivery is acknowledged after handle stored it; one that could not be
// stored is not, and Slack brings it again. The library answers a request to
// disconnect by connecting anew.
// https://docs.slack.dev/apis/events-api/using-socket-mode/
func (a *Adapter) Listen(ctx context.Context, handle channels.Handler) {
	var work sync.WaitGroup
	defer work.Wait()
	slots := make(chan struct{}, together)
	for ctx.Err() == nil {
		client := a.socket()
		ended := make(chan error, 1)
		go func() { ended <- client.RunContext(ctx) }()
		err := a.heed(ctx, client, ended, slots, &work, handle)
		if ctx.Err() != nil {
			return
		}
		a.options.Log.Error("slack: Socket Mode ended, it is opened anew: check SLACK_APP_TOKEN (praline doctor says more)", "error", a.explain("apps.connections.open", a.options.AppToken, err))
		select {
		case <-ctx.Done():
		case <-time.After(reopen):
		}
	}
}

func (a *Adapter) socket() *socketmode.Client {
	api := slackapi.New("", slackapi.OptionAppLevelToken(a.options.AppToken), slackapi.OptionAPIURL(a.options.API), slackapi.OptionHTTPClient(bound{a.client}))
	return socketmode.New(api,
		socketmode.OptionReadLimit(maxAnswer),
		socketmode.OptionLog(log.New(io.Discard, "", 0)))
}

// heed takes what one client brings until it has ended.
func (a *Adapter) heed(ctx context.Context, client *socketmode.Client, ended <-chan error, slots chan struct{}, work *sync.WaitGroup, handle channels.Handler) error {
	away := false
	for {
		select {
		case err := <-ended:
			return err
		case event := <-client.Events:
			switch event.Type {
			case socketmode.EventTypeConnectionError, socketmode.EventTypeInvalidAuth:
				if !away {
					a.options.Log.Warn("slack does not answer, Socket Mode is opened again and again", "error", a.explain("apps.connections.open", a.options.AppToken, failed(event)))
				}
				away = true
			case socketmode.EventTypeConnected:
				if away {
					a.options.Log.Info("slack is back")
				}
				away = false
			default:
				if request, ok := requested(event); ok {
					a.received(ctx, client, request, slots, work, handle)
				}
			}
		}
	}
}

// requested is the delivery in an event of the library's, also of a kind that
// the library cannot read.
func requested(event socketmode.Event) (socketmode.Request, bool) {
	var request socketmode.Request
	switch {
	case event.Request != nil:
		request = *event.Request
	case event.Type == socketmode.EventTypeErrorBadMessage:
		bad, ok := event.Data.(*socketmode.ErrorBadMessage)
		if !ok || json.Unmarshal(bad.Message, &request) != nil {
			return request, false
		}
	}
	return request, request.EnvelopeID != ""
}

// received handles a delivery, beside those of others.
func (a *Adapter) received(ctx context.Context, client *socketmode.Client, request socketmode.Request, slots chan struct{}, work *sync.WaitGroup, handle channels.Handler) {
	c, ok := delivery{request.Type, request.Payload}.read()
	if !ok || c.what == nothing {
		_ = client.AckCtx(ctx, request.EnvelopeID, nil)
		return
	}
	before, leave := a.turn(c)
	work.Go(func() {
		longer, cancel := outlive(ctx)
		defer cancel()
		<-before
		slots <- struct{}{}
		defer func() { <-slots }()
		reply, err := a.take(longer, c, before, leave, handle)
		if err != nil {
			a.options.Log.Warn("slack: not stored: an event comes again, whoever pressed is told", "kind", request.Type, "event", c.event.ID, "error", err)
			return
		}
		if !request.AcceptsResponsePayload {
			reply = nil
		}
		if err := client.AckCtx(ctx, request.EnvelopeID, reply); err != nil && ctx.Err() == nil {
			a.options.Log.Warn("slack: not acknowledged, it will come again and change nothing", "kind", request.Type, "error", err)
		}
	})
}

// outlive is a context for what was received: it ends a while after ctx does.
func outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(inHand, cancel) })
	return longer, func() { stop(); cancel() }
}

// failed is why a connection was not opened.
func failed(event socketmode.Event) error {
	if e, ok := event.Data.(*slackapi.ConnectionErrorEvent); ok {
		return e.ErrorObj
	}
	return errors.New("not opened")
}
