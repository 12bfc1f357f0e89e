package frames

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// Callee returns how the function of f was called: its name and the kind of the name, as debug.getinfo has them.
func Callee(f *layout.Frame) (name, kind string) {
	caller := f.Parent
	for caller != nil && IsHidden(caller.Fn) {
		caller = caller.Parent
	}
	if caller == nil || caller.Fn.IsG || f.TailCall > 0 {
		return "", ""
	}
	proto, pc := caller.Fn.Proto, caller.Instruction()
	for _, call := range proto.DbgCalls {
		if call.Pc == pc {
			name = call.Name
		}
	}
	if name == "" || name == "?" || name[0] == '(' {
		return "", ""
	}
	return name, nameKind(proto.Code, pc)
}

// nameKind finds the instruction that put the function where the call at pc takes it from.
func nameKind(code []uint32, pc int) string {
	register := code[pc] >> 18 & 0xff
	for pc--; pc >= 0; pc-- {
		if code[pc]>>18&0xff != register {
			continue
		}
		switch int(code[pc] >> 26) {
		case lua.OP_GETGLOBAL:
			return "global"
		case lua.OP_GETUPVAL:
			return "upvalue"
		case lua.OP_MOVE, lua.OP_MOVEN:
			return "local"
		case lua.OP_SELF:
			return "method"
		case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
			return "field"
		}
	}
	return ""
}
