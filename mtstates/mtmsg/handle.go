package mtmsg

import "github.com/mtstates/go-mtstates/backend"

// PushTo pushes a reference to the buffer onto the stack of a VM. With Object it makes a buffer a [backend.Handle],
// which crosses between states.
func (b *Buffer) PushTo(vm backend.VM) {
	openIn(vm, bufferType, b.store)
	vm.PushUserdata(&bufferRef{Buffer: b}, bufferType)
}

// Object returns the buffer.
func (b *Buffer) Object() any { return b }

// PushTo pushes a reference to the listener onto the stack of a VM. With Object it makes a listener a [backend.Handle],
// which crosses between states.
func (l *Listener) PushTo(vm backend.VM) {
	openIn(vm, listenerType, l.store)
	vm.PushUserdata(&listenerRef{Listener: l}, listenerType)
}

// Object returns the listener.
func (l *Listener) Object() any { return l }

// openIn makes a VM know the classes of the module, also one that has not required it.
func openIn(vm backend.VM, typeName string, store *Store) {
	top := vm.GetTop()
	backend.GetRegistered(vm, typeName)
	if vm.Type(-1) != backend.Table {
		(&module{store: store}).open(vm)
	}
	vm.SetTop(top)
}
