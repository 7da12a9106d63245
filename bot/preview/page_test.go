package preview_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"praline/bot/preview"
	"praline/channels"
	"praline/locales"
)

func TestPageShowsSourceLessonAndFit(t *testing.T) {
	server := httptest.NewServer(pageOf(func(lesson, lang string) (preview.Shown, error) {
		return preview.Shown{
			Lang: "nl", Title: "Les " + lesson, File: "01-les.nl.md", Source: "# Kop\n\n<b>tekst</b>",
			Messages: []channels.Message{{ID: "1", Lang: "nl", Text: "Hallo **daar**"}},
			Faults:   []string{"01-les.nl.md:3: zo niet: wel zo"},
		}, nil
	}, func() string { return "1" }, nil).Handler())
	defer server.Close()
	body := get(t, server.URL+"/?lesson=een&lang=nl")
	for _, part := range []string{"Les een", "&lt;b&gt;tekst&lt;/b&gt;", "<strong>daar</strong>", `data-stamp="1"`, "Telegram: in meerdere berichten", "zo niet: wel zo"} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %q:\n%s", part, body)
		}
	}
}

func TestPageSaysWhenAFileWasSaved(t *testing.T) {
	var stamp atomic.Value
	stamp.Store("1")
	tick := make(chan time.Time)
	server := httptest.NewServer(pageOf(func(string, string) (preview.Shown, error) {
		t.Error("the series was read and rehearsed only to see whether it was saved")
		return preview.Shown{}, nil
	}, func() string { return stamp.Load().(string) }, tick).Handler())
	defer server.Close()
	response, err := http.Get(server.URL + "/events?stamp=1")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	lines.Scan()
	if got := lines.Text(); got != ": still here" {
		t.Fatalf("before anything was saved: %q", got)
	}
	stamp.Store("2")
	tick <- time.Time{}
	for lines.Scan() && lines.Text() == "" {
	}
	if got := lines.Text(); got != "event: changed" {
		t.Errorf("after a file was saved: %q", got)
	}
}

// pageOf has one app in which a message of more than five characters is split.
func pageOf(show func(string, string) (preview.Shown, error), stamp func() string, tick chan time.Time) *preview.Page {
	return &preview.Page{
		Show: show, Stamp: stamp, Words: locales.For("nl"), Tick: func() <-chan time.Time { return tick },
		Apps: []preview.App{{Name: "Telegram", Limits: channels.Limits{Text: channels.Limit{Max: 5, Unit: channels.Characters}}}},
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
