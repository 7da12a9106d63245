package store_test

import (
	"bytes"
	"strings"
	"testing"

	"praline/bot/store"
	"praline/bot/store/storetest"
)

func TestASecretOfOthersIsSealed(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		token := []byte("xoxb-example-token")
		must(t, s.PutSealed(t.Context(), "slack", "T1", token))
		must(t, s.PutSealed(t.Context(), "slack", "T2", token))
		if got, err := s.Sealed(t.Context(), "slack", "T1"); err != nil || !bytes.Equal(got, token) {
			t.Errorf("what was sealed: %q, %v", got, err)
		}
		if got, err := s.Sealed(t.Context(), "slack", "T3"); err != nil || got != nil {
			t.Errorf("what was never sealed: %q, %v", got, err)
		}
		var values [][]byte
		must(t, s.Keys(t.Context(), func(key string, value []byte) error {
			if bytes.Contains(value, token) || strings.Contains(key, "T1") {
				t.Errorf("%s shows what was sealed, or whose it is", key)
			}
			if strings.HasPrefix(key, "sealed:") {
				values = append(values, value)
			}
			return nil
		}))
		if len(values) != 2 || bytes.Equal(values[0], values[1]) {
			t.Error("the same secret sealed twice reads the same")
		}
		must(t, s.CutSealed(t.Context(), "slack", "T1"))
		if got, err := s.Sealed(t.Context(), "slack", "T1"); err != nil || got != nil {
			t.Errorf("after it was forgotten: %q, %v", got, err)
		}
	})
}

func TestASealedSecretNeedsOurs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, o store.Options) {
		s := storetest.Open(t, o)
		must(t, s.PutSealed(t.Context(), "slack", "T1", []byte("xoxb-example-token")))
		must(t, s.Close())
		o.Secret = []byte("another secret of thirty-two byte")
		if got, err := storetest.Open(t, o).Sealed(t.Context(), "slack", "T1"); got != nil || err == nil || !strings.Contains(err.Error(), "PRALINE_SECRET") {
			t.Errorf("opened with another secret: %q, %v", got, err)
		}
	})
}
