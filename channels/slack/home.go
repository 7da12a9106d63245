package slack

import (
	"context"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"praline/locales"
)

// homes remembers, in this process, whose Home is open somewhere: it is made
// anew after each thing that the person does, one call at a time. Whoever
// opens it after a restart has it made anew then.
type homes struct {
	mu  sync.Mutex
	all map[string]*home
}

// home is one person's.
type home struct {
	conversation string
	running      bool // it is being published
	again        bool // and has changed since
}

// open takes note that a person, by workspace and user, opened Home.
func (h *homes) open(key, conversation string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil || len(h.all) >= maxPeople {
		h.all = make(map[string]*home)
	}
	if h.all[key] == nil {
		h.all[key] = &home{conversation: conversation}
	}
}

// begin says whether the caller shall publish: not where somebody does, who
// will do it once more.
func (h *homes) begin(key string) (conversation string, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.all[key]
	switch {
	case one == nil:
		return "", false
	case one.running:
		one.again = true
		return "", false
	}
	one.running, one.again = true, false
	return one.conversation, true
}

// end says whether to publish once more.
func (h *homes) end(key string) (again bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.all[key]
	if one == nil {
		return false
	}
	again, one.again = one.again, false
	one.running = again
	return again
}

// homeWithin bounds one publication.
const homeWithin = 15 * time.Second

// republish makes a person's Home anew, if they have opened it: beside, and
// without harm where it fails.
func (a *Adapter) republish(key string) {
	if a.options.Home == nil {
		return
	}
	conversation, ok := a.homes.begin(key)
	if !ok {
		return
	}
	a.aside(func(ctx context.Context) {
		for again := true; again; again = a.homes.end(key) {
			within, cancel := context.WithTimeout(ctx, homeWithin)
			if err := a.publish(within, key, conversation); err != nil && ctx.Err() == nil {
				a.options.Log.Info("slack: a Home was not published, the next event makes it anew", "error", err)
			}
			cancel()
		}
	})
}

// publish shows Home as it is now.
// https://docs.slack.dev/reference/methods/views.publish/
func (a *Adapter) publish(ctx context.Context, key, conversation string) error {
	messages, err := a.options.Home(ctx, conversation)
	if err != nil {
		return err
	}
	p := &pencil{}
	var blocks []slackapi.Block
	for _, m := range messages {
		p.w = locales.For(m.Lang)
		for _, d := range draw(m, p) {
			blocks = append(blocks, d.block)
		}
	}
	view := slackapi.HomeTabViewRequest{
		Type: slackapi.VTHomeTab, PrivateMetadata: conversation,
		Blocks: slackapi.Blocks{BlockSet: blocks[:min(len(blocks), maxViewBlocks)]},
	}
	workspace, _ := parts(conversation)
	user := key[len(workspace)+1:]
	return a.call(ctx, workspace, "views.publish", func(api *slackapi.Client) error {
		_, err := api.PublishViewContext(ctx, slackapi.PublishViewContextRequest{UserID: user, View: view})
		return err
	})
}
