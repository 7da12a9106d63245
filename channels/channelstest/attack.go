package channelstest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Attack is one request to an app's webhook that must be refused: at once, with
// a status of 4xx, without any effect.
type Attack struct {
	Label string
	// Raw is written to the connection as it stands; then the other side has
	// Patience to answer or to hang up. Nil for Method, Path, Header and Body.
	Raw    []byte
	Method string // "" is POST
	Path   string
	Header http.Header
	Body   []byte
}

// Refused makes an attack on a server at address ("127.0.0.1:8080") and fails
// unless it is refused.
func (a Attack) Refused(t *testing.T, address string) {
	t.Helper()
	status, err := a.make(address)
	if err != nil {
		t.Errorf("%s: %v", a.Label, err)
	} else if status < 400 || status > 499 {
		t.Errorf("%s: answered %d, want 4xx", a.Label, status)
	}
}

// AllRefused makes many attacks on a server as Refused does: those that take
// their time all at once, beside the others one by one.
func AllRefused(t *testing.T, address string, attacks []Attack) {
	t.Helper()
	var slow sync.WaitGroup
	defer slow.Wait()
	for _, a := range attacks {
		if a.Raw != nil {
			slow.Go(func() { a.Refused(t, address) })
		}
	}
	for _, a := range attacks {
		if a.Raw == nil {
			a.Refused(t, address)
		}
	}
}

// Patience is how long a server may take to refuse.
const Patience = 15 * time.Second

func (a Attack) make(address string) (status int, err error) {
	if a.Raw != nil {
		return a.write(address)
	}
	method := a.Method
	if method == "" {
		method = http.MethodPost
	}
	request, err := http.NewRequest(method, "http://"+address+a.Path, bytes.NewReader(a.Body))
	if err != nil {
		return 0, fmt.Errorf("the attack cannot be made: %w", err)
	}
	request.Header = a.Header.Clone()
	client := http.Client{Timeout: Patience, Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true}}
	response, err := client.Do(request)
	if errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		return http.StatusBadRequest, nil // hung up on while the body was still coming
	}
	if err != nil {
		return 0, fmt.Errorf("not answered: %w", err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode, nil
}
