//go:build !windows

package store

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the lock on a file for as long as it is open; the system
// lets it go when the process ends, however it ends.
func lockFile(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// syncFolder makes a name that is new in a folder survive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
