package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/operators"
)

// numbersMeta is the metatable of numbers in all states, in which __call is the operators of rewritten code; prepare makes
// it. Nothing may write to it, nor Lua code see it.
var numbersMeta any

func newNumbersMeta(l *lua.State) any {
	operators.VM.PushNumberMetatable = pushNumberMetatable
	operators.VM.RaiseOperand = raiseOperand
	operators.VM.CheckSize = checkSize
	operators.VM.ToNumber = toNumber
	l.CreateTable(0, 1)
	l.PushLightUserData(operatorValue)
	l.SetField(-2, "__call")
	meta := l.ToValue(-1)
	l.Pop(1)
	return meta
}

// checkSize raises when a string of that size is too long for the state.
func checkSize(l *lua.State, size int) {
	if size > envOf(l).MaxString {
		outOfMemory(l)
	}
}

// pushNumberMetatable pushes the metatable that a script has given to numbers.
func pushNumberMetatable(l *lua.State) bool {
	d := dataOf(l)
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
