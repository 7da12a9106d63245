package main

import (
	"math"
	"strings"
	"testing"
	"time"

	"praline/scheduler/queue"
)

func TestMayBeSpeeded(t *testing.T) {
	const token = "1234:abc"
	for _, row := range []struct {
		label      string
		speed      float64
		token, api string
		want       string // in the refusal, "" for none
	}{
		{"real time, real people", 1, token, "https://api.telegram.org", ""},
		{"a day a minute, the web page alone", 1440, "", "https://api.telegram.org", ""},
		{"a day a minute, real people", 1440, token, "https://api.telegram.org", "unset TELEGRAM_BOT_TOKEN, or point TELEGRAM_API_URL at this machine"},
		{"a day a minute, an emulator", 1440, token, "http://127.0.0.1:9000", ""},
		{"an emulator by its name", 1440, token, "http://localhost:9000", ""},
		{"a name that only begins like this machine's", 1440, token, "https://localhost.example.org", "refuses a real Telegram token"},
		{"backwards", -1, "", "", "makes no sense"},
		{"no number", math.NaN(), "", "", "makes no sense"},
	} {
		c := &serveCommand{Speed: row.speed}
		c.Telegram.BotToken, c.Telegram.APIURL = row.token, row.api
		err := c.mayBeSpeeded()
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, not %q", row.label, err, row.want)
		}
	}
}

func TestLeaseLastsAsLongOnTheWall(t *testing.T) {
	if got := (&serveCommand{Speed: 1440, Lease: queue.Lease}).lease(); got != 12*time.Hour {
		t.Errorf("at a day a minute: %s", got)
	}
}
