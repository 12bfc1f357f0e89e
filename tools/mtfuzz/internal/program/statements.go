package program

import (
	"fmt"
	"strconv"
	"strings"
)

// topLevel writes a statement of the main chunk: one that prints, or one that may fail inside of try.
func (g *generator) topLevel() *Node {
	switch g.choices.IntN(4) {
	case 0:
		return g.statement()
	case 1:
		return g.printing()
	}
	return g.try()
}

// try writes statements whose error is printed.
func (g *generator) try() *Node {
	return statement("try(function()$\nend)", g.inFunction(func() *Node {
		b := g.someStatements(1 + g.choices.IntN(3))
		b.Parts = append(b.Parts, g.printing())
		return b
	}))
}

// showVariables prints what the variables of the main chunk have at the end.
func (g *generator) showVariables() *Node {
	shown := list(", ")
	for _, v := range g.reachable(Any) {
		shown.Parts = append(shown.Parts, name(v.kind, v.name))
	}
	return statement("out($)", shown)
}

func (g *generator) printing() *Node {
	return statement("out($)", g.expressions(1+g.choices.IntN(3), true))
}

// someStatements writes n statements.
func (g *generator) someStatements(n int) *Node {
	b := block()
	for range n {
		b.Parts = append(b.Parts, g.statement())
	}
	return b
}

// inner writes the block of a control structure.
func (g *generator) inner() (b *Node) {
	g.inBlock(func() {
		b = g.someStatements(1 + g.choices.IntN(2))
		if g.scope.inLoop && g.oneIn(5) {
			b.Parts = append(b.Parts, Leaf(Statement, "break"))
		}
	})
	return b
}

func (g *generator) statement() *Node {
	g.statements--
	if g.statements < 0 {
		return g.printing()
	}
	alternatives := []weighted{
		{4, g.printing},
		{5, g.local},
		{4, g.assignment},
		{1, g.multipleAssignment},
		{3, g.condition},
		{2, g.whileLoop},
		{1, g.repeatLoop},
		{3, g.numericLoop},
		{3, g.genericLoop},
		{3, g.localFunction},
		{1, g.method},
		{1, func() *Node { return statement("do$\nend", g.inner()) }},
		{3, g.protectedCall},
		{2, g.faulty},
		{2, g.listCall},
		{1, g.sort},
		{2, g.counter},
		{2, g.useOfMetatable},
		{1, g.longList},
		{1, g.bigKeys},
		{1, g.shadowing},
	}
	if g.options.Coroutines {
		alternatives = append(alternatives, weighted{3, g.coroutine})
	}
	if g.dialect == Lua52 {
		alternatives = append(alternatives, weighted{6, g.gotoLoop})
	} else { // whose syntax errors may be those of either version
		alternatives = append(alternatives, weighted{1, g.loaded})
	}
	return g.choose(alternatives...)
}

// local declares variables. Where the values may be fewer or more than the names, all are of any kind.
func (g *generator) local() *Node {
	if g.oneIn(4) {
		names, values := list(", "), g.expressions(g.choices.IntN(3), true)
		var declared []string
		for range 1 + g.choices.IntN(3) {
			declared = append(declared, g.newName(Any))
			names.Parts = append(names.Parts, Leaf(Fixed, declared[len(declared)-1]))
		}
		for _, n := range declared {
			g.declare(n, Any)
		}
		if len(values.Parts) == 0 {
			return statement("local $", names)
		}
		return statement("local $ = $", names, values)
	}
	kind := g.valueKind()
	variable := g.newName(kind)
	value := g.expression(kind)
	g.declare(variable, kind)
	return statement("local "+variable+" = $", value)
}

// assignable writes a variable, global or field, and says which kind it takes.
func (g *generator) assignable() (*Node, Kind) {
	tables := g.reachable(Table)
	if choice := g.choices.IntN(4); choice == 0 || choice == 1 && len(tables) == 0 {
		return Leaf(Fixed, g.pick("G1", "G2")), Any
	} else if choice == 1 {
		return g.element(tables), Any
	}
	found := g.visible(func(v variable) bool { return !v.fixed })
	if len(found) == 0 {
		return Leaf(Fixed, "G1"), Any
	}
	v := found[g.choices.IntN(len(found))]
	return Leaf(Fixed, v.name), v.kind
}

// element writes a field of one of the variables.
func (g *generator) element(tables []variable) *Node {
	t := name(Fixed, tables[g.choices.IntN(len(tables))].name)
	if g.oneIn(2) {
		return form(Fixed, "$."+g.fieldName(), t)
	}
	return form(Fixed, "$[$]", t, g.key())
}

func (g *generator) assignment() *Node {
	target, kind := g.assignable()
	value := g.expression(kind)
	if kind == Integer { // in a loop it would grow beyond what is an integer for all
		value = form(Integer, "($) % 97", value)
	}
	return statement("$ = $", target, value)
}

