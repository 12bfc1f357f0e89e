package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/instructions"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

// arithmetic has the instructions of operators.
var arithmetic = map[string]bytecode.Opcode{
	"+": bytecode.XAdd, "-": bytecode.XSub, "*": bytecode.XMul, "/": bytecode.XDiv, "%": bytecode.XMod, "^": bytecode.XPow,
}

// binary makes the code for an operation. The operations to the left of it come first: they may be many, and so are not
// left to a call for each.
func (f *function) binary(e *syntax.Binary, target int) operand {
	if e.Operator == ".." {
		return f.concat(e, target)
	}
	chain := []*syntax.Binary{e}
	left := e.Left
	for {
		b, ok := left.(*syntax.Binary)
		if !ok || b.Operator == ".." {
			break
		}
		chain = append(chain, b)
		left = b.Left
	}
	free := f.free
	o := f.operand(left)
	for k := len(chain) - 1; k >= 0; k-- {
		to := anywhere
		if k == 0 {
			to = target
		}
		if op, ok := arithmetic[chain[k].Operator]; ok {
			o = f.arithmetic(op, chain[k], o, free, to)
		} else {
			o = f.truth([]int{f.compare(chain[k], o, free, true)}, to, chain[k].Line)
		}
	}
	return o
}

// arithmetic makes the code for an operation whose left side is known. free is the first register that it leaves in use.
func (f *function) arithmetic(op bytecode.Opcode, e *syntax.Binary, left operand, free, target int) operand {
	right := f.operand(e.Right)
	if folded := fold(op, left, right, e.At); folded != nil {
		f.free = free
		return operand{constant: folded}
	}
	b, c := f.short(left), f.short(right)
	f.free = free
	target = f.destination(target)
	f.emit(bytecode.MakeABC(op, target, b, c), e.Line)
	return operand{register: target}
}

// reduced returns a chain without the constants that cannot decide it: its last operand, when no other is left. Like Lua,
// which makes no code for them, so that messages name what stands behind.
func reduced(e *syntax.Logical) syntax.Expression {
	last := len(e.Operands) - 1
	var kept []syntax.Expression
	for i, operand := range e.Operands {
		c := static(operand)
		if i == last || !isConstant(c) || truthy(c) != e.IsAnd {
			kept = append(kept, c)
		}
	}
	switch len(kept) {
	case len(e.Operands):
		return e
	case 1:
		return kept[0]
	}
	return &syntax.Logical{At: e.At, IsAnd: e.IsAnd, Operands: kept}
}

// static returns the constant that an expression is, or the expression that it is for sure.
func static(e syntax.Expression) syntax.Expression {
	switch s := e.(type) {
	case *syntax.Parentheses:
		if inner := static(s.Inner); !isMultiple(inner) {
			return inner
		}
	case *syntax.Logical:
		if short := reduced(s); short != e {
			return short
		}
	case *syntax.Unary:
		inner := static(s.Operand)
		if n, ok := inner.(*syntax.Number); ok && s.Operator == "-" {
			return &syntax.Number{At: s.At, Value: -n.Value}
		}
		if s.Operator == "not" && isConstant(inner) {
			return boolean(!truthy(inner), s.At)
		}
	case *syntax.Binary:
		return staticBinary(s)
	}
	return e
}

// staticBinary is static for an operation, and those to the left of it.
func staticBinary(e *syntax.Binary) syntax.Expression {
	var chain []*syntax.Binary
	left := syntax.Expression(e)
	for {
		b, ok := left.(*syntax.Binary)
		if !ok || arithmetic[b.Operator] == 0 {
			break
		}
		chain = append(chain, b)
		left = b.Left
	}
	if len(chain) == 0 {
		return e
	}
	value := static(left)
	for k := len(chain) - 1; k >= 0; k-- {
		if _, ok := value.(*syntax.Number); !ok {
			return e
		}
		b := chain[k]
		value = fold(arithmetic[b.Operator], operand{constant: value}, operand{constant: static(b.Right)}, b.At)
	}
	if value == nil {
		return e
	}
	return value
}

func isConstant(e syntax.Expression) bool {
	switch e.(type) {
	case *syntax.Nil, *syntax.True, *syntax.False, *syntax.Number, *syntax.String:
		return true
	}
	return false
}

func boolean(value bool, at syntax.At) syntax.Expression {
	if value {
		return &syntax.True{At: at}
	}
	return &syntax.False{At: at}
}

// fold returns the result of an operation with two numbers that are constants, nil for others, and for divisions by zero.
func fold(op bytecode.Opcode, left, right operand, at syntax.At) syntax.Expression {
	a, ok1 := left.constant.(*syntax.Number)
	b, ok2 := right.constant.(*syntax.Number)
	if !ok1 || !ok2 || b.Value == 0 && (op == bytecode.XDiv || op == bytecode.XMod) {
		return nil
	}
	return &syntax.Number{At: at, Value: instructions.Arithmetic(op, a.Value, b.Value)}
}

func (f *function) unary(e *syntax.Unary, target int) operand {
	free := f.free
	if e.Operator == "not" {
		return f.not(e, target)
	}
	o := f.operand(e.Operand)
	if n, ok := o.constant.(*syntax.Number); ok && e.Operator == "-" {
		return operand{constant: &syntax.Number{At: e.At, Value: -n.Value}}
	}
	b, op := f.inRegister(o), bytecode.XUnaryMinus
	if e.Operator == "#" {
		op = bytecode.XLength
	}
	f.free = free
	target = f.destination(target)
	f.emit(bytecode.MakeABC(op, target, b, 0), e.Line)
	return operand{register: target}
}

func (f *function) not(e *syntax.Unary, target int) operand {
	if isCondition(e.Operand) {
		return f.truth(f.branch(e.Operand, false), target, e.Line)
	}
	free := f.free
	o := f.operand(e.Operand)
	if o.constant != nil {
		return operand{constant: boolean(!truthy(o.constant), e.At)}
	}
	f.free = free
	target = f.destination(target)
	f.emit(bytecode.MakeABC(bytecode.OpNot, target, o.register, 0), e.Line)
	return operand{register: target}
}

// concat makes the code for a concatenation of all values to the right.
func (f *function) concat(e *syntax.Binary, target int) operand {
	first := f.push(e.Left)
	right := e.Right
	for {
		next, ok := right.(*syntax.Binary)
		if !ok || next.Operator != ".." {
			break
		}
		f.push(next.Left)
		right = next.Right
	}
	last := f.push(right)
	f.free = first
	target = f.destination(target)
	f.emit(bytecode.MakeABC(bytecode.XConcat, target, first, last), e.Line)
	return operand{register: target}
}
