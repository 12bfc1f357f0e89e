package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

// operand is a value that an instruction uses: a constant for which there is no code yet, or a register.
type operand struct {
	constant syntax.Expression // nil for a register
	register int
}

// anywhere stands for a register that is free, where a function asks for the register of a result.
const anywhere = -1

// allResults is how many results are wanted when all of them are.
const allResults = -1

// destination returns the register for a result.
func (f *function) destination(target int) int {
	if target == anywhere {
		return f.reserve(1)
	}
	return target
}

// operand makes the code for an expression whose value may be in any register, or a constant.
func (f *function) operand(e syntax.Expression) operand {
	switch e := e.(type) {
	case *syntax.Nil, *syntax.True, *syntax.False, *syntax.Number, *syntax.String:
		return operand{constant: e}
	case *syntax.Parentheses:
		return f.operand(e.Inner)
	case *syntax.LocalName:
		return operand{register: e.Variable.Register}
	case *syntax.Binary:
		return f.binary(e, anywhere)
	case *syntax.Unary:
		return f.unary(e, anywhere)
	case *syntax.Index, *syntax.Call, *syntax.MethodCall:
		return f.suffixed(e, anywhere)
	case *syntax.Logical:
		if short := reduced(e); short != e {
			return f.operand(short)
		}
		if others := e.Operands[:len(e.Operands)-1]; neverDecide(others, e.IsAnd) {
			for _, other := range others {
				f.branch(other, !e.IsAnd)
			}
			return f.operand(e.Operands[len(others)])
		}
	}
	register := f.reserve(1)
	f.into(e, register)
	return operand{register: register}
}

// neverDecide reports whether operands of "and", or of "or", are surely true, or surely false: because of the constants at
// their ends, as in "(x or 1) and y". Like Lua, which takes what follows for the value, so that messages do not name it when
// it is a constant.
func neverDecide(operands []syntax.Expression, isAnd bool) bool {
	for _, e := range operands {
		l, ok := static(e).(*syntax.Logical)
		if !ok || l.IsAnd == isAnd {
			return false
		}
		if last := static(l.Operands[len(l.Operands)-1]); !isConstant(last) || truthy(last) != isAnd {
			return false
		}
	}
	return true
}

// into makes the code for an expression whose value goes into a register. That is written to by the last instruction
// only, so that it may be a variable in the expression.
func (f *function) into(e syntax.Expression, target int) {
	switch e := e.(type) {
	case *syntax.Nil, *syntax.True, *syntax.False, *syntax.Number, *syntax.String:
		f.load(target, e)
	case *syntax.Parentheses:
		f.into(e.Inner, target)
	case *syntax.LocalName:
		f.move(target, e.Variable.Register, e.Line)
	case *syntax.UpvalueName:
		f.emit(bytecode.MakeABC(bytecode.OpGetUpvalue, target, e.Index, 0), e.Line)
	case *syntax.Vararg:
		f.emit(bytecode.MakeABC(bytecode.OpVararg, target, 2, 0), e.Line)
	case *syntax.Binary, *syntax.Unary, *syntax.Index, *syntax.Call, *syntax.MethodCall:
		f.compound(e, target)
	case *syntax.Logical:
		if short := reduced(e); short != e {
			f.into(short, target)
		} else {
			f.logical(e, target)
		}
	case *syntax.Table:
		f.table(e, target)
	case *syntax.FunctionExpression:
		f.closure(e, target)
	}
}

// compound is into for an expression that consists of others, and that may itself be one of a chain.
func (f *function) compound(e syntax.Expression, target int) {
	free, at := f.free, target
	if f.isTop(target) { // where a value goes that may be anywhere
		f.free, at = target, anywhere
	}
	var o operand
	switch e := e.(type) {
	case *syntax.Binary:
		o = f.binary(e, at)
	case *syntax.Unary:
		o = f.unary(e, at)
	default:
		o = f.suffixed(e, at)
	}
	f.free = free
	f.put(o, target)
}

// isTop reports whether a register is the highest in use, and not a variable.
func (f *function) isTop(register int) bool {
	n := len(f.active)
	return register == f.free-1 && (n == 0 || register > f.active[n-1].variable.Register)
}

// put moves a value into a register, unless it is there.
func (f *function) put(o operand, target int) {
	if o.constant != nil {
		f.load(target, o.constant)
	} else {
		f.move(target, o.register, f.line())
	}
}

func (f *function) move(to, from, line int) {
	if to != from {
		f.emit(bytecode.MakeABC(bytecode.OpMove, to, from, 0), line)
	}
}

// push makes the code for an expression whose value goes into the first free register.
func (f *function) push(e syntax.Expression) int {
	register := f.reserve(1)
	f.into(e, register)
	return register
}

// inRegister returns the register of a value; a constant goes into a free one.
func (f *function) inRegister(o operand) int {
	if o.constant != nil {
		o.register = f.reserve(1)
		f.load(o.register, o.constant)
	}
	return o.register
}

// maxShortConstant is the last constant that an operand can be.
const maxShortConstant = 255

// short returns a value as instructions have operands: a register or a constant.
func (f *function) short(o operand) int {
	if o.constant != nil {
		if k := f.constant(o.constant); k <= maxShortConstant {
			return k | bytecode.ConstantBit
		}
	}
	return f.inRegister(o)
}

// suffixed makes the code for a field or a call. What is to the left of it, fields and calls too, comes first.
func (f *function) suffixed(e syntax.Expression, target int) operand {
	chain, base := suffixes(e)
	free := f.free
	o := f.object(base)
	for k := len(chain) - 1; k >= 0; k-- {
		to := anywhere
		if k == 0 {
			to = target
		}
		switch e := chain[k].(type) {
		case *syntax.Index:
			o = f.index(e, o, free, to)
		default:
			f.call(e, o, free, 1)
			o = operand{register: free}
			f.free = free + 1
		}
	}
	if target != anywhere {
		f.free = free
	}
	return o
}

// suffixes returns fields and calls, the last one first, and the expression that they are of.
func suffixes(e syntax.Expression) (chain []syntax.Expression, base syntax.Expression) {
	for {
		switch s := e.(type) {
		case *syntax.Index:
			chain, e = append(chain, e), s.Object
		case *syntax.Call:
			chain, e = append(chain, e), s.Function
		case *syntax.MethodCall:
			chain, e = append(chain, e), s.Object
		default:
			return chain, e
		}
	}
}

// object is operand for what may be indexed where it is, an upvalue.
func (f *function) object(e syntax.Expression) operand {
	if u, ok := e.(*syntax.UpvalueName); ok {
		return operand{constant: u}
	}
	return f.operand(e)
}

// index makes the code for a field of an object, which object has returned.
func (f *function) index(e *syntax.Index, object operand, free, target int) operand {
	if u, ok := object.constant.(*syntax.UpvalueName); ok {
		key := f.short(f.operand(e.Key))
		f.free = free
		target = f.destination(target)
		f.emit(bytecode.MakeABC(bytecode.XGetTableUp, target, u.Index, key), e.Line)
		return operand{register: target}
	}
	b := f.inRegister(object)
	key := f.short(f.operand(e.Key))
	f.free = free
	target = f.destination(target)
	f.emit(bytecode.MakeABC(bytecode.XGetTable, target, b, key), e.Line)
	return operand{register: target}
}

// realize returns an operand of object that any instruction can use.
func (f *function) realize(o operand) operand {
	if u, ok := o.constant.(*syntax.UpvalueName); ok {
		register := f.reserve(1)
		f.into(u, register)
		return operand{register: register}
	}
	return o
}
