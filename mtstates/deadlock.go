package mtstates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// waits are the calls that wait for a state while their thread holds others.
// Calls from outside of all states hold none, so nothing waits for them.
var waits struct {
	sync.Mutex
	inside map[*State][]*wait // by each state that is held
}

// wait is a call that waits.
type wait struct {
	holds []*State // the innermost first: each waits for the one before, the first for wants
	wants target
	timed bool // it ends when its time is over
}

// target is what a call waits for: a state, or any state of a pool.
type target struct {
	state *State
	pool  *Pool
}

// beginWait records that a thread waits until its turn comes or, if timed is set, its time is over. The error is ErrDeadlock
// if that could never be.
func beginWait(holds []*State, wants target, timed bool) (*wait, error) {
	w := &wait{holds, wants, timed}
	waits.Lock()
	defer waits.Unlock()
	if !timed {
		if chain := w.forEver(); chain != nil {
			return nil, ErrDeadlock.With(strings.Join(chain, ", "))
		}
	}
	if waits.inside == nil {
		waits.inside = map[*State][]*wait{}
	}
	for _, st := range holds {
		waits.inside[st] = append(waits.inside[st], w)
	}
	return w, nil
}

// end ends what beginWait began.
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

// forEver returns how the thread of w waits for itself, step by step; nil if it does not.
//
// A state becomes free unless a call that runs in it waits for ever, and a pool has a free state some time if one of its
// states becomes free. So what ends is found first; the rest never does.
func (w *wait) forEver() (chain []string) {
	r := &reachable{from: w, users: map[*Pool]poolUse{}, ending: map[*wait]bool{}}
	r.collect()
	for again := true; again; {
		again = false
		for _, one := range r.waits {
			if !r.ending[one] && r.comes(one.wants) {
				r.ending[one], again = true, true
			}
		}
	}
	if r.ending[w] {
		return nil
	}
	chain, _ = r.chain(w, map[*wait]bool{})
	return chain
}

// reachable is what a call that is about to wait waits for, directly and through others.
type reachable struct {
	from   *wait
	waits  []*wait // from, and the waits of the threads that hold what the ones before want
	users  map[*Pool]poolUse
	ending map[*wait]bool // that end some time
}

func (r *reachable) collect() {
	r.waits = []*wait{r.from}
	known := map[*wait]bool{r.from: true}
	for i := 0; i < len(r.waits); i++ {
		for _, st := range r.states(r.waits[i].wants) {
			for _, other := range waits.inside[st] {
				if !known[other] && !other.timed {
					known[other] = true
					r.waits = append(r.waits, other)
				}
			}
		}
	}
}

// states returns the states of which a target is one.
func (r *reachable) states(t target) []*State {
	if t.pool == nil {
		return []*State{t.state}
	}
	use, ok := r.users[t.pool]
	if !ok {
		use = t.pool.use()
		r.users[t.pool] = use
	}
	return use.busy
}

// comes reports whether a target is free some time.
func (r *reachable) comes(t target) bool {
	return t.pool != nil && r.users[t.pool].free || slices.ContainsFunc(r.states(t), r.becomesFree)
}

func (r *reachable) ends(w *wait) bool { return w.timed || r.ending[w] }

func (r *reachable) becomesFree(st *State) bool {
	if slices.Contains(r.from.holds, st) {
		return r.ending[r.from]
	}
	return !slices.ContainsFunc(waits.inside[st], func(w *wait) bool { return !r.ends(w) })
}

// chain returns how w, which never ends, leads back to the wait where all began, if it does.
func (r *reachable) chain(w *wait, seen map[*wait]bool) (steps []string, back bool) {
	seen[w] = true
	states := r.states(w.wants)
	steps = []string{w.holds[0].label() + " waits for " + w.wants.label(states)}
	for _, st := range states {
		if at := slices.Index(r.from.holds, st); at >= 0 {
			return append(steps, r.from.within(at)...), true
		}
		for _, other := range waits.inside[st] {
			if r.ends(other) || seen[other] {
				continue
			}
			if further, back := r.chain(other, seen); back {
				return append(append(steps, other.within(slices.Index(other.holds, st))...), further...), true
			}
		}
	}
	return steps, false
}

// within returns how the state at an index waits for the innermost one, step by step.
func (w *wait) within(at int) (steps []string) {
	for ; at > 0; at-- {
		steps = append(steps, w.holds[at].label()+" waits for "+w.holds[at-1].label())
	}
	return steps
}

// label names the target; states are those of which it is one.
func (t target) label(states []*State) string {
	if t.pool == nil {
		return t.state.label()
	}
	labels := make([]string, len(states))
	for i, st := range states {
		labels[i] = st.label()
	}
	return fmt.Sprintf("a state of a pool (all are in use: %s)", strings.Join(labels, ", "))
}

// poolUse is how the states of a pool are used.
type poolUse struct {
	free bool // some are free, or about to be made
	busy []*State
}

func (p *Pool) use() (u poolUse) {
	p.mu.Lock()
	defer p.mu.Unlock()
	u.free = p.closed || p.size > len(p.all)
	for m := range p.all {
		if m.isIdle || m.State == nil {
			u.free = true
		} else {
			u.busy = append(u.busy, m.State)
		}
	}
	slices.SortFunc(u.busy, func(a, b *State) int { return cmp.Compare(a.id, b.id) })
	return u
}
