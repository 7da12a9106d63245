package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"praline/bot"
	"praline/bot/store"
)

// dataCommand looks after what is stored about people.
type dataCommand struct {
	List      dataList      `cmd:"" help:"List learners by their id, with their apps and when they were last here."`
	Export    dataExport    `cmd:"" help:"Write all that is stored about one learner, as JSON."`
	Erase     dataErase     `cmd:"" help:"Erase one learner for ever."`
	Retention dataRetention `cmd:"" help:"Erase learners who have not been here for so many days."`
}

// storeFlags say which store.
type storeFlags struct {
	Redis  string `env:"PRALINE_REDIS" help:"Redis URL; empty: the embedded file." placeholder:"redis://…"`
	Folder string `name:"data" env:"PRALINE_DATA" default:"./data" help:"Folder of the embedded file."`
	Secret string `env:"PRALINE_SECRET" help:"32 bytes, base64; empty: a file in the data folder."`
}

// with opens the store, does what is asked, and closes it. While the server
// runs on the embedded file the same is asked of it, through its socket.
func (f storeFlags) with(ctx context.Context, out io.Writer, request adminRequest) error {
	if f.Redis == "" {
		done, err := askServer(ctx, f.Folder, request, out)
		if done {
			return err
		}
	}
	if err := f.kept(); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	secret, err := keptSecret(f.Secret, f.Folder)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{Redis: f.Redis, Folder: f.Folder, Secret: secret, Log: log})
	if err != nil {
		return err
	}
	if err := sameSecret(ctx, s, secret, false); err != nil {
		return errors.Join(err, s.Close())
	}
	now, err := keptNow(ctx, s)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	catalogue, err := catalogueFrom("", log)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	environment, err := environment()
	if err != nil {
		return errors.Join(err, s.Close())
	}
	b := &bot.Bot{Store: s, Catalogue: catalogue, Outbound: silence{}, Log: log, Transcripts: transcripts(s)}
	admin := administration{bot: b, store: s, now: now, house: newHouse(s, b, secret, "", now)}
	admin.house.ways = environment.ways(log)
	return errors.Join(admin.do(ctx, request, out), s.Close())
}

// kept refuses a place where nothing was ever kept: looking for somebody there
// must not make a store, nor a secret that is nobody's.
func (f storeFlags) kept() error {
	missing := func(name string) bool {
		_, err := os.Stat(filepath.Join(f.Folder, name))
		return errors.Is(err, fs.ErrNotExist)
	}
	if f.Redis == "" && missing("praline.db") && missing("praline.kept") {
		return fmt.Errorf("nothing is kept in the folder %s: name the one of the server with --data or PRALINE_DATA, or its Redis with --redis or PRALINE_REDIS", f.Folder)
	}
	return nil
}

type dataList struct{ storeFlags }

// Run lists learners.
func (c *dataList) Run(out io.Writer) error {
	return c.with(context.Background(), out, adminRequest{Do: "list"})
}

type dataExport struct {
	storeFlags
	ID string `arg:"" help:"The learner's id, from \"praline data list\"."`
}

// Run writes one learner's data.
func (c *dataExport) Run(out io.Writer) error {
	return c.with(context.Background(), out, adminRequest{Do: "export", Learner: c.ID})
}

type dataErase struct {
	storeFlags
	ID  string `arg:"" help:"The learner's id, from \"praline data list\"."`
	Yes bool   `help:"Erase without asking again." required:""`
}

// Run erases one learner.
func (c *dataErase) Run(out io.Writer) error {
	return c.with(context.Background(), out, adminRequest{Do: "erase", Learner: c.ID})
}

type dataRetention struct {
	storeFlags
	Days int  `required:"" help:"Days without a sign of life."`
	Yes  bool `help:"Erase; without it, only say who would be."`
}

// Run erases who has not been here for long.
func (c *dataRetention) Run(out io.Writer) error {
	if c.Days < 30 {
		return fmt.Errorf("--days %d is too short: a long holiday is no reason to erase; 30 at least", c.Days)
	}
	return c.with(context.Background(), out, adminRequest{Do: "retention", Days: c.Days, Yes: c.Yes})
}
