package slacktest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// The limits of https://docs.slack.dev/reference/views as read on 2026-11-25.
const (
	maxTitle    = 24
	maxMetadata = 3000
	maxView     = 250_000 // bytes of JSON
	maxStack    = 3
	triggerAge  = 3 * time.Second
)

// View is a modal or a Home.
type View struct {
	ID         string
	Kind       string // "modal" or "home"
	Title      string
	CallbackID string
	Metadata   string
	Errors     map[string]string // by the label of the input, after a submission

	hash   string
	raw    object
	blocks []object
}

// trigger is what lets the app open a modal, once, within three seconds.
type trigger struct {
	person *Person
	at     time.Time
	used   bool
}

func (p *Person) trigger() string {
	id := fmt.Sprintf("%d.%d.%032x", p.server.next(), p.server.clock().Unix(), p.server.serial)
	p.server.triggers[id] = trigger{person: p, at: p.server.clock()}
	return id
}

// pull uses a trigger.
func (c *call) pull() (*Person, object) {
	id := c.text("trigger_id")
	if id == "" {
		id = c.text("interactivity_pointer")
	}
	t, ok := c.server.triggers[id]
	switch {
	case !ok || t.person.workspace != c.team:
		return nil, c.violate("invalid_trigger_id")
	case t.used:
		return nil, c.violate("exchanged_trigger_id")
	case c.server.clock().Sub(t.at) > triggerAge:
		return nil, c.violate("expired_trigger_id")
	}
	t.used = true
	c.server.triggers[id] = t
	return t.person, nil
}

// view reads a view argument, or says what is wrong.
func (c *call) view(kind string) (*View, object) {
	v, ok := c.value("view")
	if !ok {
		return nil, c.violate("invalid_arguments", "missing required field: view [json-pointer:/view]")
	}
	view, check := c.server.checkView(v, kind)
	switch size, _ := json.Marshal(v); {
	case len(check.wrong) > 0:
		return nil, c.violate("invalid_arguments", check.wrong...)
	case len(size) > maxView:
		return nil, c.violate("view_too_large")
	}
	c.unwise(check.unwise)
	return view, nil
}

func (s *Server) checkView(v any, kind string) (*View, *checker) {
	c := &checker{surface: kind, server: s}
	o, ok := c.object("/view", v)
	if !ok {
		return nil, c
	}
	if o["type"] != kind {
		c.refuse("/view/type", "must be %s", kind)
	}
	const optional = "private_metadata callback_id external_id"
	if kind == "modal" {
		c.fields("/view", o, "type title blocks", optional+" close submit clear_on_close notify_on_close submit_disabled")
	} else {
		c.fields("/view", o, "type blocks", optional)
	}
	for _, name := range []string{"title", "submit", "close"} {
		c.text("/view", o, name, plainOnly, maxTitle)
	}
	c.string("/view", o, "private_metadata", 0, maxMetadata)
	c.string("/view", o, "callback_id", 0, 255)
	c.string("/view", o, "external_id", 0, 255)
	c.flag("/view", o, "clear_on_close")
	c.flag("/view", o, "notify_on_close")
	blocks := c.blocks("/view/blocks", o["blocks"], maxViewBlocks)
	for _, b := range blocks {
		if b["type"] == "input" && kind == "modal" && o["submit"] == nil {
			c.refuse("/view", "missing required field: submit")
		}
	}
	id := fmt.Sprint("V0", s.next())
	view := &View{ID: id, Kind: kind, Title: shownText(o["title"]), hash: fmt.Sprint(s.clock().Unix(), ".", s.serial), raw: o, blocks: blocks}
	view.CallbackID, _ = o["callback_id"].(string)
	view.Metadata, _ = o["private_metadata"].(string)
	return view, c
}

