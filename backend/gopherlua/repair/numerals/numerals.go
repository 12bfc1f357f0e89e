// Package numerals converts strings in the arithmetic of gopher-lua, whose own conversion takes "010" for 8 and "1_0"
// for 10. Strings get metamethods for arithmetic, which the VM calls before it converts. Only package gopherlua and its
// repairs import it.
//
// When the VM converts strings as tonumber does, this package can go.
package numerals

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/messages"
)

// metamethods are those for arithmetic.
var metamethods = map[string]*lua.LFunction{
	"__add": arithmetic("__add", func(a, b float64) float64 { return a + b }),
	"__sub": arithmetic("__sub", func(a, b float64) float64 { return a - b }),
	"__mul": arithmetic("__mul", func(a, b float64) float64 { return a * b }),
	"__div": arithmetic("__div", func(a, b float64) float64 { return a / b }),
	"__mod": arithmetic("__mod", backend.Modulo),
	"__pow": arithmetic("__pow", backend.Power),
	"__unm": arithmetic("__unm", func(a, _ float64) float64 { return -a }),
}

// arithmetic returns the metamethod for an operator. When an operand is not a number, it asks the metamethod of the other
// operand, which the VM did not reach.
func arithmetic(event string, operate func(a, b float64) float64) *lua.LFunction {
	return adapter.SharedFunction(func(l *lua.LState) int {
		a, aOK := adapter.ToNumber(l, 1)
		b, bOK := a, aOK
		if event != "__unm" {
			b, bOK = adapter.ToNumber(l, 2)
		}
		if aOK && bOK {
			l.Push(lua.LNumber(operate(a, b)))
			return 1
		}
		if other := l.Get(2); other.Type() != lua.LTString {
			if f := l.GetMetaField(other, event); f != lua.LNil {
				l.Push(f)
				l.Push(l.Get(1))
				l.Push(other)
				l.Call(2, 1)
				return 1
			}
		}
		operand := 1
		if aOK {
			operand = 2
		}
		problem := messages.Operand(l, "perform arithmetic on", adapter.TypeName(l, operand), operand-1)
		return adapter.RaiseValue(l, lua.LString(CallerPosition(l)+problem))
	})
}

// CallerPosition is the position for the message of a Go function that stands for an instruction of its caller.
func CallerPosition(l *lua.LState) string {
	if frames.Repair.On() && frames.IsHidden(frames.Current(l).Fn) {
		return adapter.Where(l, 0)
	}
	return adapter.Where(l, 1)
}
