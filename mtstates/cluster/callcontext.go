package cluster

import (
	"context"
	"slices"
	"sync"
	"time"
)

// callContext is the context in which an owner runs a call of another process. It ends at the deadline of the call, when
// the caller gives up, and for a virtual state with the lease. Those of package context make a timer and a channel for
// each call, which hardly any call needs: this one leaves the deadline to the timer of the state, and makes the channel
// when somebody asks for it.
type callContext struct {
	deadline time.Time
	chain    []string // see chainKey; nil for a call from outside of all states

	mu    sync.Mutex
	err   error
	done  chan struct{}
	first registration // hardly ever is there another one
	after []*registration
}

// registration is what AfterFunc was asked for.
type registration struct {
	of *callContext
	f  func() // nil when it is called or stopped
}

// stop keeps the function from being called. It reports whether it did so.
func (r *registration) stop() bool {
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	if r.f == nil {
		return false
	}
	r.f = nil
	if at := slices.Index(r.of.after, r); at >= 0 {
		r.of.after = slices.Delete(r.of.after, at, at+1)
	}
	return true
}

// Deadline returns the deadline of the caller.
func (c *callContext) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

// Done returns a channel that is closed when the context ends.
func (c *callContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
		if c.err != nil {
			close(c.done)
		}
	}
	return c.done
}

// Err returns why the context has ended.
func (c *callContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Value returns the chain of those who wait.
func (c *callContext) Value(key any) any {
	if key == (chainKey{}) && c.chain != nil {
		return c.chain
	}
	return nil
}

// AfterFunc calls f in a goroutine of its own when the context ends, as context.AfterFunc describes it.
func (c *callContext) AfterFunc(f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		go f()
		return (&registration{of: c}).stop
	}
	r := &c.first
	if r.of != nil { // it is taken: whoever stopped it may stop it again
		r = &registration{}
		c.after = append(c.after, r)
	}
	r.of, r.f = c, f
	return r.stop
}

// end ends the context, unless it has ended already.
func (c *callContext) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return
	}
	c.err = err
	if c.done != nil {
		close(c.done)
	}
	for _, r := range append(c.after, &c.first) {
		if r.f != nil {
			go r.f()
			r.f = nil
		}
	}
	c.after = nil
}

// begins lets a call end by its context. The error is that of a call that may not run any more.
func (o *owned) begins(c *callContext) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.stopped:
		return errExpired
	case o.virtual != nil && o.life.ctx.Err() != nil: // from now on endCall ends it
		return errGone
	}
	o.call = c
	// The timer of an earlier call does for this one, too, if it is not too late. So there is little to do for each call.
	switch {
	case o.watch == nil:
		o.allowed = o.allowsCall
		o.watch = time.AfterFunc(time.Until(c.deadline), o.expire)
	case o.watched.IsZero() || c.deadline.Before(o.watched):
		o.watch.Reset(time.Until(c.deadline))
	default:
		return nil
	}
	o.watched = c.deadline
	return nil
}

// ends is called when a call is over.
func (o *owned) ends(c *callContext) {
	o.mu.Lock()
	o.call = nil
	o.mu.Unlock()
	c.end(context.Canceled)
}

// expire ends the call whose deadline has passed.
func (o *owned) expire() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.watched = time.Time{}
	if o.call == nil {
		return
	}
	if left := time.Until(o.call.deadline); left > 0 {
		o.watch.Reset(left)
		o.watched = o.call.deadline
		return
	}
	o.call.end(context.DeadlineExceeded)
}

// endCall ends the call that runs, if it is one of a virtual state, whose life has ended.
func (o *owned) endCall() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.virtual != nil && o.call != nil {
		o.call.end(context.Canceled)
	}
}
