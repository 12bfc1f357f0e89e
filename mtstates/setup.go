package mtstates

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates/internal/realm"
)

// blueprint describes a state that is to be made.
type blueprint struct {
	registry  *Registry
	backend   backend.Backend
	outputs   outputs // of the state; nil ones are the registry's
	limits    limits
	realm     *realm.Realm // of what makes the state
	isolated  bool         // the state has a realm of its own
	kept      bool
	begin     func(*State) // gets the state before its setup runs; nil if nobody wants it
	chunk     string       // the name of a setup string, its text if empty
	name      string
	named     bool
	unlisted  bool // look-ups do not find the name
	libraries bool
	args      []any // of the setup, for NewState
	// pushSetup pushes the setup function onto the new VM's stack.
	pushSetup func(vm backend.VM) error
	// pushArgs pushes the arguments of the setup and returns how many.
	pushArgs func(st *State) (int, error)
	// caller is the VM that creates the state, nil for Go.
	caller backend.VM
	// origin is that of the setup's call.
	origin origin
	// takeResults hands over the results of setup from index first on; the callback is below them.
	takeResults func(st *State, first int) error
}

// create makes a state and runs its setup. The name is taken from the start, but look-ups do not find the state before
// the setup has ended. After a failure, or a panic in the caller's VM, nothing of the state is left.
func (r *Registry) create(b blueprint) (*State, error) {
	return r.newState(b).create(b)
}

// newState returns a state that is to be made.
func (r *Registry) newState(b blueprint) *State {
	st := &State{registry: r, id: lastID.Add(1), name: b.name, named: b.named, realm: b.realm, interrupt: &backend.Interrupt{}, run: &run{}}
	if b.caller == nil {
		st.owned.Pin()
	}
	st.mode.Store(inSetup)
	return st
}

func (st *State) create(b blueprint) (*State, error) {
	r := st.registry
	if b.origin.depth > maxDepth {
		return nil, tooDeep()
	}
	if r.life.refuses(b.origin.depth) {
		return nil, ErrRegistryClosed
	}
	if err := b.limits.check(); err != nil {
		return nil, fmt.Errorf("mtstates: new state: %w", err)
	}
	if err := st.ended(b.origin.ctx); err != nil {
		return nil, err
	}
	if err := r.register(st, b.named && !b.unlisted, b.caller); err != nil {
		return nil, err
	}
	ready := false
	defer func() {
		if !ready {
			st.discard()
		}
	}()
	if b.isolated {
		b.realm = realm.New()
	}
	vm, err := r.newVM(b.backend, vmOptions{
		libraries: b.libraries, interrupt: st.interrupt, run: st.run, outputs: st.outputsOf(b), limits: b.limits, realm: b.realm,
	})
	if err != nil {
		return nil, err
	}
	if !r.interrupt {
		vm.Env().SetInterruptible(false)
	}
	if budget := vm.Env().Budget; budget != nil {
		budget.Report = &st.activity.memory
	}
	st.vm, st.backend, st.callback = vm, b.backend, vm.GetTop()+1
	if b.begin != nil {
		b.begin(st)
	}
	if err := st.setUp(b); err != nil {
		return nil, err
	}
	vm.SetTop(st.callback)
	st.keepCallback()
	if b.kept {
		r.keep(st)
	}
	ready = true
	st.mode.Store(idle)
	r.life.announce()
	if r.life.closed.Load() { // and Close has perhaps not seen this state
		st.shut(true)
		return nil, ErrRegistryClosed
	}
	return st, nil
}

func (st *State) setUp(b blueprint) error {
	if b.caller != nil && st.registry.sampler.On() {
		defer pause(b.caller)()
	}
	around := st.begin(&b.origin)
	defer st.end(around)
	st.activity.calls = 0 // the setup is not one
	if err := b.pushSetup(st.vm); err != nil {
		return err
	}
	args, err := b.pushArgs(st)
	if err != nil {
		return err
	}
	st.ran = true
	if i := interruptOf(b.caller); st.enterForeground(i) {
		defer st.leaveForeground(i)
	}
	if failure := st.vm.PCall(args, backend.MultipleResults); failure != nil {
		return st.failed(st.vm, failure, "")
	}
	if failure := st.freeze(); failure != nil {
		return st.failed(st.vm, failure, "")
	}
	if t := st.vm.Type(st.callback); t != backend.FunctionType {
		got := t.String()
		if t == backend.None {
			got = "nothing"
		}
		return ErrStateResult.With(fmt.Sprintf("state setup returns %s but a function is required as first result parameter", got))
	}
	return b.takeResults(st, st.callback+1)
}

