package teamstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Presses presses the newest button that has this title. A button that opens
// an address, or shows more of the card, brings nothing: the Answer is zero.
// False where no such button is, or where something that is needed is not
// filled in: the client then says so at the input, and sends nothing.
func (p *Person) Presses(title string) (Answer, bool) {
	p.server.mu.Lock()
	for _, m := range slices.Backward(p.chat().messages) {
		look := m.look()
		if slices.Contains(look.Demand, title) {
			m.demand(title)
			p.server.mu.Unlock()
			return Answer{}, true
		}
		for _, b := range look.Buttons {
			if b.Title != title {
				continue
			}
			if b.Kind == "OpenUrl" {
				p.server.mu.Unlock()
				return Answer{}, true
			}
			action, ok := m.filledIn(p.knows(b.Action))
			p.server.mu.Unlock()
			if !ok {
				return Answer{}, false
			}
			return p.Acts(m.id, action), true
		}
	}
	p.server.mu.Unlock()
	return Answer{}, false
}

// knows is what the person's client makes of an action.
func (p *Person) knows(action object) object {
	if old := object1(action["fallback"]); p.Old && text(action["type"]) == "Action.Execute" && old != nil {
		return old
	}
	return action
}

// Acts sends an action, of that card or not, as a client does:
// Action.Execute is an invoke whose answer is what one sees, Action.Submit a
// message. The data of the action is sent as it stands.
func (p *Person) Acts(message string, action map[string]any) Answer {
	if text(action["type"]) != "Action.Execute" {
		return p.server.bring(p.makes("message-card-submit", Activity{"value": action["data"], "replyToId": message}))
	}
	sent := object{"type": "Action.Execute", "title": action["title"], "verb": action["verb"], "data": action["data"]}
	if id := text(action["id"]); id != "" {
		sent["id"] = id
	}
	out := p.server.bring(p.makes("invoke-card-action", Activity{"replyToId": message, "value": object{"action": sent, "trigger": "manual"}}))
	p.answered(message, out)
	return out
}

// filledIn is a button's action with the values of the inputs in its data;
// false where a value is missing.
func (m *message) filledIn(action object) (object, bool) {
	action = copied(action)
	if text(action["associatedInputs"]) == "none" {
		return action, true
	}
	data := object1(action["data"])
	if data == nil {
		data = object{}
	}
	for _, c := range cards(m.activity) {
		for _, in := range inputs(c) {
			id := text(in["id"])
			value := m.inputs[id]
			if in["isRequired"] == true && strings.TrimSpace(value) == "" {
				return nil, false
			}
			if expression := text(in["regex"]); expression != "" && value != "" && !regexp.MustCompile(expression).MatchString(value) {
				return nil, false
			}
			data[id] = value
		}
	}
	action["data"] = data
	return action, true
}

// demand shows or hides what a button has shown on demand.
func (m *message) demand(title string) {
	for _, c := range cards(m.activity) {
		for _, b := range buttons(c) {
			if text(b["title"]) != title {
				continue
			}
			m.toggled["card "+title] = !m.toggled["card "+title]
			for _, target := range list(b["targetElements"]) {
				m.toggle(c, target)
			}
		}
	}
}

func (m *message) toggle(c object, target any) {
	id := text(target)
	if part := object1(target); part != nil {
		id = text(part["elementId"])
		if visible, ok := part["isVisible"].(bool); ok {
			m.toggled[id] = visible
			return
		}
	}
	shown, ok := m.toggled[id]
	if !ok {
		shown = true
		walk(c, func(part object) {
			if text(part["id"]) == id && part["isVisible"] == false {
				shown = false
			}
		})
	}
	m.toggled[id] = !shown
}

// Chooses chooses among the choices of an input of the newest card that has it,
// by its label or id, and by the choices' titles; false where one is not there.
func (p *Person) Chooses(label string, titles ...string) bool {
	return p.fills(label, func(in Input) (string, bool) {
		var values []string
		for _, title := range titles {
			i := slices.IndexFunc(in.Choices, func(c Choice) bool { return c.Title == title })
			if i < 0 {
				return "", false
			}
			values = append(values, in.Choices[i].Value)
		}
		return strings.Join(values, ","), in.Several || len(values) == 1
	})
}

// Types fills in an input of the newest card that has it, as far as the client
// lets them: false for what is not a time, a number, a date.
func (p *Person) Types(label, value string) bool {
	return p.fills(label, func(in Input) (string, bool) {
		forms := map[string]string{"Time": "15:04", "Date": time.DateOnly}
		if form := forms[in.Kind]; form != "" && value != "" {
			_, err := time.Parse(form, value)
			return value, err == nil
		}
		if in.Kind == "Number" && value != "" && json.Unmarshal([]byte(value), new(float64)) != nil {
			return "", false
		}
		return value, in.Choices == nil
	})
}

func (p *Person) fills(label string, value func(Input) (string, bool)) bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, m := range slices.Backward(p.chat().messages) {
		for _, in := range m.look().Inputs {
			if in.Label != label && in.ID != label {
				continue
			}
			v, ok := value(in)
			if ok {
				m.inputs[in.ID] = m.within(in.ID, v)
			}
			return ok
		}
	}
	return false
}

// within is a text as long as an input takes it.
func (m *message) within(id, value string) string {
	for _, c := range cards(m.activity) {
		for _, in := range inputs(c) {
			if most := int(number(in["maxLength"])); text(in["id"]) == id && most > 0 && len([]rune(value)) > most {
				return string([]rune(value)[:most])
			}
		}
	}
	return value
}

// answered shows what the bot answered to a press:
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#response-format
func (p *Person) answered(message string, out Answer) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if !out.Taken() {
		p.wrong = append(p.wrong, fmt.Sprintf("answered %d: %v", out.Status, out.Err))
		return
	}
	var body struct {
		StatusCode int             `json:"statusCode"`
		Type       string          `json:"type"`
		Value      json.RawMessage `json:"value"`
	}
	decoder := json.NewDecoder(bytes.NewReader(out.Body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil || out.Status != http.StatusOK {
		p.misanswered("the answer to a press is not one: %v", err)
		return
	}
	switch shape := fmt.Sprint(body.StatusCode, " ", body.Type); shape {
	case "200 application/vnd.microsoft.activity.message":
		var words string
		if json.Unmarshal(body.Value, &words) != nil || strings.TrimSpace(words) == "" {
			p.misanswered("the answer to a press is a message without words")
			return
		}
		p.told = append(p.told, words)
	case "200 " + cardType:
		var c object
		_ = json.Unmarshal(body.Value, &c)
		if problem := CardProblem(c); problem != "" {
			p.misanswered("the answer to a press: %s", problem)
			return
		}
		p.replaced(message, c)
	case "400 application/vnd.microsoft.error", "500 application/vnd.microsoft.error":
		var e struct{ Code, Message string }
		if json.Unmarshal(body.Value, &e) != nil || e.Code == "" || e.Message == "" {
			p.misanswered("the answer to a press is an error without code and message")
			return
		}
		p.wrong = append(p.wrong, e.Message)
	default:
		p.misanswered("the answer to a press has a shape that is not documented: %s", shape)
	}
}

func (p *Person) misanswered(format string, arguments ...any) {
	p.server.violate(format, arguments...)
	p.wrong = append(p.wrong, fmt.Sprintf(format, arguments...))
}

// replaced puts a card in the place of the one that was pressed.
func (p *Person) replaced(message string, c object) {
	for _, m := range p.chat().messages {
		if m.id == message {
			m.becomes(object{"type": "message", "attachments": []any{object{"contentType": cardType, "content": c}}})
			return
		}
	}
}
