package mtmsg

import "time"

var started = time.Now()

// Now returns the time in seconds since the epoch. It follows the monotonic clock, so it never runs backwards.
func Now() float64 {
	now := started.Add(time.Since(started))
	return float64(now.UnixNano()) / 1e9
}
