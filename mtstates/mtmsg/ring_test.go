package mtmsg

import (
	"math/rand"
	"slices"
	"testing"
)

// TestRing does what a ring does next to a slice.
func TestRing(t *testing.T) {
	for _, factor := range []float64{leastFactor, 2, largestFactor} {
		random := rand.New(rand.NewSource(1))
		var r ring[int]
		var want []int
		next := 0
		elements := func() (list []int) {
			for range random.Intn(5) {
				next++
				list = append(list, next)
			}
			return list
		}
		for step := range 20000 {
			// It fills and empties by turns.
			switch action := random.Intn(10); {
			case action == 0:
				list := elements()
				r.unpop(factor, list...)
				want = slices.Concat(list, want)
			case action == 1 && random.Intn(200) == 0:
				r.clear()
				want = nil
			case action < 5 == (step%4000 < 2000):
				list := elements()
				r.push(factor, list...)
				want = append(want, list...)
			case len(want) > 0 && action%2 == 0:
				if got := r.first(); got != want[0] {
					t.Fatalf("step %d: the first is %d, want %d", step, got, want[0])
				}
				if got := r.pop1(); got != want[0] {
					t.Fatalf("step %d: got %d, want %d", step, got, want[0])
				}
				want = want[1:]
			default:
				n := min(len(want), random.Intn(5))
				if got := r.pop([]int{-1}, n); !slices.Equal(got[1:], want[:n]) {
					t.Fatalf("step %d: got %v, want %v", step, got, want[:n])
				}
				want = want[n:]
			}
			if r.count != len(want) {
				t.Fatalf("step %d: the count is %d, want %d", step, r.count, len(want))
			}
			if dead := slotsInUse(&r); dead > len(want) {
				t.Fatalf("step %d: %d slots hold what %d elements are", step, dead, len(want))
			}
		}
	}
}

// slotsInUse counts the slots that are not cleared.
func slotsInUse(r *ring[int]) (n int) {
	for _, v := range r.slots {
		if v != 0 {
			n++
		}
	}
	return n
}

// TestRingShrinks empties a large ring that is little used.
func TestRingShrinks(t *testing.T) {
	var r ring[int]
	for i := range 1 << 16 {
		r.push(2, i)
	}
	large := len(r.slots)
	for range 1 << 16 {
		r.pop1()
	}
	if len(r.slots) != large {
		t.Errorf("a ring that was full has shrunk to %d", len(r.slots))
	}
	for range 20 {
		r.push(2, 1)
		r.pop1()
	}
	if len(r.slots) > shrinkSlots {
		t.Errorf("the ring keeps %d slots for one element at a time", len(r.slots))
	}
}
