package llthreads2

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// Group is a set of threads. The zero Group is empty and ready.
type Group struct {
	// Stderr receives the messages of threads that fail and have no logger; nil means the process's standard error
	// output. It is set before the first thread starts, and gets one write at a time.
	Stderr io.Writer

	mu      sync.Mutex
	running int             // threads that Wait waits for
	idle    chan struct{}   // closed when running comes to be 0; nil while nobody waits
	unseen  map[int64]error // of joinable threads that failed and were not joined, the first maxUnseen
	omitted int             // how many more there were
	writing sync.Mutex
}

// maxUnseen keeps a program that starts threads for ever, and joins none, from growing.
const maxUnseen = 64

// Modules returns the Lua modules llthreads2 and llthreads2.ex, whose threads are in the group.
func (g *Group) Modules() []mtstates.Module {
	open := func(r *mtstates.Registry, s backend.VM) int { return (&module{g, r}).open(s) }
	return []mtstates.Module{{Name: "llthreads2", Open: open}, {Name: "llthreads2.ex", Open: open}}
}

// Wait waits until no thread runs that is not detached; threads may start threads meanwhile. The error joins those of the
// joinable threads that failed and whose failure no script has seen by join; it is nil when there are none. Each has been
// reported already, to the thread's logger or to Stderr.
func (g *Group) Wait() error {
	g.waitIdle()
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []error
	for _, err := range g.unseen {
		all = append(all, err)
	}
	if g.omitted > 0 {
		all = append(all, fmt.Errorf("and %d more threads that failed", g.omitted))
	}
	g.unseen, g.omitted = nil, 0
	return errors.Join(all...)
}

// waitIdle returns when there is a moment without running threads. It is no sync.WaitGroup, which forbids that a detached
// thread starts the first of others while somebody waits.
func (g *Group) waitIdle() {
	g.mu.Lock()
	if g.running == 0 {
		g.mu.Unlock()
		return
	}
	if g.idle == nil {
		g.idle = make(chan struct{})
	}
	idle := g.idle
	g.mu.Unlock()
	<-idle
}

// run runs a thread in a goroutine of its own, and has Wait wait for it.
func (g *Group) run(thread func()) {
	g.mu.Lock()
	g.running++
	g.mu.Unlock()
	go func() {
		defer g.ended()
		thread()
	}()
}

func (g *Group) ended() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	if g.running == 0 && g.idle != nil {
		close(g.idle)
		g.idle = nil
	}
}

func (g *Group) failed(id int64, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.unseen) == maxUnseen {
		g.omitted++
		return
	}
	if g.unseen == nil {
		g.unseen = map[int64]error{}
	}
	g.unseen[id] = err
}

func (g *Group) seen(id int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.unseen, id)
}

// report writes the message of a failed thread that has no logger.
func (g *Group) report(text string) {
	g.writing.Lock()
	defer g.writing.Unlock()
	out := g.Stderr
	if out == nil {
		out = os.Stderr
	}
	_, _ = io.WriteString(out, text+"\n")
}
