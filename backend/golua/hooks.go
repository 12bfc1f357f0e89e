package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
	"github.com/mtstates/go-mtstates/backend/golua/repair/hooks"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// debugSethook is debug.sethook. In a state of the host's own, hooks belong to the host.
func debugSethook(l *lua.State) int {
	thread, function, events := debughook.SetArguments(state{l})
	d := dataOf(l)
	switch {
	case hooks.Repair.On() && d.own:
		var f any // none
		if function != 0 {
			f = l.ToValue(function)
		}
		d.hooks.Set(threadAt(l, thread), f, events)
	case function != 0:
		return raiseText(l, "debug.sethook is not available in this state")
	}
	return 0
}

// debugGethook is debug.gethook.
func debugGethook(l *lua.State) int {
	thread, _ := debughook.Thread(state{l})
	function, events := dataOf(l).hooks.Get(threadAt(l, thread))
	l.PushLightUserData(function)
	return debughook.PushMask(state{l}, events)
}

// hooked calls f with the hooks for calls and returns. A function that yields returns when its coroutine is resumed. Scripts
// do not know of the functions that fill the tables of the libraries.
func hooked(l *lua.State, f backend.Function) int {
	d := dataOf(l)
	if !d.own || !hooks.Repair.On() || hooks.InMetatable(l, d.lazy) {
		return f(state{l})
	}
	d.hooks.Called(l)
	results := backend.CallGo(state{l}, f)
	if !coroutine.Repair.On() || !coroutine.Yielded(l) {
		d.hooks.Returned(l)
	}
	return results
}

// resumed calls the hook for the return of a function that was suspended, or called when there were no hooks.
func resumed(l *lua.State) {
	if debughook.Used() && hooks.Repair.On() {
		dataOf(l).hooks.Returned(l)
	}
}

// enterThread lets t, which l is about to resume, be stopped as l is. In a state of the host's own, it gets the hook that the
// host has set.
func enterThread(l *lua.State, c *coroutine.Coroutine) {
	if d := dataOf(l); d.own {
		d.hooks.Enter(c.Thread())
	} else {
		c.ShareHook(l)
	}
}
