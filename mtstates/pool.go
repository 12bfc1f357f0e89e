package mtstates

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Pool has states with the same setup, of which any may make a call. All methods may be called from any goroutine.
type Pool struct {
	registry *Registry
	options  poolOptions

	mu      sync.Mutex
	setup   string
	age     int                  // how often the setup was replaced
	all     map[*pooled]struct{} // the states, also those that are being made
	idle    []*pooled            // the one used last at the end
	size    int                  // of all, and of the room for states that somebody is about to make
	line    []chan *pooled       // who waits, in the order of arrival; nil means: make a state
	shrink  *time.Timer          // nil until some state may be closed for being idle
	closed  bool
	stats   PoolStats
	numbers int // of states that were made
	refills int // of states that are being made to keep the smallest number
}

// pooled is a state of a pool.
type pooled struct {
	*State // nil until its setup begins
	age    int
	calls  int
	isIdle bool
	since  time.Time // when it became idle
}

// PoolStats are numbers of a pool.
type PoolStats struct {
	// Min and Max are the limits, Size is how many states there are, of which Idle are free and InUse are not.
	Min, Max, Size, Idle, InUse int
	// Waiting is the number of calls that wait for a state.
	Waiting int
	// Calls is the number of calls, and of uses by Do, that were asked for. Errors is the number of those that failed, for
	// whatever reason.
	Calls, Errors int64
	// Created is the number of states that were made, Discarded that of those that were closed, for whatever reason.
	Created, Discarded int64
	// Waits is the number of calls that had to wait, WaitTime how long all of them did.
	Waits    int64
	WaitTime time.Duration
}

// NewPool makes a pool of states with a setup, a string of Lua code. The errors are those of [Registry.NewState] for the
// states that are made at once, and one for sizes that make no sense.
func NewPool(r *Registry, setup string, options ...PoolOption) (*Pool, error) {
	if r == nil {
		return nil, errors.New("mtstates: new pool: no registry is given")
	}
	p := &Pool{registry: r, setup: setup, all: map[*pooled]struct{}{}, options: poolOptions{max: 8, idle: time.Minute}}
	for _, option := range options {
		if option != nil {
			option.applyToPool(&p.options)
		}
	}
	o := &p.options
	if o.min < 0 || o.max < 1 || o.min > o.max || o.calls < 0 || o.idle < 0 {
		return nil, fmt.Errorf("mtstates: new pool: %d to %d states, replaced after %d calls, closed after %v: numbers must not be "+
			"negative, and there must be room for one state and the smallest number", o.min, o.max, o.calls, o.idle)
	}
	warm, err := p.makeMany(context.Background(), setup, o.min)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	p.admit(warm)
	p.mu.Unlock()
	r.pools.add(p)
	return p, nil
}

// Call calls a free state. If there is none, it makes one, or waits until one is free, first come, first served. The
// errors are those of [State.Call] and of [Registry.NewState], and [ErrObjectClosed] after [Pool.Close].
func (p *Pool) Call(ctx context.Context, args ...any) (Results, error) {
	return p.call(ctx, true, (*State).Call, args)
}

// TryCall is [Pool.Call] for a caller that does not wait: the error is [ErrConcurrentAccess] if all states are in use, as
// many as there may be.
func (p *Pool) TryCall(ctx context.Context, args ...any) (Results, error) {
	return p.call(ctx, false, (*State).TryCall, args)
}

type callMethod = func(st *State, ctx context.Context, args ...any) (Results, error)

func (p *Pool) call(ctx context.Context, waits bool, call callMethod, args []any) (results Results, err error) {
	err = p.do(ctx, waits, func(st *State) error {
		results, err = call(st, ctx, args...)
		return err
	})
	return results, err
}

// Do gives use a state that nobody else calls meanwhile. The state is replaced afterwards if use returns an
// [ErrOutOfMemory], or has closed it. The errors are those of use, and those for which there is no state, as for Call.
//
// Use must not wait for another state of the same pool: when all are used like that, none becomes free.
func (p *Pool) Do(ctx context.Context, use func(st *State) error) error { return p.do(ctx, true, use) }

func (p *Pool) do(ctx context.Context, waits bool, use func(st *State) error) error {
	m, err := p.take(ctx, waits)
	if err != nil {
		p.mu.Lock()
		p.stats.Errors++
		p.mu.Unlock()
		return err
	}
	healthy := false
	defer func() { p.giveBack(m, healthy, err) }() // also when use panics
	m.calls++
	err = use(m.State)
	healthy = !errors.Is(err, ErrOutOfMemory) && !m.Closed()
	return err
}

// Replace gives the pool another setup. Calls that run end in their states, which are then closed; calls that begin
// afterwards, or wait, get states with the new setup. States are made first, as many as the pool had at least; when that
// fails, the pool stays as it was, and the error is that of [Registry.NewState]. Concurrent calls of Replace take effect
// one after the other, in the order in which their states are ready.
func (p *Pool) Replace(ctx context.Context, setup string) error {
	fresh, err := p.makeMany(ctx, setup, max(1, p.options.min))
	if err != nil {
		return err
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		p.discard(fresh...)
		return errPoolClosed
	}
	p.age++
	p.setup = setup
	old := p.idle
	p.size -= len(old)
	p.idle = nil
	rest := p.admit(fresh)
	p.mu.Unlock()
	p.discard(append(old, rest...)...)
	return nil
}

// Name returns the name that [Named] gave the pool's states, which they have with a number behind it; ok is false without one.
func (p *Pool) Name() (name string, ok bool) {
	b := blueprint{registry: p.registry}
	for _, option := range p.options.states {
		option.applyToState(&b)
	}
	return b.name, b.named
}

// Stats returns the present numbers.
func (p *Pool) Stats() PoolStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stats
	s.Min, s.Max, s.Size, s.Idle = p.options.min, p.options.max, p.size-p.refills, len(p.idle)
	s.InUse = s.Size - s.Idle
	s.Waiting = len(p.line)
	return s
}

func (p *Pool) isClosed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}

// Close closes the idle states; those in use are closed when their calls end. Calls that wait, and later ones, fail with
// [ErrObjectClosed]. Closing again does nothing.
func (p *Pool) Close() error {
	p.mu.Lock()
	idle := p.idle
	p.closed, p.idle = true, nil
	p.size -= len(idle)
	for _, turn := range p.line {
		close(turn)
	}
	p.line = nil
	if p.shrink != nil {
		p.shrink.Stop()
	}
	p.mu.Unlock()
	p.discard(idle...)
	return nil
}
