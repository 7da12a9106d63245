package teamstest

import (
	"fmt"
	"strings"
	"testing"
)

func block(words string) object { return object{"type": "TextBlock", "text": words, "wrap": true} }

func put(part object, name string, value any) object {
	changed := copied(part)
	if changed[name] = value; value == nil {
		delete(changed, name)
	}
	return changed
}

// The parts of a card as they should be.
var (
	submit  = object{"type": "Action.Submit", "title": "Répondre", "data": object{"v": "answer.1"}}
	execute = object{"type": "Action.Execute", "title": "Répondre", "verb": "answer", "data": object{"v": "answer.1"}, "fallback": submit}
	asks    = object{"type": "Input.Text", "id": "text", "label": "Votre réponse", "isRequired": true, "errorMessage": "Une réponse, s'il vous plaît."}
	chooses = object{
		"type": "Input.ChoiceSet", "id": "choices", "label": "Plusieurs", "style": "expanded", "wrap": true, "isMultiSelect": true,
		"choices": []any{object{"title": "un", "value": "0"}, object{"title": "deux", "value": "1"}},
	}
	shows = object{"type": "Image", "url": "https://example.org/a.png", "altText": "Un point"}
)

func titled(part object, title string) object {
	return put(put(part, "title", title), "fallback", put(submit, "title", title))
}

func many(n int, part object) []any {
	var all []any
	for range n {
		all = append(all, copied(part))
	}
	return all
}

func set(actions ...any) object { return object{"type": "ActionSet", "actions": actions} }

func TestCards(t *testing.T) {
	whole := object1(object1(list(cardOf(block("Bonjour"))["attachments"])[0])["content"])
	with := func(body ...any) object { return put(whole, "body", body) }
	acts := func(actions ...any) object { return put(whole, "actions", actions) }
	for _, row := range []struct {
		label   string
		card    object
		problem string // "" for none
	}{
		{"a text", whole, ""},
		{"another version", put(whole, "version", "1.6"), "1.5"},
		{"no version", put(whole, "version", nil), "version"},
		{"no type", put(whole, "type", nil), "type"},
		{"nothing to read aloud", put(whole, "speak", nil), "speak"},
		{"speech that is cut short", put(whole, "speak", "<speak>Bonjour"), "SSML"},
		{"speech", put(whole, "speak", "<speak>Bonjour</speak>"), ""},
		{"no words for an old client", put(whole, "fallbackText", " "), "fallbackText"},
		{"an unknown property", put(whole, "colour", "red"), "colour"},

		{"an empty text", with(block(" ")), "text"},
		{"a text of a number", with(put(block(""), "text", 4)), "text"},
		{"a text that is not wrapped", with(put(block("x"), "wrap", nil)), "wrap"},
		{"a text that is cut", with(put(block("x"), "maxLines", 2)), "maxLines"},
		{"a misspelt property", with(put(block("x"), "wieght", "bolder")), "wieght"},
		{"a size that is not one", with(put(block("x"), "size", "huge")), "size"},
		{"an unknown element", with(object{"type": "Carousel"}), "Carousel"},
		{"a film", with(object{"type": "Media", "sources": []any{}}), "media"},
		{"an element without type", with(object{"text": "x"}), "type"},
		{"deep within", with(object{"type": "Container", "items": []any{object{"type": "ColumnSet", "columns": []any{object{"type": "Column", "items": []any{block("")}}}}}}), "columns[0].items[0].text"},
		{"facts", with(object{"type": "FactSet", "facts": []any{object{"title": "a", "value": "b"}}}), ""},
		{"a fact without words", with(object{"type": "FactSet", "facts": []any{object{"title": "", "value": "b"}}}), "title"},
		{"runs", with(object{"type": "RichTextBlock", "inlines": []any{"a", object{"type": "TextRun", "text": "b", "italic": true}}}), ""},

		{"a picture", with(shows), ""},
		{"a picture without words", with(put(shows, "altText", nil)), "altText"},
		{"a picture over http", with(put(shows, "url", "http://example.org/a.png")), "url"},
		{"a small picture in the card", with(put(shows, "url", "data:image/png;base64,"+strings.Repeat("A", mostDataURI-22))), ""},
		{"a large picture in the card", with(put(shows, "url", "data:image/png;base64,"+strings.Repeat("A", mostDataURI-21))), "url"},

		{"an input", put(with(asks), "actions", []any{execute}), ""},
		{"an input that nothing sends", with(asks), "sends"},
		{"an input without id", put(with(put(asks, "id", "")), "actions", []any{execute}), "id"},
		{"an input without label", put(with(put(asks, "label", nil)), "actions", []any{execute}), "label"},
		{"two inputs with one id", put(with(asks, asks), "actions", []any{execute}), "id"},
		{"an input that stops without a word", put(with(put(asks, "errorMessage", nil)), "actions", []any{execute}), "errorMessage"},
		{"an input over a button's data", put(with(put(asks, "id", "v")), "actions", []any{execute}), "takes the place"},
		{"choices", put(with(chooses), "actions", []any{execute}), ""},
		{"no choices", put(with(put(chooses, "choices", []any{})), "actions", []any{execute}), "choices"},
		{"a choice without title", put(with(put(chooses, "choices", []any{object{"title": "", "value": "0"}})), "actions", []any{execute}), "title"},
		{"a choice without value", put(with(put(chooses, "choices", []any{object{"title": "x"}})), "actions", []any{execute}), "value"},
		{"two choices of one value", put(with(put(chooses, "choices", many(2, object{"title": "x", "value": "0"}))), "actions", []any{execute}), "another choice"},
		{"a value with a comma", put(with(put(chooses, "choices", []any{object{"title": "x", "value": "0,1"}})), "actions", []any{execute}), "comma"},
		{"filled in with another value", put(with(put(chooses, "value", "0,7")), "actions", []any{execute}), "among its choices"},
		{"choices that are not wrapped", put(with(put(chooses, "wrap", nil)), "actions", []any{execute}), "wrapped"},
		{"a time", put(with(object{"type": "Input.Time", "id": "t", "label": "Heure", "value": "08:30"}), "actions", []any{execute}), ""},
		{"a time that is not one", put(with(object{"type": "Input.Time", "id": "t", "label": "Heure", "value": "8h30"}), "actions", []any{execute}), "value"},

		{"six buttons", acts(many(6, execute)...), ""},
		{"seven buttons", acts(many(7, execute)...), "7 buttons"},
		{"seven buttons, one of them folded", acts(append(many(6, execute), put(execute, "mode", "secondary"))...), ""},
		{"twice six buttons in sets", with(set(many(6, execute)...), set(many(6, execute)...)), ""},
		{"seven buttons in a set", with(set(many(7, execute)...)), "7 buttons"},
		{"no button", put(whole, "actions", []any{}), "actions"},
		{"a button without verb", acts(put(execute, "verb", nil)), "verb"},
		{"a button without data", acts(put(execute, "data", nil)), "data"},
		{"a button with a text as data", acts(put(submit, "data", "v")), "data"},
		{"a button without fallback", acts(put(execute, "fallback", nil)), "fallback"},
		{"a button that falls away", acts(put(execute, "fallback", "drop")), "fall back"},
		{"a button that falls back to other words", acts(put(execute, "fallback", put(submit, "title", "x"))), "other words"},
		{"a button whose fallback is wrong", acts(put(execute, "fallback", put(submit, "data", nil))), "data"},
		{"a button without title", acts(titled(execute, " ")), "title"},
		{"a title that shows", acts(titled(execute, strings.Repeat("é", longestTitle))), ""},
		{"a title that is cut", acts(titled(execute, strings.Repeat("é", longestTitle+1))), "41 characters"},
		{"an unknown action", acts(object{"type": "Action.Http", "title": "x"}), "Action.Http"},
		{"a link", acts(object{"type": "Action.OpenUrl", "title": "x", "url": "https://example.org"}), ""},
		{"a link that runs", acts(object{"type": "Action.OpenUrl", "title": "x", "url": "javascript:alert(1)"}), "url"},
		{"more on demand", put(with(put(put(block("x"), "id", "more"), "isVisible", false)), "actions", []any{object{"type": "Action.ToggleVisibility", "title": "Plus", "targetElements": []any{"more"}}}), ""},
		{"nothing on demand", acts(object{"type": "Action.ToggleVisibility", "title": "Plus", "targetElements": []any{"more"}}), "more"},
	} {
		problem := CardProblem(copied(row.card))
		if (problem == "") != (row.problem == "") || !strings.Contains(problem, row.problem) {
			t.Errorf("%s: %q, want %q", row.label, problem, row.problem)
		}
	}
}

