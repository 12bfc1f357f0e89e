package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

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
