package console

import (
	"errors"
	"html/template"
	"time"

	"praline/bot/inbox"
	"praline/bot/people"
	"praline/channels/markup"
	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
)

func (c *Console) answerPages() []page {
	return []page{
		{"GET /console/answers", people.AnswerLearners, c.answers},
		{"GET /console/answers/{question}", people.AnswerLearners, c.question},
		{"POST /console/answers/{question}", people.AnswerLearners, c.answer},
		{"POST /console/answers/{question}/draft", people.WriteSeries, c.suggest},
	}
}

// asked is a question as a trainer sees it: nothing of it says who asked.
type asked struct {
	Path, Short, About, At, Said string
	Answered                     bool
}

type answersView struct {
	Lead     string
	Open     []asked
	Answered []asked
	Pages    pageOf // of Answered
}

// answeredMost stand on one page.
const answeredMost = 25

// answersPath is where questions of learners are.
const answersPath = "/console/answers"

func (c *Console) answers(v *visit) error {
	open, answered, err := c.options.Inbox.Questions(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	catalogue, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	data := answersView{Lead: v.W.Say("answers.none-wait"), Pages: v.paged(len(answered), answeredMost)}
	if len(open) > 0 {
		data.Lead = v.W.Count("answers.wait", len(open), "words", capital(v.W.InWords(len(open))), "since", v.moment(open[0].At))
	}
	for _, q := range open {
		data.Open = append(data.Open, v.asked(catalogue, q))
	}
	for _, q := range answered[data.Pages.From-1 : data.Pages.To] {
		data.Answered = append(data.Answered, v.asked(catalogue, q))
	}
	return v.draw("answers", "answers.title", data)
}

func (v *visit) asked(catalogue lessons.Catalogue, q inbox.Question) asked {
	a := asked{Path: "/console/answers/" + q.ID, Short: markup.Short(q.Text, 160), At: v.moment(q.At), About: aboutWords(catalogue, q.About, v.W.Lang)}
	if q.Answer != nil {
		a.Answered, a.Said = true, v.W.Say("answers.answered-by", "name", q.Answer.Name, "at", v.moment(q.Answer.At))
	}
	return a
}

// aboutWords names the series and the lesson that a question is about, "" where
// it is about none, or none that is still taught.
func aboutWords(catalogue lessons.Catalogue, about inbox.About, lang string) string {
	s := catalogue.Series(about.Series)
	if s == nil {
		return ""
	}
	words := s.Title.In(lang)
	for _, lesson := range s.Lessons {
		if lesson.ID == about.Lesson {
			words += ", " + lesson.In(lang).Title
		}
	}
	return words
}

type questionView struct {
	asked
	Text, Name, Lang string
	On               template.HTML // the lesson's question that it is about
	Answer           template.HTML
	Told             bool
	Suggest          bool   // the answer can go into a draft
	Draft            string // where it was put
}

func (c *Console) question(v *visit) error {
	data, err := c.questionOf(v)
	if err != nil {
		return err
	}
	return v.draw("answer", "answers.question", data)
}

func (c *Console) questionOf(v *visit) (questionView, error) {
	q, err := c.options.Inbox.Question(v.ctx(), v.Org, v.r.PathValue("question"))
	if err != nil {
		return questionView{}, err
	}
	catalogue, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return questionView{}, err
	}
	data := questionView{asked: v.asked(catalogue, q), Text: q.Text, Name: q.Name, Lang: q.Lang, Draft: q.Draft}
	if s := catalogue.Series(q.About.Series); s != nil {
		if lesson, place, ok := s.Question(q.About.Question); ok {
			data.On = markup.HTML(lesson.In(q.Lang).Questions[place].Text)
		}
	}
	if q.Answer == nil {
		return data, nil
	}
	data.Answer, data.Told = markup.HTML(q.Answer.Text), q.Answer.Told
	_, err = c.options.Library.Load(v.ctx(), v.Org, q.About.Series)
	if data.Suggest = err == nil && v.May(people.WriteSeries); errors.Is(err, records.ErrNone) {
		err = nil
	}
	return data, err
}

