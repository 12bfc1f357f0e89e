package gopherlua

import (
	"runtime"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/weaktables"
	"github.com/mtstates/go-mtstates/backend/internal/weak"
)

// scrubDepth is the number of frames above the running one that are overwritten. Deeper ones were returned to the VM's
// pool of frames, which collectTwice empties.
const scrubDepth = 64

// scrubStack overwrites the frames that finished functions left behind, by calling a Go function in them, and drops
// dead keys of tables. Slots above the top need no care: the VM clears them when the top sinks. It takes out of weak
// tables what is weak.
func scrubStack(l *lua.LState) (restore backend.Restore) {
	if d := dataOf(l); d.hasUserdata && deadkeys.Repair.On() { // otherwise no key has to die
		d.dead.Drop(l)
	}
	left := scrubDepth
	var deeper *lua.LFunction
	deeper = l.NewFunction(func(l *lua.LState) int {
		if left--; left > 0 {
			l.Push(deeper)
			l.Call(0, 0)
		}
		return 0
	})
	l.Push(deeper)
	l.Call(0, 0)
	if d := dataOf(l); weaktables.Repair.On() && d.weak.Take(l) {
		return func() { d.weak.Put(&d.dead) }
	}
	return nil
}

// pollWeak clears weak tables now and then. It is called whenever a script calls a Go function or stores in a table with a
// metatable.
func pollWeak(l *lua.LState) {
	if weak.Used() {
		d := dataOf(l)
		d.weak.Poll(l, &d.dead)
	}
}

// collectTwice runs the Go collector twice: the first run moves frames in the VM's pool to where the second one drops
// them.
func collectTwice() {
	runtime.GC()
	runtime.GC()
}
