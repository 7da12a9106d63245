//go:build race

package report_test

// raced says that the race detector looks on: everything takes ten times as
// long, and a tenth of it shows as much of races.
const raced = true
