package teams_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
	"praline/locales"
)

// fault is an answer of the connector.
func fault(status int, code string) teamstest.Fault {
	return teamstest.Fault{Status: status, Body: `{"error":{"code":"` + code + `","message":"Bearer stand-in-token ` + "Le texte secret" + `"}}`}
}

// TestRefusals: what the connector answered, and what becomes of the message.
func TestRefusals(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	for _, row := range []struct {
		label  string
		faults []teamstest.Fault
		reason channels.Reason
		scope  channels.Scope
		least  time.Duration
		most   time.Duration
		detail string
	}{
		{"too many, with a time", []teamstest.Fault{teamstest.TooMany}, channels.Busy, channels.ThisConversation, 3 * time.Second, 4500 * time.Millisecond, "429 Throttled"},
		{"too many, without", []teamstest.Fault{teamstest.TooManyPlain}, channels.Busy, channels.ThisConversation, 2 * time.Second, 3 * time.Second, "429"},
		{"at the same time", []teamstest.Fault{teamstest.Precondition}, channels.Busy, channels.ThisConversation, 2 * time.Second, 3 * time.Second, "412 PreconditionFailed"},
		{"unwell", []teamstest.Fault{teamstest.Internal}, channels.Busy, channels.ThisConversation, 2 * time.Second, 3 * time.Second, "500"},
		{"a proxy's page", []teamstest.Fault{teamstest.BadGateway}, channels.Busy, channels.ThisConversation, 2 * time.Second, 3 * time.Second, "502"},
		{"too late", []teamstest.Fault{teamstest.Timeout}, channels.Busy, channels.ThisConversation, 2 * time.Second, 3 * time.Second, "504"},
		{"resting", []teamstest.Fault{{Status: 503, After: 60}}, channels.Busy, channels.ThisConversation, time.Minute, 90 * time.Second, "503"},
		{"token refused twice", []teamstest.Fault{fault(401, "Unauthorized"), fault(401, "Unauthorized")}, channels.Busy, channels.WholeApp, 5 * time.Second, 15 * time.Second, "check that TEAMS_APP_ID"},
		{"not installed", []teamstest.Fault{fault(403, "BotNotInConversationRoster")}, channels.Gone, "", 0, 0, "BotNotInConversationRoster: the person has not installed"},
		{"blocked", []teamstest.Fault{fault(403, "ForbiddenOperationException")}, channels.Gone, "", 0, 0, "403 ForbiddenOperationException"},
		{"switched off by an administrator", []teamstest.Fault{fault(403, "BotDisabledByAdmin")}, channels.Busy, channels.WholeApp, 10 * time.Minute, 15 * time.Minute, "allow it in the Teams admin centre"},
		{"no such conversation", []teamstest.Fault{fault(404, "ConversationNotFound")}, channels.Gone, "", 0, 0, "404 ConversationNotFound"},
		{"reached elsewhere", []teamstest.Fault{fault(403, "InvalidBotApiHost")}, channels.Invalid, "", 0, 0, "their next message says where"},
		{"never", []teamstest.Fault{fault(400, "BadSyntax")}, channels.Invalid, "", 0, 0, "400 BadSyntax"},
		{"too large, and too large again", []teamstest.Fault{fault(413, "MessageSizeTooBig"), fault(413, "MessageSizeTooBig")}, channels.Invalid, "", 0, 0, "413 MessageSizeTooBig"},
		{"sent elsewhere", []teamstest.Fault{{Status: 307, Body: "x"}}, channels.Invalid, "", 0, 0, "elsewhere"},
		{"a code that is a sentence", []teamstest.Fault{fault(400, "Le texte secret!")}, channels.Invalid, "", 0, 0, "POST: 400"},
	} {
		h.server.Fails(row.faults...)
		_, err := h.Send(t.Context(), conversation, channels.Message{ID: "r", Text: "Le texte secret"}, "")
		r := channels.Refused(err)
		if r == nil || r.Reason != row.reason || r.Scope != row.scope || r.After < row.least || r.After > row.most || !strings.Contains(r.Detail, row.detail) {
			t.Errorf("%s: %+v (%v), want %s %s %v–%v %q", row.label, r, err, row.reason, row.scope, row.least, row.most, row.detail)
			continue
		}
		if strings.Contains(r.Detail, "secret") || strings.Contains(r.Detail, "stand-in") {
			t.Errorf("%s: more is told than may be: %s", row.label, r.Detail)
		}
		if n := h.server.Pending(); n > 0 {
			t.Errorf("%s: %d faults were not met", row.label, n)
		}
	}
}

