package gopherlua

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// frameAt returns the frame at a level, which counts as in Lua 5.1: 0 is the running function, a tail call is a level
// of its own, for which ok is true and the frame is that of the called function. Frames that stand for an instruction
// do not count.
func frameAt(l *lua.LState, level int) (f frame, tail, ok bool) {
	for f = currentFrame(l); f.p != nil; f = f.parent() {
		function := f.function()
		if isHidden(function) {
			continue
		}
		if level == 0 {
			return f, false, true
		}
		level--
		if !function.IsG {
			level -= f.tailCalls()
			if level < 0 {
				return f, true, true
			}
		}
	}
	return frame{}, false, false
}

// where returns "chunk:line: " for the function at a level, "" when it is not written in Lua.
func where(l *lua.LState, level int) string {
	if !fields.known {
		if position := l.Where(level); len(position) > 0 && position[0] != '[' {
			return position + " "
		}
		return ""
	}
	f, tail, ok := frameAt(l, level)
	if !ok || tail || f.function().IsG {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", f.function().Proto.SourceName, f.line())
}

// callee tells how the function of f was called: its name and the kind of the name, as debug.getinfo does.
func (f frame) callee() (name, kind string) {
	caller := f.parent()
	for caller.p != nil && isHidden(caller.function()) {
		caller = caller.parent()
	}
	if caller.p == nil || caller.function().IsG || f.tailCalls() > 0 {
		return "", ""
	}
	proto, pc := caller.function().Proto, caller.pc()
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
