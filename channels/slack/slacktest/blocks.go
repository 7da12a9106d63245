package slacktest

import (
	"fmt"
	"slices"
)

// blocks checks the blocks of a surface, gives ids to those that have none, and
// returns them.
func (c *checker) blocks(at string, v any, most int) []object {
	var all []object
	for i, v := range c.list(at, v, 0, most) {
		at := fmt.Sprint(at, "/", i)
		o, ok := c.object(at, v)
		if !ok {
			continue
		}
		all = append(all, o)
		kind, _ := o["type"].(string)
		check, ok := kinds[kind]
		if !ok {
			c.refuse(at+"/type", "unsupported type: %q", kind)
			continue
		}
		c.blockID(at, o)
		check(c, at, o)
	}
	return all
}

func (c *checker) blockID(at string, o object) {
	id := c.string(at, o, "block_id", 1, 255)
	if id == "" {
		o["block_id"] = fmt.Sprint("made-", c.server.next())
		return
	}
	if slices.Contains(c.ids, id) {
		c.refuse(at+"/block_id", "block_id %q already exists", id)
	}
	c.ids = append(c.ids, id)
}

var kinds map[string]func(*checker, string, object)

func init() {
	kinds = map[string]func(*checker, string, object){
		"actions": (*checker).actions, "context": (*checker).context, "divider": (*checker).divider, "header": (*checker).heading,
		"image": (*checker).image, "input": (*checker).input, "rich_text": (*checker).rich, "section": (*checker).section,
	}
}

// https://docs.slack.dev/reference/block-kit/blocks/section-block
func (c *checker) section(at string, o object) {
	c.fields(at, o, "type", "block_id text fields accessory expand")
	c.text(at, o, "text", anyText, 3000)
	c.flag(at, o, "expand")
	if o["text"] == nil && o["fields"] == nil {
		c.refuse(at, "missing required field: text or fields")
	}
	if fields, ok := o["fields"]; ok {
		for i, v := range c.list(at+"/fields", fields, 1, 10) {
			c.text(at+"/fields", object{fmt.Sprint(i): v}, fmt.Sprint(i), anyText, 2000)
		}
	}
	if accessory, ok := o["accessory"]; ok {
		c.element(at+"/accessory", accessory, "section")
	}
}

// https://docs.slack.dev/reference/block-kit/blocks/header-block
func (c *checker) heading(at string, o object) {
	c.fields(at, o, "type text", "block_id")
	c.text(at, o, "text", plainOnly, 150)
}

// https://docs.slack.dev/reference/block-kit/blocks/divider-block
func (c *checker) divider(at string, o object) { c.fields(at, o, "type", "block_id") }

// https://docs.slack.dev/reference/block-kit/blocks/image-block
func (c *checker) image(at string, o object) {
	c.fields(at, o, "type alt_text", "block_id title image_url slack_file")
	c.text(at, o, "title", plainOnly, 2000)
	c.picture(at, o)
}

// picture checks what the image block and the image element share.
func (c *checker) picture(at string, o object) {
	c.string(at, o, "alt_text", 1, 2000)
	c.address(at, o, "image_url")
	file, hasFile := o["slack_file"]
	if _, hasURL := o["image_url"]; hasURL == hasFile {
		c.refuse(at, "must provide exactly one of image_url and slack_file")
	}
	if !hasFile {
		return
	}
	at += "/slack_file"
	f, ok := c.object(at, file)
	if !ok {
		return
	}
	c.fields(at, f, "", "id url")
	id, address := c.string(at, f, "id", 1, 255), c.string(at, f, "url", 1, 3000)
	if (id == "") == (address == "") || !c.server.hasFile(id, address) {
		c.refuse(at, "invalid slack file")
	}
}

// https://docs.slack.dev/reference/block-kit/blocks/context-block
func (c *checker) context(at string, o object) {
	c.fields(at, o, "type elements", "block_id")
	for i, v := range c.list(at+"/elements", o["elements"], 1, 10) {
		item, _ := v.(object)
		if item["type"] == "image" {
			c.element(fmt.Sprint(at, "/elements/", i), v, "context")
		} else {
			c.text(at+"/elements", object{fmt.Sprint(i): v}, fmt.Sprint(i), anyText, 3000)
		}
	}
}

// https://docs.slack.dev/reference/block-kit/blocks/actions-block
func (c *checker) actions(at string, o object) {
	c.fields(at, o, "type elements", "block_id")
	var ids []string
	for i, v := range c.list(at+"/elements", o["elements"], 1, 25) {
		at := fmt.Sprint(at, "/elements/", i)
		c.element(at, v, "actions")
		item, _ := v.(object)
		id, _ := item["action_id"].(string)
		if slices.Contains(ids, id) {
			c.refuse(at+"/action_id", "action_id %q already exists in this block", id)
		}
		ids = append(ids, id)
	}
}

// https://docs.slack.dev/reference/block-kit/blocks/input-block
func (c *checker) input(at string, o object) {
	c.fields(at, o, "type label element", "block_id hint optional dispatch_action")
	c.text(at, o, "label", plainOnly, 2000)
	c.text(at, o, "hint", plainOnly, 2000)
	c.flag(at, o, "optional")
	c.flag(at, o, "dispatch_action")
	if o["element"] != nil {
		c.element(at+"/element", o["element"], "input")
	}
}

// rich checks a block of text whose formats are said, not marked.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
func (c *checker) rich(at string, o object) {
	c.fields(at, o, "type elements", "block_id")
	for i, v := range c.list(at+"/elements", o["elements"], 1, 1000) {
		c.richPart(fmt.Sprint(at, "/elements/", i), v, false)
	}
}

func (c *checker) richPart(at string, v any, inList bool) {
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	kind, _ := o["type"].(string)
	switch {
	case kind == "rich_text_section", kind == "rich_text_quote" && !inList, kind == "rich_text_preformatted" && !inList:
		c.fields(at, o, "type elements", "border")
		for i, v := range c.list(at+"/elements", o["elements"], 1, 1000) {
			c.richText(fmt.Sprint(at, "/elements/", i), v)
		}
	case kind == "rich_text_list" && !inList:
		c.fields(at, o, "type elements style", "border indent offset")
		c.oneOf(at, o, "style", "bullet", "ordered")
		for i, v := range c.list(at+"/elements", o["elements"], 1, 1000) {
			c.richPart(fmt.Sprint(at, "/elements/", i), v, true)
		}
	default:
		c.refuse(at+"/type", "unsupported type: %q", kind)
	}
}

func (c *checker) richText(at string, v any) {
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	switch kind, _ := o["type"].(string); kind {
	case "text":
		c.fields(at, o, "type text", "style")
	case "link":
		c.fields(at, o, "type url", "text style unsafe")
		c.address(at, o, "url")
	case "emoji":
		c.fields(at, o, "type name", "style unicode skin_tone")
	default:
		c.refuse(at+"/type", "unsupported type: %q", kind)
	}
	c.size += len([]rune(c.string(at, o, "text", 1, 3000)))
	if style, ok := o["style"]; ok {
		if s, ok := c.object(at+"/style", style); ok {
			c.fields(at+"/style", s, "", "bold italic strike code")
		}
	}
}
