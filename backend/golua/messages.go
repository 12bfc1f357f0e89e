package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/messages"
)

// luaMessage gives a message of the VM, about an error in the function that runs, the words of Lua.
func luaMessage(l *lua.State, text string) string {
	f, ok := callerFrame(l)
	if !ok {
		return text
	}
	return messages.Lua(l, f, text)
}

// callerFrame returns the topmost frame that is not the adapter's own.
func callerFrame(l *lua.State) (f lua.Frame, ok bool) {
	frames := walk(l, 0, -1, 1, 0, 1)
	if len(frames) == 0 {
		return nil, false
	}
	return frames[0].frame, true
}

// raiseOperand raises the error of an operator that is called (operators.go) with an argument of a wrong type.
func raiseOperand(l *lua.State, what string, argument int) int {
	t := typeOf(l, argument).String()
	var kind, name string
	if f, ok := callerFrame(l); ok {
		if c, ok := messages.CodeOf(l, f); ok {
			if i := c.At(c.PC); i.Op() == bytecode.OpCall || i.Op() == bytecode.OpTailCall {
				kind, name = c.NameOf(i.A()+argument-1, c.PC)
			}
		}
	}
	l.PushString(where(l, 0) + messages.OperandText(what, t, kind, name))
	return raise(l)
}
