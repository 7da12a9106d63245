package slacktest

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// element is where an element may stand, and what it holds.
type element struct {
	in       string // kinds of blocks
	on       string // surfaces; "" is all
	required string
	optional string
	check    func(*checker, string, object)
}

// elements are those of https://docs.slack.dev/reference/block-kit/block-elements
// as read on 2026-11-25. Those that Praline has no use for are refused, too.
var elements map[string]element

func init() {
	const common = "action_id confirm focus_on_load "
	elements = map[string]element{
		"button":              {in: "section actions", required: "text", optional: "action_id confirm url value style accessibility_label", check: (*checker).button},
		"checkboxes":          {in: "section actions input", required: "options", optional: common + "initial_options", check: (*checker).checkboxes},
		"datepicker":          {in: "section actions input", optional: common + "initial_date placeholder", check: (*checker).datePicker},
		"image":               {in: "section context", required: "alt_text", optional: "image_url slack_file", check: (*checker).picture},
		"multi_static_select": {in: "section actions input", optional: common + "options option_groups initial_options placeholder max_selected_items", check: (*checker).selects},
		"number_input":        {in: "input", on: "modal", required: "is_decimal_allowed", optional: common + "initial_value min_value max_value placeholder dispatch_action_config", check: (*checker).number},
		"overflow":            {in: "section actions", required: "options", optional: "action_id confirm", check: (*checker).overflow},
		"plain_text_input":    {in: "input", optional: "action_id focus_on_load initial_value multiline min_length max_length placeholder dispatch_action_config", check: (*checker).typed},
		"radio_buttons":       {in: "section actions input", required: "options", optional: common + "initial_option", check: (*checker).radio},
		"static_select":       {in: "section actions input", optional: common + "options option_groups initial_option placeholder", check: (*checker).selects},
		"timepicker":          {in: "section actions input", optional: common + "initial_time placeholder timezone", check: (*checker).timePicker},
	}
}

func (c *checker) element(at string, v any, in string) {
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	kind, _ := o["type"].(string)
	e, ok := elements[kind]
	switch {
	case !ok, !slices.Contains(strings.Fields(e.in), in):
		c.refuse(at+"/type", "unsupported type: %q in %s", kind, in)
		return
	case e.on != "" && e.on != c.surface:
		c.refuse(at+"/type", "unsupported type: %q in a %s", kind, c.surface)
		return
	}
	c.fields(at, o, "type "+e.required, e.optional)
	c.string(at, o, "action_id", 1, 255)
	if o["action_id"] == nil && kind != "image" {
		o["action_id"] = fmt.Sprint("made-", c.server.next())
	}
	c.confirm(at, o)
	c.text(at, o, "placeholder", plainOnly, 150)
	if c.flag(at, o, "focus_on_load") {
		if c.focused++; c.focused > 1 {
			c.refuse(at, "only one element can have focus_on_load")
		}
	}
	e.check(c, at, o)
}

// https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
func (c *checker) confirm(at string, o object) {
	v, ok := o["confirm"]
	if !ok {
		return
	}
	at += "/confirm"
	if o, ok := c.object(at, v); ok {
		c.fields(at, o, "title text confirm deny", "style")
		c.text(at, o, "title", plainOnly, 100)
		c.text(at, o, "text", anyText, 300)
		c.text(at, o, "confirm", plainOnly, 30)
		c.text(at, o, "deny", plainOnly, 30)
		c.oneOf(at, o, "style", "primary", "danger")
	}
}

func (c *checker) button(at string, o object) {
	c.text(at, o, "text", plainOnly, 75)
	c.string(at, o, "value", 1, 2000)
	c.string(at, o, "accessibility_label", 1, 75)
	c.oneOf(at, o, "style", "primary", "danger")
	c.address(at, o, "url")
}

// address checks a field that is a public address.
func (c *checker) address(at string, o object, name string) {
	s := c.string(at, o, name, 1, 3000)
	if o[name] == nil {
		return
	}
	if u, err := url.Parse(s); err != nil || u.Host == "" && u.Scheme != "mailto" {
		c.refuse(at+"/"+name, "invalid url")
	}
}

func (c *checker) overflow(at string, o object) { c.options(at, o, "options", 5, plainOnly, "url") }

func (c *checker) radio(at string, o object) {
	c.options(at, o, "options", 10, anyText, "")
	c.among(at, o, "initial_option", choosable(o))
}

func (c *checker) checkboxes(at string, o object) {
	c.options(at, o, "options", 10, anyText, "")
	c.initials(at, o)
}

