package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"praline/bot"
	"praline/bot/preview"
	"praline/channels"
	"praline/lessons"
	"praline/locales"
)

// previewCommand shows lessons as learners see them.
type previewCommand struct {
	Series string `arg:"" help:"Folder of the series." type:"path"`
	Lesson string `arg:"" optional:"" help:"Name of one lesson, as in its file's name; all without it."`
	Lang   string `help:"Language of the lesson; every one that the series has without it." placeholder:"fr"`
	Web    bool   `help:"On a page beside the source, that reloads as the file is saved."`
	Listen string `default:"127.0.0.1:8090" help:"Where the page listens."`
}

// previewApps are the apps whose channel fit is shown.
func previewApps() []preview.App { return preview.Apps(reader()) }

// Run shows the lessons; the exit code is 1 where the series has faults, which
// are said first.
func (c *previewCommand) Run(out io.Writer) error {
	read, err := c.read()
	if err != nil {
		return err
	}
	if c.Web {
		return c.serve(out)
	}
	for _, f := range read.report.Faults {
		fmt.Fprintln(out, sayFinding(reader(), c.Series, "check.", f))
	}
	shown := 0
	for _, lesson := range read.series.Lessons {
		if c.Lesson != "" && lesson.ID != c.Lesson {
			continue
		}
		for _, lang := range read.languages(c.Lang) {
			if lesson.Twins[lang] == nil {
				continue
			}
			shown++
			fmt.Fprintf(out, "\n%s (%s)\n\n", lesson.Twins[lang].Title, lang)
			if err := preview.Terminal(out, reader(), previewApps(), read.messages(lesson, lang)); err != nil {
				return err
			}
		}
	}
	if shown == 0 {
		return foundError{reader().Say("preview.none", "lessons", strings.Join(read.names(), ", "))}
	}
	if !read.report.OK() {
		return foundError{}
	}
	return nil
}

// readSeries is a series as it stands in its folder now.
type readSeries struct {
	series *lessons.Series
	report lessons.Report
}

func (c *previewCommand) read() (readSeries, error) {
	if _, err := os.Stat(filepath.Join(c.Series, seriesFile)); err != nil {
		return readSeries{}, fmt.Errorf("%s is no series: there is no %s in it; give the folder of one series", c.Series, seriesFile)
	}
	root, err := os.OpenRoot(c.Series)
	if err != nil {
		return readSeries{}, fmt.Errorf("%s cannot be read: %w: give this user the right to read it", c.Series, err)
	}
	defer root.Close()
	series, report := lessons.Read(root.FS())
	if series == nil {
		return readSeries{}, foundError{fmt.Sprintf("%s cannot be read: \"praline check %s\" says why", c.Series, c.Series)}
	}
	return readSeries{series, report}, nil
}

func (r readSeries) languages(wanted string) []string {
	if wanted != "" {
		return []string{wanted}
	}
	return r.series.Languages
}

func (r readSeries) names() []string {
	var names []string
	for _, lesson := range r.series.Lessons {
		names = append(names, lesson.ID)
	}
	return names
}

func (r readSeries) messages(lesson *lessons.Lesson, lang string) []channels.Message {
	return bot.Rehearse(lessons.NewCatalogue(r.series), r.series.ID+"/"+lesson.ID, lang, time.Now())
}

// serve shows the page until Ctrl+C.
func (c *previewCommand) serve(out io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w: choose another with --listen", c.Listen, err)
	}
	page := &preview.Page{
		Show: c.show, Stamp: func() string { return stampOf(os.DirFS(c.Series)) }, Media: mediaOf{c}, Apps: previewApps(), Words: reader(),
		Tick: func() <-chan time.Time { return time.After(300 * time.Millisecond) },
	}
	server := newHTTPServer(page.Handler())
	fmt.Fprintln(out, reader().Say("preview.open", "address", "http://"+listener.Addr().String()+"/?lesson="+url.QueryEscape(c.Lesson)))
	go func() { <-ctx.Done(); _ = server.Close() }()
	_ = server.Serve(listener)
	return nil
}

// show reads the series anew, for the page.
func (c *previewCommand) show(name, lang string) (preview.Shown, error) {
	read, err := c.read()
	if err != nil {
		return preview.Shown{}, err
	}
	if lang == "" {
		lang = c.Lang
	}
	i := max(slices.IndexFunc(read.series.Lessons, func(l *lessons.Lesson) bool { return l.ID == name }), 0)
	if i >= len(read.series.Lessons) {
		return preview.Shown{}, fmt.Errorf("there is no lesson in %s yet: write one as NN-name.LANGUAGE.md", c.Series)
	}
	lesson := read.series.Lessons[i]
	twin := lesson.In(lang)
	source, err := c.source(twin.File)
	if err != nil {
		return preview.Shown{}, err
	}
	shown := preview.Shown{
		Lang: twin.Lang, Title: twin.Title, File: twin.File, Source: source,
		Messages: read.messages(lesson, twin.Lang),
	}
	link := func(title string, l *lessons.Lesson, lang string) preview.Link {
		return preview.Link{
			Title: title, Here: l == lesson && lang == twin.Lang,
			Address: "/?lesson=" + url.QueryEscape(l.ID) + "&lang=" + lang,
		}
	}
	for _, l := range read.series.Lessons {
		shown.Lessons = append(shown.Lessons, link(l.ID, l, twin.Lang))
	}
	for _, lang := range read.series.Languages {
		shown.Others = append(shown.Others, link(locales.For(lang).Say("language.name"), lesson, lang))
	}
	for _, f := range read.report.Faults {
		shown.Faults = append(shown.Faults, sayFinding(reader(), "", "check.", f))
	}
	for _, f := range read.report.Advice {
		if f.File == twin.File {
			shown.Advice = append(shown.Advice, sayFinding(reader(), "", "advice.", f))
		}
	}
	return shown, nil
}

// stampOf changes when a file of a folder is saved.
func stampOf(folder fs.FS) string {
	var newest time.Time
	files := 0
	_ = fs.WalkDir(folder, ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // looked at again a moment later
		}
		if info, err := d.Info(); err == nil {
			files++
			if info.ModTime().After(newest) {
				newest = info.ModTime()
			}
		}
		return nil
	})
	return fmt.Sprintf("%d-%d", newest.UnixNano(), files)
}

// source is a file of the series as it was written.
func (c *previewCommand) source(name string) (string, error) {
	root, err := os.OpenRoot(c.Series)
	if err != nil {
		return "", err
	}
	defer root.Close()
	text, err := root.ReadFile(filepath.FromSlash(name))
	return string(text), err
}

// mediaOf opens the pictures of the series: its id, a slash, the path. No link
// leads out of the series' folder.
type mediaOf struct{ c *previewCommand }

func (m mediaOf) Open(name string) (fs.File, error) {
	_, path, _ := strings.Cut(name, "/")
	root, err := os.OpenRoot(m.c.Series)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.FS().Open(path)
}
