package lessons

import "strings"

// bindFrench gives French punctuation a space that does not break, where a
// trainer typed a plain one: on a narrow screen no line then begins with a
// lone "?" or ends with a lone "«". Accepted answers stay as they are written.
func bindFrench(s *Series) {
	for _, of := range []Text{s.Title, s.Summary} {
		if french, there := of["fr"]; there {
			of["fr"] = bound(french)
		}
	}
	for _, l := range s.Lessons {
		if t := l.Twins["fr"]; t != nil {
			t.bind()
		}
	}
}

func (t *Twin) bind() {
	texts := []*string{&t.Title, &t.Objective}
	media := func(all []Media) {
		for i := range all {
			texts = append(texts, &all[i].Alt)
		}
	}
	for i := range t.Screens {
		texts = append(texts, &t.Screens[i].Title, &t.Screens[i].Text)
		media(t.Screens[i].Media)
	}
	for _, q := range t.Questions {
		texts = append(texts, &q.Text, &q.LeftTitle, &q.RightTitle, &q.Explanation)
		media(q.Media)
		for i := range q.Choices {
			texts = append(texts, &q.Choices[i].Text, &q.Choices[i].Feedback)
		}
		for _, list := range [][]string{q.Items, q.Left, q.Right} {
			for i := range list {
				texts = append(texts, &list[i])
			}
		}
	}
	for _, text := range texts {
		*text = bound(*text)
	}
}

// unbreaking follows the usage of print: a full space before a colon and
// inside quotes, a narrow one before the rest.
var unbreaking = strings.NewReplacer(
	" :", "\u00a0:", " »", "\u00a0»", "« ", "«\u00a0",
	" ;", "\u202f;", " ?", "\u202f?", " !", "\u202f!", " %", "\u202f%")

// bound leaves what stands between backticks alone: it is shown as typed.
func bound(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = unbreaking.Replace(parts[i])
	}
	return strings.Join(parts, "`")
}
