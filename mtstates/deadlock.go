package mtstates

import (
	"slices"
	"strings"
	"sync"
)

// waits are the calls that wait for a state while their thread holds others, and that nothing but their turn may end.
// Calls from outside of all states hold none, so nothing waits for them.
var waits struct {
	sync.Mutex
	inside map[*State][]*wait // by each state that is held
}

// wait is a call that waits.
type wait struct {
	holds []*State // the innermost first: each waits for the one before, the first for wants
	wants *State
}

// beginWait records that a thread waits. The error is ErrDeadlock if it would wait for itself.
func beginWait(holds []*State, wants *State) (*wait, error) {
	w := &wait{holds, wants}
	waits.Lock()
	defer waits.Unlock()
	if chain := w.backTo(wants, nil); chain != nil {
		slices.Reverse(chain)
		return nil, ErrDeadlock.With(strings.Join(append([]string{edge(holds[0], wants)}, chain...), ", "))
	}
	if waits.inside == nil {
		waits.inside = map[*State][]*wait{}
	}
	for _, st := range holds {
		waits.inside[st] = append(waits.inside[st], w)
	}
	return w, nil
}

// endWait ends what beginWait began.
func (w *wait) end() {
	waits.Lock()
	defer waits.Unlock()
	for _, st := range w.holds {
		left := slices.DeleteFunc(waits.inside[st], func(other *wait) bool { return other == w })
		if len(left) == 0 {
			delete(waits.inside, st)
		} else {
			waits.inside[st] = left
		}
	}
}

// backTo returns how st waits for a state that w holds, the last step first, or nil if it does not. seen are states that
// do not.
func (w *wait) backTo(st *State, seen map[*State]bool) (chain []string) {
	if at := slices.Index(w.holds, st); at >= 0 {
		return within(w.holds, at)
	}
	if seen == nil {
		seen = map[*State]bool{}
	}
	seen[st] = true
	for _, other := range waits.inside[st] {
		if seen[other.wants] {
			continue
		}
		if chain := w.backTo(other.wants, seen); chain != nil {
			chain = append(chain, edge(other.holds[0], other.wants))
			return append(chain, within(other.holds, slices.Index(other.holds, st))...)
		}
	}
	return nil
}

// within returns how the state at an index waits for the innermost one, the last step first. It is not nil.
func within(holds []*State, at int) []string {
	chain := []string{}
	for i := range at {
		chain = append(chain, edge(holds[i+1], holds[i]))
	}
	return chain
}

func edge(from, to *State) string { return from.label() + " waits for " + to.label() }