// payload is a view as Slack tells it, with what was filled in so far.
func (v *View) payload(p *Person) object {
	root, previous := v.ID, any(nil)
	for i, m := range p.modals {
		if m == v && i > 0 {
			root, previous = p.modals[0].ID, p.modals[i-1].ID
		}
	}
	out := object{
		"id": v.ID, "team_id": p.workspace.ID, "type": v.Kind, "hash": v.hash, "blocks": told(v.raw["blocks"]), "callback_id": v.CallbackID, "private_metadata": v.Metadata,
		"external_id": or(v.raw["external_id"], ""), "state": object{"values": p.values(surface{view: v})}, "root_view_id": root, "previous_view_id": previous,
		"app_id": AppID, "app_installed_team_id": p.workspace.ID, "bot_id": p.workspace.botID(), "clear_on_close": v.raw["clear_on_close"] == true, "notify_on_close": v.raw["notify_on_close"] == true,
		"title": told(v.raw["title"]), "submit": told(v.raw["submit"]), "close": told(v.raw["close"]),
	}
	if v.Kind == "home" {
		out["title"] = object{"type": "plain_text", "text": "View Title", "emoji": true}
	}
	return out
}

func or(v, instead any) any {
	if v == nil {
		return instead
	}
	return v
}

func (c *call) viewsOpen() object {
	p, out := c.pull()
	if out != nil {
		return out
	}
	view, out := c.view("modal")
	if out != nil {
		return out
	}
	p.modals = []*View{view}
	return object{"view": view.payload(p)}
}

func (c *call) viewsPush() object {
	p, out := c.pull()
	if out != nil {
		return out
	}
	view, out := c.view("modal")
	if out != nil {
		return out
	}
	if len(p.modals) >= maxStack {
		return c.violate("push_limit_reached")
	}
	p.modals = append(p.modals, view)
	return object{"view": view.payload(p)}
}

func (c *call) viewsUpdate() object {
	for _, p := range c.team.people {
		for i, old := range p.modals {
			if old.ID != c.text("view_id") && (c.text("external_id") == "" || old.raw["external_id"] != c.text("external_id")) {
				continue
			}
			if hash := c.text("hash"); hash != "" && hash != old.hash {
				return refusal("hash_conflict")
			}
			view, out := c.view("modal")
			if out != nil {
				return out
			}
			view.ID = old.ID
			p.modals[i] = view
			return object{"view": view.payload(p)}
		}
	}
	return refusal("not_found")
}

func (c *call) viewsPublish() object {
	p := c.team.people[c.text("user_id")]
	switch {
	case p == nil:
		return c.violate("invalid_arguments", "invalid user_id [json-pointer:/user_id]")
	case p.deleted:
		return refusal("user_disabled")
	case p.homeAnswer != "":
		return refusal(p.homeAnswer)
	}
	if hash := c.text("hash"); hash != "" && (p.home == nil || hash != p.home.hash) {
		return refusal("hash_conflict")
	}
	view, out := c.view("home")
	if out != nil {
		return out
	}
	if p.home != nil {
		view.ID = p.home.ID
	}
	p.home = view
	p.published++
	return object{"view": view.payload(p)}
}

// shownText is a text object as it is read.
func shownText(v any) string {
	o, _ := v.(object)
	text, _ := o["text"].(string)
	if o["type"] == "mrkdwn" {
		text, _, _ = Read(text)
		return text
	}
	for _, e := range emojis(o) {
		text = strings.Replace(text, e.URL, e.Text, 1)
	}
	return unseen.Replace(decode(text))
}

var shortcodes = regexp.MustCompile(`:[a-z0-9_+'-]+:`)

// emojis are the short names in a plain text that are shown as pictures, each
// with what was written as its URL.
func emojis(v any) (all []Span) {
	o, _ := v.(object)
	text, _ := o["text"].(string)
	if o["type"] != plainOnly || o["emoji"] == false {
		return nil
	}
	for _, code := range shortcodes.FindAllString(text, -1) {
		if picture := emoji[strings.Trim(code, ":")]; picture != "" {
			all = append(all, Span{"emoji", picture, code})
		}
	}
	return all
}

// told is a part of a message or view as Slack tells it to the app: texts
// come back with their three entities, however they were sent.
func told(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for name, one := range v {
			out[name] = told(one)
		}
		if text, ok := v["text"].(string); ok && v["type"] == plainOnly {
			out["text"] = encode(decode(text))
			out["emoji"] = v["emoji"] != false
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, one := range v {
			out[i] = told(one)
		}
		return out
	}
	return v
}
