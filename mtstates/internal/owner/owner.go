// Package owner frees objects in the moment when the last VM that has a handle of them is closed, as states, buffers and
// listeners are freed when a Lua state in C closes. Only packages below mtstates import it.
//
// An object has handles: in VMs, as the values of userdata, and in messages that wait. Handles and VMs know each other by
// weak pointers only, so that the Go collector frees whatever nothing refers to, also circles; an object that dies like
// that needs nothing of this package. When a VM is closed, its handles are released. An object whose last handle is released
// expires, and releases the handles that it held itself, and so on. What Go code refers to is pinned and never expires: it
// has the collector.
//
// All functions may be called from any goroutine, but for those of a [VM], which belongs to the goroutine that uses the VM.
package owner

import (
	"slices"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
)

// Object is what handles own.
type Object interface {
	// Expire frees the object: look-ups no longer find it. It is called once, by the goroutine that released the last
	// handle. It hands the handles that the object held, in its VM or its messages, to further, which releases them when
	// Expire has returned: chains of owners need no stack.
	Expire(further *Pending)
}

// Owned is the part of an object that knows its handles. The zero Owned has none.
type Owned struct {
	mu      sync.Mutex
	handles []weak.Pointer[Handle]
	pinned  bool
	expired atomic.Bool
}

// Expired reports whether the last handle was released.
func (o *Owned) Expired() bool { return o.expired.Load() }

// Pin keeps the object from expiring, because Go code has it. It returns false if it has expired.
func (o *Owned) Pin() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pinned = true
	return !o.expired.Load()
}

// Handle owns an object until it is released, or collected. It is a part of the value of a userdata, or of a message.
type Handle struct {
	owned    *Owned
	object   Object
	released bool // owned.mu guards it
}

// handleBytes is about what a handle takes, with what its object knows about it.
const handleBytes = 160

// MemoryBytes returns about how many bytes the handle takes, see [backend.Sized].
func (h *Handle) MemoryBytes() int { return handleBytes }

// Init makes h a handle of object, whose owned is a part of it, for a VM; vm is nil for a message. It returns false
// if the object has expired.
func (h *Handle) Init(owned *Owned, object Object, vm backend.VM) bool {
	h.owned, h.object = owned, object
	owned.mu.Lock()
	alive := !owned.expired.Load()
	if alive {
		owned.handles = add(owned.handles, h)
	}
	owned.mu.Unlock()
	if alive && vm != nil {
		held := heldBy(vm)
		held.handles = add(held.handles, h)
	}
	return alive
}

// add adds a handle to a list. Before the list grows it loses those that were collected.
func add(list []weak.Pointer[Handle], h *Handle) []weak.Pointer[Handle] {
	if len(list) == cap(list) {
		left := list[:0]
		for _, w := range list {
			if w.Value() != nil {
				left = append(left, w)
			}
		}
		clear(list[len(left):])
		if list = left; len(list) > cap(list)/2 {
			list = append(make([]weak.Pointer[Handle], 0, 2*cap(list)), list...)
		}
	}
	return append(list, weak.Make(h))
}

// Held returns h: what a userdata or a message has, and has h as a part of it, is a [Holder].
func (h *Handle) Held() *Handle { return h }

// Holder has a handle.
type Holder interface{ Held() *Handle }

// Pin keeps the object of the handle from expiring.
func (h *Handle) Pin() { h.owned.Pin() }

// release ends what Init began, and returns the object if it was the last handle.
func (h *Handle) release() Object {
	o := h.owned
	o.mu.Lock()
	defer o.mu.Unlock()
	if h.released || o.expired.Load() {
		return nil
	}
	h.released = true
	for n := len(o.handles); n > 0; n-- {
		if other := o.handles[n-1].Value(); other != nil && !other.released {
			return nil
		}
		o.handles = o.handles[:n-1]
	}
	if o.pinned {
		return nil
	}
	o.expired.Store(true)
	return h.object
}

// Pending are handles that are to be released.
type Pending struct{ handles []*Handle }

// Release releases handles, and all that objects held that expire.
func Release(handles ...*Handle) {
	if len(handles) > 0 {
		p := Pending{slices.Clone(handles)}
		p.release()
	}
}

// Add adds handles to those that are to be released.
func (p *Pending) Add(handles ...*Handle) { p.handles = append(p.handles, handles...) }

// AddVM adds the handles in a VM that is closed next.
func (p *Pending) AddVM(vm backend.VM) {
	if h, ok := vm.Env().Kept(heldKey{}).(*held); ok {
		h.moveTo(p)
	}
}

func (p *Pending) release() {
	for len(p.handles) > 0 {
		last := len(p.handles) - 1
		h := p.handles[last]
		p.handles[last] = nil
		p.handles = p.handles[:last]
		if object := h.release(); object != nil {
			object.Expire(p)
		}
	}
}

// held has the handles in a VM.
type held struct{ handles []weak.Pointer[Handle] }

type heldKey struct{}

func (h *held) moveTo(p *Pending) {
	for _, w := range h.handles {
		if handle := w.Value(); handle != nil {
			p.Add(handle)
		}
	}
	h.handles = nil
}

// heldBy returns the list of a VM, which releases its handles when it is closed.
func heldBy(vm backend.VM) *held {
	env := vm.Env()
	if h, ok := env.Kept(heldKey{}).(*held); ok {
		return h
	}
	h := &held{}
	env.Keep(heldKey{}, h)
	env.AtClose(func() { // must not refer to vm, which may be a coroutine
		var p Pending
		h.moveTo(&p)
		p.release()
	})
	return h
}
