package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"praline/channels/outbound"
)

// onRedis is the driver of Redis. A change is one short script over the keys
// of one slot (redisscripts.go), so that many learners' changes go in one
// pipeline; due is a slot of its own: hints are written before that pipeline
// and swapped after it.
type onRedis struct {
	client redis.UniversalClient
}

// answerWithin bounds every call: a Redis that is away is an error at once.
const answerWithin = 2 * time.Second

// quiet keeps go-redis from writing to standard error: what goes wrong is
// returned, and said once by whoever asked.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

// openRedis makes a client of Redis. It does not ask whether Redis answers: it
// may come up later. The address is one of
//
//	redis://[user:password@]host[:6379][/0]                  one server, and the number of its database
//	redis+sentinel://[user:password@]host[:26379],…/name[?sentinel_password=…]
//	                                                         the master of that name, as these sentinels know it
//	redis+cluster://[user:password@]host[:6379],…            a Cluster, of which these are some nodes
//
// and each with rediss instead of redis for TLS.
func openRedis(address string) (driver, error) {
	to, err := parseRedis(address)
	if err != nil {
		return nil, err
	}
	redis.SetLogger(quiet{})
	return &onRedis{client: to.client()}, nil
}

func (r *onRedis) close() error {
	if err := r.client.Close(); !errors.Is(err, redis.ErrClosed) {
		return err
	}
	return nil
}

// call is one run of a script.
type call struct {
	keys []string
	args []any
}

// run runs a script for each call in one pipeline. What Redis does not know
// yet was not run, and goes again with the script's text. Nothing else is sent
// twice: a script whose answer was lost may have run.
func (r *onRedis) run(ctx context.Context, script *redis.Script, calls []call) []*redis.Cmd {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	answers, all := make([]*redis.Cmd, len(calls)), make([]int, len(calls))
	for i := range all {
		all[i] = i
	}
	r.send(ctx, script.EvalSha, calls, answers, all)
	unknown := slices.DeleteFunc(all, func(i int) bool { return !redis.HasErrorPrefix(answers[i].Err(), "NOSCRIPT") })
	r.send(ctx, script.Eval, calls, answers, unknown)
	return answers
}

// send sends some of the calls together, and waits until all are answered or
// none will be. Each answer carries its own error.
func (r *onRedis) send(ctx context.Context, eval func(context.Context, redis.Scripter, []string, ...any) *redis.Cmd, calls []call, answers []*redis.Cmd, which []int) {
	if len(which) == 0 {
		return
	}
	_, err := r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, i := range which {
			answers[i] = eval(ctx, p, calls[i].keys, calls[i].args...)
		}
		return nil
	})
	for _, i := range which {
		// No script answers nil. Where no connection could be made ready the
		// library tells the pipeline, and not its commands.
		if a := answers[i]; a.Err() == nil && a.Val() == nil {
			a.SetErr(cmp.Or(err, errors.New("no answer")))
		}
	}
}

// runOne runs a script once.
func (r *onRedis) runOne(ctx context.Context, script *redis.Script, key string, args ...any) *redis.Cmd {
	return r.run(ctx, script, []call{{[]string{key}, args}})[0]
}

func (r *onRedis) read(ctx context.Context, asks ...ask) ([]found, error) {
	var calls []call
	var places [][]int
	bySlot := make(map[string]int)
	for i, a := range asks {
		n, ok := bySlot[slotOf(a.key)]
		if !ok {
			n = len(calls)
			bySlot[slotOf(a.key)] = n
			calls, places = append(calls, call{}), append(places, nil)
		}
		calls[n].keys = append(calls[n].keys, a.key)
		calls[n].args = append(calls[n].args, int(a.kind), a.field)
		places[n] = append(places[n], i)
	}
	all := make([]found, len(asks))
	for n, answer := range r.run(ctx, readScript, calls) {
		values, err := answer.Slice()
		if err != nil {
			return nil, r.mend(ctx, err)
		}
		for k, i := range places[n] {
			all[i] = asFound(asks[i], values[k])
		}
	}
	return all, nil
}

// slotOf is what decides on a key's slot in a Cluster: what stands in its
// first braces, or all of it.
func slotOf(key string) string {
	if _, rest, ok := strings.Cut(key, "{"); ok {
		if tag, _, ok := strings.Cut(rest, "}"); ok && tag != "" {
			return tag
		}
	}
	return key
}

// asFound reads one answer of readScript.
func asFound(a ask, value any) found {
	values, _ := value.([]any)
	switch {
	case a.kind == hash && a.field != "":
		if value == nil {
			return found{}
		}
		return found{hash: map[string][]byte{a.field: []byte(asText(value))}}
	case a.kind == hash:
		if len(values) == 0 {
			return found{}
		}
		fields := make(map[string][]byte, len(values)/2)
		for i := 0; i+1 < len(values); i += 2 {
			fields[asText(values[i])] = []byte(asText(values[i+1]))
		}
		return found{hash: fields}
	case a.kind == list:
		var lines [][]byte
		for _, line := range values {
			lines = append(lines, []byte(asText(line)))
		}
		return found{lines: lines}
	}
	if value == nil {
		return found{}
	}
	return found{text: []byte(asText(value))}
}

func asText(value any) string {
	text, _ := value.(string)
	return text
}

