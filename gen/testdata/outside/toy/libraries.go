package toy

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/stdlib"

	lua "example.com/outside/toylua"
)

// libraries are the standard libraries of all VMs.
var libraries *stdlib.Set

// prepare runs once, before the first VM.
func prepare() {
	libraries = stdlib.NewSet(Backend.Libraries(), stdlib.Dialect{
		Lua:  502,
		Path: "./?.lua",
		Push: func(vm backend.VM, name string, f backend.Function) { vm.(state).l.Push(newFunction(name, f)) },
		Own: map[string]stdlib.Library{
			"_G":    {"pcall": basePcall, "xpcall": baseXpcall},
			"debug": {"upvalueid": debugUpvalueid, "upvaluejoin": debugUpvaluejoin},
		},
	})
}

// debug.upvalueid and debug.upvaluejoin are only in Lua 5.2, so no operation of the contract says what they do.

func debugUpvalueid(vm backend.VM) int {
	cell := checkUpvalue(vm, 1, "upvalueid")
	vm.(state).l.Push(lua.Light{Pointer: cell})
	return 1
}

func debugUpvaluejoin(vm backend.VM) int {
	checkUpvalue(vm, 1, "upvaluejoin")
	from := checkUpvalue(vm, 3, "upvaluejoin")
	n, _ := vm.ToNumber(2)
	vm.(state).l.Get(1).(*lua.Function).SetUpvalue(int(n), from)
	return 0
}

// checkUpvalue returns the upvalue of a function that two arguments name.
func checkUpvalue(vm backend.VM, function int, name string) *lua.Cell {
	arg.OneOf(vm, function, name, backend.FunctionType)
	n := int(arg.Integer(vm, function+1, name))
	cell, _ := upvalue(vm.(state).l, function, n)
	if cell == nil {
		arg.Bad(vm, function+1, name, "invalid upvalue index")
	}
	return cell
}
