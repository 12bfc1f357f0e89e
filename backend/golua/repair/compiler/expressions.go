package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/instructions"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
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

// call makes the code for a call of a function, or of a method of an object, and returns the place of the instruction.
// The results are in the registers from free on, which it leaves to the caller.
func (f *function) call(e syntax.Expression, callee operand, free, results int) int {
	callee = f.realize(callee)
	var arguments []syntax.Expression
	var line int
	switch e := e.(type) {
	case *syntax.Call:
		if callee.constant != nil || callee.register != free {
			f.free = free
			f.put(callee, f.reserve(1))
		}
		arguments, line = e.Arguments, e.Line
	case *syntax.MethodCall:
		object := f.inRegister(callee)
		f.free = max(free, object+1)
		if object < free {
			f.free = free
		}
		key := f.short(operand{constant: e.Name})
		f.free = free
		f.reserve(2)
		f.emit(bytecode.MakeABC(bytecode.XSelf, free, object, key), e.Name.Line)
		arguments, line = e.Arguments, e.Line
	}
	b := 0
	if f.pushAll(arguments) {
		b = f.free - free
	}
	return f.emit(bytecode.MakeABC(bytecode.XCall, free, b, results+1), line)
}

// pushAll makes the code for a list of expressions, whose values go into free registers. It is false when the last one has
// any number of values: then they go up to the top of the stack.
func (f *function) pushAll(list []syntax.Expression) (fixed bool) {
	for i, e := range list {
		if i == len(list)-1 && isMultiple(e) {
			f.multiple(e, allResults)
			return false
		}
		f.push(e)
	}
	return true
}

// isMultiple reports whether an expression may have any number of values.
func isMultiple(e syntax.Expression) bool {
	switch e.(type) {
	case *syntax.Call, *syntax.MethodCall, *syntax.Vararg:
		return true
	}
	return false
}

// multiple makes the code for an expression with any number of values, of which so many go into free registers. The caller
// takes these into use. It returns the place of the instruction.
func (f *function) multiple(e syntax.Expression, results int) int {
	if v, ok := e.(*syntax.Vararg); ok {
		f.need(1)
		return f.emit(bytecode.MakeABC(bytecode.OpVararg, f.free, results+1, 0), v.Line)
	}
	free := f.free
	chain, base := suffixes(e)
	var callee operand
	if len(chain) == 1 {
		callee = f.object(base)
	} else {
		switch e := e.(type) {
		case *syntax.Call:
			callee = f.suffixed(e.Function, anywhere)
		case *syntax.MethodCall:
			callee = f.suffixed(e.Object, anywhere)
		}
	}
	pc := f.call(e, callee, free, results)
	f.free = free
	return pc
}

// list makes the code for expressions whose values, n of them, go into free registers, which are taken into use.
func (f *function) list(values []syntax.Expression, n, line int) {
	first := f.free
	for i, e := range values {
		switch {
		case i == len(values)-1 && isMultiple(e):
			missing := max(n-i, 0)
			f.multiple(e, missing)
			f.need(missing)
			f.free = first + max(n, i)
		case i >= n: // its value is not wanted
			f.push(e)
			f.free = first + n
		default:
			f.push(e)
		}
	}
	if missing := first + n - f.free; missing > 0 {
		f.loadNil(f.reserve(missing), missing, line)
	}
	f.free = first + n
}

// closure makes the code for a function. The VM clears the registers above the one where it makes it.
func (f *function) closure(e *syntax.FunctionExpression, target int) {
	f.Prototypes = append(f.Prototypes, layout.Prototype{})
	n := len(f.Prototypes) - 1
	compile(e.Function, f.Source, &f.Prototypes[n])
	free, top := f.free, target
	if target != f.free-1 {
		top = f.reserve(1)
	}
	if n > bytecode.MaxBx {
		fail(e.Line, "function or expression too complex")
	}
	f.emit(bytecode.MakeABx(bytecode.OpClosure, top, n), e.Line)
	for _, u := range e.Function.Upvalues {
		if u.Local != nil || u.Name != syntax.Environment {
			f.emit(bytecode.MakeABx(bytecode.XForget, 0, n), e.Line)
			break
		}
	}
	f.move(target, top, e.Line)
	f.free = free
}

func (f *function) table(e *syntax.Table, target int) {
	free := f.free
	t := target
	if !f.isTop(target) {
		t = f.reserve(1)
	}
	made := f.emit(bytecode.MakeABC(bytecode.OpNewTable, t, 0, 0), e.Line)
	elements, fields, pending := 0, 0, 0
	for n, item := range e.Items {
		if pending == bytecode.FieldsPerFlush { // before a field, which may have the key of an element
			f.store(t, elements, pending, item.Line)
			pending = 0
		}
		if item.Key != nil {
			fields++
			above := f.free
			key, value := f.short(f.operand(item.Key)), f.short(f.operand(item.Value))
			f.free = above
			f.emit(bytecode.MakeABC(bytecode.XSetTable, t, key, value), item.Line)
			continue
		}
		if n == len(e.Items)-1 && isMultiple(item.Value) {
			f.multiple(item.Value, allResults)
			f.store(t, elements+1, allResults, item.Line)
			pending = 0
			break
		}
		f.push(item.Value)
		elements++
		pending++
	}
	if pending > 0 {
		f.store(t, elements, pending, e.Items[len(e.Items)-1].Line)
	}
	f.Code[made] = uint32(bytecode.MakeABC(bytecode.OpNewTable, t, sizeOf(elements), sizeOf(fields)))
	f.move(target, t, f.line())
	f.free = free
}

// store makes the code that stores the last n elements of a list, which are above its register; n may be allResults.
func (f *function) store(table, elements, n, line int) {
	batch := (elements-1)/bytecode.FieldsPerFlush + 1
	b := max(n, 0)
	switch {
	case batch <= bytecode.MaxC:
		f.emit(bytecode.MakeABC(bytecode.OpSetList, table, b, batch), line)
	case batch <= bytecode.MaxAx:
		f.emit(bytecode.MakeABC(bytecode.OpSetList, table, b, 0), line)
		f.emit(bytecode.MakeAx(bytecode.OpExtraArg, batch), line)
	default:
		fail(line, "constructor too long")
	}
	f.free = table + 1
}

// sizeOf returns a size as the instruction for new tables has it: three bits that are shifted as often as the others say,
// and at least as large.
func sizeOf(n int) int {
	shift := 0
	for n > 15 {
		n = (n + 1) / 2
		shift++
	}
	if n < 8 {
		return n
	}
	return (shift+1)<<3 | n - 8
}
