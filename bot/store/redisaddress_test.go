package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAddressesOfRedis(t *testing.T) {
	for address, want := range map[string]redisAddress{
		"redis://localhost":                 {hosts: []string{"localhost:6379"}},
		"redis://localhost/":                {hosts: []string{"localhost:6379"}},
		"REDIS://10.0.0.1:7000/2":           {hosts: []string{"10.0.0.1:7000"}, database: 2},
		"redis://[::1]:7000":                {hosts: []string{"[::1]:7000"}},
		"redis://[::1]":                     {hosts: []string{"[::1]:6379"}},
		"rediss://praline:p%40ss@r.example": {tls: true, hosts: []string{"r.example:6379"}, user: "praline", password: "p@ss"},
		"redis://:pa:ss@h":                  {hosts: []string{"h:6379"}, password: "pa:ss"},
		"redis+sentinel://:pw@a,b:5000/pralines?sentinel_password=s%20s": {
			hosts: []string{"a:26379", "b:5000"}, password: "pw", sentinelPassword: "s s", master: "pralines",
		},
		"rediss+cluster://u:pw@a:1,b,c": {tls: true, cluster: true, hosts: []string{"a:1", "b:6379", "c:6379"}, user: "u", password: "pw"},
	} {
		got, err := parseRedis(address)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(redisAddress{})); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", address, err, diff)
		}
	}
}

func TestWrongAddressesOfRedisAreMended(t *testing.T) {
	for address, want := range map[string]string{
		"":                           "does not begin with redis://",
		"localhost:6379":             "does not begin with redis://",
		"http://secret@h":            `"http" is not known`,
		"redis+ring://secret@h":      `"redis+ring" is not known`,
		"redis://":                   "a host is missing",
		"redis://:secret@":           "a host is missing",
		"redis://:secret@:6379":      "a host is missing",
		"redis://:secret@h:port":     "a port is no number",
		"redis://:secret@h:70000":    "a port is no number",
		"redis://:secret@a,b":        "several hosts need redis+sentinel:// or redis+cluster://",
		"redis://:secret@h/pralines": "is no number",
		"redis://:secret@h/-1":       "is no number",
		"redis://:secret%zz@h":       "percent sign",
		"redis+sentinel://:secret@h": "the master's name is missing",
		"redis+cluster://secret@h/1": "a Cluster has no database",
		"redis://h?x=%zz":            "question mark",
	} {
		_, err := parseRedis(address)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "write it as redis://host:6379") {
			t.Errorf("%q: %v, want %q and how to write it", address, err, want)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error tells the password: %v", address, err)
		}
	}
}
