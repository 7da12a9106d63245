//go:build !race

package report_test

// raced says that the race detector looks on.
const raced = false
