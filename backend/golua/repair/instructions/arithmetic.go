package instructions

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// The instructions for operators with two numbers. Each has its own function, so that the usual case costs no call.

func add(e *engine, i code) (operation, code) {
	if b, ok := e.value(i.B()).(float64); ok {
		if c, ok := e.value(i.C()).(float64); ok {
			return e.result(i.A(), b+c)
		}
	}
	return e.arithmetic(i)
}

func sub(e *engine, i code) (operation, code) {
	if b, ok := e.value(i.B()).(float64); ok {
		if c, ok := e.value(i.C()).(float64); ok {
			return e.result(i.A(), b-c)
		}
	}
	return e.arithmetic(i)
}

func mul(e *engine, i code) (operation, code) {
	if b, ok := e.value(i.B()).(float64); ok {
		if c, ok := e.value(i.C()).(float64); ok {
			return e.result(i.A(), b*c)
		}
	}
	return e.arithmetic(i)
}

func div(e *engine, i code) (operation, code) {
	if b, ok := e.value(i.B()).(float64); ok {
		if c, ok := e.value(i.C()).(float64); ok {
			return e.result(i.A(), b/c)
		}
	}
	return e.arithmetic(i)
}

func mod(e *engine, i code) (operation, code) {
	if b, ok := e.value(i.B()).(float64); ok {
		if c, ok := e.value(i.C()).(float64); ok {
			return e.result(i.A(), backend.Modulo(b, c))
		}
	}
	return e.arithmetic(i)
}

func pow(e *engine, i code) (operation, code) {
	if b, ok := e.value(i.B()).(float64); ok {
		if c, ok := e.value(i.C()).(float64); ok {
			return e.result(i.A(), backend.Power(b, c))
		}
	}
	return e.arithmetic(i)
}

func unaryMinus(e *engine, i code) (operation, code) {
	if b, ok := e.frame[i.B()].(float64); ok {
		return e.result(i.A(), -b)
	}
	return e.arithmetic(i)
}

// Arithmetic is the result of an operator with numbers.
func Arithmetic(op bytecode.Opcode, a, b float64) float64 {
	switch op {
	case bytecode.XAdd:
		return a + b
	case bytecode.XSub:
		return a - b
	case bytecode.XMul:
		return a * b
	case bytecode.XDiv:
		return a / b
	case bytecode.XMod:
		return backend.Modulo(a, b)
	case bytecode.XPow:
		return backend.Power(a, b)
	}
	return -a // XUnaryMinus
}

// arithmeticEvents are the metamethods of the operators from XAdd on.
var arithmeticEvents = [...]string{"__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm"}

// arithmetic is an operator with values that are not both numbers: strings count as numbers, and there are metamethods.
func (e *engine) arithmetic(i code) (operation, code) {
	b := e.value(i.B())
	c := b // of a unary operator
	if i.Op() != bytecode.XUnaryMinus {
		c = e.value(i.C())
	}
	x, ok1 := number(b)
	y, ok2 := number(c)
	if ok1 && ok2 {
		return e.result(i.A(), Arithmetic(i.Op(), x, y))
	}
	if m := e.metamethodOf(b, c, arithmeticEvents[i.Op()-bytecode.XAdd]); m != nil {
		return e.call2(m, b, c)
	}
	if !ok1 {
		return e.fail("perform arithmetic on", b, i.B())
	}
	return e.fail("perform arithmetic on", c, i.C())
}

// number converts a value as arithmetic does.
func number(v any) (n float64, ok bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case string:
		return backend.ParseNumber(v)
	}
	return 0, false
}

func length(e *engine, i code) (operation, code) {
	v := e.frame[i.B()]
	if s, ok := v.(string); ok {
		return e.result(i.A(), float64(len(s)))
	}
	m := e.l.Metatable(v).Metamethod(layout.LengthEvent, "__len")
	if m != nil {
		return e.call2(m, v, v)
	}
	if _, ok := isTable(v); !ok {
		return e.fail("get length of", v, i.B())
	}
	return e.leave(bytecode.OpLength, i)
}

// forPrep prepares a loop over numbers.
func forPrep(e *engine, i code) (operation, code) {
	a := i.A()
	var n [3]float64
	for k, what := range [...]string{"initial value", "limit", "step"} {
		var ok bool
		if n[k], ok = number(e.frame[a+k]); !ok {
			VM.Raise(e.l.VM(), "'for' "+what+" must be a number")
		}
	}
	e.frame[a], e.frame[a+1], e.frame[a+2] = n[0]-n[2], n[1], n[2]
	e.callInfo.LuaCallInfo.SavedPC += i.SBx()
	return e.next()
}

// The instructions for comparisons.

func equal(e *engine, i code) (operation, code) {
	b, c := e.value(i.B()), e.value(i.C())
	if b == c {
		return e.branch(i, true)
	}
	if m := e.equality(b, c); m != nil {
		return e.call2(m, b, c)
	}
	return e.branch(i, false)
}

// equality returns the metamethod that compares two tables, or two userdata: one that both have.
func (e *engine) equality(b, c any) any {
	kind := layout.KindOf(b)
	if kind != layout.KindOf(c) || kind != layout.TableKind && kind != layout.UserdataKind {
		return nil
	}
	x, y := e.l.Metatable(b), e.l.Metatable(c)
	m := x.Metamethod(layout.EqualEvent, "__eq")
	if m == nil || x != y && y.Metamethod(layout.EqualEvent, "__eq") != m {
		return nil
	}
	return m
}

func lessThan(e *engine, i code) (operation, code) {
	switch b := e.value(i.B()).(type) {
	case float64:
		if c, ok := e.value(i.C()).(float64); ok {
			return e.branch(i, b < c)
		}
	case string:
		if c, ok := e.value(i.C()).(string); ok {
			return e.branch(i, b < c)
		}
	}
	b, c := e.value(i.B()), e.value(i.C())
	if m := e.metamethodOf(b, c, "__lt"); m != nil {
		return e.call2(m, b, c)
	}
	return e.failComparison(b, c)
}

func lessOrEqual(e *engine, i code) (operation, code) {
	switch b := e.value(i.B()).(type) {
	case float64:
		if c, ok := e.value(i.C()).(float64); ok {
			return e.branch(i, b <= c)
		}
	case string:
		if c, ok := e.value(i.C()).(string); ok {
			return e.branch(i, b <= c)
		}
	}
	b, c := e.value(i.B()), e.value(i.C())
	if m := e.metamethodOf(b, c, "__le"); m != nil {
		return e.call2(m, b, c)
	}
	if m := e.metamethodOf(c, b, "__lt"); m != nil {
		return e.help("negate", m, c, b)
	}
	return e.failComparison(b, c)
}
