// Package protect has gopher-lua's protected call and its raise, without their faults. Only package gopherlua imports it.
//
// The faults: the VM's PCall leaves closures without their variables (package upvalues), calls a message handler when the
// frames of the error are gone, takes a full stack for a Go panic, and loses the Go error behind an error. When the VM's
// protected call has none of them, the package can go.
package protect

import (
	"fmt"
	"runtime"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/upvalues"
)

// Call is the VM's PCall without its faults. handler, if it is not nil, is called with the error value at the point
// of the error; trace, if it is not nil, is set to the stack there. Go panics become errors. The call is popped in any
// case; the result is nil if it succeeded.
func Call(l *lua.LState, args, results int, handler lua.LValue, trace *backend.Traceback) (failed *lua.ApiError) {
	if !upvalues.Repair.On() {
		return byVM(l, args, results, handler, trace)
	}
	running := frames.Current(l)
	upvalues.PCall(l, args, results, Throw, func(e any) {
		failed = caught(l, e)
		makeRoom(l, running)
		if trace != nil {
			*trace = tracebacks.AtError(l)
		}
		if handler != nil {
			handle(l, handler, failed)
		}
	})
	return failed
}

// byVM is Call for a VM whose fields are unknown.
func byVM(l *lua.LState, args, results int, handler lua.LValue, trace *backend.Traceback) *lua.ApiError {
	called := l.Get(l.GetTop() - args)
	f, _ := handler.(*lua.LFunction)
	if err := l.PCall(args, results, f); err != nil {
		failed := err.(*lua.ApiError)
		if text, ok := failed.Object.(lua.LString); ok {
			failed.Object = lua.LString(messages.Lua(l, string(text)))
		}
		if trace != nil {
			*trace = tracebacks.Normal(failed.StackTrace, tracebacks.Bottom(l, called))
		}
		return failed
	}
	return nil
}

// Throw raises the value on the top of the stack. The VM calls it for the errors that it raises itself.
func Throw(l *lua.LState) {
	failed := &lua.ApiError{Type: lua.ApiErrorRun, Object: l.Get(-1)}
	if text, ok := failed.Object.(lua.LString); ok {
		if strings.HasSuffix(string(text), messages.SlotOverflow) {
			failed.Cause = backend.ErrOutOfMemory
		}
		failed.Object = lua.LString(messages.Lua(l, string(text)))
	}
	upvalues.Panic(l, failed, func() { adapter.Uncaught(l, failed) })
}

// Raise raises a value as an error of a Go function. It does not return. cause is the Go error behind it, or nil. own is
// false in a state of the host's own.
func Raise(l *lua.LState, value lua.LValue, cause error, own bool) {
	if !upvalues.Repair.On() || !own {
		l.Error(value, 0)
	}
	err := &lua.ApiError{Type: lua.ApiErrorRun, Object: value, Cause: cause}
	upvalues.Panic(l, err, func() { adapter.Uncaught(l, err) }) // the VM passes on only the value
}

// OfCoroutine returns what Throw and Call make of an error of the VM, for an error that has ended a coroutine and
// of which only the text is left.
func OfCoroutine(thread *lua.LState, text string) (message string, cause error) {
	switch {
	case text == messages.FrameOverflow, text == backend.ErrOutOfMemory.Error(), strings.HasSuffix(text, messages.SlotOverflow):
		cause = backend.ErrOutOfMemory
	}
	return messages.Lua(thread, text), cause
}

// caught converts a recovered value to an error.
func caught(l *lua.LState, e any) *lua.ApiError {
	switch e := e.(type) {
	case *lua.ApiError:
		if e.Object == nil {
			e.Object = lua.LNil
		}
		return e
	case string:
		if e == messages.FrameOverflow {
			return overflow(adapter.Where(l, 0))
		}
	case runtime.Error:
		if slotsFull(l) { // the VM does not report it before a tail call
			return overflow("")
		}
	}
	cause, _ := e.(error)
	return &lua.ApiError{Type: lua.ApiErrorPanic, Object: lua.LString(fmt.Sprint(e)), Cause: cause}
}

func overflow(position string) *lua.ApiError {
	return &lua.ApiError{Type: lua.ApiErrorRun, Object: lua.LString(position + messages.StackOverflow), Cause: backend.ErrOutOfMemory}
}

// slotsFull reports whether the stack has almost no room for values.
func slotsFull(l *lua.LState) bool {
	limit := l.Options.RegistryMaxSize
	return limit > 0 && frames.Current(l).FirstRegister()+l.GetTop() > limit-spareSlots
}

// The room that a handler and the writer of tracebacks need at the point of an error.
const (
	spareFrames = 16
	spareSlots  = 1024
)

// makeRoom drops the innermost of the frames above running if the stack is full, so that the error can be handled.
func makeRoom(l *lua.LState, running *layout.Frame) {
	f := frames.Current(l)
	if f.Depth() < l.Options.CallStackSize-spareFrames && !slotsFull(l) {
		return
	}
	for range spareFrames {
		if f.Depth() <= running.Depth()+1 {
			break
		}
		f = f.Parent
	}
	upvalues.Unwind(l, f)
	if f != running {
		l.SetTop(0)
	}
}

// handle replaces the error value by the result of the handler, which runs above the frames of the error, as a handler
// in a handler does: together they use no more of the Go stack than the VM's frames allow. If the handler fails, the
// error value says only that, as in Lua.
func handle(l *lua.LState, handler lua.LValue, failed *lua.ApiError) {
	l.Push(handler)
	l.Push(failed.Object)
	if Call(l, 1, 1, nil, nil) != nil {
		failed.Object = lua.LString("error in error handling")
		return
	}
	failed.Object = l.Get(-1)
	l.Pop(1)
}
