package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// debug.getlocal and debug.setlocal.

func debugGetlocal(l *lua.LState) int { return debugLocal(l, "getlocal", vmGetlocal) }

func debugSetlocal(l *lua.LState) int { return debugLocal(l, "setlocal", vmSetlocal) }

// debugLocal calls the VM's function with checked arguments: the VM takes any number for that of a register, and counts
// functions as levels that a script does not know.
func debugLocal(l *lua.LState, function string, local lua.LGFunction) int {
	number, ok := toNumber(l, 1)
	if !ok {
		arg.OneOf(state{l}, 1, function, backend.Number)
	}
	n := optInt(l, 2, function, 0)
	if !(number >= 0 && number <= maxLevel) {
		arg.Bad(state{l}, 1, function, "level out of range")
	}
	tail := false
	if frames.Repair.On() {
		level := int(number)
		f, isTail := frames.At(l, level)
		if f == nil {
			arg.Bad(state{l}, 1, function, "level out of range")
		}
		for above := frames.Current(l); above != f; above = above.Parent {
			if frames.IsHidden(above.Fn) {
				level++
			}
		}
		l.Replace(1, lua.LNumber(level))
		tail = isTail
	}
	if tail || n < 1 || n > maxRegisters {
		l.Push(lua.LNil)
		return 1
	}
	return local(l)
}

const maxLevel = 1 << 30 // tail calls count as levels

const maxRegisters = 255 // of a function of the VM
