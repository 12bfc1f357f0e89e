package gopherlua

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// The metatable of strings. Besides __index it has metamethods for arithmetic, as in Lua 5.4: the VM asks them before it
// converts strings to numbers itself, and its own conversion takes "010" for 8 and "1_0" for 10.

// firstStringIndex is the __index of strings until a script looks at their metatable.
func firstStringIndex(l *lua.LState) int {
	lib := template.named["string"]
	l.Push(l.GetTable(libraryTable(l, dataOf(l), lib), l.Get(2)))
	return 1
}

// ownStringMeta gives strings a metatable of the state's own, if they have one that a script can see.
func ownStringMeta(l *lua.LState) {
	if l.GetMetatable(lua.LString("")) == lua.LValue(template.stringMeta) {
		setStringIndex(l, libraryTable(l, dataOf(l), template.named["string"]))
	}
}

// setStringIndex gives strings a metatable of the state's own, with the methods of a library.
func setStringIndex(l *lua.LState, t *lua.LTable) {
	mt := arithmeticMeta()
	mt.RawSetString("__index", t)
	dataOf(l).stringMeta = mt
	l.SetMetatable(lua.LString(""), mt)
}

// arithmetics are the metamethods.
var arithmetics = map[string]*lua.LFunction{
	"__add": arithmetic("__add", func(a, b float64) float64 { return a + b }),
	"__sub": arithmetic("__sub", func(a, b float64) float64 { return a - b }),
	"__mul": arithmetic("__mul", func(a, b float64) float64 { return a * b }),
	"__div": arithmetic("__div", func(a, b float64) float64 { return a / b }),
	"__mod": arithmetic("__mod", modulo),
	"__pow": arithmetic("__pow", math.Pow),
	"__unm": arithmetic("__unm", func(a, _ float64) float64 { return -a }),
}

func modulo(a, b float64) float64 {
	if math.IsInf(b, 0) && !math.IsInf(a, 0) && !math.IsNaN(a) {
		if a == 0 || (a > 0) == (b > 0) {
			return a
		}
		return b
	}
	m := math.Mod(a, b)
	if m != 0 && (m < 0) != (b < 0) {
		m += b
	}
	return m
}

func arithmeticMeta() *lua.LTable {
	mt := &lua.LTable{Metatable: lua.LNil}
	for event, f := range arithmetics {
		mt.RawSetString(event, f)
	}
	return mt
}

// isArithmetic tells whether a field of the metatable of strings is one of these metamethods.
func isArithmetic(key, value lua.LValue) bool {
	event, ok := key.(lua.LString)
	return ok && arithmetics[string(event)] == value
}

// arithmetic returns the metamethod for an operator. When an operand is no number, it asks the metamethod of the other
// operand, which the VM did not reach.
func arithmetic(event string, operate func(a, b float64) float64) *lua.LFunction {
	return sharedFunction(func(l *lua.LState) int {
		a, aOK := toNumber(l, 1)
		b, bOK := a, aOK
		if event != "__unm" {
			b, bOK = toNumber(l, 2)
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
		return raiseValue(l, lua.LString(callerPosition(l)+"attempt to perform arithmetic on a "+typeOf(l, operand).String()+" value"))
	})
}

// callerPosition is the position for the message of a Go function that stands for an instruction of its caller.
func callerPosition(l *lua.LState) string {
	if frames.Repair.On() && frames.IsHidden(frames.Current(l).Fn) {
		return where(l, 0)
	}
	return where(l, 1)
}
