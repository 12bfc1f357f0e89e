package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/golua/repair/traversal"
)

func next(l *lua.State, index int) bool {
	complete(l, index)
	if !traversal.Repair.On() {
		return l.Next(index)
	}
	index = l.AbsIndex(index)
	more, ok := dataOf(l).Next(l, index)
	if !ok {
		raiseAt(l, 0, "invalid key to 'next'")
	}
	return more
}

// basePairs is pairs, which is faster than that of stdlib: its iterator has a place of its own. The repair traversal must be
// on.
func basePairs(l *lua.State) int {
	if l.Top() > 0 && lua.MetaField(l, 1, "__pairs") {
		l.PushValue(1)
		l.Call(1, 3)
		return 3
	}
	arg.OneOf(state{l}, 1, "pairs", backend.Table)
	complete(l, 1)
	place := traversal.Start(l, 1)
	l.PushNil() // the VM shows the function of a frame only when it has an upvalue
	l.PushGoClosure(func(l *lua.State) int {
		defer containLibrary(l, "next")
		arg.OneOf(state{l}, 1, "next", backend.Table)
		results, ok := place.Next(l)
		if !ok {
			return raiseAt(l, 0, "invalid key to 'next'")
		}
		return results
	}, 1)
	l.PushValue(1)
	l.PushNil()
	return 3
}
