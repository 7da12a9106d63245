// Package report folds answers into counts that name nobody, and says what they
// mean: how questions do, for trainers; how a team does, for managers.
package report

import "praline/records"

// Reports keeps counts of organisations.
type Reports struct {
	Store records.Store
}