// answer takes a trainer's answer; the learner reads it within their hours.
func (c *Console) answer(v *visit) error {
	_, err := c.options.Inbox.Answer(v.ctx(), *v.Actor, v.r.PathValue("question"), v.text("answer"))
	switch {
	case errors.Is(err, inbox.ErrEmpty):
		v.wrong("answer", "answers.empty")
	case errors.Is(err, inbox.ErrLong):
		v.wrong("answer", "answers.long", "n", inbox.LongestAnswer)
	case errors.Is(err, inbox.ErrMarkup):
		v.wrong("answer", "answers.markup")
	case errors.Is(err, inbox.ErrAnswered):
		v.wrong("", "answers.already")
	case err != nil:
		return err
	default:
		return v.done("/console/answers", "answers.sent")
	}
	data, err := c.questionOf(v)
	if err != nil {
		return err
	}
	return v.again("answer", "answers.question", data)
}

// suggest puts an answer beside the lesson that it is about, as a comment on its
// draft. The learner's own words do not go along: they are theirs to erase.
func (c *Console) suggest(v *visit) error {
	q, err := c.options.Inbox.Question(v.ctx(), v.Org, v.r.PathValue("question"))
	if err != nil {
		return err
	}
	if q.Answer == nil {
		return records.ErrNone
	}
	if q.Draft != "" {
		return v.done(v.path[:len(v.path)-len("/draft")], "answers.suggested")
	}
	draft, err := c.options.Library.Load(v.ctx(), v.Org, q.About.Series)
	if err != nil {
		return err
	}
	series, _, err := c.options.Library.Draft(v.ctx(), v.Org, draft.ID)
	if err != nil {
		return err
	}
	path, line := lineOf(series, q)
	digest := draft.Files[path].Digest
	if digest == "" {
		path, line = "series.yaml", 1
		digest = draft.Files[path].Digest
	}
	by := library.Mark{By: q.Answer.Person, At: c.options.Now().UTC().Truncate(time.Second)}
	text := v.W.Say("answers.comment", "name", q.Answer.Name, "answer", q.Answer.Text)
	if err := c.options.Library.Comment(v.ctx(), v.Org, draft.ID, by, path, digest, line, text); err != nil {
		return err
	}
	if err := c.options.Inbox.Suggested(v.ctx(), v.Org, q.ID, draft.ID); err != nil {
		return err
	}
	return v.done(v.path[:len(v.path)-len("/draft")], "answers.suggested")
}

// lineOf finds where in a draft a question's lesson stands, in the language in
// which it was asked: the question itself, else the lesson's first line.
func lineOf(series *lessons.Series, q inbox.Question) (path string, line int) {
	if series == nil {
		return "", 0
	}
	for _, lesson := range series.Lessons {
		if lesson.ID != q.About.Lesson {
			continue
		}
		twin := lesson.In(q.Lang)
		for _, asks := range twin.Questions {
			if asks.ID == q.About.Question {
				return twin.File, max(asks.Line, 1)
			}
		}
		return twin.File, 1
	}
	return "", 0
}

// unanswered is how many questions wait; a menu is drawn without them, too.
func (v *visit) unanswered() int {
	if v.console.options.Inbox == nil {
		return 0
	}
	open, _, err := v.console.options.Inbox.Questions(v.ctx(), v.Org)
	if err != nil {
		v.console.options.Log.Error("questions that wait not counted", "error", err)
	}
	return len(open)
}

// answerTodo is what home says of questions that wait.
func (c *Console) answerTodo(v *visit) ([]todo, error) {
	if c.options.Inbox == nil || !v.May(people.AnswerLearners) {
		return nil, nil
	}
	open, _, err := c.options.Inbox.Questions(v.ctx(), v.Org)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	oldest := open[0]
	one := todo{
		Topic: v.W.Say("answers.nav"), Title: v.quoted(markup.Short(oldest.Text, 120)),
		Words: v.W.Say("answers.todo", "at", v.moment(oldest.At)), Path: "/console/answers/" + oldest.ID, Button: v.W.Say("answers.nav"), Rank: 30,
	}
	if more := len(open) - 1; more > 0 {
		one.Words += " " + v.W.Count("answers.todo-more", more)
	}
	return []todo{one}, nil
}
