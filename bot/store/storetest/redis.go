// Package storetest starts, for a test, the places where a store keeps its
// data: a folder that goes with the test, and a real redis-server.
package storetest

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// require, when it is 1, makes a missing redis-server a failure; otherwise
// the test is skipped.
const require = "PRALINE_REQUIRE_TOOLS"

// startWithin is how long a redis-server may take to answer.
const startWithin = 10 * time.Second

// Server is a redis-server of a test's own, with an append-only file.
type Server struct {
	URL  string
	Port int
	t    testing.TB
	args []string
	dir  string
	run  *exec.Cmd
}

// Redis starts a redis-server that ends with the test, and returns its address
// and how to kill it.
func Redis(t testing.TB) (url string, kill func()) {
	s := StartRedis(t)
	return s.URL, s.Kill
}

// StartRedis starts a redis-server with more arguments than the usual ones. It
// ends with the test.
func StartRedis(t testing.TB, args ...string) *Server {
	t.Helper()
	Binary(t, "redis-server")
	s := &Server{t: t, args: args, dir: t.TempDir(), Port: FreePort(t)}
	s.URL = fmt.Sprintf("redis://127.0.0.1:%d", s.Port)
	s.Start()
	t.Cleanup(s.Kill)
	return s
}

// Binary returns where a program is. Where it is not installed the test is
// skipped, or fails if PRALINE_REQUIRE_TOOLS is 1.
func Binary(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv(require) == "1" {
		t.Fatalf("%s is not installed (on Debian: apt-get install redis-server): %v", name, err)
	} else if err != nil {
		t.Skipf("%s is not installed: skipped", name)
	}
	return path
}

// FreePort returns a port on which nobody listens.
func FreePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Start starts the server, again on what it kept if it was killed, and waits
// until it answers.
func (s *Server) Start() {
	s.t.Helper()
	log, err := os.OpenFile(filepath.Join(s.dir, "redis.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close()
	s.run = exec.Command("redis-server", append([]string{
		"--bind", "127.0.0.1", "--port", strconv.Itoa(s.Port), "--dir", s.dir, "--appendonly", "yes", "--save", "",
	}, s.args...)...)
	s.run.Stdout, s.run.Stderr = log, log
	if err := s.run.Start(); err != nil {
		s.t.Fatalf("redis-server: %v", err)
	}
	for until := time.Now().Add(startWithin); ; {
		err := s.ping()
		if err == nil {
			return
		}
		if time.Now().After(until) {
			said, _ := os.ReadFile(log.Name())
			s.t.Fatalf("redis-server does not answer: %v\n%s", err, said)
		}
		time.Sleep(5 * time.Millisecond) // a real process: there is nothing to wait on
	}
}

// ping asks by hand: a client would say on standard error what it tried.
func (s *Server) ping() error {
	c, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", s.Port), time.Second)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	if _, err := c.Write([]byte("PING\r\n")); err != nil {
		return err
	}
	answer, err := bufio.NewReader(c).ReadString('\n')
	if err == nil && answer != "+PONG\r\n" {
		err = fmt.Errorf("it says %q", answer)
	}
	return err
}

// PID is the server's process, for who stops and continues it.
func (s *Server) PID() int { return s.run.Process.Pid }

// Kill ends the server as a power cut would, and waits until it is gone. A
// server that is gone already stays so.
func (s *Server) Kill() {
	if s.run == nil {
		return
	}
	_ = s.run.Process.Kill()
	_ = s.run.Wait() // "signal: killed"
	s.run = nil
}
