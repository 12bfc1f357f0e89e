package mtstates

import (
	"context"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
)

// run is the present call of a state, as the functions in the state's VM see it. It is not a part of the state and refers
// to it only during a call: leftovers of a dead VM may refer to the run, and must not keep the state alive. Its fields
// belong to the goroutine that runs the state.
type run struct {
	state *State // nil between calls
	origin
	given *callContext // what context returned; nil until it is needed
	// inside is the context in place of given that call hooks have derived from it; nil if none has. ctx is the same then.
	inside context.Context
}

// origin is where a call comes from.
type origin struct {
	// ctx is the context of the call, nil for context.Background.
	ctx context.Context
	// scope is what ends together with ctx; nil if ctx cannot end, or nothing has asked for it yet.
	scope *scope
	// caller is the call that makes this one, if it does so in Lua.
	caller *run
	// outer is the call that makes this one through a Go function that handed on its context.
	outer *callContext
	// from is the VM, or coroutine, in which caller's state runs the function that makes the call. It is nil without caller.
	from backend.VM
	// depth is 1 if no other state is further up in the same thread.
	depth int
}

// fromGo returns the origin of a call that Go code makes.
func fromGo(ctx context.Context) origin {
	if ctx == context.Background() {
		return origin{depth: 1}
	}
	if ctx == nil {
		panic("mtstates: nil context")
	}
	o := origin{ctx: ctx, depth: 1}
	if outer, ok := ctx.Value(callKey{}).(*callContext); ok && !outer.ended.Load() {
		o.outer, o.depth = outer, outer.depth+1
	}
	return o
}

// begin records a call that begins, and lets its context end it. The caller holds the state, and hands what begin returns
// to end: the call in which this one is made, if the thread holds the state already, otherwise nil. Most calls are made in
// none and have no context. Then a pointer or two are all that is written: each costs, while the Go collector runs.
func (st *State) begin(o *origin) (around *run) {
	var own *scope
	if o.ctx != nil && canEnd(o.ctx) {
		own = st.enter(o)
	} else if st.resting.scope != nil {
		st.endRest()
	}
	r := st.run
	if r.state != nil {
		held := *r
		around, *r = &held, run{}
	} else {
		st.activity.began(st.registry.observed.Load() != 0)
	}
	r.state, r.depth = st, o.depth
	if o.caller != nil {
		r.caller, r.from = o.caller, o.from
	}
	if o.ctx != nil {
		r.ctx, r.scope, r.outer = o.ctx, own, o.outer
	}
	if st.registry.sampler.On() {
		st.beginSampling(around == nil)
	}
	return around
}

// end records the end of the call.
func (st *State) end(around *run) {
	r := st.run
	if r.given != nil {
		r.given.ended.Store(true)
		r.given = nil
	}
	for _, w := range st.lines {
		w.flush()
	}
	own := r.scope
	if r.ctx != nil {
		r.ctx, r.scope, r.outer, r.inside = nil, nil, nil, nil
	}
	if r.caller != nil {
		r.caller, r.from = nil, nil
	}
	r.state = nil
	if around != nil {
		*r = *around
	} else if st.activity.since.Load() != 0 {
		st.activity.since.Store(0)
	}
	if own != nil {
		st.leave(own, r.scope)
	}
	if st.sampled || st.registry.sampler.On() {
		st.endSampling(around == nil)
	}
}

// context returns the context for the functions that the call runs.
func (r *run) context() context.Context {
	if r.state == nil {
		return context.Background()
	}
	if r.inside != nil {
		return r.inside
	}
	if r.given == nil {
		r.given = &callContext{Context: r.ctx, depth: r.depth}
		if r.ctx == nil {
			r.given.Context = context.Background()
		}
		for st := range r.holds {
			r.given.holds = append(r.given.holds, st)
		}
	}
	return r.given
}

// showInside lets the functions that the call runs, and the calls that it makes, see a context derived from context's.
func (r *run) showInside(ctx context.Context) {
	if ctx != r.context() {
		r.ctx, r.inside = ctx, ctx
	}
}

// holds yields the states that the thread of the call holds, the innermost first.
func (r *run) holds(yield func(*State) bool) {
	for r != nil {
		if !yield(r.state) {
			return
		}
		if r.outer != nil {
			r.outer.yieldHeld(yield)
			return
		}
		r = r.caller
	}
}

// callContext is the context that Go functions get. It tells the calls that they make with it where they are.
type callContext struct {
	context.Context
	holds []*State // that are held while the call runs, the innermost first
	depth int
	ended atomic.Bool // when a goroutine uses the context for longer than the call
}

type callKey struct{}

// Value returns the value of the call's context.
func (c *callContext) Value(key any) any {
	if key == (callKey{}) {
		return c
	}
	return c.Context.Value(key)
}

func (c *callContext) yieldHeld(yield func(*State) bool) {
	if c.ended.Load() {
		return
	}
	for _, st := range c.holds {
		if !yield(st) {
			return
		}
	}
}

// holds yields the states that the thread holds in which a call is to be made.
func (o *origin) holds(yield func(*State) bool) {
	if o.outer != nil {
		o.outer.yieldHeld(yield)
		return
	}
	o.caller.holds(yield)
}

// held returns the states that holds yields.
func (o *origin) held() (held []*State) {
	if o.caller == nil && o.outer == nil {
		return nil
	}
	for st := range o.holds {
		held = append(held, st)
	}
	return held
}

// originIn returns the origin of a call that the running function of s makes, which is the module's VM or a coroutine in it.
func (m *module) originIn(s backend.VM) (o origin) {
	if r := m.run; r != nil {
		o.ctx, o.scope, o.caller, o.from, o.depth = r.ctx, r.scope, r, s, r.depth+1
		return o
	}
	o.depth = 1
	if m.env.HasContext() {
		if ctx := m.env.Context(); ctx != context.Background() {
			o.ctx = ctx
		}
	}
	return o
}
