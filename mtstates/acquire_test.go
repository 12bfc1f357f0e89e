package mtstates

import (
	"errors"
	"testing"
)

// TestAcquireDuringScrub takes a state that is being scrubbed: the first call gets it afterwards, others find it in use.
func TestAcquireDuringScrub(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(st *State)
		want error
	}{
		{"idle", (*State).unscrub, nil},
		{"closed", func(st *State) { st.mode.Store(closed); st.dismiss() }, ErrObjectClosed},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := &State{}
			if !st.mode.CompareAndSwap(idle, scrubbing) {
				t.Fatal("the state is not idle")
			}
			got := make(chan error)
			go func() { got <- st.acquire() }()
			for st.Waiting() == 0 {
				select {
				case err := <-got:
					t.Fatalf("the state was taken during the scrub: %v", err)
				default:
				}
			}
			if err := st.acquire(); !errors.Is(err, ErrConcurrentAccess) {
				t.Errorf("a second call: %v", err)
			}
			test.end(st)
			if err := <-got; !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if test.want != nil {
				return
			}
			if err := st.acquire(); !errors.Is(err, ErrConcurrentAccess) {
				t.Errorf("a call beside the one that got the state: %v", err)
			}
			st.free()
			if err := st.acquire(); err != nil {
				t.Errorf("the state is not free afterwards: %v", err)
			}
		})
	}
}
