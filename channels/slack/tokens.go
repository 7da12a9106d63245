package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"praline/channels"
)

// sealedKind is under what Workspaces keeps our tokens.
const sealedKind = "slack"

// fresh is how long a token is believed without asking Workspaces again:
// another instance may have taken it away.
const fresh = 5 * time.Minute

// installed is what a workspace gave us.
type installed struct {
	Token string `json:"token"`
	Since int64  `json:"since"` // when, in seconds since 1970
}

// tokens remembers what Workspaces said.
type tokens struct {
	mu   sync.Mutex
	all  map[string]remembered
	gone map[string]int64 // by workspace: when it took the app away, in seconds since 1970
}

type remembered struct {
	installed
	until time.Time
}

// maxTokens bounds what is remembered.
const maxTokens = 2000

// token returns what speaks in a workspace; a Refusal (Gone) where the app is
// not installed.
func (a *Adapter) token(ctx context.Context, workspace string) (string, error) {
	here, err := a.installation(ctx, workspace)
	if err != nil {
		return "", err
	}
	a.tokens.mu.Lock()
	gone, left := a.tokens.gone[workspace]
	a.tokens.mu.Unlock()
	switch {
	case here.Token != "" && (!left || here.Since > gone):
		return here.Token, nil
	case a.options.BotToken != "" && !left:
		return a.options.BotToken, nil
	}
	return "", &channels.Refusal{Reason: channels.Gone, Detail: "this workspace took the app away: install it again"}
}

// installation is what a workspace gave us, nothing where it gave nothing.
func (a *Adapter) installation(ctx context.Context, workspace string) (installed, error) {
	if a.options.Workspaces == nil {
		return installed{}, nil
	}
	now := a.options.Now()
	a.tokens.mu.Lock()
	known, ok := a.tokens.all[workspace]
	a.tokens.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.installed, nil
	}
	value, err := a.options.Workspaces.Sealed(ctx, sealedKind, workspace)
	if err != nil {
		return installed{}, fmt.Errorf("slack: token of a workspace: %w", err)
	}
	var here installed
	if value != nil {
		if err := json.Unmarshal(value, &here); err != nil {
			return installed{}, fmt.Errorf("slack: what is kept of workspace %s cannot be read: install the app there again", workspace)
		}
	}
	a.tokens.keep(workspace, remembered{here, now.Add(fresh)})
	return here, nil
}

func (t *tokens) keep(workspace string, r remembered) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil || len(t.all) >= maxTokens {
		t.all = make(map[string]remembered)
	}
	t.all[workspace] = r
}

// forget makes the next call ask Workspaces again.
func (t *tokens) forget(workspace string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, workspace)
}

// install keeps the token of a workspace.
func (a *Adapter) install(ctx context.Context, workspace, token string) error {
	here := installed{token, a.options.Now().Unix()}
	value, err := json.Marshal(here)
	if err != nil {
		return fmt.Errorf("slack: token of a workspace: %w", err)
	}
	if err := a.options.Workspaces.PutSealed(ctx, sealedKind, workspace, value); err != nil {
		return fmt.Errorf("slack: token of a workspace: %w", err)
	}
	a.tokens.keep(workspace, remembered{here, a.options.Now().Add(fresh)})
	a.tokens.back(workspace)
	return nil
}

// uninstall forgets a workspace that took the app away at a time. What comes
// late, after it was installed again, changes nothing.
func (a *Adapter) uninstall(ctx context.Context, workspace string, at time.Time) error {
	a.tokens.forget(workspace)
	here, err := a.installation(ctx, workspace)
	if err != nil {
		return err
	}
	if here.Since > at.Unix() {
		return nil
	}
	if here.Token != "" {
		if err := a.options.Workspaces.CutSealed(ctx, sealedKind, workspace); err != nil {
			return fmt.Errorf("slack: forgetting a workspace: %w", err)
		}
	}
	a.tokens.forget(workspace)
	a.tokens.mu.Lock()
	defer a.tokens.mu.Unlock()
	if a.tokens.gone == nil || len(a.tokens.gone) >= maxTokens {
		a.tokens.gone = make(map[string]int64)
	}
	a.tokens.gone[workspace] = at.Unix()
	return nil
}

// heard takes note that a workspace speaks to us: it has the app.
func (t *tokens) heard(workspace string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if gone, left := t.gone[workspace]; left && at.Unix() > gone {
		delete(t.gone, workspace)
	}
}

func (t *tokens) back(workspace string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.gone, workspace)
}
