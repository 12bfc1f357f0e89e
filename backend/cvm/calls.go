//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
import "C"

import (
	"fmt"
	"math"
	"strings"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// raised is the panic with which an error goes through Go frames. Its value is on the top of the stack.
type raised struct{ how C.int }

// Error is for a panic outside of any protected call.
func (*raised) Error() string { return "a Lua error outside of a protected call" }

var ordinary = &raised{C.PLAIN}

// PCall is the operation of the contract. A Go panic counts as an error.
func (t *Thread) PCall(args, results int) *backend.Failure {
	if t.vm.c.every > 0 {
		t.vm.c.every = C.int(t.vm.interrupt.Next())
	}
	status, how := t.run(args, results)
	if status == C.LUA_OK {
		return nil
	}
	failure := &backend.Failure{Traceback: traceback.Empty, OutOfMemory: how&C.MEMORY != 0}
	if v := t.vm; status == C.LUA_ERRRUN {
		if v.noted != nil {
			failure.Traceback = v.noted
		}
		switch {
		case v.c.final == C.CAUSE:
			failure.Cause = backend.ErrTooManyInstructions
		case how&C.CAUSE != 0:
			failure.Cause = v.cause
		}
	}
	t.vm.noted, t.vm.cause = nil, nil
	if text, ok := t.ToString(-1); ok {
		failure.Interrupted = t.vm.interrupt.Caused(text) || failure.Cause == backend.ErrTooManyInstructions
		failure.OutOfMemory = failure.OutOfMemory || how&C.CAUSE == 0 && isOverflow(text)
	}
	return failure
}

// run calls a function under protection and returns how an error ends.
func (t *Thread) run(args, results int) (status, how C.int) {
	backend.EnterLua(t.vm.kind.Wrap(t))
	status = C.cvm_pcall(t.l, unsafe.Pointer(&t.vm.anchor), C.int(args), C.int(results), &how)
	return status, how
}

// isOverflow reports whether a message is that of a stack that is too large.
func isOverflow(text string) bool {
	return strings.HasSuffix(text, "stack overflow") || strings.Contains(text, "stack overflow (")
}

// Call is the operation of the contract. An error is caught in C and goes on as a panic.
func (t *Thread) Call(args, results int) {
	status, how := t.run(args, results)
	if status == C.LUA_OK {
		return
	}
	panic(&raised{how&^C.PLAIN | C.PLAIN | C.NOTED})
}

// raiseAgain goes on with an error that an operation has caught.
func (t *Thread) raiseAgain() { panic(&raised{C.PLAIN | C.NOTED}) }

func (t *Thread) Error() int { panic(ordinary) }

func (t *Thread) LessThan(a, b int) bool {
	if C.cvm_lessthan(t.l, unsafe.Pointer(&t.vm.anchor), C.int(a), C.int(b)) != C.LUA_OK {
		t.raiseAgain()
	}
	less := t.ToBoolean(-1)
	t.SetTop(t.GetTop() - 1)
	return less
}

// vmAt returns the VM to which C has an anchor, the first field.
func vmAt(anchor unsafe.Pointer) *vm { return (*vm)(anchor) }

// goCall calls a Go function for Lua. It returns the number of its results, or less than 0 for an error, whose value is
// on the top.
//
//export goCall
func goCall(anchor unsafe.Pointer, l *C.lua_State, n C.int) (results C.int) {
	v := vmAt(anchor)
	t := v.thread(l)
	returned := false
	defer func() {
		if !returned {
			results = -t.failed(recover())
		}
	}()
	vm := v.kind.Wrap(t)
	count := backend.CallGo(vm, v.slots[n].(backend.Function))
	if count < 0 || count > math.MaxInt32 { // the caller knows whether there are so many
		backend.WrongResults(vm, count)
	}
	results = C.int(count)
	returned = true
	return results
}

// failed pushes the error value of a panic and returns how the error ends.
func (t *Thread) failed(e any) C.int {
	switch e := e.(type) {
	case *raised:
		return e.how
	case error:
		t.pushText(fmt.Sprint(e))
		if e == backend.ErrOutOfMemory {
			return C.PLAIN | C.MEMORY
		}
		t.vm.cause = e
		return C.PLAIN | C.CAUSE
	}
	t.pushText(fmt.Sprint(e))
	return C.PLAIN
}

// pushText pushes the text of a panic. Room for it is only certain at the bottom of the function's part of the stack,
// which is lost anyway.
func (t *Thread) pushText(text string) {
	t.SetTop(0)
	t.PushString(text)
}

// goNote notes the traceback of an error while the functions that run are still known. The message handler is the first
// of them.
//
//export goNote
func goNote(anchor unsafe.Pointer, l *C.lua_State) {
	v := vmAt(anchor)
	v.noted = v.thread(l).written(1)
}

// goHook is called when ran instructions have run. It returns how an error ends, whose value is on the top, if an interrupt
// stops what runs, or 0. final is set when the call has run too many instructions.
//
//export goHook
func goHook(anchor unsafe.Pointer, l *C.lua_State, final, ran C.int) C.int {
	v := vmAt(anchor)
	t := v.thread(l)
	if final != 0 {
		v.noted = t.written(0)
		t.PushString(backend.ErrTooManyInstructions.Error())
		return C.PLAIN | C.CAUSE
	}
	if v.c.every == 0 {
		return 0
	}
	v.interrupt.Ran(int(ran))
	taken := v.interrupt.Take()
	if !taken {
		v.interrupt.Look(func() backend.VM { return v.kind.Wrap(t) })
	}
	v.c.every = C.int(v.interrupt.Next())
	if !taken {
		return 0
	}
	v.noted = t.written(0)
	t.PushString(v.interrupt.Message())
	return C.PLAIN
}

func (v *vm) setInterruptible(on bool) {
	v.c.every = 0
	if on {
		v.c.every = C.int(v.interrupt.Next())
	}
}
