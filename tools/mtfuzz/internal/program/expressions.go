package program

import (
	"fmt"
	"strconv"
)

// expression writes an expression of the kind.
func (g *generator) expression(kind Kind) *Node {
	switch kind {
	case Integer:
		return g.integer()
	case Number:
		return g.number()
	case String:
		return g.str()
	case Boolean:
		return g.boolean()
	case Table:
		return g.table()
	case Function:
		return g.function()
	}
	return g.any()
}

// variableOr writes a variable of the kind, or what f writes when there is none.
func (g *generator) variableOr(kind Kind, f func() *Node) *Node {
	found := g.reachable(kind)
	if len(found) == 0 {
		return f()
	}
	v := found[g.choices.IntN(len(found))]
	return name(v.kind, v.name)
}

// operand writes an expression of a kind for the operands of operators.
func (g *generator) operands(kind Kind, n int) (parts []*Node) {
	for range n {
		parts = append(parts, g.expression(kind))
	}
	return parts
}

func (g *generator) integer() *Node {
	if g.deep() {
		return g.integerLeaf()
	}
	defer g.deepen()()
	return g.choose(
		weighted{4, g.integerLeaf},
		weighted{4, func() *Node { return g.variableOr(Integer, g.integerLeaf) }},
		weighted{3, func() *Node { return form(Integer, "($ "+g.pick("+", "-", "*")+" $)", g.operands(Integer, 2)...) }},
		weighted{1, func() *Node { return form(Integer, "($ % $)", g.integer(), Leaf(Integer, g.pick("3", "7", "-4"))) }},
		weighted{1, func() *Node { return primaryForm(Integer, "len($)", g.table()) }},
		weighted{1, func() *Node { return form(Integer, "#$", g.parenthesized(g.str())) }},
		weighted{1, func() *Node { return form(Integer, "-$", g.parenthesized(g.integer())) }},
		weighted{1, func() *Node { return primaryForm(Integer, "math.max($, $)", g.operands(Integer, 2)...) }},
		weighted{1, func() *Node {
			return primaryForm(Integer, `select("#", $)`, g.expressions(1+g.choices.IntN(3), true))
		}},
	)
}

// parenthesized writes an expression as an operand of a unary operator.
func (g *generator) parenthesized(n *Node) *Node { return form(n.Kind, "@", n) }

func (g *generator) integerLeaf() *Node {
	return Leaf(Integer, strconv.Itoa(g.choices.IntN(13)-3))
}

func (g *generator) number() *Node {
	if g.deep() {
		return g.numeral()
	}
	defer g.deepen()()
	return g.choose(
		weighted{4, g.numeral},
		weighted{3, g.integer},
		weighted{3, func() *Node { return g.variableOr(Number, g.numeral) }},
		weighted{5, g.arithmetic},
		weighted{1, func() *Node { return form(Number, "-$", g.parenthesized(g.number())) }},
		weighted{2, g.mathCall},
		weighted{1, func() *Node {
			return form(Number, "(tonumber($) or $)", g.expression(g.oneOf(String, Any)), g.numeral())
		}},
		weighted{1, func() *Node {
			return form(Number, "(tonumber($, $) or -1)", g.digits(), Leaf(Integer, g.pick("16", "2", "36", "10", "8")))
		}},
		weighted{1, func() *Node { return form(Number, "(@:byte($) or $)", g.str(), g.integer(), g.numeral()) }},
		weighted{1, func() *Node { return form(Number, "(@:find($) or $)", g.str(), g.pattern(), g.numeral()) }},
	)
}

func (g *generator) oneOf(kinds ...Kind) Kind { return kinds[g.choices.IntN(len(kinds))] }

// numeral writes a number. None lies where the backends write integers in full and PUC Lua writes 14 digits, from 1e14 to
// 2^53.
func (g *generator) numeral() *Node {
	return Leaf(Number, g.pick("0", "1", "2", "0.5", "1.5", "-2.25", "0.1", ".5", "3.", "1e2", "1E-2", "0x1F", "0xa", "100",
		"1e20", "2^70", "-7", "1e300", "123456789", "0.3", "10", "1e1", "255", "4294967296", "-2147483648", "1e-7", "math.huge", "math.pi"))
}

