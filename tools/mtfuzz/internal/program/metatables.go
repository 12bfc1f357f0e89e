package program

import (
	"fmt"
	"slices"
)

// binaryEvents are the metamethods of operators with two operands, and the operators.
var binaryEvents = map[string]string{"__add": "+", "__sub": "-", "__mul": "*", "__div": "/", "__mod": "%", "__pow": "^",
	"__concat": "..", "__lt": "<", "__le": "<=", "__eq": "=="}

var binaryNames = []string{"__add", "__sub", "__mul", "__div", "__mod", "__pow", "__concat", "__lt", "__le", "__eq"}

// withMetatable writes a table with a metatable.
func (g *generator) withMetatable() *Node {
	events := list(", ")
	for range 1 + g.choices.IntN(3) {
		events.Parts = append(events.Parts, g.event())
	}
	return primaryForm(Table, "setmetatable($, {$})", g.constructor(), events)
}

func (g *generator) event() *Node {
	switch g.choices.IntN(9) {
	case 0:
		return form(Fixed, "__index = $", g.table())
	case 1:
		return form(Fixed, "__index = function(t, k) enter() return $ end", g.inHandler("k"))
	case 2:
		return form(Fixed, "__newindex = function(t, k, v) enter() rawset(t, k, $) end", g.inHandler("v"))
	case 3:
		return form(Fixed, "__newindex = $", g.table())
	case 4:
		return form(Fixed, "__call = function(self, ...) enter() return $ end", g.inHandler("..."))
	case 5:
		return form(Fixed, "__unm = function(a) enter() return $ end", g.inHandler("a"))
	case 6:
		if g.dialect == Lua52 {
			return form(Fixed, "__len = function(a) enter() return $ end", g.inHandler("a"))
		}
		return form(Fixed, "__tostring = function(a) enter() return $ end", g.inFunction(g.str))
	}
	return form(Fixed, binaryNames[g.choices.IntN(len(binaryNames))]+" = function(a, b) enter() return $ end", g.inHandler("type(b)"))
}

// inHandler writes what a metamethod returns: an expression, or what it was called with.
func (g *generator) inHandler(given string) *Node {
	switch g.choices.IntN(3) {
	case 0:
		return Leaf(Any, given)
	case 1:
		return form(Any, "$, $", g.inFunction(g.any), Leaf(Any, given))
	}
	return g.inFunction(g.any)
}

// useOfMetatable makes a table with a metatable and applies operators to it.
func (g *generator) useOfMetatable() *Node {
	shown := list(", ")
	for range 1 + g.choices.IntN(3) {
		shown.Parts = append(shown.Parts, form(Any, "pcall(function() return $ end)", g.inFunction(func() *Node { return g.useOf("m") })))
	}
	return scoped(
		statement("local m = $", g.withMetatable()),
		statement("out($)", shown),
		statement("out(m)"),
	)
}

// useOf writes an operation on the variable.
func (g *generator) useOf(m string) *Node {
	other := g.any
	switch g.choices.IntN(8) {
	case 0:
		return form(Any, m+"."+g.fieldName())
	case 1:
		return form(Any, m+"[$]", g.key())
	case 2:
		return form(Any, m+"($)", g.expressions(g.choices.IntN(3), true))
	case 3:
		return form(Any, "-"+m)
	case 4:
		if g.dialect == Lua52 {
			return form(Any, "#setmetatable({}, getmetatable("+m+"))")
		}
		return form(Any, "(tostring("+m+"):gsub(\"table: .*\", \"table\"))")
	case 5:
		return form(Any, "(function() "+m+"[$] = $ return rawget("+m+", \"a\") end)()", g.key(), g.any())
	}
	operator := binaryEvents[binaryNames[g.choices.IntN(len(binaryNames))]]
	if slices.Contains(comparisons, operator) {
		other = g.sharing
	}
	if g.oneIn(3) {
		return form(Any, fmt.Sprintf("($ %s %s)", operator, m), other())
	}
	return form(Any, fmt.Sprintf("(%s %s $)", m, operator), other())
}

// comparisons are the operators that Lua 5.1 takes from metatables only when both operands have the same.
var comparisons = []string{"<", "<=", "=="}

// sharing writes a table with the metatable of m.
func (g *generator) sharing() *Node {
	return primaryForm(Table, "setmetatable($, getmetatable(m))", g.constructor())
}
