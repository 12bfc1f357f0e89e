package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

// truthy reports whether a constant counts as true.
func truthy(e syntax.Expression) bool {
	switch e.(type) {
	case *syntax.Nil, *syntax.False:
		return false
	}
	return true
}

// isComparison reports whether an expression compares two values.
func isComparison(e syntax.Expression) bool {
	b, ok := e.(*syntax.Binary)
	if !ok || b.Operator == ".." {
		return false
	}
	_, isArithmetic := arithmetic[b.Operator]
	return !isArithmetic
}

// isCondition reports whether the value of an expression is known from where the code goes on.
func isCondition(e syntax.Expression) bool {
	switch e := e.(type) {
	case *syntax.Parentheses:
		return isCondition(e.Inner)
	case *syntax.Logical:
		return true
	case *syntax.Unary:
		return e.Operator == "not"
	}
	return isComparison(e)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// branch makes the code for a condition, and returns the jumps that are taken when it is as wanted. Otherwise the code goes
// on behind it.
func (f *function) branch(e syntax.Expression, wanted bool) (jumps []int) {
	switch e := e.(type) {
	case *syntax.Parentheses:
		return f.branch(e.Inner, wanted)
	case *syntax.Logical:
		if short := reduced(e); short != e {
			return f.branch(short, wanted)
		}
		return f.branchLogical(e, wanted)
	case *syntax.Unary:
		if e.Operator == "not" {
			return f.branch(e.Operand, !wanted)
		}
	}
	free := f.free
	defer func() { f.free = free }()
	if isComparison(e) {
		b := e.(*syntax.Binary)
		return []int{f.compare(b, f.operand(b.Left), free, wanted)}
	}
	o := f.operand(e)
	if o.constant != nil {
		if truthy(o.constant) == wanted {
			return []int{f.jump(-1, e.Position())}
		}
		return nil
	}
	f.emit(bytecode.MakeABC(bytecode.OpTest, o.register, 0, bit(wanted)), e.Position())
	return []int{f.jump(-1, e.Position())}
}

// branchLogical is branch for a chain of "and" or "or".
func (f *function) branchLogical(e *syntax.Logical, wanted bool) (jumps []int) {
	if e.IsAnd != wanted { // any operand decides
		for _, operand := range e.Operands {
			jumps = append(jumps, f.branch(operand, wanted)...)
		}
		return jumps
	}
	last := len(e.Operands) - 1
	var others []int
	for _, operand := range e.Operands[:last] {
		others = append(others, f.branch(operand, !wanted)...)
	}
	jumps = f.branch(e.Operands[last], wanted)
	f.leadHere(others...)
	return jumps
}

// compare makes the code for a comparison whose left side is known, and returns the jump that is taken when its outcome is
// as wanted. free is the first register that it leaves in use.
func (f *function) compare(e *syntax.Binary, left operand, free int, wanted bool) int {
	right := f.operand(e.Right)
	b, c := f.short(left), f.short(right)
	f.free = free
	var op bytecode.Opcode
	switch e.Operator {
	case "==":
		op = bytecode.XEqual
	case "~=":
		op, wanted = bytecode.XEqual, !wanted
	case "<":
		op = bytecode.XLessThan
	case "<=":
		op = bytecode.XLessOrEqual
	case ">":
		op, b, c = bytecode.XLessThan, c, b
	case ">=":
		op, b, c = bytecode.XLessOrEqual, c, b
	}
	f.emit(bytecode.MakeABC(op, bit(wanted), b, c), e.Line)
	return f.jump(-1, e.Line)
}

// truth makes the code for a boolean value: true where jumps lead to, false where the code goes on.
func (f *function) truth(jumps []int, target, line int) operand {
	target = f.destination(target)
	f.emit(bytecode.MakeABC(bytecode.OpLoadBool, target, 0, 1), line)
	f.leadHere(jumps...)
	f.emit(bytecode.MakeABC(bytecode.OpLoadBool, target, 1, 0), line)
	return operand{register: target}
}

// outcome has the jumps out of a chain of "and" or "or" whose value is known.
type outcome struct {
	value bool  // what the value counts as
	set   []int // taken with the value in its register
	plain []int // taken when the value is the boolean
}

// logical makes the code for the value of a chain of "and" or "or".
func (f *function) logical(e *syntax.Logical, target int) {
	out := outcome{value: !e.IsAnd}
	last := len(e.Operands) - 1
	for _, operand := range e.Operands[:last] {
		f.decide(operand, target, &out)
	}
	f.into(e.Operands[last], target)
	if line := e.Operands[last].Position(); len(out.plain) > 0 {
		out.set = append(out.set, f.jump(-1, line))
		f.leadHere(out.plain...)
		f.emit(bytecode.MakeABC(bytecode.OpLoadBool, target, bit(out.value), 0), line)
	}
	f.leadHere(out.set...)
}

// decide makes the code for an operand that decides the value of a chain when it counts as out.value. Otherwise the code
// goes on behind it.
func (f *function) decide(e syntax.Expression, target int, out *outcome) {
	switch e := e.(type) {
	case *syntax.Parentheses:
		f.decide(e.Inner, target, out)
		return
	case *syntax.Logical:
		if short := reduced(e); short != e {
			f.decide(short, target, out)
		} else {
			f.decideLogical(e, target, out)
		}
		return
	}
	if c := static(e); isConstant(c) {
		if truthy(c) == out.value {
			f.load(target, c)
			out.set = append(out.set, f.jump(-1, e.Position()))
		}
		return
	}
	if isCondition(e) {
		out.plain = append(out.plain, f.branch(e, out.value)...)
		return
	}
	if f.isTop(target) && !isLocal(e) {
		f.into(e, target)
		f.emit(bytecode.MakeABC(bytecode.OpTest, target, 0, bit(out.value)), e.Position())
		out.set = append(out.set, f.jump(-1, e.Position()))
		return
	}
	free := f.free
	o := f.operand(e)
	f.free = free
	f.emit(bytecode.MakeABC(bytecode.OpTestSet, target, f.inRegister(o), bit(out.value)), e.Position())
	f.free = free
	out.set = append(out.set, f.jump(-1, e.Position()))
}

func isLocal(e syntax.Expression) bool {
	_, ok := e.(*syntax.LocalName)
	return ok
}

// decideLogical is decide for a chain within the chain.
func (f *function) decideLogical(e *syntax.Logical, target int, out *outcome) {
	if e.IsAnd != out.value { // any operand decides
		for _, operand := range e.Operands {
			f.decide(operand, target, out)
		}
		return
	}
	last := len(e.Operands) - 1
	var others []int
	for _, operand := range e.Operands[:last] {
		others = append(others, f.branch(operand, !out.value)...)
	}
	f.decide(e.Operands[last], target, out)
	f.leadHere(others...)
}
