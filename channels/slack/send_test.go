package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

// TestRefusals: what Slack answers, and what becomes of a message.
func TestRefusals(t *testing.T) {
	says := func(code string) slacktest.Fault {
		return slacktest.Fault{Status: http.StatusOK, Body: fmt.Sprintf(`{"ok":false,"error":%q,"needed":"chat:write"}`, code)}
	}
	const unwell = 3 * time.Second
	for _, row := range []struct {
		fault slacktest.Fault
		want  channels.Refusal
	}{
		{slacktest.TooMany, channels.Refusal{Reason: channels.Busy, After: 3 * time.Second}},
		{slacktest.Fault{Status: 429, After: 60}, channels.Refusal{Reason: channels.Busy, After: time.Minute}},
		{slacktest.Fault{Status: 429}, channels.Refusal{Reason: channels.Busy, After: unwell}},
		{slacktest.Internal, channels.Refusal{Reason: channels.Busy, After: unwell}},
		{slacktest.BadBridge, channels.Refusal{Reason: channels.Busy, After: unwell}},
		{slacktest.Fatal, channels.Refusal{Reason: channels.Busy, After: unwell}},
		{slacktest.Fault{Status: 404, Body: "not here"}, channels.Refusal{Reason: channels.Busy, After: unwell, Scope: channels.WholeApp}},
		{slacktest.Fault{Status: 200, Body: "<html>a proxy's page</html>"}, channels.Refusal{}},
		{slacktest.CutShort, channels.Refusal{}},
		{says("service_unavailable"), channels.Refusal{Reason: channels.Busy, After: unwell}},
		{says("ratelimited"), channels.Refusal{Reason: channels.Busy, After: unwell}},
		{says("message_limit_exceeded"), channels.Refusal{Reason: channels.Busy, After: unwell}},
		{says("account_inactive"), channels.Refusal{Reason: channels.Gone}},
		{says("user_not_found"), channels.Refusal{Reason: channels.Gone}},
		{says("channel_not_found"), channels.Refusal{Reason: channels.Gone}},
		{says("is_archived"), channels.Refusal{Reason: channels.Gone}},
		{says("cannot_dm_bot"), channels.Refusal{Reason: channels.Gone}},
		{says("token_revoked"), channels.Refusal{Reason: channels.Gone}},
		{says("not_in_channel"), channels.Refusal{Reason: channels.Gone}},
		{says("messages_tab_disabled"), channels.Refusal{Reason: channels.Gone}},
		{says("invalid_auth"), channels.Refusal{Reason: channels.Busy, After: unwell, Scope: channels.WholeApp}},
		{says("missing_scope"), channels.Refusal{Reason: channels.Busy, After: unwell, Scope: channels.WholeApp}},
		{says("not_authed"), channels.Refusal{Reason: channels.Busy, After: unwell, Scope: channels.WholeApp}},
		{says("msg_too_long"), channels.Refusal{Reason: channels.Invalid}},
		{says("msg_blocks_too_long"), channels.Refusal{Reason: channels.Invalid}},
		{says("invalid_blocks"), channels.Refusal{Reason: channels.Invalid}},
		{says("an_error_of_2030"), channels.Refusal{Reason: channels.Invalid}},
	} {
		h := start(t, slack.Options{})
		h.server.Fails(row.fault.Of("chat.postMessage"))
		_, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Text: "Un secret du corps."}, "")
		got := channels.Refusal{}
		if r := channels.Refused(err); r != nil {
			got = *r
		}
		got.Detail = ""
		if got != row.want || err == nil {
			t.Errorf("%d %s: got %+v (%v), want %+v", row.fault.Status, row.fault.Body, got, err, row.want)
		}
		if strings.Contains(fmt.Sprint(err), h.server.First.Token) || strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("the error tells too much: %v", err)
		}
	}
}

