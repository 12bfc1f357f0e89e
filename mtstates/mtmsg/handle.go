package mtmsg

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// bufferRef is a reference to a buffer: the value of a userdata, or of one in a message.
type bufferRef struct {
	owner.Handle
	*Buffer
	nonblock bool
}

// own returns a new reference in a VM, or in a message if vm is nil. alive is false if the buffer is gone.
func (b *Buffer) own(vm backend.VM) (r *bufferRef, alive bool) {
	r = &bufferRef{Buffer: b}
	alive = r.Init(&b.owned, (*lapsedBuffer)(b), vm)
	return r, alive
}

// bufferBytes and listenerBytes are about what a buffer, without messages, and a listener take with a reference.
const (
	bufferBytes   = 640
	listenerBytes = 400
)

// MemoryBytes returns about how many bytes the reference and the buffer take, see [backend.Sized]. Messages have a limit of
// their own, because several states may have the same buffer.
func (r *bufferRef) MemoryBytes() int { return bufferBytes }

// MemoryBytes is that of a bufferRef, for a listener.
func (r *listenerRef) MemoryBytes() int { return listenerBytes }

// Detach returns a reference for a message. It makes a bufferRef a [backend.Detachable].
func (r *bufferRef) Detach() backend.Handle {
	detached, _ := r.own(nil)
	return detached
}

// PushTo pushes a reference to the buffer onto the stack of a VM. With Object it makes a buffer a [backend.Handle],
// which crosses between states.
func (b *Buffer) PushTo(vm backend.VM) {
	r, _ := b.own(vm)
	openIn(vm, bufferType, b.store)
	vm.PushUserdata(r, bufferType)
}

// Object returns the buffer.
func (b *Buffer) Object() any { return b }

// listenerRef is a reference to a listener.
type listenerRef struct {
	owner.Handle
	*Listener
	nonblock bool
}

// own returns a new reference in a VM, or in a message if vm is nil. alive is false if the listener is gone.
func (l *Listener) own(vm backend.VM) (r *listenerRef, alive bool) {
	r = &listenerRef{Listener: l}
	alive = r.Init(&l.owned, (*lapsedListener)(l), vm)
	return r, alive
}

// Detach returns a reference for a message. It makes a listenerRef a [backend.Detachable].
func (r *listenerRef) Detach() backend.Handle {
	detached, _ := r.own(nil)
	return detached
}

// PushTo pushes a reference to the listener onto the stack of a VM. With Object it makes a listener a [backend.Handle],
// which crosses between states.
func (l *Listener) PushTo(vm backend.VM) {
	r, _ := l.own(vm)
	openIn(vm, listenerType, l.store)
	vm.PushUserdata(r, listenerType)
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