// TestSaidAfterAll: faults that a message gets over in one go.
func TestSaidAfterAll(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	h.says(conversation, channels.Message{ID: "1", Text: "un"}, "")
	h.server.Revokes() // before its time
	h.says(conversation, channels.Message{ID: "2", Text: "deux"}, "")
	if n := h.server.Calls("token"); n != 2 {
		t.Errorf("%d tokens were asked for, want another for the one that was withdrawn", n)
	}
	h.server.Fails(fault(413, "MessageSizeTooBig"))
	h.says(conversation, channels.Message{ID: "3", Text: strings.Repeat("trois ", 300)}, "")
	if shown := h.person.Shown(); len(shown) != 3 || !strings.Contains(shown[2].Text, "trois trois") {
		t.Errorf("shown: %+v", shown)
	}
	h.server.Fails(teamstest.HangUp)
	if _, err := h.Send(t.Context(), conversation, channels.Message{ID: "4", Text: "quatre"}, ""); err == nil || channels.Refused(err) != nil || strings.Contains(err.Error(), "a:1") {
		t.Errorf("a connection that ends: %v, want an error that is no refusal and names no conversation", err)
	}
}

// TestConversations: our token goes nowhere but where it may.
func TestConversations(t *testing.T) {
	h := start(t, func(o *teams.Options) { o.OpenIDURL = "" })
	for _, conversation := range []string{
		"", "a:1x", "a:1x ", "a:1x https://evil.example", "a:1x http://127.0.0.1:1", "a:1x  https://smba.trafficmanager.net/emea",
		"a:1x https://smba.trafficmanager.net/emea https://evil.example", "../x https://smba.trafficmanager.net/emea", " https://smba.trafficmanager.net/emea",
	} {
		_, err := h.Send(t.Context(), conversation, channels.Message{ID: "1", Text: "x"}, "")
		if r := channels.Refused(err); r == nil || r.Reason != channels.Invalid {
			t.Errorf("%q: %v, want invalid", conversation, err)
		}
	}
	if h.server.Calls("token") != 0 {
		t.Error("a token was asked for")
	}
}

// TestNoToken: an emulator that gave us no token gets none.
func TestNoToken(t *testing.T) {
	for _, id := range []string{"", teamstest.AppID} {
		h := start(t, func(o *teams.Options) {
			o.Anonymous, o.AppID = true, id
			o.LoginURL, o.OpenIDURL = "", "" // Microsoft's
		})
		h.server.Anonymous()
		h.says(h.comes(), channels.Message{ID: "1", Text: "bonjour"}, "")
	}
}

