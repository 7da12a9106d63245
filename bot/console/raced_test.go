//go:build race

package console_test

func init() { raced = true }
