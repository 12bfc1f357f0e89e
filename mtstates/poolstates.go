package mtstates

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// makeMany makes so many states, or none if there is an error or a setup ends the goroutine. They are in no list of the pool.
func (p *Pool) makeMany(ctx context.Context, setup string, count int) (made []*pooled, err error) {
	complete := false
	defer func() {
		if !complete {
			p.discard(made...)
			made = nil
		}
	}()
	for range count {
		m := &pooled{}
		if err := p.make(ctx, m, setup, nil); err != nil {
			return made, err
		}
		made = append(made, m)
	}
	complete = true
	return made, nil
}

// make makes the state of m. begin, which may be nil, gets it before its setup runs.
func (p *Pool) make(ctx context.Context, m *pooled, setup string, begin func(*State)) error {
	p.mu.Lock()
	p.numbers++
	number := p.numbers
	p.mu.Unlock()
	one := stateOption(func(b *blueprint) {
		b.begin = begin
		if b.named {
			b.name = fmt.Sprintf("%s/%d", b.name, number)
		}
	})
	st, _, err := p.registry.NewState(ctx, setup, append(slices.Clone(p.options.states), one)...)
	if err != nil {
		return err
	}
	p.mu.Lock()
	m.State, m.since = st, time.Now()
	p.stats.Created++
	p.mu.Unlock()
	return nil
}

// admit gives the pool states with its present setup, as many as there is room for, and returns the others. The lock is held.
func (p *Pool) admit(fresh []*pooled) (others []*pooled) {
	room := min(len(fresh), p.options.max-p.size)
	p.size += room
	for _, m := range fresh[:room] {
		m.age = p.age
		p.all[m] = struct{}{}
		p.hand(m)
	}
	return fresh[room:]
}

// discard closes states that are not in use, or are when their present calls have ended. It is called without the lock.
func (p *Pool) discard(states ...*pooled) {
	for _, m := range states {
		m.shut(false)
		p.mu.Lock()
		delete(p.all, m)
		p.stats.Discarded++
		p.mu.Unlock()
	}
}

var errPoolClosed = ErrObjectClosed.With("pool")

// take returns a state for one use. If waits, it waits for one.
func (p *Pool) take(ctx context.Context, waits bool) (*pooled, error) {
	p.mu.Lock()
	p.stats.Calls++
	switch {
	case p.closed:
		p.mu.Unlock()
		return nil, errPoolClosed
	case ctx.Err() != nil:
		p.mu.Unlock()
		return nil, endedBy(ctx, "interrupted before the call", nil)
	case len(p.idle) > 0:
		last := len(p.idle) - 1
		m := p.idle[last]
		p.idle[last] = nil
		p.idle = p.idle[:last]
		m.isIdle = false
		p.mu.Unlock()
		return m, nil
	case p.size < p.options.max:
		p.size++
		return p.grow(ctx)
	case !waits && len(p.line) >= p.refills: // otherwise a state is about to be free
		p.mu.Unlock()
		return nil, ErrConcurrentAccess.With(fmt.Sprintf("all %d states of the pool are in use", p.options.max))
	}
	turn := make(chan *pooled, 1)
	p.line = append(p.line, turn)
	p.mu.Unlock()
	m, err := p.await(ctx, turn)
	if m != nil || err != nil {
		return m, err
	}
	p.mu.Lock()
	return p.grow(ctx)
}

// await waits for a turn. The result is nil if there is room for a state that is still to be made.
func (p *Pool) await(ctx context.Context, turn chan *pooled) (*pooled, error) {
	o := fromGo(ctx)
	if held := o.held(); len(held) > 0 {
		wait, err := beginWait(held, target{pool: p}, false)
		if err != nil {
			p.giveUp(turn)
			return nil, err
		}
		defer wait.end()
	}
	start := now()
	defer func() {
		p.mu.Lock()
		p.stats.Waits++
		p.stats.WaitTime += now() - start
		p.mu.Unlock()
	}()
	select {
	case m, open := <-turn:
		if !open {
			return nil, errPoolClosed
		}
		return m, nil
	case <-ctx.Done():
		p.giveUp(turn)
		return nil, endedBy(ctx, "interrupted while waiting for a state of the pool", nil)
	}
}

// giveUp takes a turn off the line, and passes on what it has been given already.
func (p *Pool) giveUp(turn chan *pooled) {
	p.mu.Lock()
	at := slices.Index(p.line, turn)
	if at >= 0 {
		p.line = slices.Delete(p.line, at, at+1)
	}
	p.mu.Unlock()
	if at < 0 {
		if m, open := <-turn; open {
			p.pass(m)
		}
	}
}

// grow makes a state for which there is room already. It is called with the lock held and releases it.
func (p *Pool) grow(ctx context.Context) (*pooled, error) {
	m := &pooled{age: p.age}
	p.all[m] = struct{}{}
	setup := p.setup
	p.mu.Unlock()
	ready := false
	defer func() {
		if !ready { // also when the setup ends the goroutine
			p.mu.Lock()
			delete(p.all, m)
			p.mu.Unlock()
			p.pass(nil)
		}
	}()
	if err := p.make(ctx, m, setup, p.beginning(m)); err != nil {
		return nil, err
	}
	ready = true
	return m, nil
}

// giveBack ends what take began.
func (p *Pool) giveBack(m *pooled, healthy bool, err error) {
	p.mu.Lock()
	if err != nil || !healthy {
		p.stats.Errors++
	}
	spent := p.options.calls > 0 && m.calls >= p.options.calls
	p.mu.Unlock()
	if !healthy || spent {
		p.discard(m)
		m = nil
	}
	p.pass(m)
}

// pass gives a state, or the room for one if m is nil, to the first in line, or keeps it for later.
func (p *Pool) pass(m *pooled) {
	p.mu.Lock()
	if m != nil && (m.age != p.age || p.closed) { // the setup was replaced in the meantime
		p.mu.Unlock()
		p.discard(m)
		m = nil
		p.mu.Lock()
	}
	p.hand(m)
	p.mu.Unlock()
}

// hand is pass for a state with the present setup. The lock is held.
func (p *Pool) hand(m *pooled) {
	switch {
	case len(p.line) > 0:
		turn := p.line[0]
		p.line = p.line[1:]
		turn <- m
	case m == nil && p.size <= p.options.min && !p.closed:
		m = &pooled{age: p.age}
		p.all[m] = struct{}{}
		p.refills++
		go p.refill(m, p.setup)
	case m == nil:
		p.size--
	default:
		m.isIdle, m.since = true, time.Now()
		p.idle = append(p.idle, m)
		p.plan()
	}
}

// refill makes a state in place of one that was closed, for which there is room already. If that fails, the next call tries it
// again.
func (p *Pool) refill(m *pooled, setup string) {
	ready := false
	defer func() { // also when the setup ends the goroutine
		p.mu.Lock()
		p.refills--
		if ready {
			p.mu.Unlock()
			p.pass(m)
			return
		}
		delete(p.all, m)
		if len(p.line) > 0 {
			p.hand(nil)
		} else {
			p.size--
		}
		p.mu.Unlock()
	}()
	ready = p.make(context.Background(), m, setup, p.beginning(m)) == nil
}

// beginning returns a function that shows the state of m to others before its setup runs.
func (p *Pool) beginning(m *pooled) func(*State) {
	return func(st *State) {
		p.mu.Lock()
		m.State = st
		p.mu.Unlock()
	}
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
	p.discard(old...)
}
