package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock on a file for as long as it is open; the system
// lets it go when the process ends, however it ends.
func lockFile(file *os.File) error {
	return windows.LockFileEx(windows.Handle(file.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
}

// syncFolder does nothing: NTFS journals its names.
func syncFolder(string) error { return nil }
