package mtstates

import (
	"context"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// Call calls the callback. These are arguments, and values inside of them:
//
//   - nil, booleans, strings and numbers of all types, of which integers up to 2^53; []byte is a string, time.Time and
//     time.Duration are numbers of seconds, and what implements encoding.TextMarshaler is its text;
//   - maps, slices, arrays and structs, which become tables. A field of a struct has its own name or that of a tag:
//     `lua:"name,omitempty"`, and `lua:"-"` leaves it out. Fields of an embedded struct count as those of the outer one;
//   - pointers to such values. Pointers, maps and slices that occur several times, or in themselves, become one table;
//   - functions, see [WithGo];
//   - errors, which errors.Is finds again when the script raises them, *[State], *[Table], *[Error], the buffers of package
//     mtmsg, and backend.LightUserdata.
//
// [Results.Scan] copies results into variables. For an argument of another type the error is an [*ArgumentError] with the
// path to the value. The other errors are [ErrObjectClosed], [ErrRegistryClosed], [ErrInvokingState], [ErrStateResult],
// [ErrOutOfMemory], [ErrInterrupted], and [ErrDeadlock].
//
// A state runs one call at a time. Call waits for its turn, first come, first served. When ctx ends, so does the wait or
// the run; the error is ErrInterrupted and wraps that of ctx. A context that a Go function in a state got tells Call where
// it is made: a call that would wait for itself, directly or through other states, fails with ErrDeadlock at once.
func (st *State) Call(ctx context.Context, args ...any) (Results, error) {
	return st.call(ctx, args, true)
}

// TryCall is [State.Call] for a caller that does not wait: the error is [ErrConcurrentAccess] if the state is in use.
func (st *State) TryCall(ctx context.Context, args ...any) (Results, error) {
	return st.call(ctx, args, false)
}

// call is Call or TryCall.
func (st *State) call(ctx context.Context, args []any, waits bool) (Results, error) {
	var room [fewValues]backend.Value
	values, err := appendValues(room[:0], args, "call")
	if err != nil {
		return nil, err
	}
	o := fromGo(ctx)
	if o.depth > maxDepth {
		return nil, tooDeep()
	}
	if err := st.take(&o, waits); err != nil {
		return nil, err
	}
	return st.callTaken(&o, values)
}

// callTaken makes a call from Go in a state that the caller has taken, whose use ends with the call.
func (st *State) callTaken(o *origin, values []backend.Value) (Results, error) {
	if o.outer != nil && st.registry.sampler.On() {
		defer o.outer.pause()()
	}
	around, ended := st.begin(o), false
	defer func() {
		if !ended {
			st.abandon(around, o.depth)
		}
	}()
	results, err := st.callWith(values)
	st.end(around)
	ended = true
	st.release(o.depth)
	return results, err
}

// callWith is the part of callTaken that uses the VM.
func (st *State) callWith(values []backend.Value) (results Results, err error) {
	if err := st.pushCall(values); err != nil {
		return nil, err
	}
	if err := st.attempt(len(values)); err != nil {
		return nil, err
	}
	results, err = st.results(st.callback+1, "state function")
	st.vm.SetTop(st.callback)
	return results, err
}

// invoke calls the callback in a state that the caller holds. It leaves the results on the stack, or after an error nothing.
func (st *State) invoke(values []backend.Value) error {
	if err := st.pushCall(values); err != nil {
		return err
	}
	return st.protected(len(values))
}

// pushCall pushes the callback and its arguments, or after an error nothing.
func (st *State) pushCall(values []backend.Value) error {
	st.vm.PushValue(st.callback)
	if err := crossing.Push(st.vm, values, st.interrupt); err != nil {
		st.vm.SetTop(st.callback)
		return st.argumentFault(nil, err, "call", 1)
	}
	return nil
}

// callFrom calls the callback with the values of another VM's stack from index first to the top, and leaves the
// results there. m is the module in that VM. It is the hot path: it allocates nothing.
func (st *State) callFrom(s backend.VM, first int, m *module) (results int, err error) {
	o := m.originIn(s)
	if o.depth > maxDepth {
		return 0, tooDeep()
	}
	if err := st.take(&o, false); err != nil {
		return 0, err
	}
	return st.callHeld(s, first, &o)
}

// callHeld is callFrom for a caller that holds the state, whose use ends with the call.
func (st *State) callHeld(s backend.VM, first int, o *origin) (results int, err error) {
	if st.registry.sampler.On() {
		defer pause(s)()
	}
	around, ended := st.begin(o), false
	defer func() { // one that does nothing is cheaper than one for each thing to do
		if !ended {
			st.abandon(around, o.depth)
		}
	}()
	results, err = st.exchange(s, first)
	st.end(around)
	ended = true
	st.release(o.depth)
	return results, err
}

// exchange is the part of callHeld that uses the VMs.
func (st *State) exchange(s backend.VM, first int) (results int, err error) {
	vm, last := st.vm, s.GetTop()
	vm.PushValue(st.callback)
	if err := crossing.Copy(s, vm, first, last); err != nil {
		vm.SetTop(st.callback)
		return 0, st.argumentFault(s, err, "call", first)
	}
	if i := s.Env().Interrupt; i.InForeground() {
		err = st.attemptUnder(i, last-first+1)
	} else {
		err = st.attempt(last - first + 1)
	}
	if err != nil {
		return 0, err
	}
	results = vm.GetTop() - st.callback
	err = crossing.Copy(vm, s, st.callback+1, st.callback+results)
	vm.SetTop(st.callback)
	if err != nil {
		return 0, st.resultFault(s, err, "state function", st.callback)
	}
	return results, nil
}

// abandon ends the use of a state for a call that does not return, because a function of the host has ended the goroutine
// with runtime.Goexit or a panic has come through.
func (st *State) abandon(around *run, depth int) {
	defer st.release(depth)
	defer st.end(around)
	switch {
	case st.inVM: // which has stopped in the middle of something
		st.discard()
	case st.vm != nil:
		st.vm.SetTop(st.callback)
	}
}

// attempt is protected for a caller that abandons the state when attempt does not return.
func (st *State) attempt(args int) error {
	if st.registry.hooks.Load() != nil {
		return st.protected(args)
	}
	st.ran, st.inVM = true, true
	failure := st.vm.PCall(args, backend.MultipleResults)
	st.inVM = false
	if failure != nil {
		return st.fail(failure)
	}
	return nil
}

// attemptUnder is attempt for a call from a VM whose interrupt, i, may be that of a foreground.
func (st *State) attemptUnder(i *backend.Interrupt, args int) error {
	if st.enterForeground(i) {
		defer st.leaveForeground(i)
	}
	return st.attempt(args)
}

// protected calls the function below args arguments on the stack of the state, which the caller holds. After a
// failure the stack is as before. When a function of the host ends the goroutine, with runtime.Goexit, the state is closed: its
// VM has stopped in the middle of something.
func (st *State) protected(args int) (err error) {
	st.ran = true
	var end func(error)
	returned := false
	defer func() {
		if !returned {
			st.discard()
			err = ErrObjectClosed.With(st.label() + ": its goroutine ended")
		}
		if end != nil {
			st.runEnd(end, err)
		}
	}()
	if hooks := st.registry.hooks.Load(); hooks != nil {
		end = st.runHooks(*hooks)
	}
	failure := st.vm.PCall(args, backend.MultipleResults)
	returned = true
	if failure != nil {
		return st.fail(failure)
	}
	return nil
}

// enterForeground lets what stops the caller, whose interrupt is i, stop the state as well. It reports whether leaveForeground
// must be called after the call. A foreground that the state is in already stops it as before.
func (st *State) enterForeground(i *backend.Interrupt) bool {
	if !i.InForeground() {
		return false
	}
	if !st.registry.interrupt && !st.interrupt.InForeground() && st.run.scope == nil {
		st.vm.Env().SetInterruptible(true)
	}
	return i.Enter(st.interrupt)
}

func (st *State) leaveForeground(i *backend.Interrupt) {
	i.Leave(st.interrupt)
	if !st.interrupt.InForeground() && st.run.scope == nil {
		st.ignoreInterrupt()
	}
}

// interruptOf returns the interrupt of the VM that calls a state; nil for Go, and for a VM without.
func interruptOf(caller backend.VM) *backend.Interrupt {
	if caller == nil {
		return nil
	}
	return caller.Env().Interrupt
}

// fail returns the error of a failed call. It restores the stack even if an error of the host panics when it is asked
// for its text.
func (st *State) fail(f *backend.Failure) error {
	st.activity.errors++
	if f.Broken {
		defer st.discard()
	} else {
		defer st.vm.SetTop(st.callback)
	}
	return st.failed(st.vm, f, st.label()+": ")
}

// take takes the state for a call, and waits for it if the call may.
func (st *State) take(o *origin, waits bool) error {
	if o.ctx == nil && !st.registry.life.draining.Load() && st.mode.CompareAndSwap(idle, running) {
		return nil // as most calls do
	}
	return st.takeOrWait(o, waits)
}

func (st *State) takeOrWait(o *origin, waits bool) error {
	if err := st.refuse(o); err != nil {
		return err
	}
	if waits {
		if o.outer != nil && st.registry.sampler.On() {
			defer o.outer.pause()()
		}
		return st.await(o, patience{})
	}
	return st.acquire()
}

// refuse returns the error of a call whose context or registry has ended before.
func (st *State) refuse(o *origin) error {
	if err := st.ended(o.ctx); err != nil {
		return err
	}
	if st.registry.life.refuses(o.depth) && st.known() {
		return ErrRegistryClosed
	}
	return nil
}

// ended returns the error of a call whose context has ended before.
func (st *State) ended(ctx context.Context) error {
	if ctx == nil || ctx.Err() == nil {
		return nil
	}
	return endedBy(ctx, st.label()+": interrupted before the call", nil)
}

// maxDepth is how deep states may be nested in one thread, each called or notified by the one before. Each takes a part
// of the goroutine's stack, and a Go program dies when that overflows.
const maxDepth = 100

func tooDeep() error {
	return ErrOutOfMemory.With(fmt.Sprintf("more than %d states call each other", maxDepth))
}