// TestGoesOn: a message in several parts goes on where the app was busy, and no
// part is said twice.
func TestGoesOn(t *testing.T) {
	h := start(t, slack.Options{})
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, "Phrase %d de ce long texte, qui ne tient pas en un message.\n\n", i)
	}
	m := channels.Message{ID: "1", Text: text.String(), Media: []channels.Media{{Path: channelstest.Picture, MIME: "image/png", Alt: "point"}}}
	receipt := ""
	for _, fault := range []slacktest.Fault{
		slacktest.TooMany.Of("files.getUploadURLExternal"), slacktest.Internal.Of("chat.postMessage"), {}, slacktest.BadBridge.Of("chat.postMessage"),
	} {
		if fault.Status != 0 {
			h.server.Fails(fault)
			if _, err := h.Send(t.Context(), h.conversation(), m, ""); err == nil {
				t.Fatal("taken in spite of a fault")
			}
		}
	}
	receipt, err := h.Send(t.Context(), h.conversation(), m, "")
	shown := h.person.Shown()
	if err != nil || receipt != shown[len(shown)-1].TS {
		t.Fatalf("receipt %q, %v", receipt, err)
	}
	all := ""
	for _, one := range shown {
		all += one.Look().Text + "\n"
	}
	for i := range 500 {
		if n := strings.Count(all, fmt.Sprintf("Phrase %d de", i)); n != 1 {
			t.Fatalf("sentence %d was said %d times", i, n)
		}
	}
}

// TestReplacedInPlace: old buttons go, the message stays where it is.
func TestReplacedInPlace(t *testing.T) {
	h := start(t, slack.Options{})
	say := func(m channels.Message, replaced string) string {
		t.Helper()
		receipt, err := h.Send(t.Context(), h.conversation(), m, replaced)
		if err != nil {
			t.Fatal(err)
		}
		return receipt
	}
	first := say(channels.Message{ID: "1", Lang: "nl", Text: "Welke?", Choices: answers("Ja", "Nee")}, "")
	say(channels.Message{ID: "2", Text: "Er is iets tussen gekomen."}, "")
	if again := say(channels.Message{ID: "3", Replaces: "1", Text: "Juist."}, first); again != first {
		t.Errorf("the receipt is %q, was %q", again, first)
	}
	shown := h.person.Shown()
	if len(shown) != 2 || shown[0].Look().Text != "Juist." || len(shown[0].Look().Pressable) > 0 {
		t.Errorf("shown: %+v", shown)
	}
}

// TestRetiresWhatAPressBrought: after a restart nobody remembers what was said;
// the press that comes brings it.
func TestRetiresWhatAPressBrought(t *testing.T) {
	h := start(t, slack.Options{})
	receipt, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Lang: "nl", Text: "Welke & wat?", Choices: answers("Ja <i>", "Nee")}, "")
	if err != nil {
		t.Fatal(err)
	}
	h.Close()
	h.Adapter = slack.New(slack.Options{API: h.server.API(), BotToken: h.server.First.Token, SigningSecret: slacktest.SigningSecret, HTTP: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}})
	h.hears()
	retire := channels.Message{ID: "2", Replaces: "1", Retire: true}
	if _, err := h.Send(t.Context(), h.conversation(), retire, receipt); err != nil || h.server.Calls("chat.update") > 0 {
		t.Errorf("what is not known: %v, %d calls", err, h.server.Calls("chat.update"))
	}
	h.person.Presses("Kies 2")
	h.event()
	if _, err := h.Send(t.Context(), h.conversation(), retire, receipt); err != nil {
		t.Fatal(err)
	}
	look := h.person.Shown()[0].Look()
	if len(look.Pressable) > 0 || !strings.Contains(look.Text, "Welke & wat?") || !strings.Contains(look.Text, "1. Ja <i>") {
		t.Errorf("shown: %+v", look)
	}
}

// TestAnswersThatAreLost: what we never learned is no refusal, and is said again.
func TestAnswersThatAreLost(t *testing.T) {
	h := start(t, slack.Options{HTTP: nil})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.Send(ctx, h.conversation(), channels.Message{ID: "1", Text: "Bonjour."}, "")
	if err == nil || channels.Refused(err) != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for _, conversation := range []string{"", "T0FIRST", "/D1", "T0FIRST/"} {
		if r := channels.Refused(second(h.Send(t.Context(), conversation, channels.Message{ID: "1", Text: "x"}, ""))); r == nil || r.Reason != channels.Invalid {
			t.Errorf("%q: got %v", conversation, r)
		}
	}
}

func second(_ string, err error) error { return err }
