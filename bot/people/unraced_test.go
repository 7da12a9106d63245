//go:build !race

package people_test

// raced says that the race detector looks on.
const raced = false
