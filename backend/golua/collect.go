package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/upvalues"
	"github.com/mtstates/go-mtstates/backend/golua/repair/weaktables"
	"github.com/mtstates/go-mtstates/backend/internal/weak"
)

// scrubStack clears the slots above the top in the stacks of l and of the threads that wait for it, and takes out of weak
// tables what is weak.
func scrubStack(l *lua.State) (restore backend.Restore) {
	d := dataOf(l)
	d.Traversals.Forget()
	for thread := l; thread != nil; thread = resumer(thread) {
		upvalues.Scrub(thread)
	}
	if weaktables.Repair.On() && d.weak.Take(l) {
		return d.weak.Put
	}
	return nil
}

// pollWeak clears weak tables now and then. It is called whenever a script calls a Go function or stores in a weak table.
func pollWeak(l *lua.State) {
	if weak.Used() {
		dataOf(l).weak.Poll(l)
	}
}
