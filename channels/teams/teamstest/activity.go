package teamstest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// The content types of what can be attached.
const (
	cardType    = "application/vnd.microsoft.card.adaptive"
	consentType = "application/vnd.microsoft.teams.card.file.consent"
	fileType    = "application/vnd.microsoft.teams.card.file.info"
)

// fields that an activity of a bot may have:
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
var fields = []string{
	"type", "id", "text", "textFormat", "summary", "attachments", "attachmentLayout", "inputHint", "locale", "importance", "speak", "channelData",
	"entities", "replyToId", "from", "recipient", "conversation", "serviceUrl", "channelId", "timestamp", "deliveryMode",
}

// activityProblem is why an activity is refused; "" where it is not.
func activityProblem(a object, conversation string) string {
	for name := range a {
		if !slices.Contains(fields, name) {
			return fmt.Sprintf("an activity has no %q", name)
		}
	}
	if in, ok := a["conversation"]; ok && text(object1(in)["id"]) != conversation {
		return "the conversation is another than that of the address"
	}
	switch text(a["type"]) {
	case "typing":
		return ""
	case "message":
		return messageProblem(a)
	}
	return fmt.Sprintf("an activity of the type %q", text(a["type"]))
}

func messageProblem(a object) string {
	for _, name := range []string{"text", "summary", "textFormat", "locale"} {
		if v, ok := a[name]; ok {
			if _, is := v.(string); !is {
				return name + " is not a text"
			}
		}
	}
	if f := text(a["textFormat"]); f != "" && !slices.Contains([]string{"plain", "markdown", "xml"}, f) {
		return fmt.Sprintf("a text in the format %q", f)
	}
	attachments, ok := a["attachments"].([]any)
	if _, there := a["attachments"]; there && !ok {
		return "attachments are not a list"
	}
	if !hasText(a) && len(attachments) == 0 {
		return "neither a text nor attachments"
	}
	for _, each := range attachments {
		if problem := attachmentProblem(object1(each)); problem != "" {
			return problem
		}
	}
	return ""
}

func hasText(a object) bool { return strings.TrimSpace(text(a["text"])) != "" }

func attachmentProblem(a object) string {
	for name := range a {
		if !slices.Contains([]string{"contentType", "content", "contentUrl", "name", "thumbnailUrl"}, name) {
			return fmt.Sprintf("an attachment has no %q", name)
		}
	}
	content, ok := a["content"].(object)
	switch kind := text(a["contentType"]); {
	case kind == "":
		return "an attachment without contentType"
	case kind == cardType && !ok:
		return "an Adaptive Card without content"
	case kind == cardType:
		return CardProblem(content)
	case kind == consentType:
		if text(content["description"]) == "" || number(content["sizeInBytes"]) <= 0 || text(a["name"]) == "" {
			return "a file consent card needs name, description and sizeInBytes"
		}
		return ""
	case kind == fileType:
		if text(content["uniqueId"]) == "" || text(content["fileType"]) == "" || text(a["contentUrl"]) == "" {
			return "a file info card needs contentUrl, uniqueId and fileType"
		}
		return ""
	case slices.Contains([]string{"image/png", "image/jpeg", "image/gif"}, kind):
		if pictureAddress(text(a["contentUrl"])) {
			return ""
		}
		return "a picture without an address that Teams can open"
	default:
		return fmt.Sprintf("an attachment of the type %q", kind)
	}
}

// mostDataURI is how much of a picture may stand in the message itself.
const mostDataURI = 32 * 1024

// pictureAddress says whether Teams shows a picture from there.
func pictureAddress(address string) bool {
	if strings.HasPrefix(address, "data:image/") {
		return strings.Contains(address, ";base64,") && len(address) <= mostDataURI
	}
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != ""
}

// text, number, object1 and list read JSON that may be anything.
func text(v any) string      { s, _ := v.(string); return s }
func number(v any) float64   { n, _ := v.(float64); return n }
func object1(v any) object   { o, _ := v.(object); return o }
func list(v any) (all []any) { all, _ = v.([]any); return all }

// cards are the Adaptive Cards of an activity.
func cards(activity object) []object {
	var all []object
	for _, a := range list(activity["attachments"]) {
		if text(object1(a)["contentType"]) == cardType {
			all = append(all, object1(object1(a)["content"]))
		}
	}
	return all
}
