package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/channels/markup"
)

// A question with one right choice can be asked as Telegram's own quiz, which
// marks the answer at once. Its receipt names the message and the poll, since
// an answer names only the poll: "57 poll-5432"; so nobody has to remember it.
// "I do not know" and the like are buttons beneath. A poll never becomes text:
// when it is answered it is stopped, and the feedback is said below it.

// poll is a message as a quiz.
type poll struct {
	question, explanation string
	options               []string
	right                 int
	buttons               channels.Message // what stands beneath
}

// quizOf returns a message as a quiz; false where it does not fit one, or
// would lose something in it.
// https://core.telegram.org/bots/api#sendpoll
func quizOf(m channels.Message) (poll, bool) {
	if m.Quiz == nil || m.Form != nil || m.Document != nil || m.Title != "" || m.After != "" || m.Verdict != nil {
		return poll{}, false
	}
	p := poll{question: line(m.Text), right: m.Quiz.Right}
	for _, c := range m.Choices {
		if c.Role != channels.Answer {
			p.buttons.Choices = append(p.buttons.Choices, c)
			continue
		}
		p.options = append(p.options, line(c.Label))
	}
	switch {
	case p.question == "" || strings.Contains(strings.TrimSpace(m.Text), "\n") || markup.Units(p.question) > maxQuestion:
		return p, false // several lines of a text run into one another
	case len(p.options) < minOptions || len(p.options) > maxOptions || p.right < 0 || p.right >= len(p.options):
		return p, false
	case unfit(p.options):
		return p, false
	}
	if m.Steps != nil {
		if with := line(m.Steps.Label) + " · " + p.question; markup.Units(with) <= maxQuestion {
			p.question = with
		}
	}
	explanation := strings.TrimSpace(markup.Plain(m.Quiz.Explanation))
	if markup.Units(explanation) <= maxExplanation && strings.Count(explanation, "\n") <= maxBreaks && whole(explanation) {
		p.explanation = explanation // it is said in full with the feedback
	}
	return p, true
}

// line is a text of one line as a poll takes it.
func line(text string) string {
	return strings.Join(strings.Fields(markup.PlainLine(text)), " ")
}

// unfit says whether an answer is empty, too long, or there twice.
func unfit(options []string) bool {
	seen := make(map[string]bool)
	for _, o := range options {
		if o == "" || seen[o] || markup.Units(o) > maxOption || !whole(o) {
			return true
		}
		seen[o] = true
	}
	return false
}

// whole says that a text has nothing which the API would take out or refuse.
func whole(text string) bool {
	return strings.ToValidUTF8(text, "") == text && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' })
}

// ask sends a quiz.
func (a *Adapter) ask(ctx context.Context, conversation string, p poll) (string, error) {
	options := make([]map[string]string, len(p.options))
	for i, o := range p.options {
		options[i] = map[string]string{"text": o}
	}
	encoded, err := json.Marshal(options)
	if err != nil {
		return "", err // texts: cannot happen
	}
	right := strconv.Itoa(p.right)
	params := tgbotapi.Params{
		"chat_id": conversation, "type": "quiz", "question": p.question, "options": string(encoded),
		// The older name, and the one that took its place.
		"correct_option_id": right, "correct_option_ids": "[" + right + "]",
		"is_anonymous": "false", "allows_revoting": "false",
		"protect_content": "true", // passed on, others would answer it
	}
	params.AddNonEmpty("explanation", p.explanation)
	if err := withButtons(params, a.keyboard(conversation, p.buttons)); err != nil {
		return "", err
	}
	var said struct {
		message
		Poll struct {
			ID string `json:"id"`
		} `json:"poll"`
	}
	err = a.call(ctx, "sendPoll", params, &said)
	if err != nil || said.Poll.ID == "" {
		return said.receipt(), err
	}
	return said.receipt() + " " + pollName(said.Poll.ID), nil
}

// pollName is a poll in a receipt: no message is called so.
func pollName(id string) string { return "poll-" + id }

// ofPoll parts a receipt into its message, and whether that is a poll.
func ofPoll(receipt string) (message string, is bool) {
	message, _, is = strings.Cut(receipt, " poll-")
	return message, is
}

// stop ends a poll: nobody can answer it any more, and its buttons go.
func (a *Adapter) stop(ctx context.Context, conversation, message string) error {
	return a.call(ctx, "stopPoll", tgbotapi.Params{"chat_id": conversation, "message_id": message}, nil)
}
