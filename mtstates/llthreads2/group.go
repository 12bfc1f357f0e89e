package llthreads2

import (
	"errors"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// Group is a set of threads. The zero Group is empty and ready.
type Group struct {
	running sync.WaitGroup
	mu      sync.Mutex
	unseen  map[*Thread]error // of threads that failed and were not joined
}

// Modules returns the Lua modules llthreads2 and llthreads2.ex, whose threads are in the group.
func (g *Group) Modules() []mtstates.Module {
	open := func(r *mtstates.Registry, s backend.State) int { return (&module{g, r}).open(s) }
	return []mtstates.Module{{Name: "llthreads2", Open: open}, {Name: "llthreads2.ex", Open: open}}
}

// Wait waits for the threads that are not detached. The error joins those of all threads that failed and that no
// script has joined; it is nil when there are none.
func (g *Group) Wait() error {
	g.running.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []error
	for _, err := range g.unseen {
		all = append(all, err)
	}
	g.unseen = nil
	return errors.Join(all...)
}

func (g *Group) failed(t *Thread, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.unseen == nil {
		g.unseen = map[*Thread]error{}
	}
	g.unseen[t] = err
}

func (g *Group) seen(t *Thread) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.unseen, t)
}
