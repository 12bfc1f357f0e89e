package llthreads2

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// Group is a set of threads. The zero Group is empty and ready.
type Group struct {
	// Stderr receives the messages of threads that fail without a logger; nil stands for the standard error output of
	// the process. Set it before the first thread starts. It gets one write at a time.
	Stderr io.Writer

	places atomic.Int64 // that are taken

	mu       sync.Mutex
	threads  *threads.Set          // nil before the first thread
	alive    map[*Thread]time.Time // all that run, and since when
	closed   bool
	stopping chan struct{}   // of capacity 1: a thread has ended; nil before Close
	running  int             // threads for which Wait waits
	idle     chan struct{}   // closed when running falls to 0; nil unless a goroutine waits
	unseen   map[int64]error // of joinable threads that failed and were not joined, the first maxUnseen
	omitted  int             // the number of further ones
	writing  sync.Mutex
}

// maxUnseen bounds the memory of a program that starts threads forever and joins none.
const maxUnseen = 64

// Modules returns the Lua modules llthreads2 and llthreads2.ex. Their threads belong to the group.
func (g *Group) Modules() []mtstates.Module {
	open := func(r *mtstates.Registry, s backend.VM) int { return (&module{g, r}).open(s) }
	return []mtstates.Module{{Name: "llthreads2", Open: open}, {Name: "llthreads2.ex", Open: open}}
}

// Wait waits until all running threads are detached ones, or until ctx is done and its error is returned. Threads may
// start threads in the meantime. The error joins the errors of the joinable threads whose failure no script has seen
// through join; each was already reported, to the thread's logger or to Stderr.
func (g *Group) Wait(ctx context.Context) error {
	if err := g.waitIdle(ctx); err != nil {
		return err
	}
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

// Close stops all threads, also detached ones, as an interrupt does, and waits a moment for them to end. The error says
// how many do not, because they are in a Go function that nothing interrupts. Threads that start later are stopped at once.
func (g *Group) Close() error {
	g.mu.Lock()
	g.closed = true
	if g.stopping == nil {
		g.stopping = make(chan struct{}, 1)
	}
	for t := range g.alive {
		t.interrupts.Set(backend.InterruptAlways)
	}
	g.mu.Unlock()
	timer := time.NewTimer(closeGrace)
	defer timer.Stop()
	for {
		g.mu.Lock()
		left := len(g.alive)
		g.mu.Unlock()
		if left == 0 {
			return nil
		}
		select {
		case <-g.stopping:
		case <-timer.C:
			return fmt.Errorf("llthreads2: %d threads still run", left)
		}
	}
}

// Running is a thread that runs.
type Running struct {
	ID       int64 // within the process
	Since    time.Time
	Detached bool // whether Wait does not wait for it
}

// Running returns the threads that run, the oldest first.
func (g *Group) Running() []Running {
	g.mu.Lock()
	defer g.mu.Unlock()
	list := make([]Running, 0, len(g.alive))
	for t, since := range g.alive {
		list = append(list, Running{t.id, since, t.detached})
	}
	slices.SortFunc(list, func(a, b Running) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// closeGrace is how long Close waits for threads that it has stopped.
const closeGrace = time.Second

// begin records a thread that runs from now on; end ends that.
func (g *Group) begin(t *Thread) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.alive == nil {
		g.alive = map[*Thread]time.Time{}
	}
	g.alive[t] = time.Now()
	g.threads = t.threads
	if g.closed {
		t.interrupts.Set(backend.InterruptAlways)
	}
}

func (g *Group) end(t *Thread) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.alive, t)
	if g.stopping != nil {
		select {
		case g.stopping <- struct{}{}:
		default:
		}
	}
}

// waitIdle returns when no thread is running at some moment. A sync.WaitGroup does not fit: it forbids that a detached
// thread starts the first of others during a Wait.
func (g *Group) waitIdle(ctx context.Context) error {
	g.mu.Lock()
	if g.running == 0 {
		g.mu.Unlock()
		return nil
	}
	if g.idle == nil {
		g.idle = make(chan struct{})
	}
	idle := g.idle
	all := g.threads
	g.mu.Unlock()
	wait := all.BeginLastWait(func() bool {
		select {
		case <-idle:
			return true
		default:
			return ctx.Err() != nil
		}
	})
	defer wait.End()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run runs a thread in its own goroutine and makes Wait wait for it.
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
