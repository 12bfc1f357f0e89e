package pace

import (
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	for _, c := range []struct {
		n    int
		took time.Duration
		want int
	}{
		{Most, 10 * time.Microsecond, Most},
		{Most, slow, Most},
		{Most, time.Second, 10},
		{10, time.Second, 1},
		{1, time.Hour, 1},
		{1, time.Millisecond, 3},
		{600, time.Millisecond, Most},
		{0, time.Hour, 1},
		{0, 0, 1},
	} {
		if got := next(c.n, c.took); got != c.want {
			t.Errorf("after %d instructions in %v: %d, want %d", c.n, c.took, got, c.want)
		}
	}
}

// The first look of a state comes long after the epoch, and those that follow grow to the most.
func TestPaceGrows(t *testing.T) {
	var p Pace
	if n := p.Next(); n < 1 {
		t.Errorf("the first look grants %d instructions", n)
	}
	for range 20 {
		p.Next()
	}
	if p.next != Most {
		t.Errorf("after quick looks %d instructions are granted, want %d", p.next, Most)
	}
}
