package golua

import (
	"math"
	"math/rand/v2"

	lua "github.com/Shopify/go-lua"
)

// The VM's operators .. and % are amiss: .. has no limit and writes numbers wrongly, and % has the sign of the wrong
// operand. Code that has them calls numbers instead (patch.go): concatMark and moduloMark, which no script can know, and
// the metatable of numbers has operate as __call.
var concatMark, moduloMark = newMark(), newMark()

// newMark returns a number that no script will come upon.
func newMark() float64 { return math.Ldexp(1+rand.Float64(), -1000-rand.IntN(20)) }

// numbersMeta is the metatable of numbers in all states; prepare makes it. Nothing may write to it, nor Lua code see it.
var numbersMeta any

func newNumbersMeta(l *lua.State) any {
	l.CreateTable(0, 1)
	l.PushLightUserData(operatorValue)
	l.SetField(-2, "__call")
	meta := l.ToValue(-1)
	l.Pop(1)
	return meta
}

// operate is __call of numbers.
func operate(l *lua.State) int {
	switch l.ToValue(1) {
	case concatMark:
		return concat(l)
	case moduloMark:
		return modulo(l)
	}
	d := dataOf(l)
	if d.pushNumberMetatable(l) {
		rawField(l, -1, "__call")
		if !l.IsNil(-1) {
			l.Insert(1)
			l.Pop(1)
			l.Call(l.Top()-1, lua.MultipleReturns)
			return l.Top()
		}
	}
	return raiseOperand(l, "call", 1)
}

// pushNumberMetatable pushes the metatable that a script has given to numbers.
func (d *vmdata) pushNumberMetatable(l *lua.State) bool {
	if d.numberMetatable == nil {
		return false
	}
	l.PushLightUserData(d.numberMetatable)
	return true
}

// setNumberMetatable pops a table or nil that a script gives to numbers as their metatable. The VM's own gets a copy
// of its fields, with operate as __call.
func (d *vmdata) setNumberMetatable(l *lua.State) {
	l.PushNumber(0)
	l.Insert(-2)
	if d.numberMetatable = l.ToValue(-1); d.numberMetatable == nil {
		l.PushLightUserData(numbersMeta)
		l.SetMetaTable(-3)
		l.Pop(2)
		return
	}
	l.NewTable()
	l.PushNil()
	for l.Next(-3) {
		l.PushValue(-2)
		l.Insert(-2)
		l.RawSet(-4)
	}
	l.PushLightUserData(operatorValue)
	setRawField(l, -2, "__call")
	l.SetMetaTable(-3)
	l.Pop(2)
}
