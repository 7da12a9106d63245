package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"praline/channels/teams"
)

// teamsCommand helps to set Microsoft Teams up.
type teamsCommand struct {
	Package teamsPackage `cmd:"" help:"Write the package that an administrator uploads: manifest, icons, texts."`
}

type teamsPackage struct {
	AppID     string `env:"TEAMS_APP_ID" help:"The app's id, from the Azure portal."`
	PublicURL string `env:"PRALINE_PUBLIC_URL" help:"Where the world reaches Praline; with it the app has a tab." placeholder:"https://…"`
	Name      string `default:"Praline" help:"What the app is called."`
	Out       string `default:"praline-teams.zip" help:"The file to write." type:"path"`
}

// Run writes the package.
func (c *teamsPackage) Run(out io.Writer) error {
	if c.AppID == "" {
		return errors.New("the package names the app: give TEAMS_APP_ID, or --app-id, as the Azure portal shows it (Microsoft App ID)")
	}
	zip, err := teams.Package(c.PublicURL, c.AppID, c.Name)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Out, zip, 0o644); err != nil {
		return fmt.Errorf("cannot write %s: %w: choose another file with --out", c.Out, err)
	}
	_, err = fmt.Fprintln(out, reader().Say("doctor.package-written", "file", c.Out))
	return err
}
