package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// where returns "chunk:line: " for the function at a level, "" when it is not written in Lua.
func where(l *lua.LState, level int) string {
	if !frames.Repair.On() {
		if position := l.Where(level); len(position) > 0 && position[0] != '[' {
			return position + " "
		}
		return ""
	}
	return frames.Where(l, level)
}

// callee returns how the function of f was called: its name and the kind of the name, as debug.getinfo has them.
func callee(f *layout.Frame) (name, kind string) {
	caller := f.Parent
	for caller != nil && frames.IsHidden(caller.Fn) {
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
		switch opcode(code[pc]) {
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

// hasLevel reports whether there is a function at a level.
func hasLevel(l *lua.LState, level int) bool {
	if !frames.Repair.On() {
		_, ok := l.GetStack(level)
		return ok
	}
	f, _ := frames.At(l, level)
	return f != nil
}
