package mtstates

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// callInTurn is callFrom for a call that waits for its turn as long as its patience lasts.
func (st *State) callInTurn(s backend.VM, first int, m *module, p patience) (results int, err error) {
	o := m.originIn(s)
	if o.depth > maxDepth {
		return 0, tooDeep()
	}
	if err := st.awaitFrom(s, &o, p); err != nil {
		return 0, err
	}
	return st.callHeld(s, first, &o)
}

// awaitFrom is await for the running function of s. An interrupt of s is raised in it.
func (st *State) awaitFrom(s backend.VM, o *origin, p patience) error {
	if err := st.refuse(o); err != nil {
		return err
	}
	if st.tryAcquire() {
		return nil
	}
	p.interrupt = s.Env().Interrupt
	defer p.interrupt.Resume(p.interrupt.Pause())
	err := st.await(o, p)
	if err == errWaitInterrupted {
		raiseInterrupted(s)
	}
	return err
}

// callReentrant is callInTurn, but a call of a state that the thread of the call runs already, further up, is made at once:
// inside of the call that the state is making.
func (st *State) callReentrant(s backend.VM, first int, m *module, p patience) (results int, err error) {
	if m.run != nil {
		if caller := m.run.within(st, s); caller != nil {
			return st.reenter(s, first, m, caller)
		}
	}
	return st.callInTurn(s, first, m, p)
}

// activation is a call of a state that runs and calls another state.
type activation struct {
	run *run
	// caller is what refers to run in the call that it makes; nil if that is the re-entrant one.
	caller **run
	vm     backend.VM // in which the state makes the call
}

// within returns the innermost call of st in the thread of r, which makes a call in s. It is nil if st does not run there.
func (r *run) within(st *State, s backend.VM) *activation {
	a := &activation{run: r, vm: s}
	for a.run != nil && a.run.state != st {
		a.vm, a.caller = a.run.from, &a.run.caller
		a.run = a.run.caller
	}
	if a.run == nil || st.mode.Load()&running == 0 {
		return nil
	}
	return a
}

// reenter calls the callback inside of a call of the state. A run is of one call at a time, so that of the call around is
// moved away, and what refers to it refers to its new place in the meantime.
func (st *State) reenter(s backend.VM, first int, m *module, a *activation) (results int, err error) {
	o := m.originIn(s)
	if o.depth > maxDepth {
		return 0, tooDeep()
	}
	moved := *a.run
	if a.caller == nil {
		o.caller = &moved
	} else {
		*a.caller = &moved
		defer func() { *a.caller = a.run }()
	}
	if st.registry.sampler.On() {
		defer pause(s)()
	}
	around := st.begin(&o)
	defer st.end(around)
	st.activity.calls++
	vm, base, last := a.vm, a.vm.GetTop(), s.GetTop()
	pushCallback(vm)
	if err := crossing.Copy(s, vm, first, last); err != nil {
		vm.SetTop(base)
		return 0, st.argumentFault(s, err, "call", first)
	}
	if i := interruptOf(s); st.enterForeground(i) {
		defer st.leaveForeground(i)
	}
	if err := st.protectedInside(vm, last-first+1); err != nil {
		defer vm.SetTop(base)
		return 0, err
	}
	results = vm.GetTop() - base
	err = crossing.Copy(vm, s, base+1, base+results)
	if s != vm || err != nil {
		vm.SetTop(base)
	} // otherwise the results lie above those of the callback
	if err != nil {
		return 0, st.resultFault(s, err, "state function", base)
	}
	return results, nil
}

// protectedInside is protected for a call inside of another one, in a VM that is that of the state or a coroutine in it. When
// a function of the host ends the goroutine, the call around closes the state.
func (st *State) protectedInside(vm backend.VM, args int) (err error) {
	if hooks := st.registry.hooks.Load(); hooks != nil {
		end := st.runHooks(*hooks)
		err = ErrObjectClosed.With(st.label() + ": its goroutine ended")
		defer func() { end(err) }() // the call around closes the state if that ends the goroutine
	}
	if f := vm.PCall(args, backend.MultipleResults); f != nil {
		st.activity.errors++
		return st.failed(vm, f, st.label()+": ")
	}
	return nil
}

// callbackField is where the registry of a state's VM has the callback, for calls inside of others.
const callbackField = "mtstates.callback"

// keepCallback stores the callback of a new state where calls inside of others find it.
func (st *State) keepCallback() {
	st.vm.PushRegistry()
	st.vm.PushValue(st.callback)
	st.vm.RawSetField(-2, callbackField)
	st.vm.SetTop(st.callback)
}

func pushCallback(vm backend.VM) { backend.GetRegistered(vm, callbackField) }
