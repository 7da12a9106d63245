package teamstest

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// shape is what a part of a card may hold: properties by name. Those with a
// star must be there.
type shape map[string]property

// property judges a value.
type property func(j *judge, at string, v any)

// common properties: of each element, and of each input, beside its own.
var (
	ofElements = shape{
		"id": words, "isVisible": yes, "separator": yes, "height": oneOf("auto", "stretch"), "fallback": fallback, "requires": anything,
		"spacing": oneOf("default", "none", "small", "medium", "large", "extraLarge", "padding"),
	}
	ofInputs = shape{"id*": words, "label*": words, "isRequired": yes, "errorMessage": words}
	ofText   = shape{
		"color": colour, "fontType": oneOf("default", "monospace"), "isSubtle": yes,
		"size": oneOf("default", "small", "medium", "large", "extraLarge"), "weight": oneOf("default", "lighter", "bolder"),
	}
	ofContainers = shape{
		"style": style, "bleed": yes, "minHeight": pixels, "rtl": yes, "selectAction": selectAction, "verticalContentAlignment": vertical, "backgroundImage": background,
	}
	ofActions = shape{
		"id": words, "title*": title, "iconUrl": picture, "style": oneOf("default", "positive", "destructive"), "fallback": fallbackAction,
		"tooltip": words, "isEnabled": yes, "mode": oneOf("primary", "secondary"), "requires": anything,
	}
)

var (
	column  = with(ofElements, ofContainers, shape{"items": items, "width": columnWidth})
	run     = with(ofText, shape{"text*": anyWords, "highlight": yes, "italic": yes, "strikethrough": yes, "underline": yes, "selectAction": selectAction})
	inCards = shape{
		"body": items, "actions": actions, "selectAction": selectAction, "fallbackText": words, "speak": spoken, "lang": language, "minHeight": pixels, "rtl": yes,
		"verticalContentAlignment": vertical, "backgroundImage": background, "$schema": words,
	}
	card = with(inCards, shape{"version*": version, "fallbackText*": words, "speak*": spoken, "body*": items, "msteams": teamsOnly, "metadata": anything})
)

// known are the elements and actions of https://adaptivecards.io/explorer/,
// version 1.5.
type known struct{ elements, actions map[string]shape }

var schema = sync.OnceValue(func() known {
	return known{
		elements: map[string]shape{
			"TextBlock": with(ofElements, ofText, shape{
				"text*": words, "wrap*": wrapped, "maxLines": cut, "horizontalAlignment": horizontal, "style": oneOf("default", "heading", "columnHeader"),
			}),
			"RichTextBlock": with(ofElements, shape{"inlines*": inlines, "horizontalAlignment": horizontal}),
			"Image": with(ofElements, shape{
				"url*": picture, "altText*": words, "size": oneOf("auto", "stretch", "small", "medium", "large"), "style": oneOf("default", "person"),
				"width": pixels, "height": height, "horizontalAlignment": horizontal, "backgroundColor": words, "selectAction": selectAction,
			}),
			"ImageSet":  with(ofElements, shape{"images*": images, "imageSize": oneOf("auto", "stretch", "small", "medium", "large")}),
			"Container": with(ofElements, ofContainers, shape{"items*": items}),
			"ColumnSet": with(ofElements, shape{
				"columns*": columns, "style": style, "bleed": yes, "minHeight": pixels, "horizontalAlignment": horizontal, "selectAction": selectAction,
			}),
			"FactSet":   with(ofElements, shape{"facts*": facts}),
			"ActionSet": with(ofElements, shape{"actions*": actions}),
			"Table": with(ofElements, shape{
				"columns*": tableColumns, "rows*": tableRows, "firstRowAsHeader": yes, "firstRowAsHeaders": yes, "showGridLines": yes, "gridStyle": style,
				"horizontalCellContentAlignment": horizontal, "verticalCellContentAlignment": vertical,
			}),
			"Input.Text": with(ofElements, ofInputs, shape{
				"value": anyWords, "placeholder": words, "maxLength": count, "isMultiline": yes, "regex": pattern,
				"style": oneOf("text", "tel", "url", "email", "password"), "inlineAction": selectAction,
			}),
			"Input.Number": with(ofElements, ofInputs, shape{"value": figure, "min": figure, "max": figure, "placeholder": words}),
			"Input.Date":   with(ofElements, ofInputs, shape{"value": date, "min": date, "max": date, "placeholder": words}),
			"Input.Time":   with(ofElements, ofInputs, shape{"value": clock, "min": clock, "max": clock, "placeholder": words}),
			"Input.Toggle": with(ofElements, ofInputs, shape{"title*": words, "value": anyWords, "valueOn": words, "valueOff": words, "wrap*": wrapped}),
			"Input.ChoiceSet": with(ofElements, ofInputs, shape{
				"choices*": choices, "value": anyWords, "placeholder": words, "isMultiSelect": yes, "style": oneOf("compact", "expanded", "filtered"), "wrap": yes,
			}),
		},
		actions: map[string]shape{
			"Action.Submit":  with(ofActions, shape{"data*": data, "associatedInputs": oneOf("auto", "none")}),
			"Action.Execute": with(ofActions, shape{"data*": data, "verb*": words, "associatedInputs": oneOf("auto", "none"), "fallback*": fallbackAction}),
			"Action.OpenUrl": with(ofActions, shape{"url*": link}),
			"Action.ShowCard": with(ofActions, shape{
				"card*": shownCard,
			}),
			"Action.ToggleVisibility": with(ofActions, shape{"targetElements*": targets}),
		},
	}
})

