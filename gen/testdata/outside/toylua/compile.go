package toylua

import (
	"fmt"
	"strings"

	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// Proto is the code of a function. It never changes, so that all states of a process may run it.
type Proto struct {
	Chunk          string // the name of the chunk
	Main           bool
	Line, LastLine int
	Params         int
	Vararg         bool
	Lines          []int // that have code
	ups            []upvalue
	slots          int
	params         []*local
	body           block
}

// Upvalues returns the names of the upvalues.
func (p *Proto) Upvalues() (names []string) {
	for _, u := range p.ups {
		names = append(names, u.name)
	}
	return names
}

// upvalue is a variable of the function around: a local, or one of its upvalues.
type upvalue struct {
	name  string
	local *local
	index int
}

// SyntaxError is an error in the source of a chunk.
type SyntaxError struct {
	Chunk   string
	Line    int
	Message string
}

// Error returns "chunk:line: message".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s:%d: %s", ShortName(e.Chunk), e.Line, e.Message)
}

// environment is the upvalue that has the globals.
const environment = "_ENV"

// maxLevels is how deep syntax may be nested.
const maxLevels = 200

// Compile compiles a chunk.
func Compile(source, chunk string) (p *Proto, err error) {
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // the first line of a file may be for the shell
		line, rest, _ := strings.Cut(source, "\n")
		source = strings.Repeat(" ", len(line)) + "\n" + rest
	}
	statements, err := parse.Parse(strings.NewReader(source), chunk)
	if err != nil {
		return nil, syntaxError(source, chunk, err)
	}
	defer func() {
		if e, ok := recover().(*SyntaxError); ok {
			p, err = nil, e
		}
	}()
	c := &compiler{proto: &Proto{Chunk: chunk, Main: true, Vararg: true, ups: []upvalue{{name: environment}}}}
	c.function(nil, statements)
	return c.proto, nil
}

// syntaxError makes an error of one of the parser.
func syntaxError(source, chunk string, err error) *SyntaxError {
	e, ok := err.(*parse.Error)
	if !ok {
		return &SyntaxError{chunk, 1, err.Error()}
	}
	if e.Pos.Line == parse.EOF {
		return &SyntaxError{chunk, 1 + strings.Count(source, "\n"), e.Message + " near <eof>"}
	}
	return &SyntaxError{chunk, e.Pos.Line, fmt.Sprintf("%s near '%s'", e.Message, e.Token)}
}

// NewFunction returns the function of a chunk with its globals.
func NewFunction(p *Proto, globals *Table) *Function {
	f := &Function{Proto: p, ups: make([]*Cell, len(p.ups))}
	for i := range f.ups {
		f.ups[i] = &Cell{}
	}
	if len(p.ups) > 0 {
		f.ups[0].V = globals
	}
	return f
}

// local is a variable of a function. Where a closure uses it, its slot holds a Cell.
type local struct {
	name     string
	slot     int
	captured bool
}

// compiler compiles one function.
type compiler struct {
	parent *compiler
	proto  *Proto
	active []*local // variables in scope
	levels int
	gotos  []*pendingGoto
	labels []*label // in scope
	loops  int
	lines  map[int]bool
}

// frame is a call of a Lua function.
type frame struct {
	*State
	function *Function
	slots    []Value
	varargs  []Value
	results  []Value
	tail     Value // what a tail call calls, with the results as its arguments
	target   *label
}

// execute runs the function's code.
func (f *frame) execute(args []Value) {
	p := f.function.Proto
	f.slots = make([]Value, p.slots)
	for i, param := range p.params {
		var v Value
		if i < len(args) {
			v = args[i]
		}
		param.declare(f, v)
	}
	if p.Vararg && len(args) > p.Params {
		f.varargs = args[p.Params:]
	}
	f.at(nil)
	p.body.run(f)
}

// line says at which line the function is.
func (f *frame) line(line int) { f.calls[len(f.calls)-1].line = line }

func (v *local) declare(f *frame, value Value) {
	if v.captured {
		value = &Cell{value}
	}
	f.slots[v.slot] = value
}

func (v *local) get(f *frame) Value {
	if v.captured {
		return f.slots[v.slot].(*Cell).V
	}
	return f.slots[v.slot]
}

