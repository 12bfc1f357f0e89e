package mtstates

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Pool has states with the same setup, of which any may make a call. All methods may be called from any goroutine.
type Pool struct {
	registry *Registry
	options  poolOptions

	mu      sync.Mutex
	setup   string
	age     int            // how often the setup was replaced
	idle    []*pooled      // the one used last at the end
	size    int            // of all states, also of those that are being made
	line    []chan *pooled // who waits, in the order of arrival; nil means: make a state
	shrink  *time.Timer    // nil until some state may be closed for being idle
	closed  bool
	stats   PoolStats
	numbers int // of states that were made
}

// pooled is a state of a pool.
type pooled struct {
	*State
	age   int
	calls int
	since time.Time // when it became idle
}

// PoolOption configures a new pool. Every [StateOption] is one, for the states of the pool; with [Named] their names are
// numbered, as in "web/1".
type PoolOption interface{ applyToPool(*poolOptions) }

type poolOptions struct {
	min, max int
	idle     time.Duration
	calls    int
	states   []StateOption
}

type poolOption func(*poolOptions)

func (o poolOption) applyToPool(p *poolOptions) { o(p) }

// PoolSize sets how many states a pool has: min are made at once and stay, max is the limit. The default is 0 to 8.
func PoolSize(min, max int) PoolOption {
	return poolOption(func(p *poolOptions) { p.min, p.max = min, max })
}

// PoolIdle sets after which time without a call a state beyond the smallest size is closed. The default is a minute.
func PoolIdle(d time.Duration) PoolOption {
	return poolOption(func(p *poolOptions) { p.idle = d })
}

// PoolCalls replaces each state after so many calls, for scripts that use more and more memory. The default, 0, does not.
func PoolCalls(n int) PoolOption {
	return poolOption(func(p *poolOptions) { p.calls = n })
}

// PoolStats are numbers of a pool.
type PoolStats struct {
	// Min and Max are the limits, Size is how many states there are, of which Idle are free and InUse are not.
	Min, Max, Size, Idle, InUse int
	// Waiting is the number of calls that wait for a state.
	Waiting int
	// Calls is the number of calls, and of uses by Do, that have begun. Errors is the number of those that failed.
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
	p := &Pool{registry: r, setup: setup, options: poolOptions{max: 8, idle: time.Minute}}
	for _, option := range options {
		option.applyToPool(&p.options)
	}
	o := &p.options
	if o.min < 0 || o.max < 1 || o.min > o.max || o.calls < 0 || o.idle < 0 {
		return nil, fmt.Errorf("mtstates: new pool: %d to %d states, replaced after %d calls, closed after %v: numbers must not be "+
			"negative, and there must be room for one state and the smallest number", o.min, o.max, o.calls, o.idle)
	}
	warm, err := p.make(context.Background(), setup, 0, o.min)
	if err != nil {
		return nil, err
	}
	p.idle, p.size = warm, len(warm)
	r.pools.add(p)
	return p, nil
}

// make makes so many states, or none if there is an error.
func (p *Pool) make(ctx context.Context, setup string, age, count int) (made []*pooled, err error) {
	for range count {
		m, err := p.makeOne(ctx, setup, age)
		if err != nil {
			for _, m := range made {
				p.discard(m)
			}
			return nil, err
		}
		made = append(made, m)
	}
	return made, nil
}

func (p *Pool) makeOne(ctx context.Context, setup string, age int) (*pooled, error) {
	p.mu.Lock()
	p.numbers++
	number := p.numbers
	p.mu.Unlock()
	st, _, err := p.registry.NewState(ctx, setup, append(slices.Clone(p.options.states), p.numbered(number))...)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	p.stats.Created++
	p.mu.Unlock()
	return &pooled{State: st, age: age, since: time.Now()}, nil
}

// numbered makes a state one of the pool, with a name of its own if it has one.
func (p *Pool) numbered(n int) StateOption {
	return stateOption(func(b *blueprint) {
		b.pool = p
		if b.named {
			b.name = fmt.Sprintf("%s/%d", b.name, n)
		}
	})
}

// discard closes a state that is in no list of the pool.
func (p *Pool) discard(m *pooled) {
	_ = m.Close() // a goroutine of the script's host may still use it; then the collector frees it
	p.mu.Lock()
	p.stats.Discarded++
	p.mu.Unlock()
}

// Call calls a free state. If there is none, it makes one, or waits until one is free, first come, first served. The
// errors are those of [State.Call] and of [Registry.NewState], and [ErrObjectClosed] after [Pool.Close].
func (p *Pool) Call(ctx context.Context, args ...any) (results Results, err error) {
	err = p.Do(ctx, func(st *State) error {
		results, err = st.Call(ctx, args...)
		return err
	})
	return results, err
}

// Do gives use a state that nobody else calls meanwhile. The state is replaced afterwards if use returns an
// [ErrOutOfMemory], or has closed it. The errors are those of use, and those for which there is no state, as for Call.
func (p *Pool) Do(ctx context.Context, use func(st *State) error) error {
	m, err := p.take(ctx)
	if err != nil {
		return err
	}
	healthy := false
	defer func() { p.giveBack(m, healthy, err) }() // also when use panics
	m.calls++
	err = use(m.State)
	healthy = !errors.Is(err, ErrOutOfMemory) && !m.Closed()
	return err
}

var errPoolClosed = ErrObjectClosed.With("pool")

