package store

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// redisAddress is what an address of Redis says.
type redisAddress struct {
	tls              bool
	cluster          bool
	hosts            []string // host:port
	user, password   string
	sentinelPassword string
	master           string // of Sentinel
	database         int
}

// redisForms ends every error about an address. The address itself is in none:
// it may hold a password.
const redisForms = "write it as redis://host:6379, redis+sentinel://host1,host2/name or redis+cluster://host1,host2, with user:password@ before the host if need be, and rediss for TLS"

// parseRedis reads an address in one of the forms that openRedis names.
func parseRedis(address string) (redisAddress, error) {
	a, err := readRedis(address)
	if err != nil {
		return a, fmt.Errorf("store: the address of Redis: %w: %s", err, redisForms)
	}
	return a, nil
}

func readRedis(address string) (redisAddress, error) {
	var a redisAddress
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return a, errors.New("it does not begin with redis://")
	}
	transport, mode, _ := strings.Cut(strings.ToLower(scheme), "+")
	a.tls = transport == "rediss"
	if transport != "redis" && transport != "rediss" || mode != "" && mode != "sentinel" && mode != "cluster" {
		return a, fmt.Errorf("%q is not known", scheme)
	}
	rest, query, _ := strings.Cut(rest, "?")
	options, err := url.ParseQuery(query)
	if err != nil {
		return a, errors.New("what follows the question mark is malformed")
	}
	a.sentinelPassword = options.Get("sentinel_password")
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		if err := a.identify(rest[:at]); err != nil {
			return a, err
		}
		rest = rest[at+1:]
	}
	hosts, path, _ := strings.Cut(rest, "/")
	port := "6379"
	if mode == "sentinel" {
		port = "26379"
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if host, err = withPort(host, port); err != nil {
			return a, err
		}
		a.hosts = append(a.hosts, host)
	}
	switch mode {
	case "cluster":
		a.cluster = true
		if path != "" {
			return a, errors.New("a Cluster has no database to choose")
		}
	case "sentinel":
		if a.master = path; path == "" {
			return a, errors.New("the master's name is missing after the hosts")
		}
	default:
		if len(a.hosts) > 1 {
			return a, errors.New("several hosts need redis+sentinel:// or redis+cluster://")
		}
		if path != "" {
			if a.database, err = strconv.Atoi(path); err != nil || a.database < 0 {
				return a, fmt.Errorf("the database %q is no number", path)
			}
		}
	}
	return a, nil
}

func (a *redisAddress) identify(userinfo string) error {
	user, password, _ := strings.Cut(userinfo, ":")
	var err1, err2 error
	a.user, err1 = url.PathUnescape(user)
	a.password, err2 = url.PathUnescape(password)
	if err1 != nil || err2 != nil {
		return errors.New("write a percent sign in the user or password as %25")
	}
	return nil
}

func withPort(host, port string) (string, error) {
	if h, p, err := net.SplitHostPort(host); err == nil {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return "", errors.New("a port is no number from 1 to 65535")
		}
		if h == "" {
			return "", errors.New("a host is missing")
		}
		return host, nil
	}
	host = strings.Trim(host, "[]")
	if host == "" || strings.Count(host, ":") == 1 {
		return "", errors.New("a host is missing")
	}
	return net.JoinHostPort(host, port), nil
}

const (
	dialWithin = time.Second
	// clusterLook is how soon a dead master's replacement is known: the
	// library's own minute would keep us away long after the Cluster is back.
	clusterLook = 500 * time.Millisecond
)

// client connects when it is first asked something.
func (a redisAddress) client() redis.UniversalClient {
	o := &redis.UniversalOptions{
		Addrs: a.hosts, DB: a.database, MasterName: a.master,
		Username: a.user, Password: a.password, SentinelPassword: a.sentinelPassword,
		// A command whose answer was lost may have run: whoever sent it decides.
		MaxRetries: -1, DialerRetries: 1,
		DialTimeout: dialWithin, ReadTimeout: answerWithin, WriteTimeout: answerWithin, PoolTimeout: answerWithin,
		ContextTimeoutEnabled: true, DisableIdentity: true, PipelinePoolSize: -1,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if a.tls {
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	switch {
	case a.cluster:
		c := o.Cluster()
		c.ClusterStateReloadInterval = clusterLook
		return redis.NewClusterClient(c)
	case a.master != "":
		return redis.NewFailoverClient(o.Failover())
	}
	return redis.NewClient(o.Simple())
}
