package profiling_test

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is the time for which the thread has had a processor, which other work on the machine does not change.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err) // Linux has had this clock since version 2.6.12
	}
	return time.Duration(t.Nano())
}