func (v *local) set(f *frame, value Value) {
	if v.captured {
		f.slots[v.slot].(*Cell).V = value
		return
	}
	f.slots[v.slot] = value
}

func (c *compiler) fail(line int, format string, args ...any) {
	panic(&SyntaxError{c.proto.Chunk, line, fmt.Sprintf(format, args...)})
}

// deeper counts a level of nested syntax; what it returns ends it.
func (c *compiler) deeper(line int) func() {
	if c.levels++; c.levels > maxLevels {
		c.fail(line, "chunk has too many syntax levels")
	}
	return func() { c.levels-- }
}

// function compiles parameters and body.
func (c *compiler) function(parameters *ast.ParList, body []ast.Stmt) {
	c.lines = map[int]bool{}
	if parameters != nil {
		for _, name := range parameters.Names {
			c.proto.params = append(c.proto.params, c.declare(name))
		}
		c.proto.Params, c.proto.Vararg = len(parameters.Names), parameters.HasVargs
	}
	c.proto.body = c.block(body, nil)
	for _, g := range c.gotos {
		c.fail(g.line, "no visible label '%s' for <goto> at line %d", g.name, g.line)
	}
	for line := range c.lines {
		c.proto.Lines = append(c.proto.Lines, line)
	}
	c.proto.Lines = append(c.proto.Lines, c.proto.LastLine)
}

// declare makes a variable that is in scope from now on.
func (c *compiler) declare(name string) *local {
	if len(c.active) >= maxLevels {
		c.fail(c.proto.Line, "too many local variables (limit is %d)", maxLevels)
	}
	v := &local{name: name, slot: len(c.active)}
	c.active = append(c.active, v)
	c.proto.slots = max(c.proto.slots, len(c.active))
	return v
}

// find returns the local with a name, or the index of the upvalue with it.
func (c *compiler) find(name string) (v *local, up int) {
	for i := len(c.active) - 1; i >= 0; i-- {
		if c.active[i].name == name {
			return c.active[i], -1
		}
	}
	for i, u := range c.proto.ups {
		if u.name == name {
			return nil, i
		}
	}
	if c.parent == nil {
		return nil, -1
	}
	u := upvalue{name: name}
	if u.local, u.index = c.parent.find(name); u.local != nil {
		u.local.captured = true
	} else if u.index < 0 {
		return nil, -1
	}
	c.proto.ups = append(c.proto.ups, u)
	return nil, len(c.proto.ups) - 1
}

// expression is compiled code for one value, list for any number of them.
type (
	expression func(f *frame) Value
	list       func(f *frame) []Value
)

func (c *compiler) expression(e ast.Expr) expression {
	switch e := e.(type) {
	case *ast.NilExpr:
		return func(*frame) Value { return nil }
	case *ast.TrueExpr:
		return func(*frame) Value { return true }
	case *ast.FalseExpr:
		return func(*frame) Value { return false }
	case *ast.NumberExpr:
		n, ok := ParseNumber(e.Value)
		if !ok {
			c.fail(e.Line(), "malformed number near '%s'", e.Value)
		}
		return func(*frame) Value { return n }
	case *ast.StringExpr:
		var v Value = e.Value
		return func(*frame) Value { return v }
	case *ast.IdentExpr:
		return c.variable(e.Value, e.Line())
	case *ast.Comma3Expr, *ast.FuncCallExpr:
		all := c.list(e)
		return func(f *frame) Value {
			if values := all(f); len(values) > 0 {
				return values[0]
			}
			return nil
		}
	case *ast.AttrGetExpr:
		object, key, name, line := c.expression(e.Object), c.expression(e.Key), c.name(e.Object), e.Line()
		return func(f *frame) Value {
			o, k := object(f), key(f)
			f.line(line)
			return f.index(o, k, name)
		}
	case *ast.TableExpr:
		return c.table(e)
	case *ast.FunctionExpr:
		return c.closure(e)
	case *ast.LogicalOpExpr:
		a, b, and := c.expression(e.Lhs), c.expression(e.Rhs), e.Operator == "and"
		return func(f *frame) Value {
			if v := a(f); Truth(v) != and {
				return v
			}
			return b(f)
		}
	case *ast.UnaryNotOpExpr:
		defer c.deeper(e.Line())()
		operand := c.expression(e.Expr)
		return func(f *frame) Value { return !Truth(operand(f)) }
	}
	return c.operator(e)
}

