package telegram

import (
	"context"
	"net/http"
	"net/url"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
)

const (
	// awry is from when on a clock is wrong.
	awry = time.Minute
	// lately is how old an error of the webhook may be to be worth telling.
	lately = 24 * time.Hour
	// jammed is how many updates that wait are too many.
	jammed = 50
)

// Diagnose asks the API who we are, what time it is and where updates go. It
// changes nothing there.
func (a *Adapter) Diagnose(ctx context.Context) []channels.Diagnosis {
	var self struct {
		Name    string `json:"username"`
		Groups  bool   `json:"can_join_groups"`
		HearAll bool   `json:"can_read_all_group_messages"`
	}
	api := &bound{ctx: ctx, client: a.client}
	err := a.through(api, "getMe", &self, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.MakeRequest("getMe", tgbotapi.Params{})
	})
	if err != nil {
		return []channels.Diagnosis{a.away(api, err)}
	}
	found := a.clock(api.date)
	found = append(found, a.arrival(ctx)...)
	if self.HearAll {
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-hears-all"})
	}
	if self.Groups {
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-groups"})
	}
	return found
}

// away says why the API did not answer as it should.
func (a *Adapter) away(api *bound, err error) channels.Diagnosis {
	if api.status == http.StatusUnauthorized || api.status == http.StatusNotFound {
		return channels.Diagnosis{Code: "doctor.telegram-token-refused", Trouble: true}
	}
	return channels.Diagnosis{
		Code: "doctor.telegram-unreachable", Trouble: true,
		Arguments: []any{"address", host(a.options.API), "words", a.secretless(err).Error()},
	}
}

// clock compares ours with the API's.
func (a *Adapter) clock(date string) []channels.Diagnosis {
	theirs, err := http.ParseTime(date)
	if err != nil {
		return nil
	}
	if off := a.options.Now().Sub(theirs).Abs(); off > awry {
		return []channels.Diagnosis{{Code: "doctor.telegram-clock", Trouble: true, Arguments: []any{"minutes", int(off.Round(time.Minute) / time.Minute)}}}
	}
	return nil
}

// arrival says whether updates come to us.
func (a *Adapter) arrival(ctx context.Context) []channels.Diagnosis {
	if a.options.Secret != "" && a.options.PublicURL == "" {
		return []channels.Diagnosis{{Code: "doctor.telegram-no-address", Trouble: true}}
	}
	var w webhook
	if err := a.call(ctx, "getWebhookInfo", tgbotapi.Params{}, &w); err != nil {
		return []channels.Diagnosis{{
			Code: "doctor.telegram-unreachable", Trouble: true,
			Arguments: []any{"address", host(a.options.API), "words", a.secretless(err).Error()},
		}}
	}
	var found []channels.Diagnosis
	if public := a.address(); public != "" && !secure(public) && secure(a.options.API) { // a stand-in takes any
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-not-https", Trouble: true, Arguments: []any{"address", a.options.PublicURL}})
	}
	switch {
	case a.address() == "" && w.URL != "":
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-webhook-in-the-way", Arguments: []any{"address", host(w.URL)}})
	case a.address() != "" && w.URL == "":
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-webhook-not-yet"})
	case a.address() != "" && w.URL != a.address():
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-webhook-elsewhere", Trouble: true, Arguments: []any{"address", host(w.URL)}})
	case w.URL != "" && w.ErrorDate > 0 && a.options.Now().Sub(time.Unix(w.ErrorDate, 0)) < lately:
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-webhook-error", Trouble: true, Arguments: []any{"words", a.without(w.Error)}})
	}
	if w.Pending > jammed {
		found = append(found, channels.Diagnosis{Code: "doctor.telegram-pending", Arguments: []any{"n", w.Pending}})
	}
	return found
}

// host is the part of an address that can be told: the rest may hold a secret.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "?"
	}
	return u.Host
}

func secure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https"
}
