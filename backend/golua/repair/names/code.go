package names

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// Code is the code of a Lua function that is running.
type Code struct {
	prototype *layout.Prototype
	PC        int // the instruction that is run
}

// Of returns the code of a frame; ok is false when it is not that of a Lua function, or has not begun.
func Of(l *lua.State, f lua.Frame) (c Code, ok bool) {
	frame := layout.FrameOf(f)
	closure := layout.ClosureOf(layout.StateOf(l).Stack[frame.Function])
	if closure == nil || frame.LuaCallInfo == nil || frame.LuaCallInfo.SavedPC == 0 {
		return Code{}, false
	}
	return Running(frame, closure.Prototype), true
}

// Running returns the code of a frame that runs a function with the prototype.
func Running(f *layout.Frame, p *layout.Prototype) Code { return At(p, f.LuaCallInfo.SavedPC) }

// At returns the code of a function whose next instruction is at a place of the prototype.
func At(p *layout.Prototype, next int) Code { return Code{p, next - 1} }

func (c Code) at(pc int) bytecode.Instruction { return bytecode.Instruction(c.prototype.Code[pc]) }

// text returns a constant that is a string, or "?".
func (c Code) text(constant int) string {
	if text, ok := c.prototype.Constants[constant].(string); ok {
		return text
	}
	return "?"
}

// Upvalue returns the name of an upvalue, or "?".
func (c Code) Upvalue(i int) string {
	if name := c.prototype.UpValues[i].Name; name != "" {
		return name
	}
	return "?"
}

// local returns the name of local variable n, counted from 1, of those that are alive at pc.
func (c Code) local(n, pc int) string {
	for _, v := range c.prototype.LocalVariables {
		if v.StartPC > pc {
			break
		}
		if pc < v.EndPC {
			if n--; n == 0 {
				return v.Name
			}
		}
	}
	return ""
}