// TestToken: one is asked for at a time, ahead of its end, and the old one
// serves until then.
func TestToken(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	done := make(chan error)
	for range 8 {
		go func() {
			_, err := h.Send(context.WithoutCancel(t.Context()), conversation, channels.Message{ID: "x", Text: "x"}, "")
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := h.server.Calls("token"); n != 1 {
		t.Errorf("eight messages at once asked for %d tokens", n)
	}
	h.clock.moves(56 * time.Minute) // four are left
	h.server.Fails(teamstest.Internal.Of("token"))
	h.says(conversation, channels.Message{ID: "y", Text: "y"}, "")
	h.says(conversation, channels.Message{ID: "y", Text: "y"}, "")
	if n := h.server.Calls("token"); n != 2 {
		t.Errorf("%d tokens were asked for, want one that failed, and none right after", n)
	}
	h.clock.moves(time.Minute)
	h.says(conversation, channels.Message{ID: "z", Text: "z"}, "")
	if n := h.server.Calls("token"); n != 3 {
		t.Errorf("%d tokens were asked for, want a new one before the end of the old", n)
	}
}

// TestTokenRefused: what the login said, and what to do about it.
func TestTokenRefused(t *testing.T) {
	for _, row := range []struct {
		label  string
		change func(*teams.Options)
		detail string
	}{
		{"a wrong secret", func(o *teams.Options) { o.AppPassword = "wrong" }, "AADSTS7000215: make a new client secret"},
		{"another app", func(o *teams.Options) { o.AppID = "00000000-0000-4000-8000-000000000000" }, "AADSTS700016: check TEAMS_APP_ID"},
		{"another tenant", func(o *teams.Options) { o.TenantID = "00000000-0000-4000-8000-000000000000" }, "AADSTS90002: check TEAMS_TENANT_ID"},
	} {
		h := start(t, row.change)
		for range 3 {
			_, err := h.Send(t.Context(), "a:1x "+h.person.ServiceURL(), channels.Message{ID: "1", Text: "x"}, "")
			r := channels.Refused(err)
			if r == nil || r.Reason != channels.Busy || r.Scope != channels.WholeApp || r.After < time.Second || !strings.Contains(r.Detail, row.detail) {
				t.Errorf("%s: %+v (%v)", row.label, r, err)
			}
		}
		if n := h.server.Calls("token"); n != 1 {
			t.Errorf("%s: asked %d times within seconds of a refusal", row.label, n)
		}
	}
}

// TestGoesOn: a message of several cards goes on where it stopped.
func TestGoesOn(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	long := channels.Message{ID: "1", Text: strings.Repeat("Une phrase de plus. ", 400), Choices: []channels.Choice{{Label: "Continuer", Value: "on", Role: channels.Primary}}}
	h.says(conversation, channels.Message{ID: "0", Text: "avant"}, "")
	h.server.Fails(teamstest.Fault{Method: "send", Status: 201, Body: `{"id":"1","x":"not shown"}`}, teamstest.TooMany)
	if _, err := h.Send(t.Context(), conversation, long, ""); channels.Refused(err) == nil {
		t.Fatalf("busy in the middle: %v", err)
	}
	receipt := h.says(conversation, long, "")
	shown := h.person.Shown()
	if len(shown) != 3 || receipt != shown[2].ID || len(shown[2].Buttons) != 1 {
		t.Errorf("%d messages, receipt %s", len(shown), receipt)
	}
}

// TestRetire: what can no longer be pressed is still read; a press that we no
// longer know keeps its buttons.
func TestRetire(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	receipt := h.asks(conversation)
	h.says(conversation, channels.Message{ID: "q.2", Replaces: "q.1", Retire: true}, receipt)
	m := h.person.Shown()[0]
	if len(m.Buttons)+len(m.Inputs) > 0 || !strings.Contains(m.Text, "Het logo") || !strings.Contains(m.Text, "Wat eerst?") {
		t.Errorf("retired: %+v", m)
	}
	h.says(conversation, channels.Message{ID: "q.2", Replaces: "q.1", Retire: true}, receipt)
	if n := h.server.Calls("update"); n != 1 {
		t.Errorf("taken off %d times", n)
	}
}

// TestMoved: where the last activity said is where we answer.
func TestMoved(t *testing.T) {
	h := start(t, nil)
	old := h.comes()
	h.person.Moves("amer")
	h.person.Says("bonjour")
	moved := h.event().Conversation
	if channels.Identity(moved) != channels.Identity(old) || moved == old {
		t.Fatalf("moved from %q to %q", old, moved)
	}
	h.says(moved, channels.Message{ID: "1", Text: "ici"}, "")
}

// TestFile: offered, agreed to, handed over once.
func TestFile(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	document := channels.Document{Name: `../a/"mes données".json`, MIME: "application/json", Data: []byte("{}")}
	say := func() {
		h.says(conversation, channels.Message{ID: "d", Lang: "fr", Text: "Vos données.", Document: &document}, "")
	}
	say()
	if files := h.person.Shown()[1].Files; len(files) != 1 || files[0].Name != "-mes données-.json" {
		t.Errorf("offered: %+v", files)
	}
	h.person.Accepts()
	shown := h.person.Shown()
	last := shown[len(shown)-1]
	if len(shown) != 2 || len(last.Files) != 1 || string(h.server.Uploaded(last.Files[0].URL)) != "{}" {
		t.Errorf("handed over: %+v", shown)
	}
	say()
	h.clock.moves(61 * time.Minute)
	h.person.Accepts()
	shown = h.person.Shown()
	if text := shown[len(shown)-1].Text; text != locales.For("fr").Say("teams.file-gone") {
		t.Errorf("an hour later: %q", text)
	}
	say()
	h.person.Declines()
	if shown := h.person.Shown(); len(shown[len(shown)-1].Files) != 0 {
		t.Errorf("declined: %+v", shown)
	}
	h.says(conversation, channels.Message{ID: "e", Lang: "fr", Text: "Vos données."}, "")
	h.server.Fails(teamstest.Fault{Method: "send", Status: 201, Body: `{"id":"9"}`}, fault(http.StatusBadRequest, "BadArgument"))
	h.says(conversation, channels.Message{ID: "f", Lang: "fr", Document: &document}, "")
	shown = h.person.Shown()
	if text := shown[len(shown)-1].Text; !strings.HasPrefix(text, "Teams ne me laisse pas vous remettre") {
		t.Errorf("where no file can be handed over: %q", text)
	}
}

// TestFileElsewhere: an address that is not OneDrive's gets nothing.
func TestFileElsewhere(t *testing.T) {
	h := start(t, func(o *teams.Options) { o.OpenIDURL = "" })
	for address, want := range map[string]bool{
		"https://example-my.sharepoint.com/personal/x/_layouts/15/upload?tempauth=x": true,
		"https://example.sharepoint.us/x":                                            true,
		"http://example.sharepoint.com/x":                                            false,
		"https://sharepoint.com.evil.example/":                                       false,
		"https://evilsharepoint.com/":                                                false,
		"https://u:p@example.sharepoint.com/":                                        false,
		"http://127.0.0.1:1/":                                                        false,
		"https://169.254.169.254/":                                                   false,
	} {
		if h.Drive(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}
