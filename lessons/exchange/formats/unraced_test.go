//go:build !race

package formats_test

// raced says that the race detector looks on.
const raced = false