// multipleAssignment assigns to different variables and fields of any kind, so that the order of the assignments does not
// matter.
func (g *generator) multipleAssignment() *Node {
	targets := list(", ")
	for _, v := range g.visible(func(v variable) bool { return v.kind == Any && !v.fixed }) {
		if g.oneIn(2) {
			targets.Parts = append(targets.Parts, Leaf(Fixed, v.name))
		}
	}
	if tables := g.reachable(Table); len(tables) > 0 && g.oneIn(2) {
		targets.Parts = append(targets.Parts, g.element(tables))
	}
	if len(targets.Parts) == 0 || g.oneIn(2) {
		targets.Parts = append(targets.Parts, Leaf(Fixed, "G1"))
	}
	return statement("$ = $", targets, g.expressions(1+g.choices.IntN(3), true))
}

func (g *generator) localFunction() *Node {
	f := g.newName(Function)
	if g.oneIn(3) { // a recursive one
		g.declare(f, Function)
		b := g.body(nil, func() *Node {
			return statement("if $ then return $ end", g.boolean(), g.expressions(1, false))
		}, func() *Node {
			return statement("return "+g.pick("", "", "1, ", "{} == ")+f+"($)", g.expressions(g.choices.IntN(3), true))
		})
		return statement("local function "+f+"$end", b)
	}
	b := g.body(nil, nil, nil)
	g.declare(f, Function)
	return statement("local function "+f+"$end", b)
}

// method writes a function in a table, and calls it.
func (g *generator) method() *Node {
	tables := g.reachable(Table)
	if len(tables) == 0 {
		return g.printing()
	}
	t, field := tables[g.choices.IntN(len(tables))].name, g.fieldName()
	separator, hidden := ".", []variable(nil)
	if g.oneIn(2) {
		separator, hidden = ":", []variable{{name: "self", kind: Any}}
	}
	return statement("function "+t+separator+field+"$end\nout($)", g.body(hidden, nil, nil),
		list(", ", primaryForm(Any, "@"+separator+field+"($)", name(Table, t), g.expressions(g.choices.IntN(3), true))))
}

func (g *generator) protectedCall() *Node {
	switch g.choices.IntN(4) {
	case 0:
		return statement("out(pcall(function$end, $))", g.body(nil, nil, nil), g.expressions(1+g.choices.IntN(2), true))
	case 1:
		return statement("out(xpcall(function()$\nend, function(e) return type(e), e end))", g.failingBlock())
	case 2:
		return statement("out(pcall(error, $))", g.expressions(1, false))
	}
	return statement("out(pcall(function()$\nend))", g.failingBlock())
}

// failingBlock writes the block of a function that is likely to raise an error.
func (g *generator) failingBlock() *Node {
	return g.inFunction(func() *Node {
		b := g.someStatements(g.choices.IntN(2))
		b.Parts = append(b.Parts, g.choose(
			weighted{1, func() *Node { return statement("error($)", g.expression(g.oneOf(String, Table, Any))) }},
			weighted{1, func() *Node { return statement("error($, "+g.pick("0", "1", "2")+")", g.str()) }},
			weighted{2, func() *Node { return statement("return $", g.fault()) }},
			weighted{1, func() *Node { return statement("return $", g.call()) }},
		))
		return b
	})
}

// faulty prints what an operation on operands of any kind gives: mostly the message of its error.
func (g *generator) faulty() *Node {
	return statement("out(pcall(function() return $ end))", g.inFunction(g.fault))
}

// fault writes an operation on operands of any kind.
func (g *generator) fault() *Node {
	switch g.choices.IntN(9) {
	case 0, 1:
		return form(Any, "($ "+g.pick("+", "-", "*", "/", "%", "^")+" $)", g.any(), g.any())
	case 2:
		return form(Any, "($ .. $)", g.any(), g.any())
	case 3:
		return form(Any, "($ "+g.pick("<", "<=", ">", ">=")+" $)", g.any(), g.any())
	case 4:
		return primaryForm(Any, "@."+g.fieldName(), g.index())
	case 5:
		return primaryForm(Any, "@[$]", g.index(), g.any())
	case 6:
		return primaryForm(Any, "@($)", g.index(), g.expressions(g.choices.IntN(3), true))
	case 7:
		return form(Any, "-$", form(Any, "@", g.any()))
	}
	return primaryForm(Any, "@:"+g.fieldName()+"()", g.any())
}

// listCall changes a list without holes with the functions of table.
func (g *generator) listCall() *Node {
	t := g.variableOr(Table, g.constructor)
	switch g.choices.IntN(4) {
	case 0:
		return statement("table.insert(seq($), $)", t, g.integer())
	case 1:
		return statement("out(table.remove(seq($)), $)", t, g.any())
	case 2:
		return scoped(
			statement("local l = seq($)", t),
			statement("table.insert(l, $, $)", Leaf(Fixed, g.pick("1", "1 + len(l)", "1 + len(l) % 3")), g.any()),
			statement("out(table.remove(seq(l), 1), len(l))"),
			statement("out(l)"),
		)
	}
	return scoped(
		statement("local l = seq($)", t),
		statement("l[len(l) + 1] = $", g.any()),
		statement("out(len(l), unpack(seq(l)))"),
	)
}

