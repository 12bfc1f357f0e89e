package operators

import (
	"math"
	"math/rand/v2"

	lua "github.com/Shopify/go-lua"
)

// The VM's operators .. and % are wrong: .. has no limit and writes numbers wrongly, and % has the sign of the wrong
// operand. Code that has them calls numbers instead (patch.go): concatMark and moduloMark, which no script can know, and
// the metatable of numbers has Operate as __call.
var concatMark, moduloMark = newMark(), newMark()

// newMark returns a number that no script will come upon.
func newMark() float64 { return math.Ldexp(1+rand.Float64(), -1000-rand.IntN(20)) }

// Install gives numbers a metatable with Operate as __call.
func Install(l *lua.State) {
	l.PushNumber(0)
	l.CreateTable(0, 1)
	l.PushGoFunction(Operate)
	l.SetField(-2, "__call")
	l.SetMetaTable(-2)
	l.Pop(1)
}

// Operate is __call of numbers.
func Operate(l *lua.State) int {
	switch l.ToValue(1) {
	case concatMark:
		return concat(l)
	case moduloMark:
		return modulo(l)
	}
	if VM.PushNumberMetatable(l) {
		l.PushString("__call")
		l.RawGet(-2)
		if !l.IsNil(-1) {
			l.Insert(1)
			l.Pop(1)
			l.CallWithContinuation(l.Top()-1, lua.MultipleReturns, 0, (*lua.State).Top)
			return l.Top()
		}
	}
	return VM.RaiseOperand(l, "call", 1)
}

// VM is what this package needs of the adapter, which sets it before the first state.
var VM struct {
	// PushNumberMetatable pushes the metatable that a script has given to numbers, and reports whether there is one.
	PushNumberMetatable func(l *lua.State) bool
	// RaiseOperand raises the error of an operator that is called with an argument of a wrong type.
	RaiseOperand func(l *lua.State, what string, argument int) int
	// CheckSize raises the memory error for a string of so many bytes when that is too long.
	CheckSize func(l *lua.State, size int)
	// ToNumber converts strings as tonumber does.
	ToNumber func(l *lua.State, index int) (float64, bool)
}
