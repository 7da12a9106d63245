package slack

import (
	"regexp"
	"strings"
)

// marked is what Slack writes for a link, a person, a channel.
// https://docs.slack.dev/messaging/formatting-message-text/#retrieving-messages
var marked = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// plain is a text as it was typed.
func plain(text string) string {
	text = marked.ReplaceAllStringFunc(text, func(token string) string {
		m := marked.FindStringSubmatch(token)
		target, label := m[1], m[2]
		switch {
		case strings.HasPrefix(target, "@"):
			if label != "" {
				return "@" + strings.TrimPrefix(label, "@")
			}
			return target
		case strings.HasPrefix(target, "#"):
			if label != "" {
				return "#" + strings.TrimPrefix(label, "#")
			}
			return target
		case strings.HasPrefix(target, "!"):
			if label != "" {
				return label
			}
			return "@" + target[1:]
		case label != "":
			return label
		}
		return strings.TrimPrefix(target, "mailto:")
	})
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}
