package gopherlua

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// The metatable of strings. Besides __index it has metamethods for arithmetic, as in Lua 5.4: the VM asks them before it
// converts strings to numbers itself, and its own conversion takes "010" for 8 and "1_0" for 10.

// sharedMeta is the metatable of strings in all states until a script uses it, and numeralMeta that in states without the
// string library, which no script sees; prepare makes them.
var sharedMeta, numeralMeta *lua.LTable

func makeStringMetatables() {
	numeralMeta = arithmeticMeta()
	sharedMeta = arithmeticMeta()
	sharedMeta.RawSetString("__index", sharedFunction(func(l *lua.LState) int {
		d := dataOf(l)
		d.env.Libraries.Complete(state{l}, 1)
		l.Push(l.GetTable(d.stringMeta.RawGetString("__index"), l.Get(2)))
		return 1
	}))
}

// stringMetatable returns the metatable that scripts know strings to have.
func stringMetatable(l *lua.LState, index int) lua.LValue {
	if l.GetMetatable(l.Get(index)) == lua.LValue(sharedMeta) {
		dataOf(l).env.Libraries.Complete(state{l}, index)
	}
	if mt := l.GetMetatable(lua.LString("")); mt != lua.LValue(numeralMeta) && mt != lua.LValue(sharedMeta) {
		return mt
	}
	return lua.LNil
}

// setStringMetatable gives strings a metatable, to which it adds the metamethods for arithmetic.
func setStringMetatable(l *lua.LState, mt lua.LValue) {
	d := dataOf(l)
	t, ok := mt.(*lua.LTable)
	switch {
	case !ok:
		t, d.stringMeta = numeralMeta, nil
	case l.G.Registry.RawGetString(stdlib.LazyMetatable) == mt: // while stdlib opens the libraries
		t = sharedMeta
	default:
		for event, f := range arithmetics {
			if t.RawGetString(event) == lua.LNil {
				t.RawSetString(event, f)
			}
		}
		d.stringMeta = t
	}
	l.SetMetatable(lua.LString(""), t)
}

// arithmetics are the metamethods.
var arithmetics = map[string]*lua.LFunction{
	"__add": arithmetic("__add", func(a, b float64) float64 { return a + b }),
	"__sub": arithmetic("__sub", func(a, b float64) float64 { return a - b }),
	"__mul": arithmetic("__mul", func(a, b float64) float64 { return a * b }),
	"__div": arithmetic("__div", func(a, b float64) float64 { return a / b }),
	"__mod": arithmetic("__mod", modulo),
	"__pow": arithmetic("__pow", backend.Power),
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