func (r *onRedis) write(ctx context.Context, changes ...change) []error {
	errs := make([]error, len(changes))
	if err := r.hint(ctx, changes); err != nil {
		return fill(errs, err)
	}
	calls := make([]call, len(changes))
	for i, c := range changes {
		calls[i] = asCall(c)
	}
	var swaps []swap
	for i, answer := range r.run(ctx, writeScript, calls) {
		values, err := answer.Slice()
		switch {
		case err != nil:
			errs[i] = r.mend(ctx, err)
		case len(values) == 0:
			errs[i] = errStale
		case changes[i].then != nil:
			left, _ := values[0].(int64)
			if s, ok := changes[i].then([]byte(asText(values[1])), int(left)); ok {
				swaps = append(swaps, s)
			}
		}
	}
	// The changes stand. A hint that could not be settled comes due, and
	// whoever looks then finds nothing to say.
	_ = r.swap(ctx, dueKey, swaps...)
	return errs
}

// hint writes the hints of changes.
func (r *onRedis) hint(ctx context.Context, changes []change) error {
	var hints []redis.Z
	for _, c := range changes {
		if c.hint != nil {
			hints = append(hints, redis.Z{Score: float64(c.hint.score), Member: c.hint.member})
		}
	}
	if len(hints) == 0 {
		return nil
	}
	within, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	return r.mend(ctx, r.client.ZAdd(within, dueKey, hints...).Err())
}

// asCall writes a change as writeScript reads it.
func asCall(c change) call {
	keys := []string{c.guard.key}
	place := func(key string) int {
		for i, k := range keys {
			if k == key {
				return i + 1
			}
		}
		keys = append(keys, key)
		return len(keys)
	}
	counted := 0
	if c.counted != "" {
		counted = place(c.counted)
	}
	args := []any{counted, 1 + len(c.also)}
	for _, g := range append([]guard{c.guard}, c.also...) {
		args = append(args, place(g.key), g.field, g.word)
	}
	for _, o := range c.ops {
		value := o.value
		if o.verb == expire {
			value = strconv.AppendInt(nil, o.until.UnixMilli(), 10)
		}
		args = append(args, int(o.verb), place(o.key), o.field, value)
	}
	return call{keys, args}
}

func (r *onRedis) raise(ctx context.Context, set string, upTo int64, limit int, to int64) ([]string, error) {
	members, err := r.runOne(ctx, raiseScript, set, upTo, limit, to).StringSlice()
	return members, r.mend(ctx, err)
}

func (r *onRedis) swap(ctx context.Context, set string, swaps ...swap) error {
	if len(swaps) == 0 {
		return nil
	}
	args := make([]any, 0, 4*len(swaps))
	for _, s := range swaps {
		args = append(args, s.member, s.from, s.to, s.always)
	}
	return r.mend(ctx, r.runOne(ctx, swapScript, set, args...).Err())
}

func (r *onRedis) count(ctx context.Context, set string, upTo int64) (int, error) {
	within, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	n, err := r.client.ZCount(within, set, "-inf", strconv.FormatInt(upTo, 10)).Result()
	return int(n), r.mend(ctx, err)
}

// literal escapes what means something in a pattern of keys.
var literal = strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `^`, `\^`, `\`, `\\`)

// scanned is how many keys one look goes over.
const scanned = 1000

func (r *onRedis) keys(ctx context.Context, prefix string, each func(key string) error) error {
	scan := func(ctx context.Context, node redis.Cmdable) error {
		for cursor := uint64(0); ; {
			keys, next, err := node.Scan(ctx, cursor, literal.Replace(prefix)+"*", scanned).Result()
			if err != nil {
				return r.mend(ctx, err)
			}
			for _, key := range keys {
				if err := each(key); err != nil {
					return err
				}
			}
			if cursor = next; cursor == 0 {
				return nil
			}
		}
	}
	cluster, ok := r.client.(*redis.ClusterClient)
	if !ok {
		return scan(ctx, r.client)
	}
	var oneAtATime sync.Mutex
	return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		oneAtATime.Lock()
		defer oneAtATime.Unlock()
		return scan(ctx, node)
	})
}

func (r *onRedis) dump(ctx context.Context, key string) ([]byte, error) {
	values, err := r.runOne(ctx, dumpScript, key).StringSlice()
	return []byte(strings.Join(values, "\n")), r.mend(ctx, err)
}

func (r *onRedis) take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error) {
	calls := make([]call, len(buckets))
	for i, b := range buckets {
		every, advance, _ := b.Pace()
		calls[i] = call{[]string{b.Name}, []any{now.UnixMicro(), most.Microseconds(), every, advance}}
	}
	waits := make([]time.Duration, len(buckets))
	for i, answer := range r.run(ctx, turnScript, calls) {
		wait, err := answer.Int64()
		if err != nil {
			return nil, r.mend(ctx, err)
		}
		waits[i] = time.Duration(wait) * time.Microsecond
	}
	return waits, nil
}

func (r *onRedis) hush(ctx context.Context, now time.Time, b outbound.Bucket, until time.Time) error {
	_, _, most := b.Pace()
	return r.mend(ctx, r.runOne(ctx, turnScript, b.Name, now.UnixMicro(), until.UnixMicro(), most).Err())
}
