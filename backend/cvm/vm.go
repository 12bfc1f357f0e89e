//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// Kind is what the adapter of a VM knows and this package does not.
type Kind struct {
	Backend backend.Backend
	// Wrap and Unwrap are those of the adapter.
	Wrap   func(*Thread) backend.VM
	Unwrap func(backend.VM) (*Thread, bool)
	// Libraries are the standard libraries of all VMs.
	Libraries *stdlib.Set
	// Environment is the name of the upvalue that a function may have when it is copied, "" for none.
	Environment string
	// RawTables reports whether the VM's own functions of the library table ignore metamethods.
	RawTables bool
}

// Thread is a thread of a VM.
type Thread struct {
	vm *vm
	l  *C.lua_State
}

// vm is the Go side of a VM.
type vm struct {
	anchor    uint64 // its address is how C knows the VM while it runs
	c         *C.cvm
	kind      *Kind
	env       *backend.Env
	main      Thread
	last      *Thread // the coroutine that has called Go last
	slots     []any   // the Go values and functions that Lua holds
	free      []int   // slots that are not in use
	cleanup   runtime.Cleanup
	noted     backend.Traceback // of the error that unwinds
	cause     error             // of the error that unwinds
	interrupt *backend.Interrupt
}

// New returns a new VM.
func New(kind *Kind, o backend.Options) (backend.VM, error) {
	if err := kind.Libraries.Check(kind.Backend, o); err != nil {
		return nil, err
	}
	limited := o.MaxMemory > 0 || o.MaxInstructions > 0
	if limited && !kind.Backend.Capabilities().Has(backend.CapLimits) {
		return nil, fmt.Errorf("backend %s cannot limit memory and instructions", kind.Backend.Name())
	}
	v := &vm{kind: kind, env: backend.NewEnv(kind.Backend, o), interrupt: o.Interrupt}
	v.c = C.cvm_new(C.size_t(v.env.MaxString))
	if v.c == nil {
		return nil, backend.ErrOutOfMemory
	}
	v.main = Thread{v, v.c.L}
	v.cleanup = runtime.AddCleanup(v, closeVM, v.c)
	t := &v.main
	kind.Libraries.Open(kind.Wrap(t))
	v.findLazyMetatable()
	if limited {
		v.limit(o)
	}
	if o.Interrupt != nil {
		v.setInterruptible(true)
		v.env.OnInterruptible(v.setInterruptible)
	}
	return kind.Wrap(t), nil
}

// limit sets the limits of a new VM. What it has from the start does not count.
func (v *vm) limit(o backend.Options) {
	if o.MaxMemory > 0 {
		v.c.limit = v.c.used + C.size_t(o.MaxMemory)
	}
	v.c.max = C.longlong(o.MaxInstructions)
	v.env.Budget = backend.NewCountedBudget(func(n int) bool { return C.cvm_fits(v.main.l, C.size_t(n)) != 0 })
}

func closeVM(c *C.cvm) { C.cvm_close(c) }

func (v *vm) findLazyMetatable() {
	t := &v.main
	backend.GetRegistered(v.kind.Wrap(t), stdlib.LazyMetatable)
	C.cvm_setlazy(t.l)
}

// thread returns the thread that C calls l.
func (v *vm) thread(l *C.lua_State) *Thread {
	if l == v.main.l {
		return &v.main
	}
	if v.last == nil || v.last.l != l {
		v.last = &Thread{v, l}
	}
	return v.last
}

// slot returns a new slot that holds value.
func (v *vm) slot(value any) C.int {
	v.drain()
	if n := len(v.free); n > 0 {
		i := v.free[n-1]
		v.free = v.free[:n-1]
		v.slots[i] = value
		return C.int(i)
	}
	v.slots = append(v.slots, value)
	return C.int(len(v.slots) - 1)
}

// drain empties the slots of values that the VM has collected.
func (v *vm) drain() {
	if v.c.nfreed == 0 {
		return
	}
	for _, i := range freedSlots(v.c) {
		v.slots[i] = nil
		v.free = append(v.free, int(i))
	}
	v.c.nfreed = 0
}

// Close frees the C memory of the VM.
func (t *Thread) Close() {
	v := t.vm
	if v.c == nil {
		return
	}
	v.env.Closing()
	v.cleanup.Stop()
	C.cvm_close(v.c)
	v.c, v.slots, v.free = nil, nil, nil
}

// Env returns what the host has chosen for the VM.
func (t *Thread) Env() *backend.Env { return t.vm.env }

// ScrubStack collects what only dead values refer to. The VM's own collector knows weak tables, so there is nothing to
// restore.
func (t *Thread) ScrubStack() backend.Restore {
	C.cvm_collect(t.l, unsafe.Pointer(&t.vm.anchor))
	t.vm.drain()
	return nil
}

// MemoryBytes returns what the VM has allocated, garbage included.
func (t *Thread) MemoryBytes() int { return int(t.vm.c.used) }
