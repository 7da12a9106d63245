package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/time/rate"

	"praline/bot"
	"praline/bot/store"
	"praline/channels"
	"praline/channels/outbound"
	"praline/scheduler/queue"
)

// handSeconds is how long what is in hand may take when the process is asked to
// stop; requests may take requestSeconds of it, the rest is for messages and for
// closing the store, all before somebody who gives us ten seconds loses patience.
const (
	handSeconds    = 9
	requestSeconds = 5
)

// serveCommand runs the bot.
type serveCommand struct {
	settings `embed:""`

	Speed     float64       `default:"1" help:"1440 runs a day a minute, to see a week in ten minutes."`
	Lease     time.Duration `default:"30s" hidden:""` // on the wall; a test that kills often has no half minute each time
	NewSecret bool          `name:"replace-secret" help:"Take the secret that is given for a store that was kept with another, which is lost."`
}

// Run serves until SIGTERM or SIGINT.
func (c *serveCommand) Run(out io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	s, err := c.open(ctx, log)
	if err != nil {
		return err
	}
	return s.run(ctx, out)
}

// server is everything that runs, wired.
type server struct {
	config    *serveCommand
	log       *slog.Logger
	store     *store.Store
	clock     *clock
	wall      func() time.Time // by which a browser's pace is judged
	bot       *bot.Bot
	outbound  *outbound.Outbound
	channels  *channelSet
	metrics   *metrics
	house     *house
	agreed    agreement
	readiness *readiness
	unready   atomic.Bool     // what /readyz said last
	said      *rate.Sometimes // keeps one trouble from filling the log
	listener  net.Listener
	scrape    net.Listener // nil: /metrics is on the main listener
}

// open wires a server; nothing runs yet but the listeners are taken, so that a
// port in use is said at once.
func (c *serveCommand) open(ctx context.Context, log *slog.Logger) (*server, error) {
	if err := errors.Join(c.mayBeSpeeded(), c.addresses()); err != nil {
		return nil, err
	}
	policy, err := c.policy()
	if err != nil {
		return nil, err
	}
	secret, err := secretFor(c.Secret, c.Folder, log)
	if err != nil {
		return nil, err
	}
	catalogue, err := catalogueFrom(c.Series, log)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w: choose another with --listen or PRALINE_LISTEN", c.Listen, err)
	}
	s := &server{config: c, log: log, wall: time.Now, metrics: newMetrics(), listener: listener, said: &rate.Sometimes{First: 3, Interval: 10 * time.Second}}
	wired := false
	defer func() {
		if !wired {
			s.unlisten()
		}
	}()
	if c.Metrics != "" {
		if s.scrape, err = net.Listen("tcp", c.Metrics); err != nil {
			return nil, fmt.Errorf("cannot listen on %s: %w: choose another with --metrics or PRALINE_METRICS", c.Metrics, err)
		}
	}
	if s.store, err = store.Open(ctx, store.Options{Redis: c.Redis, Folder: c.Folder, Secret: secret, Log: log, Failed: s.metrics.store.Inc, Lease: c.lease()}); err != nil {
		return nil, err
	}
	s.agreed.look = func(ctx context.Context) error {
		if err := sameSecret(ctx, s.store, secret, c.NewSecret); err != nil {
			return err
		}
		_, err := keptFor(ctx, s.store, c.Speed)
		return err
	}
	if err := s.agreed.reached(ctx); disagrees(err) {
		return nil, errors.Join(err, s.store.Close())
	}
	if s.clock, err = storedClock(ctx, s.store, time.Now, c.Speed); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	s.bot = &bot.Bot{Store: s.store, Catalogue: catalogue, Log: log, Count: s.metrics.count, Transcripts: transcripts(s.store), Session: s.clock.Session}
	if s.channels, err = c.channels(s, secret, log); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	s.house = newHouse(s.store, s.bot, secret, c.PublicURL, s.clock.Now)
	s.house.ways = c.ways(log)
	if err := s.console(secret); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	policy.Waits, policy.Inputs = s.channels.waits, s.channels.inputs
	s.bot.Policy = policy
	s.bot.Organisations = &organisations{house: s.house, machine: policy, wall: time.Now}
	s.house.belong(c.PublicURL)
	s.readiness = newReadiness(s.asked, time.Now)
	receipts := bot.Receipts{Store: s.store, Gone: s.gone, Refused: s.metrics.never}
	s.outbound = outbound.New(receipts, s.store, log, time.Now, s.metrics.sent, s.channels.adapters...)
	s.bot.Outbound = s.outbound
	wired = true
	return s, nil
}

