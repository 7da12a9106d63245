package slacktest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// checker finds what is wrong with blocks.
type checker struct {
	surface string // "message", "modal" or "home"
	server  *Server
	wrong   []string // what Slack refuses
	unwise  []string // what it takes, to a person's harm
	size    int      // characters of all texts
	ids     []string // of the blocks
	focused int
}

func (c *checker) refuse(at, format string, arguments ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, arguments...)+" [json-pointer:"+at+"]")
}

// fields refuses a field that is missing and one that Slack does not know.
func (c *checker) fields(at string, o object, required, optional string) {
	must, may := strings.Fields(required), strings.Fields(optional)
	for _, name := range must {
		if o[name] == nil {
			c.refuse(at, "missing required field: %s", name)
		}
	}
	for name := range o {
		if !slices.Contains(must, name) && !slices.Contains(may, name) {
			c.refuse(at, "invalid additional property: %s", name)
		}
	}
}

func (c *checker) object(at string, v any) (object, bool) {
	o, ok := v.(object)
	if !ok {
		c.refuse(at, "must provide an object")
	}
	return o, ok
}

// list returns the items of an array of least to most of them.
func (c *checker) list(at string, v any, least, most int) []any {
	all, ok := v.([]any)
	switch {
	case !ok:
		c.refuse(at, "must provide an array")
	case len(all) < least:
		c.refuse(at, "no less than %d items required", least)
	case len(all) > most:
		c.refuse(at, "no more than %d items allowed", most)
	}
	return all
}

// string checks a field of least to most characters, if it is there.
func (c *checker) string(at string, o object, name string, least, most int) string {
	v, ok := o[name]
	if !ok {
		return ""
	}
	s, ok := v.(string)
	at += "/" + name
	if !ok {
		c.refuse(at, "must provide a string")
		return ""
	}
	c.length(at, s, least, most)
	return s
}

// length counts the characters as they are sent, entities included.
func (c *checker) length(at, s string, least, most int) {
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s):
		c.refuse(at, "invalid UTF-8")
	case n < least:
		c.refuse(at, "must be more than %d characters", least-1)
	case n > most:
		c.refuse(at, "must be less than %d characters", most+1)
	}
}

func (c *checker) flag(at string, o object, name string) bool {
	v, ok := o[name]
	if !ok {
		return false
	}
	b, ok := v.(bool)
	if !ok {
		c.refuse(at+"/"+name, "must provide a boolean")
	}
	return b
}

func (c *checker) oneOf(at string, o object, name string, values ...string) {
	if s := c.string(at, o, name, 0, 255); o[name] != nil && !slices.Contains(values, s) {
		c.refuse(at+"/"+name, "must be one of %s", strings.Join(values, ", "))
	}
}

func (c *checker) matches(at string, o object, name string, form *regexp.Regexp) {
	if s := c.string(at, o, name, 0, 255); o[name] != nil && !form.MatchString(s) {
		c.refuse(at+"/"+name, "must match %s", form)
	}
}

// The kinds of texts that a place takes.
const (
	plainOnly = "plain_text"
	anyText   = "plain_text mrkdwn"
)

// text checks a text object, if it is there.
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
func (c *checker) text(at string, in object, name, kinds string, most int) {
	v, ok := in[name]
	if !ok {
		return
	}
	at += "/" + name
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	kind, _ := o["type"].(string)
	switch {
	case !slices.Contains(strings.Fields(kinds), kind):
		c.refuse(at+"/type", "unsupported type: %q", kind)
	case kind == plainOnly:
		c.fields(at, o, "type text", "emoji")
		c.flag(at, o, "emoji")
	default:
		c.fields(at, o, "type text", "verbatim")
		c.flag(at, o, "verbatim")
	}
	text := c.string(at, o, "text", 1, most)
	c.size += utf8.RuneCountInString(text)
	if kind == "mrkdwn" {
		_, _, problems := Read(text)
		for _, p := range problems {
			c.unwise = append(c.unwise, p+" ["+at+"]")
		}
	}
}