func (g *generator) sort() *Node {
	filter := g.pick("numbers", "texts")
	less := g.pick("", ", function(a, b) return a > b end", ", function(a, b) return a < b end")
	return scoped(
		statement("local l = "+filter+"($)", g.constructor()),
		statement("table.sort(l"+less+")"),
		statement("out(l)"),
	)
}

// longList writes a constructor that fills the registers more than once, and shows some of its fields.
func (g *generator) longList() *Node {
	fields := list(", ")
	for i := range 45 + g.choices.IntN(70) {
		fields.Parts = append(fields.Parts, Leaf(Any, strconv.Itoa(i)))
		if g.oneIn(20) {
			fields.Parts = append(fields.Parts, g.field(false))
		}
	}
	fields.Parts = append(fields.Parts, g.field(true))
	return scoped(
		statement("local l = {$}", fields),
		statement("out(len(l), l[1], l[50], l[51], l[len(l)], l.a, l.x)"),
		statement("out(select($, unpack(seq(l))))", Leaf(Integer, g.pick(`"#"`, "48", "-3"))),
	)
}

// bigKeys uses keys that are far apart, or nearly integers.
func (g *generator) bigKeys() *Node {
	keys := []string{"1e9", "2^31", "-1", "0", "1.5", "2^53", "1e100", "-2^40", "4294967296", "math.huge", "0x7fffffff", "3", "2", "1"}
	assignments := block()
	for range 1 + g.choices.IntN(4) {
		assignments.Parts = append(assignments.Parts, statement("t[$] = $", Leaf(Number, g.pick(keys...)), g.any()))
	}
	b := block(statement("local t = $", g.constructor()))
	b.Parts = append(b.Parts, assignments.Parts...)
	b.Parts = append(b.Parts, statement("out(t[$], rawget(t, $), t)", Leaf(Number, g.pick(keys...)), Leaf(Number, g.pick(keys...))),
		statement("out(len(t), next({}, nil), next(t) == nil)"))
	return statement("do$\nend", b)
}

// shadowing declares a variable anew, with a closure over each.
func (g *generator) shadowing() *Node {
	return scoped(
		statement("local a = $", g.any()),
		statement("local function old() return a end"),
		statement("local a, b = $, a", g.any()),
		statement("local function new() a, b = b, a return a end"),
		statement("out(old(), new(), a, b)"),
		statement("do$\nend", block(
			statement("local a = a"),
			statement("a = $", g.any()),
			statement("out(a, old(), new())"),
		)),
		statement("out(a, b)"),
	)
}

// counter makes closures that share a variable.
func (g *generator) counter() *Node {
	value := g.number()
	step := g.inFunction(g.number)
	switch g.choices.IntN(3) {
	case 0:
		return scoped(
			statement("local c = $", value),
			statement("local function add() c = c + $ return c end", step),
			statement("local function get() return c end"),
			statement("out($)", list(", ", Leaf(Any, "add()"), Leaf(Any, "get()"), Leaf(Any, "add()"), Leaf(Any, "c"), Leaf(Any, "get()"))),
		)
	case 1:
		return scoped(
			statement("local fs = {}"),
			statement("for i = 1, 3 do$\nend", block(
				statement("local j = i * 2"),
				statement("fs[i] = function(d) j = j + (d or $) return i, j end", step),
			)),
			statement("out($)", list(", ", Leaf(Any, "fs[1]()"), form(Any, "fs[1]($)", value), Leaf(Any, "fs[2]()"), Leaf(Any, "fs[3](nil)"))),
		)
	}
	return scoped(
		statement("local c = $", value),
		statement("local get = function() return c end"),
		statement("pcall(function()$\nend)", block(
			statement("c = c + 1"),
			statement(g.pick("error($)", "local _ = $"), g.inFunction(g.any)),
		)),
		statement("c = c + 1"),
		statement("out(c, get())"),
	)
}

// loaded compiles a piece of source at run time.
func (g *generator) loaded() *Node {
	var source string
	outer := g.scope
	g.scope = &scope{vararg: true}
	if g.oneIn(4) {
		source = g.pick("return +", "x =", "for", "local 1", "return 'a", "if true then", "a.b:c = 1", "break", "x = }", "return ...,", "f(", "1 = x",
			"for i in", "local function", "return [[", "a = 1 b = = 2", "end", "x = 'a\nb'", `x = '\300'`)
	} else {
		source = fmt.Sprintf("return %s", g.expressions(1+g.choices.IntN(2), true))
	}
	g.scope = outer
	return scoped(
		statement("local f, e = loadstring($, \"=l\")", Leaf(String, longString(source))),
		statement("out(e, f and pcall(f, $))", g.expressions(1, true)),
	)
}

// longString quotes a text that may have long strings inside.
func longString(text string) string {
	level := "="
	for strings.Contains(text, "]"+level+"]") {
		level += "="
	}
	return "[" + level + "[" + text + "]" + level + "]"
}
