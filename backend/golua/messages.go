package golua

import (
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
)

// operations are those of which the VM's messages name an operand.
var operations = []string{"index", "call", "get length of", "perform arithmetic on"}

// repairMessage gives a message of the VM, about an error in the function on the top of the stack, the words of Lua.
func repairMessage(l *lua.State, text string) string {
	f, ok := callerFrame(l)
	if !ok {
		return text
	}
	d, _ := lua.Info(l, "S", f)
	if short := backend.ChunkID(d.Source); short != d.ShortSource && strings.HasPrefix(text, d.ShortSource+":") {
		text = short + text[len(d.ShortSource):]
	}
	position, problem, ok := strings.Cut(text, "attempt to ")
	if !ok {
		return strings.Replace(text, "Go stack overflow", overflowMessage, 1)
	}
	if types, ok := strings.CutPrefix(problem, "compare "); ok {
		types = strings.ReplaceAll(types, "'", "")
		return position + "attempt to compare " + strings.ReplaceAll(types, "no value", "userdata")
	}
	for _, what := range operations {
		if rest, ok := strings.CutPrefix(problem, what+" "); ok {
			return position + operandMessage(l, f, what, rest)
		}
	}
	return text
}

// callerFrame returns the topmost frame that is not the adapter's own.
func callerFrame(l *lua.State) (f lua.Frame, ok bool) {
	frames := walk(l, 0, -1, 1, 0, 1)
	if len(frames) == 0 {
		return nil, false
	}
	return frames[0].frame, true
}

// operandMessage is the message of the VM about an operand, whose end is rest, with its name.
func operandMessage(l *lua.State, f lua.Frame, what, rest string) string {
	typeName := strings.TrimSuffix(rest[strings.LastIndex(rest, "a ")+2:], ")")
	typeName = strings.TrimSuffix(typeName, " value")
	if typeName == "no" {
		typeName = "userdata" // light
	}
	var kind, name string
	if c, ok := codeOf(l, f); ok {
		kind, name = c.Operand(what, typeName)
	}
	return operandText(what, typeName, kind, name)
}

func operandText(what, typeName, kind, name string) string {
	if kind == "" {
		return fmt.Sprintf("attempt to %s a %s value", what, typeName)
	}
	return fmt.Sprintf("attempt to %s %s '%s' (a %s value)", what, kind, backend.Quote(name), typeName)
}

// raiseOperand raises the error of an operator that is called (operators.go) with an argument of a wrong type.
func raiseOperand(l *lua.State, what string, argument int) int {
	t := typeOf(l, argument).String()
	var kind, name string
	if f, ok := callerFrame(l); ok {
		if c, ok := codeOf(l, f); ok {
			if i := c.At(c.PC); i.Op() == bytecode.OpCall || i.Op() == bytecode.OpTailCall {
				kind, name = c.NameOf(i.A()+argument-1, c.PC)
			}
		}
	}
	l.PushString(where(l, 0) + operandText(what, t, kind, name))
	return raise(l)
}