// digits writes a string of which some are numerals of a base.
func (g *generator) digits() *Node {
	return Leaf(String, g.pick(`"10"`, `"ff"`, `"-7f"`, `" 11 "`, `"zz"`, `"12a"`, `""`, `"1e1"`, `"0x1f"`, `"777"`))
}

// arithmetic writes a chain of operators, without parentheses, so that their precedence counts.
func (g *generator) arithmetic() *Node {
	text := "($"
	parts := []*Node{g.number()}
	for range 1 + g.choices.IntN(3) {
		text += " " + g.pick("+", "-", "*", "/", "%", "+", "-", "*") + " " + g.pick("", "", "", "", "-") + "$"
		parts = append(parts, g.numericOperand())
	}
	return form(Number, text+")", parts...)
}

// power writes one that is the same in Go and C, also in the last digit, which a modulo brings to light: the exponents are
// whole numbers or a half.
func (g *generator) power() *Node {
	return Leaf(Number, g.pick("2", "0.5", "10", "1.5", "3", "0", "math.huge", `"3"`, "0.1", "(-2)")+" ^ "+
		g.pick("2", "3", "0", "1", "0.5", "10", "1e20", "math.huge", "-1", "-2", `"2"`, "(0/0)", "2 ^ 2", "-2 ^ 2"))
}

// textual writes an expression of the kind for what makes text of it: none of the numbers that each Lua writes in its way.
func (g *generator) textual(kind Kind) *Node {
	n := g.expression(kind)
	if kind == Number && (len(n.Parts) > 0 || n.primary) {
		return form(Fixed, "plain($)", n)
	}
	return n
}

// numericOperand is a number, and at times a string that is converted to one.
func (g *generator) numericOperand() *Node {
	if g.oneIn(12) {
		return Leaf(String, g.pick(`"10"`, `"0x10"`, `" 3 "`, `"1e1"`, `"-2"`, `".5"`, `"5."`))
	}
	if g.oneIn(8) {
		return g.power()
	}
	n := g.number()
	if text := n.String(); text[0] == '-' {
		return form(Number, "($)", n) // behind a minus sign it would begin a comment
	}
	return n
}

func (g *generator) mathCall() *Node {
	f := g.pick("floor", "ceil", "abs", "max", "min", "fmod", "sqrt", "modf")
	switch f {
	case "max", "min", "fmod":
		return primaryForm(Number, "math."+f+"($, $)", g.operands(Number, 2)...)
	case "modf":
		return form(Number, "(math.modf($))", g.number())
	}
	return primaryForm(Number, "math."+f+"($)", g.number())
}

func (g *generator) boolean() *Node {
	if g.deep() {
		return Leaf(Boolean, g.pick("true", "false"))
	}
	defer g.deepen()()
	return g.choose(
		weighted{2, func() *Node { return Leaf(Boolean, g.pick("true", "false")) }},
		weighted{2, func() *Node { return g.variableOr(Boolean, g.comparison) }},
		weighted{5, g.comparison},
		weighted{1, func() *Node { return form(Boolean, "not $", g.parenthesized(g.any())) }},
		weighted{2, func() *Node {
			return form(Boolean, "("+g.pick("$ and $", "$ or $", "not $ == $")+")", g.operands(Boolean, 2)...)
		}},
		weighted{1, func() *Node {
			return form(Boolean, "("+g.pick("$ and $ or $", "$ or $ and $")+")", g.operands(Boolean, 3)...)
		}},
		weighted{1, func() *Node { return primaryForm(Boolean, "rawequal($, $)", g.operands(Any, 2)...) }},
	)
}

func (g *generator) comparison() *Node {
	ordered := g.pick("<", "<=", ">", ">=", "==", "~=")
	switch g.choices.IntN(4) {
	case 0:
		return form(Boolean, "($ "+ordered+" $)", g.operands(Number, 2)...)
	case 1:
		return form(Boolean, "($ "+ordered+" $)", g.operands(String, 2)...)
	case 2:
		return form(Boolean, "(#$ "+ordered+" $)", g.parenthesized(g.str()), g.integer())
	}
	return form(Boolean, "($ "+g.pick("==", "~=")+" $)", g.operands(Any, 2)...)
}

