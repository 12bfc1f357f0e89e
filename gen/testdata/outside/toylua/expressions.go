package toylua

import (
	"fmt"

	"github.com/yuin/gopher-lua/ast"
)

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
