package cluster

import (
	"context"
	"errors"
	"fmt"
	"path"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// virtual is a kind of virtual states.
type virtual struct {
	pattern string
	setup   string
	options []mtstates.StateOption
	idle    time.Duration
}

// ActivateOption configures virtual states, see [Node.Activate].
type ActivateOption interface{ applyToVirtual(*virtual) }

type activateOption func(*virtual)

func (o activateOption) applyToVirtual(v *virtual) { o(v) }

// Idle sets after which time without a call a virtual state is closed. The next call makes it anew. The default is ten
// minutes; with 0 they are never closed.
func Idle(d time.Duration) ActivateOption { return activateOption(func(v *virtual) { v.idle = d }) }

// States sets options of the virtual states, such as mtstates.On and mtstates.Arguments.
func States(options ...mtstates.StateOption) ActivateOption {
	return activateOption(func(v *virtual) { v.options = append(v.options, options...) })
}

// Activate lets the node make virtual states: the first call of a name that matches the pattern, as path.Match does,
// makes a state on one of the nodes that have the pattern. The setup, a string of Lua code, gets the name and then what
// mtstates.Arguments says. All nodes should give a pattern the same setup. When the setup fails, so do the calls that
// wait for it, and the next call tries again. A virtual state is found by its name through look-ups alone; its own
// state:id() finds it in its process.
//
// The first pattern that matches counts. Patterns stay until the node leaves.
func (n *Node) Activate(pattern, setup string, options ...ActivateOption) error {
	if _, err := path.Match(pattern, ""); err != nil {
		return fmt.Errorf("mtstates: pattern %q: %w", pattern, err)
	}
	v := &virtual{pattern: pattern, setup: setup, idle: 10 * time.Minute}
	for _, o := range options {
		o.applyToVirtual(v)
	}
	if v.idle < 0 {
		return fmt.Errorf("mtstates: pattern %q: states that are closed after %v", pattern, v.idle)
	}
	n.kindsMu.Lock()
	for _, other := range n.kinds {
		if other.pattern == pattern {
			n.kindsMu.Unlock()
			return fmt.Errorf("mtstates: pattern %q is active already", pattern)
		}
	}
	n.kinds = append(n.kinds, v)
	n.kindsMu.Unlock()
	ctx, cancel := context.WithTimeout(n.ctx, n.timeout)
	defer cancel()
	if err := n.publish(ctx); err != nil {
		n.kindsMu.Lock()
		for i, other := range n.kinds {
			if other == v {
				n.kinds = append(n.kinds[:i:i], n.kinds[i+1:]...)
			}
		}
		n.kindsMu.Unlock()
		return err
	}
	if v.idle > 0 {
		n.background.Go(func() { n.closeIdle(v) })
	}
	return nil
}

// publish shows the patterns of the node to the others.
func (n *Node) publish(ctx context.Context) error {
	for {
		if n.leaving.Load() || n.ctx.Err() != nil {
			return ErrLeft
		}
		l, err := n.current(ctx)
		if err == nil {
			if err = l.write(ctx); err == nil {
				if err = n.announce(ctx); err == nil {
					return nil
				}
			} else if _, learnErr := l.learnRevision(ctx); learnErr != nil {
				err = errors.Join(err, learnErr)
			}
		}
		if ctx.Err() != nil {
			return unreachable("", notRun, errors.Join(ctx.Err(), err))
		}
		pause(ctx, retryPause)
	}
}

func (n *Node) patterns() (list []string) {
	n.kindsMu.RLock()
	defer n.kindsMu.RUnlock()
	for _, v := range n.kinds {
		list = append(list, v.pattern)
	}
	return list
}

// kind returns the kind of a name, nil if it has none.
func (n *Node) kind(name string) *virtual {
	n.kindsMu.RLock()
	defer n.kindsMu.RUnlock()
	for _, v := range n.kinds {
		if matches(v.pattern, name) {
			return v
		}
	}
	return nil
}

// makeVirtual answers another node that wants a virtual state of a name.
func (l *life) makeVirtual(m *nats.Msg) {
	n := l.node
	ctx, cancel := context.WithTimeout(l.ctx, requestTimeout)
	defer cancel()
	a := &wire.Activated{}
	if a.Entry, a.Err = l.activate(ctx, string(m.Data)); a.Err != nil {
		a.Elsewhere = true
	}
	_ = m.Respond(n.codec.AppendActivated(nil, a)) // the other one asks again when it gets no answer
}

var errNotMade = errors.New("the node does not make such states")

// activate claims a name for a virtual state and begins to make it. If another node owns the name, it returns its entry.
func (l *life) activate(ctx context.Context, name string) (wire.Entry, error) {
	v := l.node.kind(name)
	switch {
	case v == nil || len(name) > maxName:
		return wire.Entry{}, errNotMade
	case !l.leased() || l.draining.Load():
		return wire.Entry{}, errNoLease
	}
	o := newOwned(l, encodeName(name))
	o.virtual = v
	if before := l.enter(o); before != nil {
		return before.entry(ctx)
	}
	e, mine, err := l.claim(ctx, o.encoded)
	if err != nil || !mine {
		l.leave(o)
		o.claimEnded(0)
		o.close()
		return e, err
	}
	o.mu.Lock()
	o.revision = e.Revision
	o.running = true
	o.mu.Unlock()
	close(o.claimed)
	go o.setUp(name)
	return e, nil
}

// entry returns the entry of a state when it is claimed.
func (o *owned) entry(ctx context.Context) (wire.Entry, error) {
	select {
	case <-o.claimed:
	case <-ctx.Done():
		return wire.Entry{}, ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || o.revision == 0 {
		return wire.Entry{}, errClaimLost
	}
	return wire.Entry{Node: o.life.id, Revision: o.revision}, nil
}

// setUp makes the state and then runs the calls that have waited for it.
func (o *owned) setUp(name string) {
	n, v := o.life.node, o.virtual
	ctx, cancel := context.WithTimeout(o.life.ctx, n.timeout)
	defer cancel()
	options := append([]mtstates.StateOption{mtstates.Named(name), mtstates.Unlisted(), mtstates.Arguments(name)}, v.options...)
	st, _, err := n.registry.NewState(ctx, v.setup, options...)
	o.used.Store(int64(time.Since(o.life.start)))
	if err == nil {
		o.mu.Lock()
		o.state = st
		o.mu.Unlock()
		o.work()
		return
	}
	a := failedWith(err)
	if !o.life.leased() {
		a = &wire.Answer{Status: wire.Gone}
	}
	o.mu.Lock()
	o.closed, o.failure = true, a
	queue, revision := o.queue, o.revision
	o.queue, o.running = nil, false
	o.mu.Unlock()
	for _, m := range queue {
		n.answer(m, a)
	}
	ctx, cancelRelease := context.WithTimeout(context.WithoutCancel(ctx), requestTimeout)
	defer cancelRelease()
	_ = n.bucket.remove(ctx, namePrefix+o.encoded, revision) // otherwise by disown
	time.AfterFunc(failureTime, func() { o.life.leave(o) })
}

// failureTime is how long the node knows why a setup has failed, for the calls that were on their way to the state.
const failureTime = 2 * time.Second

// closeIdle closes the states of a kind that have had no call for a while.
func (n *Node) closeIdle(v *virtual) {
	tick := time.NewTicker(max(v.idle/4, 10*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-n.ctx.Done():
			return
		case <-tick.C:
		}
		l := n.life.Load()
		if l == nil {
			continue
		}
		for _, o := range l.idleSince(v, time.Since(l.start)-v.idle) {
			o.retire(n.ctx)
		}
	}
}

// idleSince returns the states of a kind whose last call was before a time of the life.
func (l *life) idleSince(v *virtual, before time.Duration) (list []*owned) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, o := range l.states {
		if o.virtual == v && o.used.Load() < int64(before) {
			list = append(list, o)
		}
	}
	return list
}

// retire closes a state and gives its name back, unless a call has come meanwhile.
func (o *owned) retire(ctx context.Context) {
	o.mu.Lock()
	if o.running || o.closed || o.revision == 0 {
		o.mu.Unlock()
		return
	}
	o.closed = true
	o.mu.Unlock()
	o.closeVirtual()
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	o.release(ctx)
}
