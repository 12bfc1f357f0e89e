// Package seconds converts the numbers of seconds that scripts give. Only packages below mtstates import it.
package seconds

import (
	"math"
	"time"
)

// Duration converts seconds. What is too long for a Duration becomes the longest one, and what is not positive becomes 0.
func Duration(seconds float64) time.Duration {
	switch nanoseconds := seconds * 1e9; {
	case !(nanoseconds > 0):
		return 0
	case nanoseconds >= math.MaxInt64:
		return math.MaxInt64
	default:
		return time.Duration(math.Ceil(nanoseconds))
	}
}