// operator compiles an operator that metamethods may do.
func (c *compiler) operator(e ast.Expr) expression {
	line := e.Line()
	unary := func(operand ast.Expr, do func(f *frame, v Value, name *site) Value) expression {
		defer c.deeper(line)()
		v, name := c.expression(operand), c.name(operand)
		return func(f *frame) Value {
			value := v(f)
			f.line(line)
			return do(f, value, name)
		}
	}
	binary := func(lhs, rhs ast.Expr, do func(f *frame, a, b Value, names [2]*site) Value) expression {
		a, b, names := c.expression(lhs), c.expression(rhs), [2]*site{c.name(lhs), c.name(rhs)}
		return func(f *frame) Value {
			x, y := a(f), b(f)
			f.line(line)
			return do(f, x, y, names)
		}
	}
	switch e := e.(type) {
	case *ast.UnaryMinusOpExpr:
		return unary(e.Expr, func(f *frame, v Value, name *site) Value {
			return f.arithmetic("unm", "__unm", v, v, [2]*site{name, name})
		})
	case *ast.UnaryLenOpExpr:
		return unary(e.Expr, func(f *frame, v Value, name *site) Value { return f.length(v, name) })
	case *ast.StringConcatOpExpr:
		return binary(e.Lhs, e.Rhs, func(f *frame, a, b Value, names [2]*site) Value { return f.concat(a, b, names) })
	case *ast.ArithmeticOpExpr:
		operator, event := e.Operator, arithmeticEvents[e.Operator]
		return binary(e.Lhs, e.Rhs, func(f *frame, a, b Value, names [2]*site) Value {
			return f.arithmetic(operator, event, a, b, names)
		})
	case *ast.RelationalOpExpr:
		operator := e.Operator
		return binary(e.Lhs, e.Rhs, func(f *frame, a, b Value, _ [2]*site) Value { return f.relation(operator, a, b) })
	}
	panic(fmt.Sprintf("toylua: unknown expression %T", e))
}

func (f *frame) relation(operator string, a, b Value) bool {
	switch operator {
	case "==":
		return f.equal(a, b)
	case "~=":
		return !f.equal(a, b)
	case "<":
		return f.compare(a, b, "__lt")
	case "<=":
		return f.compare(a, b, "__le")
	case ">":
		return f.compare(b, a, "__lt")
	}
	return f.compare(b, a, "__le")
}

// name returns how messages call what an expression gives, nil when it has no name.
func (c *compiler) name(e ast.Expr) *site {
	switch e := e.(type) {
	case *ast.IdentExpr:
		if v, up := c.find(e.Value); v != nil {
			return &site{"local", e.Value}
		} else if up >= 0 {
			return &site{"upvalue", e.Value}
		}
		return &site{"global", e.Value}
	case *ast.AttrGetExpr:
		if key, ok := e.Key.(*ast.StringExpr); ok {
			return &site{"field", key.Value}
		}
		return &site{"field", "?"}
	}
	return nil
}

// variable reads a variable by its name.
func (c *compiler) variable(name string, line int) expression {
	v, up := c.find(name)
	switch {
	case v != nil:
		return v.get
	case up >= 0:
		return func(f *frame) Value { return f.function.ups[up].V }
	}
	globals, env := c.variable(environment, line), &site{"upvalue", environment}
	var key Value = name
	return func(f *frame) Value {
		object := globals(f)
		f.line(line)
		return f.index(object, key, env)
	}
}

