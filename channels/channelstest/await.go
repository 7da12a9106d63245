package channelstest

import "time"

// Await waits until something is as wanted; false after a while.
func Await(wanted func() bool) bool {
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if wanted() {
			return true
		}
	}
	return false
}
