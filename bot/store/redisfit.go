package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// unfitError is a Redis that would lose what it acknowledged by its
// configuration.
type unfitError struct{ why string }

func (e *unfitError) Error() string { return e.why }

// durable reads what INFO says, since CONFIG is often forbidden.
func (r *onRedis) durable(ctx context.Context) (string, error) {
	if cluster, ok := r.client.(*redis.ClusterClient); ok {
		var (
			mutex sync.Mutex
			first string
		)
		err := cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
			warning, err := r.durableNode(ctx, node)
			mutex.Lock()
			defer mutex.Unlock()
			if first == "" {
				first = warning
			}
			return err
		})
		return first, err
	}
	return r.durableNode(ctx, r.client)
}

func (r *onRedis) durableNode(ctx context.Context, node redis.Cmdable) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	persistence, err1 := node.Info(ctx, "persistence").Result()
	memory, err2 := node.Info(ctx, "memory").Result()
	if err := errors.Join(err1, err2); err != nil {
		return "", r.mend(ctx, err)
	}
	var warnings []string
	if infoField(persistence, "aof_enabled") == "0" {
		warnings = append(warnings, "Redis keeps no append-only file: a crash loses what was stored since its last snapshot, or all of it; set appendonly yes, and appendfsync always or everysec")
	}
	policy := infoField(memory, "maxmemory_policy")
	switch limited := infoField(memory, "maxmemory") != "0"; {
	case strings.HasPrefix(policy, "allkeys-") && limited:
		return "", &unfitError{fmt.Sprintf("this Redis deletes any key when its memory is full (maxmemory-policy %s), and with it what learners did: set maxmemory-policy noeviction, or choose another Redis with --redis", policy)}
	case strings.HasPrefix(policy, "allkeys-"):
		warnings = append(warnings, fmt.Sprintf("Redis would delete any key if its memory were limited (maxmemory-policy %s): set maxmemory-policy noeviction", policy))
	case strings.HasPrefix(policy, "volatile-") && limited:
		warnings = append(warnings, fmt.Sprintf("Redis deletes web conversations when its memory is full (maxmemory-policy %s): set maxmemory-policy noeviction", policy))
	}
	return strings.Join(warnings, ". "), nil
}

// infoField is a line of what INFO says.
func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// redisMends says what to do about what Redis answers, by how it begins.
var redisMends = []struct{ prefix, mend string }{
	{"OOM", "Redis has no memory left: raise its maxmemory"},
	{"MISCONF", "Redis cannot write to its disk: see its log, and make room"},
	{"NOAUTH", "Redis wants a password: put it into --redis as redis://user:password@host"},
	{"WRONGPASS", "Redis does not know this user and password: correct them in --redis"},
	{"ERR AUTH", "Redis has no password set: take it out of --redis"},
	{"NOPERM", "this user of Redis may not do that: give it +@all -@dangerous +info on all keys"},
	{"READONLY", "this Redis is a replica, which takes nothing new: point --redis to its master, or use redis+sentinel://"},
	{"LOADING", "Redis is still loading its data: it goes on by itself"},
	{"MASTERDOWN", "this Redis is a replica whose master is away: point --redis to the master, or use redis+sentinel://"},
	{"NOREPLICAS", "Redis has too few replicas to take anything new: see its min-replicas-to-write"},
	{"CLUSTERDOWN", "the Cluster is down: see its nodes' logs"},
	{"MOVED", "this Redis is a node of a Cluster: write --redis as redis+cluster://"},
	{"CROSSSLOT", "this Redis is a node of a Cluster: write --redis as redis+cluster://"},
	{"WRONGTYPE", "other data stands in this Redis under Praline's keys: give Praline a database of its own"},
}

// mend says what is wrong with Redis, and what to do.
func (r *onRedis) mend(ctx context.Context, err error) error {
	switch {
	case err == nil || errors.Is(err, redis.Nil):
		return nil
	case errors.Is(err, redis.ErrClosed):
		return errClosed
	case ctx.Err() != nil:
		return ctx.Err() // the caller gave up
	}
	for _, m := range redisMends {
		if redis.HasErrorPrefix(err, m.prefix) {
			return fmt.Errorf("%s (%w)", m.mend, err)
		}
	}
	if redisError := redis.Error(nil); errors.As(err, &redisError) {
		return err
	}
	return fmt.Errorf("no answer from Redis: it goes on by itself once there is one; see that Redis runs and that --redis is right (%w)", err)
}
