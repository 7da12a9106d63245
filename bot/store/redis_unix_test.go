//go:build !windows

package store_test

import (
	"syscall"
	"testing"
)

// stopAndContinue lets a process hang and go on.
func stopAndContinue(t *testing.T, pid int) (hang, goOn func()) {
	return func() { must(t, syscall.Kill(pid, syscall.SIGSTOP)) }, func() { must(t, syscall.Kill(pid, syscall.SIGCONT)) }
}