// list compiles an expression that may give several values.
func (c *compiler) list(e ast.Expr) list {
	switch e := e.(type) {
	case *ast.Comma3Expr:
		if !c.proto.Vararg {
			c.fail(e.Line(), "cannot use '...' outside a vararg function near '...'")
		}
		if !e.AdjustRet {
			return func(f *frame) []Value { return f.varargs }
		}
		return func(f *frame) []Value { return adjust(f.varargs, 1) }
	case *ast.FuncCallExpr:
		callee, line := c.call(e), e.Line()
		adjusted := e.AdjustRet
		return func(f *frame) []Value {
			v, args, name := callee(f)
			f.line(line)
			f.at(name)
			results := f.State.call(v, args)
			if adjusted {
				return adjust(results, 1)
			}
			return results
		}
	}
	single := c.expression(e)
	return func(f *frame) []Value { return []Value{single(f)} }
}

// call compiles what a call calls, its arguments, and how it is named.
func (c *compiler) call(e *ast.FuncCallExpr) func(f *frame) (Value, []Value, *site) {
	args := c.expressions(e.Args)
	if e.Receiver == nil {
		callee, name := c.expression(e.Func), c.name(e.Func)
		return func(f *frame) (Value, []Value, *site) {
			v := callee(f)
			return v, args(f), name
		}
	}
	receiver, name, object, line := c.expression(e.Receiver), &site{"method", e.Method}, c.name(e.Receiver), e.Line()
	var method Value = e.Method
	return func(f *frame) (Value, []Value, *site) {
		self := receiver(f)
		f.line(line)
		v := f.index(self, method, object)
		return v, append([]Value{self}, args(f)...), name
	}
}

// expressions compiles a list of expressions, of which the last may give several values.
func (c *compiler) expressions(all []ast.Expr) list {
	if len(all) == 0 {
		return func(*frame) []Value { return nil }
	}
	last := len(all) - 1
	singles := make([]expression, last)
	for i, e := range all[:last] {
		singles[i] = c.expression(e)
	}
	if !isMulti(all[last]) {
		singles = append(singles, c.expression(all[last]))
		return func(f *frame) []Value {
			values := make([]Value, len(singles))
			for i, single := range singles {
				values[i] = single(f)
			}
			return values
		}
	}
	rest := c.list(all[last])
	return func(f *frame) []Value {
		values := make([]Value, last, last+4)
		for i, single := range singles {
			values[i] = single(f)
		}
		return append(values, rest(f)...)
	}
}

// isMulti reports whether an expression may give any number of values.
func isMulti(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Comma3Expr:
		return !e.AdjustRet
	case *ast.FuncCallExpr:
		return !e.AdjustRet
	}
	return false
}

// table compiles a constructor. Positional fields are stored at its end.
func (c *compiler) table(e *ast.TableExpr) expression {
	defer c.deeper(e.Line())()
	var fields []func(f *frame, t *Table, positional *[]Value)
	line := e.Line()
	for i, field := range e.Fields {
		switch {
		case field.Key != nil:
			key, value := c.expression(field.Key), c.expression(field.Value)
			fields = append(fields, func(f *frame, t *Table, _ *[]Value) {
				k, v := key(f), value(f)
				f.line(line)
				f.rawSet(t, k, v)
			})
		case i == len(e.Fields)-1:
			values := c.list(field.Value)
			fields = append(fields, func(f *frame, _ *Table, positional *[]Value) {
				*positional = append(*positional, values(f)...)
			})
		default:
			value := c.expression(field.Value)
			fields = append(fields, func(f *frame, _ *Table, positional *[]Value) {
				*positional = append(*positional, value(f))
			})
		}
	}
	return func(f *frame) Value {
		t := NewTable()
		var positional []Value
		for _, set := range fields {
			set(f, t, &positional)
		}
		t.fill(positional)
		return t
	}
}

// closure compiles a function inside of this one.
func (c *compiler) closure(e *ast.FunctionExpr) expression {
	defer c.deeper(e.Line())()
	inner := &compiler{parent: c, levels: c.levels, proto: &Proto{
		Chunk: c.proto.Chunk, Line: e.Line(), LastLine: e.LastLine(),
	}}
	inner.function(e.ParList, e.Stmts)
	p := inner.proto
	return func(f *frame) Value {
		closure := &Function{Proto: p, ups: make([]*Cell, len(p.ups))}
		for i, u := range p.ups {
			if u.local != nil {
				closure.ups[i] = f.slots[u.local.slot].(*Cell)
			} else {
				closure.ups[i] = f.function.ups[u.index]
			}
		}
		return closure
	}
}