func (c *checker) initials(at string, o object) {
	v, ok := o["initial_options"]
	if !ok {
		return
	}
	for i, one := range c.list(at+"/initial_options", v, 1, 100) {
		c.among(at+"/initial_options", object{fmt.Sprint(i): one}, fmt.Sprint(i), choosable(o))
	}
}

// among refuses a chosen option that is not exactly one of those on offer.
func (c *checker) among(at string, o object, name string, all []object) {
	v, ok := o[name]
	if ok && !slices.ContainsFunc(all, func(one object) bool { return reflect.DeepEqual(any(one), v) }) {
		c.refuse(at+"/"+name, "must be one of the provided options")
	}
}

// selects checks the menus of options that are written out.
func (c *checker) selects(at string, o object) {
	groups, grouped := o["option_groups"]
	if _, flat := o["options"]; flat == grouped {
		c.refuse(at, "must provide exactly one of options and option_groups")
	} else if flat {
		c.options(at, o, "options", 100, plainOnly, "")
	}
	if grouped {
		for i, v := range c.list(at+"/option_groups", groups, 1, 100) {
			at := fmt.Sprint(at, "/option_groups/", i)
			if g, ok := c.object(at, v); ok {
				c.fields(at, g, "label options", "")
				c.text(at, g, "label", plainOnly, 75)
				c.options(at, g, "options", 100, plainOnly, "")
			}
		}
	}
	c.among(at, o, "initial_option", choosable(o))
	c.initials(at, o)
	if n, ok := o["max_selected_items"].(float64); o["max_selected_items"] != nil && (!ok || n < 1) {
		c.refuse(at+"/max_selected_items", "must be at least 1")
	}
}

// options checks the options of an element.
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
func (c *checker) options(at string, o object, name string, most int, texts, more string) {
	if o[name] == nil {
		return
	}
	at += "/" + name
	var values []string
	for i, v := range c.list(at, o[name], 1, most) {
		at := fmt.Sprint(at, "/", i)
		option, ok := c.object(at, v)
		if !ok {
			continue
		}
		c.fields(at, option, "text value", "description "+more)
		c.text(at, option, "text", texts, 75)
		c.text(at, option, "description", texts, 75)
		c.address(at, option, "url")
		value := c.string(at, option, "value", 1, 150)
		if slices.Contains(values, value) {
			c.refuse(at+"/value", "must be unique")
		}
		values = append(values, value)
	}
}

// choosable is all options of an element.
func choosable(o object) []object {
	var all []object
	add := func(v any) {
		list, _ := v.([]any)
		for _, one := range list {
			if option, ok := one.(object); ok {
				all = append(all, option)
			}
		}
	}
	add(o["options"])
	groups, _ := o["option_groups"].([]any)
	for _, g := range groups {
		if group, ok := g.(object); ok {
			add(group["options"])
		}
	}
	return all
}

var (
	clock = regexp.MustCompile(`^(?:[01][0-9]|2[0-3]):[0-5][0-9]$`)
	day   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
)

func (c *checker) timePicker(at string, o object) {
	c.matches(at, o, "initial_time", clock)
	c.string(at, o, "timezone", 1, 100)
}

func (c *checker) datePicker(at string, o object) { c.matches(at, o, "initial_date", day) }

func (c *checker) typed(at string, o object) {
	c.flag(at, o, "multiline")
	least, most := 0, 3000
	for name, bound := range map[string]*int{"min_length": &least, "max_length": &most} {
		v, ok := o[name]
		if !ok {
			continue
		}
		n, ok := v.(float64)
		if !ok || n != float64(int(n)) || n < 0 || n > 3000 || (name == "max_length" && n < 1) {
			c.refuse(at+"/"+name, "must be an integer from 0 to 3000")
			continue
		}
		*bound = int(n)
	}
	if least > most {
		c.refuse(at, "min_length is more than max_length")
	}
	if o["initial_value"] != nil {
		c.string(at, o, "initial_value", 0, most)
	}
}

func (c *checker) number(at string, o object) {
	decimals := c.flag(at, o, "is_decimal_allowed")
	for _, name := range []string{"initial_value", "min_value", "max_value"} {
		s := c.string(at, o, name, 1, 100)
		_, err := strconv.ParseFloat(s, 64)
		if !decimals {
			_, err = strconv.Atoi(s)
		}
		if o[name] != nil && err != nil {
			c.refuse(at+"/"+name, "must be a number")
		}
	}
}
