package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

// block makes the code for a block with a scope of its own.
func (f *function) block(b *syntax.Block) {
	level := len(f.active)
	f.statements(b)
	f.closeScope(level, b.LastLine)
}

// closeScope ends the scope of the variables above level.
func (f *function) closeScope(level, line int) {
	if register := f.captured(level); register >= 0 {
		f.leadHere(f.jump(register, line))
	}
	f.hide(level)
}

func (f *function) statements(b *syntax.Block) {
	for _, s := range b.Statements {
		f.statement(s)
	}
}

func (f *function) statement(s syntax.Statement) {
	switch s := s.(type) {
	case *syntax.Local:
		first := f.free
		f.list(s.Values, len(s.Variables), s.Line)
		f.show(first, s.Variables...)
	case *syntax.LocalFunction:
		register := f.reserve(1)
		f.show(register, s.Variable)
		f.closure(s.Function, register)
		f.LocalVariables[f.active[len(f.active)-1].local].StartPC = f.here()
	case *syntax.FunctionStatement:
		f.functionStatement(s)
	case *syntax.Assignment:
		f.assignment(s)
	case *syntax.CallStatement:
		f.multiple(s.Call, 0)
	case *syntax.Do:
		f.block(s.Body)
	case *syntax.While:
		f.while(s)
	case *syntax.Repeat:
		f.repeat(s)
	case *syntax.If:
		f.ifStatement(s)
	case *syntax.NumericFor:
		f.numericFor(s)
	case *syntax.GenericFor:
		f.genericFor(s)
	case *syntax.Return:
		f.returnStatement(s)
	case *syntax.Goto:
		f.gotoStatement(s)
	case *syntax.Label:
		f.place(s)
	}
}

func (f *function) gotoStatement(s *syntax.Goto) {
	closing := -1
	if v := s.Captured(); v != nil {
		closing = v.Register
	}
	pc := f.jump(closing, s.Line)
	if s.Label.Placed {
		f.lead(s.Label.Place, pc)
	} else {
		s.Label.Jumps = append(s.Label.Jumps, pc)
	}
}

// place lets the jumps to a label lead to the next instruction.
func (f *function) place(l *syntax.Label) {
	l.Placed, l.Place = true, f.here()
	f.leadHere(l.Jumps...)
}

func (f *function) while(s *syntax.While) {
	top := f.here()
	exits := f.branch(s.Condition, false)
	f.block(s.Body)
	f.lead(top, f.jump(-1, s.Body.LastLine))
	f.leadHere(exits...)
	f.place(s.Exit)
}

func (f *function) repeat(s *syntax.Repeat) {
	level, top := len(f.active), f.here()
	f.statements(s.Body)
	if register := f.captured(level); register < 0 {
		f.lead(top, f.branch(s.Condition, false)...)
	} else {
		exits := f.branch(s.Condition, true)
		f.lead(top, f.jump(register, s.Line))
		f.leadHere(exits...)
	}
	f.closeScope(level, s.Line)
	f.place(s.Exit)
}

func (f *function) ifStatement(s *syntax.If) {
	var exits []int
	for n, c := range s.Clauses {
		others := f.branch(c.Condition, false)
		f.block(c.Body)
		if n < len(s.Clauses)-1 || s.Else != nil {
			exits = append(exits, f.jump(-1, c.Body.LastLine))
		}
		f.leadHere(others...)
	}
	if s.Else != nil {
		f.block(s.Else)
	}
	f.leadHere(exits...)
}

// hidden takes registers into use for the hidden variables of a loop, which have their values in them.
func (f *function) hidden(first int, names ...string) {
	for i, name := range names {
		f.show(first+i, &syntax.Variable{Name: name})
	}
}

func (f *function) numericFor(s *syntax.NumericFor) {
	level := len(f.active)
	base := f.push(s.Start)
	f.push(s.Limit)
	step := s.Step
	if step == nil {
		step = &syntax.Number{At: syntax.At{Line: s.Limit.Position()}, Value: 1}
	}
	f.push(step)
	f.hidden(base, "(for index)", "(for limit)", "(for step)")
	prepared := f.emit(bytecode.MakeAsBx(bytecode.XForPrep, base, 0), s.DoLine)
	inner := len(f.active)
	f.show(f.reserve(1), s.Variable)
	f.statements(s.Body)
	f.closeScope(inner, s.Body.LastLine)
	f.leadHere(prepared)
	f.lead(prepared+1, f.emit(bytecode.MakeAsBx(bytecode.OpForLoop, base, 0), s.Line))
	f.hide(level)
	f.place(s.Exit)
}

func (f *function) genericFor(s *syntax.GenericFor) {
	level := len(f.active)
	base := f.free
	f.list(s.Values, 3, s.Line)
	f.need(3) // for the call of the iterator
	f.hidden(base, "(for generator)", "(for state)", "(for control)")
	begin := f.jump(-1, s.DoLine)
	inner := len(f.active)
	f.show(f.reserve(len(s.Variables)), s.Variables...)
	f.statements(s.Body)
	f.closeScope(inner, s.Body.LastLine)
	f.leadHere(begin)
	f.emit(bytecode.MakeABC(bytecode.XTForCall, base, 0, len(s.Variables)), s.Line)
	f.lead(begin+1, f.emit(bytecode.MakeAsBx(bytecode.OpTForLoop, base+2, 0), s.Line))
	f.hide(level)
	f.place(s.Exit)
}

