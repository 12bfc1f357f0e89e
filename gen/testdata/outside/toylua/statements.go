package toylua

import (
	"github.com/yuin/gopher-lua/ast"
)

// signal is how a statement ends.
type signal int

const (
	goOn signal = iota
	breaks
	returns
	jumps // to frame.target
)

type statement func(f *frame) signal

// block is statements with a scope of their own.
type block struct {
	statements []statement
	from, to   int // the slots of its variables
	mark       *int
}

// run runs the statements. The variables of the block are gone afterwards.
func (b block) run(f *frame) signal {
	end := b.statementsFrom(f, 0)
	clear(f.slots[b.from:b.to])
	return end
}

func (b block) statementsFrom(f *frame, i int) signal {
	for i < len(b.statements) {
		end := b.statements[i](f)
		if end == goOn {
			i++
			continue
		}
		if end != jumps || f.target.block != b.mark {
			return end
		}
		i = f.target.index
		if f.Poll != nil {
			f.Poll(f.State)
		}
	}
	return goOn
}

// label is a place in a block that goto jumps to.
type label struct {
	name  string
	line  int
	block *int
	index int
	vars  int // in scope
}

// pendingGoto is a goto whose label has not come yet.
type pendingGoto struct {
	name   string
	line   int
	vars   int // in scope
	target *label
}

// block compiles statements. until, which may be nil, compiles something more in their scope.
func (c *compiler) block(statements []ast.Stmt, until func()) block {
	b := block{from: len(c.active), mark: new(int)}
	labels, gotos := len(c.labels), len(c.gotos)
	for i, s := range statements {
		if s, ok := s.(*ast.LabelStmt); ok {
			c.label(s, &b, gotos, endsWithLabels(statements[i:]))
			continue
		}
		b.statements = append(b.statements, c.statement(s))
	}
	if until != nil {
		until()
	}
	b.to = b.from
	for _, v := range c.active[b.from:] {
		b.to = max(b.to, v.slot+1)
	}
	c.active, c.labels = c.active[:b.from], c.labels[:labels]
	for _, g := range c.gotos[gotos:] {
		g.vars = min(g.vars, b.from)
	}
	return b
}

// endsWithLabels reports whether nothing but labels and empty statements follows.
func endsWithLabels(statements []ast.Stmt) bool {
	for _, s := range statements {
		if _, ok := s.(*ast.LabelStmt); !ok {
			return false
		}
	}
	return true
}

func (c *compiler) label(s *ast.LabelStmt, b *block, gotos int, atEnd bool) {
	for _, other := range c.labels {
		if other.name == s.Name {
			c.fail(s.Line(), "label '%s' already defined on line %d", s.Name, other.line)
		}
	}
	made := &label{name: s.Name, line: s.Line(), block: b.mark, index: len(b.statements), vars: len(c.active)}
	if atEnd {
		made.vars = b.from
	}
	c.labels = append(c.labels, made)
	waiting := c.gotos[gotos:]
	c.gotos = c.gotos[:gotos:gotos]
	for _, g := range waiting {
		switch {
		case g.name != s.Name:
			c.gotos = append(c.gotos, g)
		case g.vars < made.vars:
			c.fail(g.line, "<goto %s> at line %d jumps into the scope of local '%s'", g.name, g.line, c.active[g.vars].name)
		default:
			g.target = made
		}
	}
}

func (c *compiler) statement(s ast.Stmt) statement {
	line := s.Line()
	c.lines[line] = true
	defer c.deeper(line)()
	switch s := s.(type) {
	case *ast.LocalAssignStmt:
		return c.localAssign(s)
	case *ast.AssignStmt:
		return c.assign(s)
	case *ast.FuncCallStmt:
		call := c.list(s.Expr)
		return func(f *frame) signal {
			call(f)
			return goOn
		}
	case *ast.DoBlockStmt:
		return c.block(s.Stmts, nil).run
	case *ast.IfStmt:
		condition, then, otherwise := c.expression(s.Condition), c.block(s.Then, nil), c.block(s.Else, nil)
		return func(f *frame) signal {
			f.line(line)
			if Truth(condition(f)) {
				return then.run(f)
			}
			return otherwise.run(f)
		}
	case *ast.WhileStmt:
		return c.while(s)
	case *ast.RepeatStmt:
		return c.repeat(s)
	case *ast.NumberForStmt:
		return c.numberFor(s)
	case *ast.GenericForStmt:
		return c.genericFor(s)
	case *ast.FuncDefStmt:
		return c.functionStatement(s)
	case *ast.ReturnStmt:
		return c.returnStatement(s)
	case *ast.BreakStmt:
		if c.loops == 0 {
			c.fail(line, "<break> at line %d not inside a loop", line)
		}
		return func(*frame) signal { return breaks }
	case *ast.GotoStmt:
		return c.gotoStatement(s)
	}
	panic("toylua: unknown statement")
}

