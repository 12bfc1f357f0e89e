package mtstates

import (
	"weak"

	"github.com/mtstates/go-mtstates/backend"
)

// reference is a handle that does not own its state. Methods are those of states; when the state is gone, they find a
// closed one with its id and name in its place.
type reference struct {
	state    weak.Pointer[State]
	registry *Registry
	id       int64
	name     string
	named    bool
}

func (st *State) refer() *reference {
	return &reference{weak.Make(st), st.registry, st.id, st.name, st.named}
}

// target returns the state. It is closed if the state is gone.
func (r *reference) target() *State {
	if st := r.state.Value(); st != nil {
		return st
	}
	gone := &State{registry: r.registry, id: r.id, name: r.name, named: r.named}
	gone.mode.Store(closed)
	return gone
}

// PushTo pushes a handle that does not own the state either. With Object it makes a reference a [backend.Handle], which
// crosses between states.
func (r *reference) PushTo(vm backend.VM) {
	openStateClass(vm, r.registry)
	vm.PushUserdata(r, stateType)
}

// Object returns the state.
func (r *reference) Object() any { return r.target() }

// Notify is [State.Notify].
func (r *reference) Notify() bool { return r.target().Notify() }

// NotifyFrom is [State.NotifyFrom].
func (r *reference) NotifyFrom(vm backend.VM) bool { return r.target().NotifyFrom(vm) }

// Closed is [State.Closed].
func (r *reference) Closed() bool { return r.target().Closed() }

// Pin keeps the state from expiring, because Go code has it.
func (r *reference) Pin() { r.target().owned.Pin() }

// resolveState returns the state that a userdata of the class stands for; one of another process is its own value.
func resolveState(object any) (Ref, bool) {
	switch h := object.(type) {
	case *owning:
		return h.state, true
	case *reference:
		return h.target(), true
	}
	return nil, false
}