// with is all properties together; a later one wins, starred or not.
func with(shapes ...shape) shape {
	all := shape{}
	for _, s := range shapes {
		for name, p := range s {
			bare := strings.TrimSuffix(name, "*")
			delete(all, bare)
			delete(all, bare+"*")
			all[name] = p
		}
	}
	return all
}

func anything(*judge, string, any) {}

func yes(j *judge, at string, v any) {
	if _, ok := v.(bool); !ok {
		j.fails(at, "is neither true nor false")
	}
}

func wrapped(j *judge, at string, v any) {
	if v != true {
		j.fails(at, "is not true: what is longer than a line would be cut")
	}
}

func cut(j *judge, at string, _ any) { j.fails(at, "would cut a text") }

// words is a text with something to read in it.
func words(j *judge, at string, v any) {
	if s, ok := v.(string); !ok || strings.TrimSpace(s) == "" {
		j.fails(at, "is not a text, or empty")
	}
}

func anyWords(j *judge, at string, v any) {
	if _, ok := v.(string); !ok {
		j.fails(at, "is not a text")
	}
}

// longestTitle is what shows of a button on a narrow phone.
const longestTitle = 40

func title(j *judge, at string, v any) {
	words(j, at, v)
	if n := len([]rune(text(v))); n > longestTitle {
		j.fails(at, "has %d characters, at most %d show on a button", n, longestTitle)
	}
	if strings.ContainsAny(text(v), "\r\n") {
		j.fails(at, "has more than one line")
	}
}

func oneOf(values ...string) property {
	return func(j *judge, at string, v any) {
		if !slices.ContainsFunc(values, func(one string) bool { return strings.EqualFold(one, text(v)) }) {
			j.fails(at, "is %q, not one of %v", v, values)
		}
	}
}

var (
	colour     = oneOf("default", "dark", "light", "accent", "good", "warning", "attention")
	style      = oneOf("default", "emphasis", "good", "attention", "warning", "accent")
	horizontal = oneOf("left", "center", "right")
	vertical   = oneOf("top", "center", "bottom")
	language   = oneOf("fr", "nl", "de", "en", "fr-BE", "nl-BE", "de-BE", "en-GB")
)

func matches(expression, problem string) property {
	compiled := regexp.MustCompile(expression)
	return func(j *judge, at string, v any) {
		if s, ok := v.(string); !ok || !compiled.MatchString(s) {
			j.fails(at, "%v %s", v, problem)
		}
	}
}

var (
	pixels  = matches(`^[0-9]+px$`, "is not a number of pixels (80px)")
	height  = matches(`^(auto|stretch|[0-9]+px)$`, "is not a height")
	version = matches(`^1\.5$`, "is not version 1.5")
)

func columnWidth(j *judge, at string, v any) {
	if n, ok := v.(float64); ok && n > 0 {
		return
	}
	matches(`^(auto|stretch|[0-9]+px|[0-9]+)$`, "is not a width")(j, at, v)
}

func figure(j *judge, at string, v any) {
	if _, ok := v.(float64); !ok {
		j.fails(at, "is not a number")
	}
}

func count(j *judge, at string, v any) {
	if n, ok := v.(float64); !ok || n < 1 || n != math.Trunc(n) {
		j.fails(at, "is not a count")
	}
}

func layout(form string) property {
	return func(j *judge, at string, v any) {
		if _, err := time.Parse(form, text(v)); err != nil {
			j.fails(at, "%v is not written as %s", v, form)
		}
	}
}

var (
	date  = layout(time.DateOnly)
	clock = layout("15:04")
)

func pattern(j *judge, at string, v any) {
	if _, err := regexp.Compile(text(v)); err != nil || text(v) == "" {
		j.fails(at, "is not a pattern")
	}
}

func picture(j *judge, at string, v any) {
	if !pictureAddress(text(v)) {
		j.fails(at, "%.60q is neither an https address nor a small data URI", text(v))
	}
}

func background(j *judge, at string, v any) {
	if o, ok := v.(object); ok {
		v = o["url"]
	}
	picture(j, at, v)
}

func link(j *judge, at string, v any) {
	u, err := url.Parse(text(v))
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost") {
		j.fails(at, "%.60q is not an https address", text(v))
	}
}

// spoken is plain, or SSML.
func spoken(j *judge, at string, v any) {
	words(j, at, v)
	if s := strings.TrimSpace(text(v)); strings.HasPrefix(s, "<") && !wellFormed(s) {
		j.fails(at, "is not well-formed SSML")
	}
}
