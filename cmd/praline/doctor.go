package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"praline/bot/store"
	"praline/channels"
	"praline/lessons"
	"praline/locales"
)

// doctorCommand looks at how Praline is set up, and says in one sentence each
// what is missing or wrong and how to mend it. It changes nothing, and may be
// run beside a server.
type doctorCommand struct {
	settings `embed:""`

	Timeout time.Duration `default:"10s" help:"How long each app, and the store, may take to answer."`
}

// examination is one thing that is looked at.
type examination struct {
	name string // as it is written in front of what was found
	look func(context.Context) []channels.Diagnosis
}

// Run says what it finds; the exit code is 1 where something will not work.
func (c *doctorCommand) Run(out io.Writer) error {
	w, troubled := reader(), false
	for _, e := range c.examinations() {
		ctx, cancel := context.WithTimeout(context.Background(), c.Timeout)
		found := e.look(ctx)
		cancel()
		if len(found) == 0 {
			fmt.Fprintln(out, "✓ "+w.Say("doctor.line", "name", e.name, "words", w.Say("doctor.well")))
		}
		for _, d := range found {
			sign := "•"
			if d.Trouble {
				sign, troubled = "✗", true
			}
			fmt.Fprintln(out, sign+" "+w.Say("doctor.line", "name", e.name, "words", sayDiagnosis(w, d)))
		}
	}
	if troubled {
		return foundError{}
	}
	return nil
}

// sayDiagnosis is a finding in words.
func sayDiagnosis(w locales.Words, d channels.Diagnosis) string {
	for i := 0; i+1 < len(d.Arguments); i += 2 {
		if n, counted := d.Arguments[i+1].(int); counted && d.Arguments[i] == "n" {
			return w.Count(d.Code, n, d.Arguments...)
		}
	}
	return w.Say(d.Code, d.Arguments...)
}

// examinations are what there is to look at with these settings.
func (c *doctorCommand) examinations() []examination {
	w := reader()
	all := []examination{
		{w.Say("doctor.settings"), c.examineSettings},
		{w.Say("doctor.series"), c.examineSeries},
		{w.Say("doctor.store"), c.examineStore},
		{w.Say("doctor.address"), c.examineAddress},
	}
	for _, app := range c.configured(slog.New(slog.DiscardHandler)) {
		look := func(context.Context) []channels.Diagnosis { return note("doctor.off") }
		if app.on {
			look = app.doctor().Diagnose // also where the first says that a setting is wrong: an app says what each is
		}
		all = append(all, examination{app.name, look})
	}
	return all
}

// trouble is a finding that keeps something from working.
func trouble(code string, arguments ...any) []channels.Diagnosis {
	return []channels.Diagnosis{{Code: code, Arguments: arguments, Trouble: true}}
}

func note(code string, arguments ...any) []channels.Diagnosis {
	return []channels.Diagnosis{{Code: code, Arguments: arguments}}
}

// examineSettings looks at what can be seen without asking anybody.
func (c *doctorCommand) examineSettings(context.Context) []channels.Diagnosis {
	_, policy := c.policy()
	if err := errors.Join(c.addresses(), policy); err != nil {
		return trouble("doctor.says", "words", oneLine(err))
	}
	switch _, err := keptSecret(c.Secret, c.Folder); {
	case errors.Is(err, fs.ErrNotExist):
		return note("doctor.no-secret", "folder", c.Folder)
	case err != nil:
		return trouble("doctor.says", "words", oneLine(err))
	}
	return nil
}

// examineSeries reads the series as a server would.
func (c *doctorCommand) examineSeries(context.Context) []channels.Diagnosis {
	catalogue, err := catalogueFrom(c.Series, slog.New(slog.DiscardHandler))
	if err != nil {
		return trouble("doctor.says", "words", oneLine(err))
	}
	return note("doctor.series-read", "n", len(catalogue.All()), "titles", titles(catalogue, reader().Lang))
}

func titles(catalogue lessons.Catalogue, lang string) string {
	var all []string
	for _, series := range catalogue.All() {
		all = append(all, series.Title.In(lang))
	}
	return strings.Join(all, ", ")
}

// examineStore opens the store and looks whether it takes anything. The file
// is not made where there is none, and not opened where a server holds it.
func (c *doctorCommand) examineStore(ctx context.Context) []channels.Diagnosis {
	if c.Redis == "" {
		if running, err := askServer(ctx, c.Folder, adminRequest{Do: "list"}, io.Discard); running {
			if err != nil {
				return trouble("doctor.says", "words", oneLine(err))
			}
			return note("doctor.server-runs", "folder", c.Folder)
		}
		if _, err := os.Stat(filepath.Join(c.Folder, "praline.db")); errors.Is(err, fs.ErrNotExist) {
			return note("doctor.no-file", "folder", c.Folder)
		}
	}
	secret, err := keptSecret(c.Secret, c.Folder)
	if err != nil {
		return trouble("doctor.says", "words", oneLine(err))
	}
	s, err := store.Open(ctx, store.Options{Redis: c.Redis, Folder: c.Folder, Secret: secret})
	if err != nil {
		return trouble("doctor.says", "words", oneLine(err))
	}
	err = s.Ready(ctx)
	if err == nil {
		err = sameSecret(ctx, s, secret, false)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return trouble("doctor.says", "words", oneLine(err))
	}
	return nil
}

// examineAddress looks whether somebody answers where the world should reach
// us. A server that is stopped is no fault of the address.
func (c *doctorCommand) examineAddress(ctx context.Context) []channels.Diagnosis {
	if c.PublicURL == "" {
		return note("doctor.no-address")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.PublicURL, "/")+"/healthz", http.NoBody)
	if err != nil || isAddress("PRALINE_PUBLIC_URL", c.PublicURL, "") != nil {
		return trouble("doctor.address-unreadable", "address", c.PublicURL)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		if address := (*url.Error)(nil); errors.As(err, &address) {
			err = address.Err
		}
		return trouble("doctor.address-unreachable", "address", c.PublicURL, "words", oneLine(err))
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 64))
	if response.StatusCode != http.StatusOK || strings.TrimSpace(string(body)) != "ok" {
		return trouble("doctor.address-elsewhere", "address", c.PublicURL, "status", response.StatusCode)
	}
	return nil
}

// oneLine is an error without its line breaks: several that are joined stay apart.
func oneLine(err error) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "\n", "; ")), " ")
}
