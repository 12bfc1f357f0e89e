package repair

import (
	"errors"
	"slices"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestRepair(t *testing.T) {
	runs := 0
	good := New("good", "nothing", func() error { runs++; return nil })
	bad := New("bad", "much", func() error { runs++; return errors.New("wrong") })
	needs := New("needs", "more", func() error { runs++; return Off(bad) })
	panics := New("panics", "most", func() error { runs++; panic("oh") })
	if runs != 0 {
		t.Fatal("a probe ran before it was asked for")
	}
	for range 2 {
		if !good.On() || bad.On() || needs.On() || panics.On() {
			t.Fatal("a repair is on that should be off, or off that should be on")
		}
	}
	got := Degraded(good, bad, needs, panics)
	want := []backend.Degradation{
		{Repair: "bad", Lost: "much", Reason: "wrong"},
		{Repair: "needs", Lost: "more", Reason: "needs bad"},
		{Repair: "panics", Lost: "most", Reason: "the probe panicked: oh"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if runs != 4 {
		t.Errorf("the probes ran %d times, want each once", runs)
	}
}

func TestSuspend(t *testing.T) {
	r := New("good", "nothing", func() error { return nil })
	resume := r.Suspend()
	if r.On() {
		t.Error("a suspended repair is on")
	}
	resume()
	if !r.On() {
		t.Error("a resumed repair is off")
	}
}
