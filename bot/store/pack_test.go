package store

import (
	"bytes"
	"strings"
	"testing"
)

func TestPackComesBack(t *testing.T) {
	for label, body := range map[string]string{
		"nothing":      "",
		"short":        `{"lang":"fr"}`,
		"long":         `{"created":"2026-11-24T08:30:00Z","cards":[` + strings.Repeat(`["phishing/sender","abc",[2.3,5,20780,20783,1,0]],`, 60) + `]}`,
		"no pattern":   string(noise(5000)),
		"binary zeros": strings.Repeat("\x00", 10_000),
	} {
		packed := pack([]byte(body))
		if len(packed) > len(body)+1 {
			t.Errorf("%s: %d bytes became %d", label, len(body), len(packed))
		}
		got, err := unpack(packed)
		if err != nil || string(got) != body {
			t.Errorf("%s: came back as %.40q, %v", label, got, err)
		}
	}
}

func TestUnpackRefusesDamage(t *testing.T) {
	long := pack(bytes.Repeat([]byte(`{"created":"2026-11-24T08:30:00Z"}`), 40))
	for label, packed := range map[string][]byte{
		"empty":           nil,
		"unknown way":     []byte("z..."),
		"cut short":       long[:len(long)/2],
		"not compressed":  append([]byte{packedFlate}, noise(100)...),
		"grows for ever":  pack(make([]byte, unpackMost+1)),
		"only the marker": {packedFlate},
	} {
		if got, err := unpack(packed); err == nil {
			t.Errorf("%s: unpacked to %d bytes without an error", label, len(got))
		}
	}
}

// noise is bytes without a pattern, the same each time.
func noise(n int) []byte {
	b, x := make([]byte, n), uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

func BenchmarkPack(b *testing.B) {
	body := []byte(`{"created":"2026-11-24T08:30:00Z","cards":[` + strings.Repeat(`["phishing/sender","abc",[2.3,5,20780,20783,1,0]],`, 60) + `]}`)
	for b.Loop() {
		pack(body)
	}
}