// freeze makes the globals read-only, if the options say so.
func (st *State) freeze() *backend.Failure {
	if !st.vm.Env().ReadOnlyGlobals {
		return nil
	}
	st.vm.PushFunction(func(vm backend.VM) int {
		backend.Freeze(vm)
		return 0
	})
	return st.vm.PCall(0, 0)
}

// register adds a new state to the registry; listed, look-ups find its name. Dead states count until the collector has found them, so it runs before a
// state is refused.
func (r *Registry) register(st *State, listed bool, caller backend.VM) error {
	holder, full := r.add(st, listed)
	if full {
		r.dropDead(caller)
		holder, full = r.add(st, listed)
	}
	switch {
	case full:
		return ErrOutOfMemory.With(fmt.Sprintf("the limit of %d states is reached", r.maxStates))
	case holder != nil:
		return ErrObjectExists.With(holder.label())
	}
	return nil
}

func (r *Registry) add(st *State, listed bool) (holder *State, full bool) {
	switch shared := r.edition.sharedNames; {
	case shared && r.maxStates > 0:
		return nil, r.states.AddSharedWithin(r.maxStates, st, st.id, st.realm.Key(st.name), listed)
	case shared:
		r.states.AddShared(st, st.id, st.realm.Key(st.name), listed)
		return nil, false
	case r.maxStates > 0:
		return r.states.AddWithin(r.maxStates, st, st.id, st.realm.Key(st.name), listed)
	}
	return r.states.Add(st, st.id, st.realm.Key(st.name), listed), false
}

// dropDead makes room in a full registry, once for all threads that wait for it. What only dead values of the VM that makes
// a state refer to is dead as well; caller is nil for Go.
func (r *Registry) dropDead(caller backend.VM) {
	r.dropping.Lock()
	defer r.dropping.Unlock()
	if r.states.Full(r.maxStates) {
		if caller != nil {
			if restore := caller.ScrubStack(); restore != nil {
				defer restore()
			}
		}
		r.Collect()
		r.states.Sweep()
	}
}

// NewState makes a state and runs setup in it, a string of Lua code. The first result of setup must be the callback;
// NewState returns the others as [State.Call] returns results. The errors are [ErrObjectExists], [ErrInvokingState]
// (which wraps a *backend.SyntaxError if setup cannot be compiled), [ErrStateResult], [ErrOutOfMemory],
// [ErrInterrupted] together with the error of ctx if that ended the setup, and an [*ArgumentError] for a wrong argument.
func (r *Registry) NewState(ctx context.Context, setup string, options ...StateOption) (*State, Results, error) {
	b := blueprint{registry: r, backend: r.backend, limits: r.limits, isolated: r.isolated, libraries: true, origin: fromGo(ctx)}
	for _, option := range options {
		if option != nil {
			option.applyToState(&b)
		}
	}
	values, err := appendValues(nil, b.args, "newstate")
	if err != nil {
		return nil, nil, err
	}
	b.pushSetup = func(vm backend.VM) error { return loadSetup(vm, setup, cmp.Or(b.chunk, setup)) }
	b.pushArgs = func(st *State) (int, error) {
		if err := crossing.Push(st.vm, values, st.interrupt); err != nil {
			return 0, st.argumentFault(nil, err, "newstate", 1)
		}
		return len(values), nil
	}
	var results Results
	b.takeResults = func(st *State, first int) (err error) {
		results, err = st.results(first, "state setup")
		return err
	}
	st, err := r.create(b)
	if err != nil {
		return nil, nil, err
	}
	return st, results, nil
}

// loadSetup compiles a setup string. A syntax error counts as an error in the new state, which has no stack yet.
func loadSetup(vm backend.VM, source, chunk string) error {
	err := vm.Load(source, chunk, 0)
	var syntax *backend.SyntaxError
	if errors.As(err, &syntax) {
		return &Error{name: ErrInvokingState.name, details: syntax.Message, hasDetails: true, cause: syntax}
	}
	return err
}
