package main

import (
	"fmt"
	"io"

	"praline/channels/slack"
)

// slackCommand helps to set Slack up.
type slackCommand struct {
	Manifest slackManifest `cmd:"" help:"Write the manifest: the one text that Slack wants to create the app."`
}

type slackManifest struct {
	PublicURL string `env:"PRALINE_PUBLIC_URL" help:"Where the world reaches Praline; needed with --http, and for several workspaces." placeholder:"https://…"`
	HTTP      bool   `name:"http" help:"Events come by HTTP, not by Socket Mode."`
}

// Run writes the manifest.
func (c *slackManifest) Run(out io.Writer) error {
	manifest, err := slack.Manifest(c.PublicURL, !c.HTTP)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, string(manifest))
	return err
}