// any writes an expression of any kind, among them those whose kind nobody knows.
func (g *generator) any() *Node {
	if g.deep() {
		return g.choose(
			weighted{1, func() *Node { return Leaf(Any, "nil") }},
			weighted{3, func() *Node { return g.variableOr(Any, g.integerLeaf) }},
			weighted{1, g.numeral},
			weighted{1, g.literal},
		)
	}
	defer g.deepen()()
	return g.choose(
		weighted{3, func() *Node { return g.variableOr(Any, g.integerLeaf) }},
		weighted{1, func() *Node { return Leaf(Any, "nil") }},
		weighted{2, g.number},
		weighted{2, g.str},
		weighted{1, g.boolean},
		weighted{2, g.table},
		weighted{1, g.function},
		weighted{4, g.index},
		weighted{3, func() *Node { return form(Any, "($)", g.call()) }},
		weighted{1, func() *Node { return form(Any, "("+g.pick("$ or $", "$ and $")+")", g.operands(Any, 2)...) }},
		weighted{1, func() *Node { return form(Any, "("+g.pick("$ and $ or $", "$ or $ and $")+")", g.operands(Any, 3)...) }},
		weighted{1, func() *Node {
			return form(Any, "(select($, $))", Leaf(Integer, g.pick("1", "2", "-1")), g.expressions(2, true))
		}},
		weighted{1, func() *Node { return primaryForm(Any, "type($)", g.any()) }},
		weighted{1, func() *Node { return primaryForm(Any, "tostring($)", g.textual(g.oneOf(Number, String, Boolean))) }},
	)
}

// fieldNames are the fields that programs know.
func (g *generator) fieldName() string { return g.pick("a", "b", "c", "x", "y", "name") }

// index writes a look-up.
func (g *generator) index() *Node {
	defer g.deepen()()
	t := g.table()
	switch g.choices.IntN(3) {
	case 0:
		return primaryForm(Any, "@."+g.fieldName(), t)
	case 1:
		return primaryForm(Any, "@[$]", t, g.integer())
	}
	return primaryForm(Any, "@[$]", t, g.key())
}

// key writes an expression that may be a key: it is neither nil nor NaN in most programs.
func (g *generator) key() *Node {
	return g.choose(
		weighted{3, func() *Node { return Leaf(String, strconv.Quote(g.fieldName())) }},
		weighted{3, g.integer},
		weighted{1, g.str},
		weighted{1, g.boolean},
		weighted{1, g.number},
	)
}

// call writes a call whose results are unknown, in their number too.
func (g *generator) call() *Node {
	defer g.deepen()()
	arguments := g.expressions(g.choices.IntN(4), true)
	return g.choose(
		weighted{4, func() *Node {
			return primaryForm(Any, "@($)", g.variableOr(Function, g.knownFunction), arguments)
		}},
		weighted{1, func() *Node { return primaryForm(Any, "@($)", g.function(), arguments) }},
		weighted{1, func() *Node { return primaryForm(Any, "@."+g.fieldName()+"($)", g.table(), arguments) }},
		weighted{1, func() *Node { return primaryForm(Any, "@:"+g.fieldName()+"($)", g.table(), arguments) }},
		weighted{2, func() *Node {
			return primaryForm(Any, "pcall($, $)", g.variableOr(Function, g.function), g.expressions(1+g.choices.IntN(2), true))
		}},
		weighted{1, func() *Node { return primaryForm(Any, "unpack(seq($))", g.table()) }},
		weighted{1, func() *Node {
			return primaryForm(Any, "select($, $)", Leaf(Integer, g.pick("1", "2", "3", "-1")), g.expressions(2, true))
		}},
		weighted{1, func() *Node { return primaryForm(Any, "@:gsub($, $)", g.str(), g.pattern(), g.replacement()) }},
		weighted{1, func() *Node { return primaryForm(Any, "@:"+g.pick("find", "match")+"($)", g.str(), g.pattern()) }},
		weighted{1, func() *Node { return primaryForm(Any, "@:byte($, $)", g.str(), g.integer(), g.integer()) }},
	)
}

