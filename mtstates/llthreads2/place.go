package llthreads2

import (
	"fmt"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/mtstates"
)

// place is that of a thread with a VM among those that a group may have.
type place struct {
	group *Group
	taken atomic.Bool
}

// admit takes a place for a new thread, of at most most ones, 0 for any number.
func (g *Group) admit(most int) (*place, error) {
	if n := g.places.Add(1); most > 0 && n > int64(most) {
		g.places.Add(-1)
		return nil, mtstates.ErrOutOfMemory.With(fmt.Sprintf("the limit of %d threads is reached", most))
	}
	p := &place{group: g}
	p.taken.Store(true)
	return p, nil
}

// leave gives the place back, once.
func (p *place) leave() {
	if p.taken.Swap(false) {
		p.group.places.Add(-1)
	}
}

// leave is the method, for a cleanup.
func leave(p *place) { p.leave() }
