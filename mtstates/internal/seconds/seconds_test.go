package seconds

import (
	"math"
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	for given, want := range map[float64]time.Duration{
		0: 0, -1: 0, 1: time.Second, 1e-12: 1, 1.5: 1500 * time.Millisecond, 1e300: math.MaxInt64,
	} {
		if got := Duration(given); got != want {
			t.Errorf("%v seconds are %v, want %v", given, got, want)
		}
	}
	if got := Duration(math.NaN()); got != 0 {
		t.Errorf("NaN seconds are %v", got)
	}
}
