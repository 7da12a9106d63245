package library

import "praline/lessons"

// Signature is an expert's word on the facts of a lesson.
type Signature struct {
	Lesson string `json:"lesson"`
}

func (d *desk) experts(s *lessons.Series) []Credit { return nil }