func (g *generator) knownFunction() *Node {
	return name(Function, g.pick("type", "math.max", "string.upper", "math.floor", "rawget", "math.abs"))
}

// expressions writes a list of n expressions; when open, the last one may give any number of values.
func (g *generator) expressions(n int, open bool) *Node {
	l := list(", ")
	for i := range n {
		if last := i == n-1; last && open && g.oneIn(3) {
			l.Parts = append(l.Parts, g.openExpression())
		} else {
			l.Parts = append(l.Parts, g.expression(g.valueKind()))
		}
	}
	return l
}

// openExpression writes an expression that gives any number of values at the end of a list.
func (g *generator) openExpression() *Node {
	if g.scope.vararg && g.oneIn(2) {
		return Leaf(Any, "...")
	}
	if g.deep() {
		return Leaf(Any, "nil")
	}
	return g.call()
}

// table writes a table: a variable, or a constructor with every mix of fields.
func (g *generator) table() *Node {
	if g.deep() || g.choices.IntN(5) < 3 {
		return g.variableOr(Table, g.constructor)
	}
	if g.oneIn(6) {
		return g.withMetatable()
	}
	return g.constructor()
}

func (g *generator) constructor() *Node {
	fields := list(g.pick(", ", ", ", "; "))
	n := g.choices.IntN(5)
	if n == 0 || g.deep() {
		return form(Table, "{$}", fields)
	}
	defer g.deepen()()
	for i := range n {
		fields.Parts = append(fields.Parts, g.field(i == n-1))
	}
	return form(Table, "{$}", fields)
}

func (g *generator) field(last bool) *Node {
	switch g.choices.IntN(6) {
	case 0:
		return form(Fixed, g.fieldName()+" = $", g.expression(g.valueKind()))
	case 1:
		return form(Fixed, "[$] = $", g.key(), g.expression(g.valueKind()))
	case 2:
		return form(Fixed, g.fieldName()+" = $", g.call())
	}
	if last && g.oneIn(2) {
		return g.openExpression()
	}
	return g.expression(g.valueKind())
}

// function writes a function, mostly a variable.
func (g *generator) function() *Node {
	if g.deep() || g.choices.IntN(3) > 0 {
		return g.variableOr(Function, g.knownFunction)
	}
	defer g.deepen()()
	return form(Function, "function$end", g.body(nil, nil, nil))
}

// parameters are those that a function can have.
func (g *generator) parameters() (parameters []variable, vararg bool) {
	for i := range g.choices.IntN(4) {
		parameters = append(parameters, variable{name: fmt.Sprintf("p%d", i+1), kind: Any})
	}
	return parameters, g.oneIn(3)
}

// body writes the parameters and statements of a function. hidden variables, such as self, are visible in it; first and
// last, if they are not nil, write its first and last statement.
func (g *generator) body(hidden []variable, first, last func() *Node) *Node {
	depth := g.depth
	defer func() { g.depth = depth }()
	parameters, vararg := g.parameters()
	head := list(", ")
	for _, p := range parameters {
		head.Parts = append(head.Parts, Leaf(Fixed, p.name))
	}
	if vararg {
		head.Parts = append(head.Parts, Leaf(Fixed, "..."))
	}
	var statements *Node
	g.inBlock(func() {
		g.scope.vararg, g.scope.inLoop = vararg, false
		g.scope.variables = append(hidden, parameters...)
		statements = block()
		if first != nil {
			statements.Parts = append(statements.Parts, first())
		}
		for range g.choices.IntN(3) {
			statements.Parts = append(statements.Parts, g.statement())
		}
		if last == nil {
			last = g.ending
		}
		statements.Parts = append(statements.Parts, last())
	})
	return form(Fixed, "($) enter()$\n", head, statements)
}

// ending writes the last statement of a function.
func (g *generator) ending() *Node {
	switch g.choices.IntN(8) {
	case 0, 1:
		return statement("return $", g.call()) // a tail call
	case 2:
		return statement("error($"+g.pick("", ", 0", ", 1", ", 2")+")", g.expression(g.oneOf(String, Any, Table, Number)))
	}
	return statement("return $", g.expressions(g.choices.IntN(4), true))
}
