package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"praline/bot/learner"
)

// greet says, in the reader's language, where Praline is, what it keeps where,
// and what else could be turned on. A first start says more.
func (s *server) greet(ctx context.Context, out io.Writer) {
	w := reader()
	lines := []string{w.Say("serve.here", "version", version())}
	if s.config.Web == "on" {
		lines = append(lines, w.Say("serve.chat", "address", s.address()+"/chat"))
	}
	lines = append(lines, w.Count("serve.series", len(s.bot.Catalogue.All()), "titles", s.titles(w.Lang)))
	if s.config.Redis != "" {
		lines = append(lines, w.Say("serve.on-redis"))
	} else {
		lines = append(lines, w.Say("serve.on-file", "folder", s.config.Folder))
	}
	if s.config.Speed != 1 {
		lines = append(lines, w.Say("serve.speeded", "speed", s.config.Speed))
	}
	lines = append(lines, s.off(w.Say)...)
	if !s.anybody(ctx) {
		lines = append(lines, w.Say("serve.first"))
	}
	lines = append(lines, w.Say("serve.stop"))
	fmt.Fprintln(out, strings.Join(lines, "\n"))
}

// off is what is not turned on, each with what would turn it on.
func (s *server) off(say func(string, ...any) string) []string {
	var lines []string
	if s.config.Telegram.BotToken == "" {
		lines = append(lines, say("serve.no-telegram"))
	}
	if !s.config.Slack.on() {
		lines = append(lines, say("serve.no-slack"))
	}
	if !s.config.Teams.on() {
		lines = append(lines, say("serve.no-teams"))
	}
	if s.config.Redis == "" {
		lines = append(lines, say("serve.no-redis"))
	}
	if s.config.PublicURL == "" {
		lines = append(lines, say("serve.no-public-url"))
	}
	return lines
}

func (s *server) titles(lang string) string {
	var titles []string
	for _, series := range s.bot.Catalogue.All() {
		titles = append(titles, series.Title.In(lang))
	}
	return strings.Join(titles, ", ")
}

// address is where this machine's browser finds us.
func (s *server) address() string {
	if s.config.PublicURL != "" {
		return strings.TrimSuffix(s.config.PublicURL, "/")
	}
	host, port, err := net.SplitHostPort(s.listener.Addr().String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// errSomebody ends a look at the learners.
var errSomebody = errors.New("somebody")

// anybody says whether the store knows a learner. One that is away knows: a
// first start is not what it is.
func (s *server) anybody(ctx context.Context) bool {
	return s.store.Learners(ctx, func(learner.ID) error { return errSomebody }) != nil
}
