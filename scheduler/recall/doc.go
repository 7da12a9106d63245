// Package recall is what is known of memory: how well a question is known, when
// it should come back, and what is worth this minute.
//
// A Memory is one learner's memory of one question, in every language of it.
// Review says how an answer changes it (FSRS-6 with its default weights, wanted
// probability of recall 0.9), Retrievability how likely the question is known
// today. Choose is the one function that decides what to ask in a session,
// NextDue says when there will be something again.
//
// Memory counts in whole days: a question is reviewed at most once a day, comes
// back for the first time on the next working day, and is never due on a day
// off. Nothing here reads a clock or knows a learner.
package recall
