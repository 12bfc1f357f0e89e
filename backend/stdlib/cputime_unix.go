//go:build unix

package stdlib

import (
	"syscall"
	"time"
)

// processorTime returns the processor time that the process has used; ok is false where the system does not say.
func processorTime() (used time.Duration, ok bool) {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0, false
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), true
}