func (c *compiler) gotoStatement(s *ast.GotoStmt) statement {
	g := &pendingGoto{name: s.Label, line: s.Line(), vars: len(c.active)}
	for _, known := range c.labels {
		if known.name == s.Label {
			g.target = known
		}
	}
	if g.target == nil {
		c.gotos = append(c.gotos, g)
	}
	return func(f *frame) signal {
		f.target = g.target
		return jumps
	}
}

func (c *compiler) localAssign(s *ast.LocalAssignStmt) statement {
	if len(s.Names) == 1 && len(s.Exprs) == 1 {
		if function, ok := s.Exprs[0].(*ast.FunctionExpr); ok && isLocalFunction(s) {
			v := c.declare(s.Names[0])
			value := c.expression(function)
			return func(f *frame) signal {
				v.declare(f, nil)
				v.set(f, value(f))
				return goOn
			}
		}
		value := c.expression(s.Exprs[0])
		v := c.declare(s.Names[0])
		return func(f *frame) signal {
			v.declare(f, value(f))
			return goOn
		}
	}
	values := c.expressions(s.Exprs)
	var vars []*local
	for _, name := range s.Names {
		vars = append(vars, c.declare(name))
	}
	return func(f *frame) signal {
		all := adjust(values(f), len(vars))
		for i, v := range vars {
			v.declare(f, all[i])
		}
		return goOn
	}
}

// isLocalFunction reports whether a statement is "local function f", of which alone the parser knows the last line.
func isLocalFunction(s *ast.LocalAssignStmt) bool { return s.LastLine() > 0 }

// target is what an assignment assigns to: prepare finds the place, and what it returns stores a value there.
type target func(f *frame) func(value Value)

func (c *compiler) target(e ast.Expr) target {
	switch e := e.(type) {
	case *ast.IdentExpr:
		v, up := c.find(e.Value)
		switch {
		case v != nil:
			return func(f *frame) func(Value) { return func(value Value) { v.set(f, value) } }
		case up >= 0:
			return func(f *frame) func(Value) { return func(value Value) { f.function.ups[up].V = value } }
		}
		return c.field(c.variable(environment, e.Line()), func(*frame) Value { return e.Value }, &site{"upvalue", environment}, e.Line())
	case *ast.AttrGetExpr:
		return c.field(c.expression(e.Object), c.expression(e.Key), c.name(e.Object), e.Line())
	}
	c.fail(e.Line(), "cannot assign to this expression")
	return nil
}

func (c *compiler) field(object, key expression, name *site, line int) target {
	return func(f *frame) func(Value) {
		o, k := object(f), key(f)
		return func(value Value) {
			f.line(line)
			f.setIndex(o, k, value, name)
		}
	}
}

func (c *compiler) assign(s *ast.AssignStmt) statement {
	targets := make([]target, len(s.Lhs))
	for i, e := range s.Lhs {
		targets[i] = c.target(e)
	}
	values := c.expressions(s.Rhs)
	return func(f *frame) signal {
		stores := make([]func(Value), len(targets))
		for i, t := range targets {
			stores[i] = t(f)
		}
		all := adjust(values(f), len(stores))
		for i := len(stores) - 1; i >= 0; i-- {
			stores[i](all[i])
		}
		return goOn
	}
}

func (c *compiler) functionStatement(s *ast.FuncDefStmt) statement {
	function := s.Func
	var store target
	if s.Name.Func != nil {
		store = c.target(s.Name.Func)
	} else {
		parameters := *function.ParList
		parameters.Names = append([]string{"self"}, parameters.Names...)
		method := *function
		method.ParList, function = &parameters, &method
		key := Value(s.Name.Method)
		store = c.field(c.expression(s.Name.Receiver), func(*frame) Value { return key }, c.name(s.Name.Receiver), s.Line())
	}
	value := c.expression(function)
	return func(f *frame) signal {
		store(f)(value(f))
		return goOn
	}
}

