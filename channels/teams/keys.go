package teams

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/MicahParks/keyfunc/v3"
)

// How long Microsoft's keys are believed, and how often they may be asked for.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
const (
	keysFresh   = 24 * time.Hour
	keysStale   = 48 * time.Hour // while the document cannot be had; then nothing is believed
	keysAgain   = time.Minute
	keysTimeout = 10 * time.Second
	maxDocument = 1 << 20
)

// errNoKeys says that nobody can be believed for the moment.
var errNoKeys = errors.New("teams: Microsoft's keys are not to be had: check TEAMS_OPENID_URL and the way out of your network")

// keys are Microsoft's, kept a day. A key that is not among them is looked for
// once a minute at most, whoever asks and however the last attempt ended.
type keys struct {
	address string
	client  *http.Client
	now     func() time.Time
	log     *slog.Logger

	set   atomic.Pointer[keySet]
	mu    sync.Mutex // held while they are fetched
	asked time.Time  // when they were last asked for
}

// keySet is what was fetched at one moment.
type keySet struct {
	keyfunc.Keyfunc
	endorsed map[string][]string // by key id: the channels that a key may speak for
	at       time.Time
}

// with returns a set that has a key, or the newest that can be had.
func (k *keys) with(ctx context.Context, id string) (*keySet, error) {
	set := k.set.Load()
	if set.knows(id) && k.now().Sub(set.at) < keysFresh {
		return set, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if set = k.set.Load(); set.knows(id) && k.now().Sub(set.at) < keysFresh {
		return set, nil // somebody fetched it while we waited
	}
	if now := k.now(); k.asked.IsZero() || now.Sub(k.asked) >= keysAgain {
		k.asked = now
		fetched, err := k.fetch(ctx)
		if err == nil {
			k.set.Store(fetched)
			return fetched, nil
		}
		k.log.Warn("teams: Microsoft's keys could not be fetched, again in a minute", "error", err)
	}
	if set == nil || k.now().Sub(set.at) >= keysStale {
		return nil, errNoKeys
	}
	return set, nil
}

func (s *keySet) knows(id string) bool {
	if s == nil {
		return false
	}
	_, known := s.endorsed[id]
	return known
}

// fetch reads the metadata document and the key set that it names.
func (k *keys) fetch(ctx context.Context) (*keySet, error) {
	// One that hangs up must not take the minute of all others.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keysTimeout)
	defer cancel()
	var metadata struct {
		Keys string `json:"jwks_uri"`
	}
	raw, _, err := document(ctx, k.client, k.address)
	if err == nil {
		err = json.Unmarshal(raw, &metadata)
	}
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	raw, _, err = document(ctx, k.client, metadata.Keys)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	set := &keySet{endorsed: map[string][]string{}, at: k.now()}
	if set.Keyfunc, err = keyfunc.NewJWKSetJSON(raw); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	var listed struct { // keyfunc drops the endorsements
		Keys []struct {
			ID       string   `json:"kid"`
			Endorsed []string `json:"endorsements"`
		} `json:"keys"`
	}
	if err := json.Unmarshal(raw, &listed); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	for _, key := range listed.Keys {
		set.endorsed[key.ID] = key.Endorsed
	}
	return set, nil
}

// document fetches a document, and says when its server thinks it is.
func document(ctx context.Context, client *http.Client, address string) (raw []byte, date time.Time, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, date, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, date, err
	}
	defer response.Body.Close()
	date, _ = http.ParseTime(response.Header.Get("Date"))
	if response.StatusCode != http.StatusOK {
		return nil, date, fmt.Errorf("answered %d", response.StatusCode)
	}
	raw, err = io.ReadAll(io.LimitReader(response.Body, maxDocument))
	return raw, date, err
}
