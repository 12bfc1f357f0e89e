// Package upvalues has a protected call that leaves closures alone. Only package gopherlua imports it.
//
// The fault: when the VM's PCall catches an error, it closes the upvalues of all running functions, also of those that
// go on running, so that their closures no longer share their variables:
//
//	local x = 1; local function get() return x end; pcall(error); x = 2; assert(get() == 2) -- fails
//
// Moreover, the VM raises its own errors by a function that does the same, and calls a handler only when the frames of
// the error are gone. When the VM closes only what dies, this package can go, and PCall with it.
package upvalues

import (
	"errors"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when PCall and Panic may be called.
var Repair = repair.New("upvalues", "a caught error separates closures from the variables they share", probe)

// PCall calls a function as lua.LState.Call does. The VM calls throw for errors that it raises itself; throw must
// panic. If the call panics, failed is called with the value while the frames of the error are still there. Then they
// are dropped, the call is popped, and the result is false.
func PCall(l *lua.LState, args, results int, throw func(*lua.LState), failed func(e any)) (ok bool) {
	s, top := layout.StateOf(l), l.GetTop()-args-1
	running, onPanic, wasMarked := s.CurrentFrame, s.Panic, s.HasErrorFunc
	s.HasErrorFunc, s.Panic = true, throw // the mark says that an error must not close all upvalues
	defer func() {
		if e := recover(); e != nil {
			s.HasErrorFunc, s.Panic = true, throw
			failed(e)
			closeFrom(s, running.FirstRegister()+top)
			s.SetDepth(running.Depth())
			s.CurrentFrame = running
			l.SetTop(top)
		}
		s.HasErrorFunc, s.Panic = wasMarked, onPanic
	}()
	l.Call(args, results)
	return true
}

// Panic raises an error. If nothing in l, which may be a coroutine, will catch it, uncaught is called first.
func Panic(l *lua.LState, err *lua.ApiError, uncaught func()) {
	if !layout.StateOf(l).HasErrorFunc {
		Close(l)
		uncaught()
	}
	panic(err)
}

// Close closes all open upvalues of l.
func Close(l *lua.LState) { closeFrom(layout.StateOf(l), 0) }

// Unwind drops the frames above f.
func Unwind(l *lua.LState, f *layout.Frame) {
	s := layout.StateOf(l)
	closeFrom(s, f.FirstRegister())
	s.SetDepth(f.Depth())
	s.CurrentFrame = f
}

// closeFrom closes the open upvalues from register on.
func closeFrom(s *layout.State, register int) {
	link := &s.UVCache
	for u := *link; u != nil; u = *link {
		if u.Index < register {
			link = &u.Next
			continue
		}
		*link, u.Next = u.Next, nil
		u.VM().Close()
		if u.Value == nil { // a register that the VM has cleared
			u.Value = lua.LNil
		}
	}
}

// probe catches an error and checks that a closure still shares its variable, and that one that dies has kept its
// value.
func probe() error {
	if err := layout.CheckState(); err != nil {
		return err
	}
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	depth := 0
	throw := func(l *lua.LState) { panic(l.Get(-1)) }
	l.SetGlobal("call", l.NewFunction(func(l *lua.LState) int {
		PCall(l, l.GetTop()-1, 0, throw, func(any) { depth = layout.StateOf(l).CurrentFrame.Depth() })
		return 0
	}))
	const program = `local shared, lost = 1
		local function get() return shared end
		call(function() local own = 5 lost = function() return own end nothing() end)
		shared = 2
		return get(), lost()`
	if err := l.DoString(program); err != nil {
		return err
	}
	if l.Get(-2) != lua.LNumber(2) || l.Get(-1) != lua.LNumber(5) || depth != 3 || l.GetTop() != 2 {
		return errors.New("closures do not keep their variables")
	}
	return nil
}
