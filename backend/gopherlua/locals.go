package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// debugGetlocal is debug.getlocal([thread,] level, number).
func debugGetlocal(l *lua.LState) int {
	thread, at := debughook.Thread(state{l})
	t, dbg, n := localAt(l, thread, at, "getlocal")
	if dbg == nil {
		l.Push(lua.LNil)
		return 1
	}
	name, value := t.GetLocal(dbg, n)
	if name == "" {
		l.Push(lua.LNil)
		return 1
	}
	l.Push(lua.LString(name))
	l.Push(value)
	return 2
}

// debugSetlocal is debug.setlocal([thread,] level, number, value).
func debugSetlocal(l *lua.LState) int {
	thread, at := debughook.Thread(state{l})
	arg.Any(state{l}, at+2, "setlocal")
	t, dbg, n := localAt(l, thread, at, "setlocal")
	name := ""
	if dbg != nil {
		name = t.SetLocal(dbg, n, l.Get(at+2))
	}
	if name == "" {
		l.Push(lua.LNil)
	} else {
		l.Push(lua.LString(name))
	}
	return 1
}

// localAt returns the call whose variable n the arguments from at on ask for; it is nil if that has no variables. The VM takes
// any number for that of a register, and counts functions as levels that a script does not know.
func localAt(l *lua.LState, thread, at int, function string) (t *lua.LState, dbg *lua.Debug, n int) {
	t = coroutineAt(l, thread)
	number, ok := toNumber(l, at)
	if !ok {
		arg.OneOf(state{l}, at, function, backend.Number)
	}
	n = debughook.Variable(state{l}, at+1, function)
	if !(number >= 0 && number <= maxLevel) {
		arg.Bad(state{l}, at, function, "level out of range")
	}
	level, known, exists := frames.VMLevel(l, t, int(number))
	if !exists {
		arg.Bad(state{l}, at, function, "level out of range")
	}
	if !known || n < 1 || n > maxRegisters {
		return t, nil, 0
	}
	dbg, ok = t.GetStack(level)
	if !ok {
		return t, nil, 0
	}
	return t, dbg, n
}

const maxLevel = 1 << 30 // tail calls count as levels

const maxRegisters = 255 // of a function of the VM