// wallNow is the wall's time.
func (s *server) wallNow() time.Time { return s.wall() }

// unlisten gives the ports back.
func (s *server) unlisten() {
	for _, l := range []net.Listener{s.listener, s.scrape} {
		if l != nil {
			_ = l.Close()
		}
	}
}

// lease is how long, by the bot's clock, queue.Lease lasts on the wall.
func (c *serveCommand) lease() time.Duration { return time.Duration(c.Speed * float64(c.Lease)) }

// handle takes in an event at the bot's time.
func (s *server) handle(ctx context.Context, event channels.Event) ([]channels.Message, error) {
	began := time.Now()
	var messages []channels.Message
	err := s.agreed.reached(ctx)
	if err == nil {
		messages, err = s.bot.Handle(ctx, s.clock.Now(), event)
	}
	s.metrics.handling.WithLabelValues(event.Channel).Observe(time.Since(began).Seconds())
	if err != nil {
		s.metrics.failed.WithLabelValues(event.Channel).Inc()
		s.said.Do(func() {
			s.log.Error("event not stored: the app brings it again, or the person is told; praline_failures_total counts the others", "channel", event.Channel, "error", err)
		})
	}
	return messages, err
}

// gone marks a learner whom an app says it cannot reach any more.
func (s *server) gone(ctx context.Context, saying outbound.Saying) {
	_, _ = s.handle(ctx, channels.Event{
		Kind: channels.Blocked, Channel: saying.Channel, Conversation: saying.Conversation, ID: "gone-" + saying.Owner + saying.Message.ID,
	})
}

// run serves until ctx ends; then it finishes what is in hand.
func (s *server) run(ctx context.Context, out io.Writer) error {
	var wait sync.WaitGroup
	background, stop := context.WithCancel(context.Background())
	pushes := &queue.Queue{
		Hints: s.store, Speak: s.bot.Push, Now: s.clock.Now, Log: s.log, Lease: s.config.lease(),
		Due: func(n int) { s.metrics.due.Add(float64(n)) },
	}
	failed := make(chan error, 3)
	wait.Go(func() {
		s.agree(background, time.Second, failed)
		if background.Err() == nil && s.agreed.done.Load() {
			wait.Go(func() { s.keepClock(background) })
			wait.Go(func() { s.forgetStrangers(background) })
			wait.Go(func() { s.tendInbox(background) })
			wait.Go(func() { s.collect(background) })
			wait.Go(func() { s.attendCampaigns(background) })
			if err := s.store.Resume(background, s.clock.Now()); err != nil {
				s.log.Warn("what was in hand before is said a little later", "error", err)
			}
			pushes.Run(background)
		}
	})
	if s.config.Redis == "" {
		wait.Go(func() { s.serveSocket(background) })
	}
	for _, run := range s.channels.running {
		wait.Go(func() { run(background) })
	}
	web := newHTTPServer(s.routes())
	go func() { failed <- web.Serve(s.listener) }()
	var scrape *http.Server
	if s.scrape != nil {
		scrape = newHTTPServer(s.metrics.handler())
		go func() { failed <- scrape.Serve(s.scrape) }()
	}
	if s.config.Teams.Anonymous == "1" && s.config.PublicURL != "" && !loopback(s.config.PublicURL) {
		s.log.Warn("TEAMS_ANONYMOUS=1 is for an emulator on this machine: behind a proxy strangers could speak for anybody; take it away")
	}
	s.greet(ctx, out)

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.log.Info("stopping: finishing what is in hand", "at most", handSeconds*time.Second)
	end, cancel := context.WithTimeout(context.Background(), handSeconds*time.Second)
	defer cancel()
	stop()
	s.channels.close()
	requests, tooLong := context.WithTimeout(end, requestSeconds*time.Second)
	defer tooLong()
	for _, server := range []*http.Server{web, scrape} {
		if server != nil && server.Shutdown(requests) != nil {
			_ = server.Close() // somebody who takes for ever to send a form
		}
	}
	wait.Wait()
	s.outbound.Close(end)
	end, cancel = context.WithTimeout(context.WithoutCancel(end), time.Second)
	defer cancel()
	if s.agreed.done.Load() { // else it is not ours to say
		if err := s.saveClock(end, s.clock.Now()); err != nil {
			s.log.Warn("the clock was not kept", "error", err)
		}
	}
	return errors.Join(err, s.store.Close())
}
