//go:build !linux

package profiling_test

import "time"

var start = time.Now()

// threadTime is the time that has passed, on systems without a clock for the time of a thread.
func threadTime() time.Duration { return time.Since(start) }