func (c *compiler) returnStatement(s *ast.ReturnStmt) statement {
	line := s.Line()
	if len(s.Exprs) == 1 {
		if e, ok := s.Exprs[0].(*ast.FuncCallExpr); ok && !e.AdjustRet {
			callee := c.call(e)
			return func(f *frame) signal {
				v, args, name := callee(f)
				f.line(e.Line())
				f.at(name)
				function, args := f.callee(v, args) // while the position is known
				if function.Proto == nil {
					f.results = f.callGo(function, args, false)
				} else {
					f.tail, f.results = function, args
				}
				return returns
			}
		}
	}
	values := c.expressions(s.Exprs)
	return func(f *frame) signal {
		f.line(line)
		f.results = values(f)
		return returns
	}
}

// loop compiles the body of a loop. What comes before the body declares its variables.
func (c *compiler) loop(body []ast.Stmt, until func()) block {
	c.loops++
	defer func() { c.loops-- }()
	return c.block(body, until)
}

// turn runs the body of a loop once; stop says that the loop ends.
func (b block) turn(f *frame) (end signal, stop bool) {
	if f.Poll != nil {
		f.Poll(f.State)
	}
	switch end = b.run(f); end {
	case goOn:
		return goOn, false
	case breaks:
		return goOn, true
	}
	return end, true
}

func (c *compiler) while(s *ast.WhileStmt) statement {
	condition, body, line := c.expression(s.Condition), c.loop(s.Stmts, nil), s.Line()
	return func(f *frame) signal {
		for {
			f.line(line)
			if !Truth(condition(f)) {
				return goOn
			}
			if end, stop := body.turn(f); stop {
				return end
			}
		}
	}
}

func (c *compiler) repeat(s *ast.RepeatStmt) statement {
	var condition expression
	body := c.loop(s.Stmts, func() { condition = c.expression(s.Condition) })
	return func(f *frame) signal {
		for {
			if f.Poll != nil {
				f.Poll(f.State)
			}
			end := body.statementsFrom(f, 0)
			over := end == goOn && Truth(condition(f))
			clear(f.slots[body.from:body.to])
			switch {
			case end == breaks || over:
				return goOn
			case end != goOn:
				return end
			}
		}
	}
}

func (c *compiler) numberFor(s *ast.NumberForStmt) statement {
	bounds := []ast.Expr{s.Init, s.Limit, s.Step}
	if s.Step == nil {
		bounds[2] = &ast.NumberExpr{Value: "1"}
	}
	var values [3]expression
	for i, e := range bounds {
		values[i] = c.expression(e)
	}
	outer := len(c.active)
	v := c.declare(s.Name)
	body, line := c.loop(s.Stmts, nil), s.Line()
	c.active = c.active[:outer]
	return func(f *frame) signal {
		var n [3]float64
		for i, name := range []string{"initial", "limit", "step"} {
			value := values[i](f)
			f.line(line)
			number, ok := f.number(value)
			if !ok {
				if name == "initial" {
					f.raise("'for' initial value must be a number")
				}
				f.raise("'for' %s must be a number", name)
			}
			n[i] = number
		}
		for i := n[0]; n[2] > 0 && i <= n[1] || n[2] <= 0 && i >= n[1]; i += n[2] {
			v.declare(f, i)
			end, stop := body.turn(f)
			f.slots[v.slot] = nil
			if stop {
				return end
			}
			f.line(line)
		}
		return goOn
	}
}

// iteratorSite is how a loop names the function that it calls.
var iteratorSite = &site{"for iterator", "for iterator"}

func (c *compiler) genericFor(s *ast.GenericForStmt) statement {
	values := c.expressions(s.Exprs)
	outer := len(c.active)
	hidden := [3]*local{c.declare("(for generator)"), c.declare("(for state)"), c.declare("(for control)")}
	var vars []*local
	for _, name := range s.Names {
		vars = append(vars, c.declare(name))
	}
	body, line := c.loop(s.Stmts, nil), s.Line()
	c.active = c.active[:outer]
	first, last := hidden[0].slot, vars[len(vars)-1].slot+1
	return func(f *frame) signal {
		for i, v := range adjust(values(f), 3) {
			hidden[i].declare(f, v)
		}
		defer clear(f.slots[first:last])
		for {
			f.line(line)
			f.at(iteratorSite)
			results := adjust(f.State.call(hidden[0].get(f), []Value{hidden[1].get(f), hidden[2].get(f)}), len(vars))
			if results[0] == nil {
				return goOn
			}
			hidden[2].set(f, results[0])
			for i, v := range vars {
				v.declare(f, results[i])
			}
			if end, stop := body.turn(f); stop {
				return end
			}
		}
	}
}
