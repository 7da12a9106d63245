package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"

	"praline/records"
)

// digestOf is the name of bytes: SHA-256, in hexadecimal.
func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// cache keeps what is known by a digest and therefore never changes. It holds
// a bounded number of bytes and values; what does not fit is read again.
type cache struct {
	mu     sync.Mutex
	bytes  map[string][]byte
	size   int
	values map[string]any
}

const (
	cachedBytes  = 64 << 20
	cachedValues = 400
)

func (c *cache) get(digest string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	content, ok := c.bytes[digest]
	return content, ok
}

func (c *cache) put(digest string, content []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.bytes[digest]; ok || len(content) > cachedBytes/4 {
		return
	}
	if c.bytes == nil || c.size+len(content) > cachedBytes {
		c.bytes, c.size = make(map[string][]byte), 0
	}
	c.bytes[digest] = content
	c.size += len(content)
}

// value returns what make makes of what a name stands for, made once.
func (c *cache) value(name string, make1 func() (any, error)) (any, error) {
	c.mu.Lock()
	value, ok := c.values[name]
	c.mu.Unlock()
	if ok {
		return value, nil
	}
	value, err := make1()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil || len(c.values) >= cachedValues {
		c.values = make(map[string]any)
	}
	c.values[name] = value
	return value, nil
}

// keep stores bytes under their digests. What is there already stays: it is the
// same. Nothing names them yet, so a crash here leaves nothing half done.
func (l *Library) keep(ctx context.Context, org string, all ...[]byte) error {
	var blobs []records.Record
	for _, content := range all {
		key := records.Key{Org: org, Kind: kindBlob, ID: digestOf(content)}
		if !slices.ContainsFunc(blobs, func(r records.Record) bool { return r.Key == key }) {
			blobs = append(blobs, records.Record{Key: key, Body: slices.Concat([]byte{}, content)})
		}
	}
	if len(blobs) == 0 {
		return nil
	}
	err := l.Store.Write(ctx, blobs...)
	if !errors.Is(err, records.ErrConflict) {
		return err
	}
	for _, blob := range blobs { // some are there already
		if err := l.Store.Write(ctx, blob); err != nil && !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return nil
}

// Bytes returns a file's bytes by its digest, records.ErrNone if the
// organisation has no such file.
func (l *Library) Bytes(ctx context.Context, org, digest string) ([]byte, error) {
	all, err := l.many(ctx, org, digest)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// many returns the bytes of many digests, in order, in one read.
func (l *Library) many(ctx context.Context, org string, digests ...string) ([][]byte, error) {
	all := make([][]byte, len(digests))
	var keys []records.Key
	var places []int
	for i, digest := range digests {
		content, ok := l.kept.get(org + "/" + digest)
		if all[i] = content; !ok {
			keys = append(keys, records.Key{Org: org, Kind: kindBlob, ID: digest})
			places = append(places, i)
		}
	}
	if len(keys) == 0 {
		return all, nil
	}
	read, err := l.Store.Read(ctx, keys...)
	if err != nil {
		return nil, fmt.Errorf("files of %s: %w", org, err)
	}
	for i, r := range read {
		if r.Version == 0 {
			return nil, fmt.Errorf("%s: %w", r.Key, records.ErrNone)
		}
		all[places[i]] = r.Body
		l.kept.put(org+"/"+r.ID, r.Body)
	}
	return all, nil
}
