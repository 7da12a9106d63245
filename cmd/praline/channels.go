package main

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/inbound"
	"praline/channels/slack"
	"praline/channels/teams"
	"praline/channels/telegram"
	"praline/channels/web"
)

// channelSet is the chat apps that are turned on. A new one is one more
// function here and a line in apps, and nothing else outside its folder.
type channelSet struct {
	adapters []channels.Adapter
	routes   map[string]http.Handler // patterns of http.ServeMux
	running  []func(context.Context) // each until its context ends
	closing  []func()                // ends what would keep the HTTP server from stopping
}

// channels turns on every chat app that has what it needs.
func (c *serveCommand) channels(s *server, secret []byte, log *slog.Logger) (*channelSet, error) {
	set := &channelSet{routes: make(map[string]http.Handler)}
	if c.Web == "on" {
		if err := set.web(c, s, secret, log); err != nil {
			return nil, err
		}
	}
	if c.Telegram.BotToken != "" {
		set.telegram(c, s, secret, log)
	}
	if c.Slack.on() {
		set.slack(c, s, secret, log)
	}
	if c.Teams.on() {
		set.teams(c, s, secret, log)
	}
	return set, nil
}

func (set *channelSet) web(c *serveCommand, s *server, secret []byte, log *slog.Logger) error {
	here := func(conversation string) learner.Address {
		return learner.Address{Channel: web.Name, Conversation: conversation}
	}
	adapter := web.New(web.Options{
		Secret: secret, Transcript: s.store, PublicURL: c.PublicURL, Media: s.bot.Catalogue,
		Log: log, Now: s.clock.Now, Wall: s.wallNow,
		Calendar: func(ctx context.Context, conversation string) ([]byte, error) {
			return s.bot.TimesICS(ctx, s.clock.Now(), here(conversation))
		},
		NewCode: func(ctx context.Context, conversation string) (string, error) {
			return s.bot.NewCode(ctx, s.clock.Now(), here(conversation))
		},
		Redeem: func(ctx context.Context, conversation, typed string) (string, error) {
			carried, err := s.bot.Redeem(ctx, s.clock.Now(), here(conversation), typed)
			if wait := (*bot.WaitError)(nil); errors.As(err, &wait) {
				err = &web.WaitError{For: wait.For}
			}
			return carried, err
		},
	})
	routes, err := adapter.Routes(s.handle)
	if err != nil {
		return err
	}
	maps.Copy(set.routes, routes)
	set.adapters = append(set.adapters, adapter)
	set.closing = append(set.closing, adapter.Close)
	return nil
}

func (set *channelSet) telegram(c *serveCommand, s *server, secret []byte, log *slog.Logger) {
	options := c.telegramOptions(log)
	options.Key, options.Media, options.Ready = secret, s.bot.Catalogue, s.store.Ready
	options.Door = s.door(telegram.Name)
	options.Spend = func(conversation string) { s.outbound.Spend(telegram.Name, conversation) }
	adapter := telegram.New(options)
	set.adapters = append(set.adapters, adapter)
	if c.Telegram.WebhookSecret == "" {
		set.running = append(set.running, func(ctx context.Context) { adapter.Poll(ctx, s.handle) })
		return
	}
	maps.Copy(set.routes, adapter.Routes(s.handle))
	set.running = append(set.running, adapter.Keep)
}

func (set *channelSet) slack(c *serveCommand, s *server, secret []byte, log *slog.Logger) {
	options := c.slackOptions(log)
	options.Secret, options.Workspaces, options.Media = secret, s.store, s.bot.Catalogue
	options.Door, options.Known, options.Home = s.door(slack.Name), s.known(slack.Name), s.overview(slack.Name)
	adapter := slack.New(options)
	set.adapters = append(set.adapters, adapter)
	maps.Copy(set.routes, adapter.Routes(s.handle))
	set.closing = append(set.closing, adapter.Close)
	if c.Slack.AppToken != "" {
		set.running = append(set.running, func(ctx context.Context) { adapter.Listen(ctx, s.handle) })
	}
}

func (set *channelSet) teams(c *serveCommand, s *server, secret []byte, log *slog.Logger) {
	options := c.teamsOptions(log)
	options.Secret, options.Media = secret, s.bot.Catalogue
	options.Door, options.Overview = s.door(teams.Name), s.overview(teams.Name)
	adapter := teams.New(options)
	set.adapters = append(set.adapters, adapter)
	maps.Copy(set.routes, adapter.Routes(s.handle))
}

// door lets in what proves itself, and counts the rest.
func (s *server) door(channel string) *inbound.Door {
	return &inbound.Door{Channel: channel, Count: s.metrics.stranger}
}

// known says whether somebody was met in a conversation before.
func (s *server) known(channel string) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, conversation string) (bool, error) {
		id, err := s.store.Resolve(ctx, learner.Address{Channel: channel, Conversation: conversation})
		return id != "", err
	}
}

// overview is what an app's own page shows of who is met in a conversation.
func (s *server) overview(channel string) func(context.Context, string) ([]channels.Message, error) {
	return func(ctx context.Context, conversation string) ([]channels.Message, error) {
		return s.bot.Overview(ctx, s.clock.Now(), learner.Address{Channel: channel, Conversation: conversation})
	}
}

// waits says of a channel whether nobody is notified there.
func (set *channelSet) waits(channel string) bool { return set.limits(channel).Waits }

// inputs says of a channel whether it has inputs of its own.
func (set *channelSet) inputs(channel string) bool {
	return !set.limits(channel).Typed
}

// limits are those of a channel; none of one that is off.
func (set *channelSet) limits(channel string) channels.Limits {
	for _, a := range set.adapters {
		if a.Name() == channel {
			return a.Limits()
		}
	}
	return channels.Limits{Typed: true}
}

// close ends open streams, so that the HTTP server can stop.
func (set *channelSet) close() {
	for _, end := range set.closing {
		end()
	}
}