func (f *function) returnStatement(s *syntax.Return) {
	first := f.free
	switch n := len(s.Values); {
	case n == 1 && isMultiple(s.Values[0]):
		pc := f.multiple(s.Values[0], allResults)
		if i := bytecode.Instruction(f.Code[pc]); i.Op() == bytecode.XCall {
			f.Code[pc] = uint32(bytecode.MakeABC(bytecode.XTailCall, i.A(), i.B(), i.C()))
		}
		f.emit(bytecode.MakeABC(bytecode.OpReturn, first, 0, 0), s.Line)
	case n == 1:
		register := f.inRegister(f.operand(s.Values[0]))
		f.emit(bytecode.MakeABC(bytecode.OpReturn, register, 2, 0), s.Line)
	default:
		b := 0
		if f.pushAll(s.Values) {
			b = n + 1
		}
		f.emit(bytecode.MakeABC(bytecode.OpReturn, first, b, 0), s.Line)
	}
	f.free = first
}

func (f *function) functionStatement(s *syntax.FunctionStatement) {
	free := f.free
	t := f.prepare(s.Target, nil)
	if name, ok := s.Target.(*syntax.LocalName); ok {
		f.closure(s.Function, name.Variable.Register)
	} else {
		f.assign(t, operand{register: f.push(s.Function)}, s.Line)
	}
	f.free = free
}

// target is where an assignment puts a value.
type target struct {
	expression  syntax.Expression
	object, key int // of a field
	inUpvalue   bool
}

// prepare makes the code that is run before the value of an assignment. others are all targets of it when there are
// several: what they assign to, too, is copied.
func (f *function) prepare(e syntax.Expression, others []syntax.Expression) target {
	t := target{expression: e}
	index, ok := e.(*syntax.Index)
	if !ok {
		return t
	}
	if u, ok := index.Object.(*syntax.UpvalueName); ok && !assigns(others, u) {
		t.inUpvalue, t.object = true, u.Index
	} else {
		t.object = f.inRegister(f.copied(index.Object, others))
	}
	t.key = f.short(f.copied(index.Key, others))
	return t
}

// copied is operand for an expression whose value must not change when others are assigned to.
func (f *function) copied(e syntax.Expression, others []syntax.Expression) operand {
	if assigns(others, e) {
		return operand{register: f.push(e)}
	}
	return f.operand(e)
}

// assigns reports whether a variable is among the targets of an assignment.
func assigns(targets []syntax.Expression, e syntax.Expression) bool {
	for p, ok := e.(*syntax.Parentheses); ok; p, ok = e.(*syntax.Parentheses) {
		e = p.Inner
	}
	for _, t := range targets {
		switch t := t.(type) {
		case *syntax.LocalName:
			if v, ok := e.(*syntax.LocalName); ok && v.Variable == t.Variable {
				return true
			}
		case *syntax.UpvalueName:
			if u, ok := e.(*syntax.UpvalueName); ok && u.Index == t.Index {
				return true
			}
		}
	}
	return false
}

// assign makes the code that puts a value where it belongs.
func (f *function) assign(t target, value operand, line int) {
	switch e := t.expression.(type) {
	case *syntax.LocalName:
		f.put(value, e.Variable.Register)
	case *syntax.UpvalueName:
		f.emit(bytecode.MakeABC(bytecode.OpSetUpvalue, f.inRegister(value), e.Index, 0), line)
	default:
		op := bytecode.XSetTable
		if t.inUpvalue {
			op = bytecode.XSetTableUp
		}
		f.emit(bytecode.MakeABC(op, t.object, t.key, f.short(value)), line)
	}
}

// assignLast is assign for the value that is made last.
func (f *function) assignLast(t target, value syntax.Expression, line int) {
	if name, ok := t.expression.(*syntax.LocalName); ok {
		f.into(value, name.Variable.Register)
	} else {
		f.assign(t, f.operand(value), line)
	}
}

func (f *function) assignment(s *syntax.Assignment) {
	free := f.free
	n := len(s.Targets)
	if n == 1 && len(s.Values) == 1 {
		f.assignLast(f.prepare(s.Targets[0], nil), s.Values[0], s.Line)
		f.free = free
		return
	}
	targets := make([]target, n)
	for i, e := range s.Targets {
		targets[i] = f.prepare(e, s.Targets)
	}
	first := f.free
	last := n - 1
	if len(s.Values) == n {
		for _, value := range s.Values[:last] {
			f.push(value)
		}
		f.assignLast(targets[last], s.Values[last], s.Line)
		last--
	} else {
		f.list(s.Values, n, s.Line)
	}
	for i := last; i >= 0; i-- {
		f.assign(targets[i], operand{register: first + i}, s.Line)
	}
	f.free = free
}
