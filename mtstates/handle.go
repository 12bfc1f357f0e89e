package mtstates

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// owning is a handle that owns its state: the value of a userdata, or of one in a message.
type owning struct {
	owner.Handle
	state *State
}

// own returns a new handle in a VM, or in a message if vm is nil. alive is false if the state is gone.
func (st *State) own(vm backend.VM) (h *owning, alive bool) {
	h = &owning{state: st}
	alive = h.Init(&st.owned, (*lapsed)(st), vm)
	return h, alive
}

// PushTo pushes another handle of the state. With Object and Detach it makes an owning a [backend.Detachable].
func (h *owning) PushTo(vm backend.VM) { h.state.PushTo(vm) }

// Object returns the state.
func (h *owning) Object() any { return h.state }

// Detach returns a handle for a message.
func (h *owning) Detach() backend.Handle {
	detached, _ := h.state.own(nil)
	return detached
}

// PushTo pushes a handle of the state onto the stack of a VM. With Object it makes a state a [backend.Handle], which
// crosses between states.
func (st *State) PushTo(vm backend.VM) {
	h, _ := st.own(vm)
	st.push(vm, h)
}

func (st *State) push(vm backend.VM, h *owning) {
	openStateClass(vm, st.registry)
	vm.PushUserdata(h, stateType)
}

// Object returns the state.
func (st *State) Object() any { return st }

// lapsed is a state without handles.
type lapsed State

// Expire closes the state, or lets the end of its present call do so.
func (l *lapsed) Expire(further *owner.Pending) {
	st := (*State)(l)
	if st.seize(false) {
		further.AddVM(st.vm)
		st.discard()
	}
}

// PushTo pushes the error as an object, or its text in an edition with such errors, onto the stack of a VM. With Object
// it makes an error a [backend.Handle], which crosses between states.
func (e *Error) PushTo(vm backend.VM) {
	if editionIn(vm).textErrors {
		vm.PushString(textFor(vm, e.messageParts))
		return
	}
	if name := e.typeName(); !known(vm, name) {
		openErrorClass(vm, name)
	}
	vm.PushUserdata(e, e.typeName())
}

// Object returns the error.
func (e *Error) Object() any { return e }

// known reports whether a VM has a class of objects.
func known(vm backend.VM, typeName string) bool {
	backend.GetRegistered(vm, typeName)
	isClass := vm.Type(-1) == backend.Table
	vm.SetTop(vm.GetTop() - 1)
	return isClass
}
