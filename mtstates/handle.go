package mtstates

import "github.com/mtstates/go-mtstates/backend"

// PushTo pushes a handle of the state onto the stack of a VM. With Object it makes a state a [backend.Handle], which
// crosses between states.
func (st *State) PushTo(vm backend.VM) {
	pushRef(vm, st)
}

// Object returns the state.
func (st *State) Object() any { return st }

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