// take returns a state that is in no list.
func (p *Pool) take(ctx context.Context) (*pooled, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errPoolClosed
	}
	p.stats.Calls++
	if n := len(p.idle); n > 0 {
		m := p.idle[n-1]
		p.idle[n-1] = nil
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return m, nil
	}
	if p.size < p.options.max {
		p.size++
		return p.grow(ctx)
	}
	if err := p.allMine(ctx); err != nil {
		p.mu.Unlock()
		return nil, err
	}
	turn := make(chan *pooled, 1)
	p.line = append(p.line, turn)
	p.stats.Waits++
	p.mu.Unlock()
	start := now()
	select {
	case m, open := <-turn:
		return p.granted(ctx, m, open, start)
	case <-ctx.Done():
	}
	p.mu.Lock()
	p.stats.WaitTime += now() - start
	if at := slices.Index(p.line, turn); at >= 0 {
		p.line = slices.Delete(p.line, at, at+1)
		p.mu.Unlock()
	} else {
		p.mu.Unlock()
		if m, open := <-turn; open {
			p.pass(m)
		}
	}
	return nil, endedBy(ctx, "interrupted while waiting for a state of the pool", nil)
}

// granted returns the state of a turn, which may still have to be made.
func (p *Pool) granted(ctx context.Context, m *pooled, open bool, start time.Duration) (*pooled, error) {
	p.mu.Lock()
	p.stats.WaitTime += now() - start
	switch {
	case !open:
		p.mu.Unlock()
		return nil, errPoolClosed
	case m == nil:
		return p.grow(ctx)
	}
	p.mu.Unlock()
	return m, nil
}

// grow makes a state for which there is room already. It is called with the lock held and releases it.
func (p *Pool) grow(ctx context.Context) (*pooled, error) {
	setup, age := p.setup, p.age
	p.mu.Unlock()
	m, err := p.makeOne(ctx, setup, age)
	if err != nil {
		p.pass(nil)
		return nil, err
	}
	return m, nil
}

// allMine returns ErrDeadlock if the thread of ctx uses all states of the pool itself, so that none can become free.
func (p *Pool) allMine(ctx context.Context) error {
	outer, ok := ctx.Value(callKey{}).(*callContext)
	if !ok || outer.ended.Load() {
		return nil
	}
	mine := 0
	for _, st := range outer.holds {
		if st.pool == p {
			mine++
		}
	}
	if mine < p.size {
		return nil
	}
	return ErrDeadlock.With(fmt.Sprintf("%s waits for a state of its pool, whose %d states wait for it", outer.holds[0].label(), mine))
}

// giveBack ends what take began.
func (p *Pool) giveBack(m *pooled, healthy bool, err error) {
	p.mu.Lock()
	if err != nil || !healthy {
		p.stats.Errors++
	}
	current := healthy && m.age == p.age && !p.closed && (p.options.calls == 0 || m.calls < p.options.calls)
	p.mu.Unlock()
	if !current {
		p.discard(m)
		m = nil
	}
	p.pass(m)
}

// pass gives a state, or the room for one if m is nil, to the first in line, or keeps it for later.
func (p *Pool) pass(m *pooled) {
	p.mu.Lock()
	switch {
	case m != nil && (m.age != p.age || p.closed): // the setup was replaced in the meantime
		p.mu.Unlock()
		p.discard(m)
		p.pass(nil)
		return
	case len(p.line) > 0:
		turn := p.line[0]
		p.line = p.line[1:]
		turn <- m
	case m == nil:
		p.size--
	default:
		m.since = time.Now()
		p.idle = append(p.idle, m)
		p.plan()
	}
	p.mu.Unlock()
}

// plan makes sure that idle states are closed in time. It is called with the lock held.
func (p *Pool) plan() {
	if p.size <= p.options.min || p.shrink != nil || len(p.idle) == 0 {
		return
	}
	p.shrink = time.AfterFunc(p.options.idle-time.Since(p.idle[0].since), p.prune)
}

// prune closes states that have been idle for too long; those at the front of the list have been so longest.
func (p *Pool) prune() {
	p.mu.Lock()
	n := 0
	for n < len(p.idle) && p.size-n > p.options.min && time.Since(p.idle[n].since) >= p.options.idle {
		n++
	}
	old := slices.Clone(p.idle[:n])
	p.idle = slices.Delete(p.idle, 0, n)
	p.size -= n
	p.shrink = nil
	if !p.closed {
		p.plan()
	}
	p.mu.Unlock()
	for _, m := range old {
		p.discard(m)
	}
}

// Replace gives the pool another setup. Calls that run end in their states, which are then closed; calls that begin
// afterwards, or wait, get states with the new setup. States are made first, as many as the pool had at least; when that
// fails, the pool stays as it was, and the error is that of [Registry.NewState]. Concurrent calls of Replace take effect
// one after the other, in the order in which their states are ready.
func (p *Pool) Replace(ctx context.Context, setup string) error {
	fresh, err := p.make(ctx, setup, 0, max(1, p.options.min))
	if err != nil {
		return err
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		for _, m := range fresh {
			p.discard(m)
		}
		return errPoolClosed
	}
	p.age++
	p.setup = setup
	old := p.idle
	p.size -= len(old)
	p.idle = nil
	for _, m := range fresh {
		m.age = p.age
	}
	room := min(len(fresh), p.options.max-p.size) // old states that are in use take some
	rest := fresh[room:]
	p.size += room
	p.mu.Unlock()
	for _, m := range fresh[:room] {
		p.pass(m)
	}
	for _, m := range append(old, rest...) {
		p.discard(m)
	}
	return nil
}

// Stats returns the present numbers.
func (p *Pool) Stats() PoolStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stats
	s.Min, s.Max, s.Size, s.Idle, s.InUse = p.options.min, p.options.max, p.size, len(p.idle), p.size-len(p.idle)
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
	for _, m := range idle {
		p.discard(m)
	}
	return nil
}
