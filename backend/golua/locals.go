package golua

import (
	"math"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/golua/repair/locals"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// debugGetlocal is debug.getlocal([thread,] level or function, number).
func debugGetlocal(l *lua.State) int {
	thread, at := debughook.Thread(state{l})
	if l.IsFunction(at) {
		name := ""
		if n := debughook.Variable(state{l}, at+1, "getlocal"); locals.Repair.On() {
			name = locals.Parameter(l.ToValue(at), n)
		}
		return pushName(l, name)
	}
	name, slot := localAt(l, thread, at, "getlocal")
	if slot == nil {
		return pushName(l, "")
	}
	l.PushString(name)
	l.PushLightUserData(*slot)
	return 2
}

// debugSetlocal is debug.setlocal([thread,] level, number, value).
func debugSetlocal(l *lua.State) int {
	thread, at := debughook.Thread(state{l})
	arg.Any(state{l}, at+2, "setlocal")
	name, slot := localAt(l, thread, at, "setlocal")
	if slot != nil {
		*slot = l.ToValue(at + 2)
	}
	return pushName(l, name)
}

// localAt returns the variable that the arguments from at on ask for.
func localAt(l *lua.State, thread, at int, function string) (name string, slot *any) {
	t := threadAt(l, thread)
	level := arg.Number(state{l}, at, function)
	n := debughook.Variable(state{l}, at+1, function)
	f, ok := tracebacks.At(t, int(min(max(level, -1), math.MaxInt32)))
	if !ok {
		arg.Bad(state{l}, at, function, "level out of range")
	}
	if !locals.Repair.On() {
		return "", nil
	}
	return locals.At(t, f.Frame, n)
}

// pushName pushes a name, nil for none.
func pushName(l *lua.State, name string) int {
	if name == "" {
		l.PushNil()
	} else {
		l.PushString(name)
	}
	return 1
}
