package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// debugSethook is debug.sethook. In a state of the host's own there are no hooks.
func debugSethook(l *lua.LState) int {
	thread, function, events := debughook.SetArguments(state{l})
	d := dataOf(l)
	switch {
	case d.watch != nil:
		f, _ := l.Get(function).(*lua.LFunction)
		if function == 0 {
			f = nil
		}
		d.watch.SetHook(l, coroutineAt(l, thread), f, events)
	case function != 0:
		raiseText(l, "debug.sethook is not available in this state")
	}
	return 0
}

// debugGethook is debug.gethook.
func debugGethook(l *lua.LState) int {
	thread, _ := debughook.Thread(state{l})
	var events debughook.Events
	l.Push(lua.LNil)
	if w := dataOf(l).watch; w != nil {
		var f *lua.LFunction
		if f, events = w.Hook(coroutineAt(l, thread)); f != nil {
			l.Replace(-1, f)
		}
	}
	return debughook.PushMask(state{l}, events)
}

// hooked calls f with the hooks for calls and returns. A function that yields returns when its coroutine is resumed.
func hooked(l *lua.LState, f backend.Function) int {
	d := dataOf(l)
	w := d.watch
	if w == nil || d.fetches(frames.Current(l).Fn) {
		results := checkResults(l, f(state{l}))
		classes.ShowTop(l, results)
		return results
	}
	w.Called(l)
	results := checkResults(l, backend.CallGo(state{l}, f))
	classes.ShowTop(l, results)
	w.LookSoon()
	returned(l, results)
	return results
}

// returned calls the hook for returns of a Go function with so many results, which are negative if it yields.
func returned(l *lua.LState, results int) {
	d := dataOf(l)
	if results >= 0 && d.watch != nil && !d.fetches(frames.Current(l).Fn) {
		d.watch.Returned(l)
	}
}

// fetches reports whether a function is one of those that fill the tables of the libraries, of which scripts do not know.
func (d *vmdata) fetches(f *lua.LFunction) bool {
	return d.lazy != nil && (d.lazy.RawGetString("__index") == f || d.lazy.RawGetString("__newindex") == f)
}

// switchTo is called when l stops running and to goes on.
func switchTo(l, to *lua.LState, resumed bool) {
	if w := dataOf(l).watch; w != nil {
		w.Switch(l, to, resumed)
	}
}