func TestRead(t *testing.T) {
	for _, row := range []struct{ source, read, links string }{
		{"**Lisez** *tout* _cela_", "Lisez tout cela", ""},
		{"[Safeonweb](https://safeonweb.be) et <https://x.be>", "Safeonweb et https://x.be", "[https://safeonweb.be https://x.be]"},
		{"- un\n- deux", "un\ndeux", ""},
		{"1. un\n2. deux", "un\ndeux", ""},
		{"# titre", "titre", ""},
		{"a\n\nb", "a\nb", ""},
		{"&\u2060lt;", "&lt;", ""},
		{`a\#b`, `a\#b`, ""},
		{`\*a\* \[x\](y) \\ a &lt; b &amp;amp;`, `*a* [x](y) \ a < b &amp;`, ""},
		{"a < b > c & d", "a < b > c & d", ""},
		{"<b>gras</b>", "<b>gras</b>", ""},
		{"<script>\nalert(1)", "<script>\nalert(1)", ""},
		{"`a < b`", "a < b", ""},
		{"a ![x](https://evil.example/p.png) b", "a  b", "[https://evil.example/p.png]"},
		{"le {{DATE(2027-03-01T12:00:00Z,SHORT)}} à {{TIME(2027-03-01T12:05:00Z)}}", "le 1/3/2027 à 12:05", ""},
		{"{{.Secret}} ${x} {{DATE(demain)}}", "{{.Secret}} ${x} {{DATE(demain)}}", ""},
	} {
		read, links := Read(row.source)
		if read != row.read || links != nil && fmt.Sprint(links) != row.links || links == nil && row.links != "" {
			t.Errorf("%q reads %q %v, want %q %s", row.source, read, links, row.read, row.links)
		}
	}
	if read, _ := readBy(inMessage, "un <b>gras</b>"); read != "un gras" {
		t.Errorf("in a message HTML counts: %q", read)
	}
}
