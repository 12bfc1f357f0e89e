package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/upvalues"
)

// scrubStack clears the slots above the top in the stacks of l and of the threads that wait for it.
func scrubStack(l *lua.State) {
	dataOf(l).Traversals.Forget()
	for ; l != nil; l = resumer(l) {
		scrubThread(l)
	}
}

// scrubThread clears the slots above the top. The VM does not export their number, but SetTop fills with nils up to the
// end of its slice and then panics with an index out of range, which is recovered here. It also makes the VM forget
// dead upvalues.
func scrubThread(l *lua.State) {
	upvalues.Drop(l)
	top := l.Top()
	defer func() {
		_ = recover()
		l.SetTop(top)
	}()
	l.SetTop(1 << 30)
}
