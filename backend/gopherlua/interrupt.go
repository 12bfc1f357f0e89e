package gopherlua

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
)

// watch lets i, if it is not nil, stop what will run in l, a new state.
func watch(l *lua.LState, d *vmdata, i *backend.Interrupt) {
	switch {
	case loop.Repair.On():
		w := &loop.Watch{
			Interrupted: func(l *lua.LState) { raiseInterrupt(l, i) },
			Sample:      func(l *lua.LState) { i.Look(func() backend.VM { return state{l} }) },
		}
		if b := d.env.Budget; b != nil {
			w.Budget, w.Exceeded = b, raiseExceeded
			w.Begin()
		}
		d.watch = w
		w.Install(l)
		if i == nil {
			break
		}
		w.SetInterrupt(i)
		d.env.OnInterruptible(func(on bool) {
			if on {
				w.SetInterrupt(i)
			} else {
				w.SetInterrupt(nil)
			}
		})
	case i != nil:
		loop.ByContext(l, i, raiseInterrupt, true)
		d.env.OnInterruptible(func(on bool) { loop.ByContext(l, i, raiseInterrupt, on) })
	}
}

// follow makes a coroutine that is about to run interruptible if l is.
func follow(l, thread *lua.LState, d *vmdata) {
	if i := d.env.Interrupt; d.own && d.watch == nil && i != nil {
		loop.ByContext(thread, i, raiseInterrupt, l.Context() != nil)
	}
}

// hostContext returns the function that finds the context that the host has set in a VM of its own.
func hostContext(vm *lua.Global) func() context.Context {
	return func() context.Context {
		if ctx := vm.CurrentThread.Context(); ctx != nil {
			return ctx
		}
		return context.Background()
	}
}

func raiseInterrupt(l *lua.LState, i *backend.Interrupt) {
	if i.Take() {
		raiseValue(l, lua.LString(i.Message()))
	}
}

func isInterrupt(l *lua.LState, object lua.LValue) bool {
	text, ok := object.(lua.LString)
	return ok && envOf(l).Interrupt.Caused(string(text))
}

// adopt lets a new coroutine of l be stopped in the same way as l. The VM may have given it a context that nothing ends.
func adopt(l, thread *lua.LState) {
	if w := dataOf(l).watch; w != nil {
		w.Install(thread)
	} else if envOf(l).Interrupt != nil {
		thread.RemoveContext() // follow sets its own
	}
}
