package program

import (
	"fmt"
	"strconv"
)

func (g *generator) condition() *Node {
	branches := list("")
	for range g.choices.IntN(3) {
		branches.Parts = append(branches.Parts, form(Fixed, "\nelseif $ then$", g.expression(g.oneOf(Boolean, Any)), g.inner()))
	}
	if g.oneIn(2) {
		branches.Parts = append(branches.Parts, form(Fixed, "\nelse$", g.inner()))
	}
	return statement("if $ then$$\nend", g.expression(g.oneOf(Boolean, Any)), g.inner(), branches)
}

// inLoop writes the block of a loop; declare adds the variables of the loop.
func (g *generator) inLoop(declare func()) (b *Node) {
	g.inBlock(func() {
		g.scope.inLoop = true
		declare()
		b = g.inner()
	})
	return b
}

// Nothing that keeps a loop or a recursion finite is a node of its own, so that what makes programs smaller leaves it.

func (g *generator) whileLoop() *Node {
	turns := strconv.Itoa(1 + g.choices.IntN(4))
	var condition, b *Node
	g.inBlock(func() {
		g.declareFixed("i", Integer)
		condition = g.boolean()
		b = g.inLoop(func() {})
	})
	return scoped(statement("local i = 0"), statement("while i < "+turns+" and $ do i = i + 1$\nend", condition, b))
}

func (g *generator) repeatLoop() *Node {
	turns := strconv.Itoa(1 + g.choices.IntN(4))
	var until, b *Node
	g.inBlock(func() {
		g.declareFixed("i", Integer)
		g.inBlock(func() {
			g.scope.inLoop = true
			b = g.someStatements(1 + g.choices.IntN(3))
			until = g.boolean() // which sees the variables of the block
		})
	})
	return scoped(statement("local i = 0"), statement("repeat i = i + 1$\nuntil i >= "+turns+" or $", b, until))
}

func (g *generator) numericLoop() *Node {
	head := g.pick("1, 3", "3, 1, -1", "1, 2, 0.5", "0, 1, 0.1", "1, 0", "-1, 1", "10, 1, -4", "0.5, 2.5", "1, 2.9", `"1", "3"`,
		"1, 1e300, 1e300", "0, 0.3, 0.1", "2, 1, -0.25", "1, 3, 5")
	b := g.inLoop(func() { g.declareFixed("i", Number) })
	return statement("for i = $ do$\nend", Leaf(Fixed, head), b)
}

func (g *generator) genericLoop() *Node {
	switch g.choices.IntN(5) {
	case 0:
		b := g.inLoop(func() { g.declareFixed("i", Integer); g.declare("v", Any) })
		return statement("for i, v in ipairs($) do$\nend", g.table(), b)
	case 1:
		b := g.inLoop(func() { g.declare("v", Any); g.declare("w", Any) })
		return statement("for v, w in @:gmatch($) do$\nend", g.str(), g.pattern(), b)
	case 2: // what a traversal does in no order: count and clear
		return scoped(
			statement("local n, t = 0, $", g.table()),
			statement("for k, v in pairs(t) do$\nend", block(
				statement("n = n + 1"),
				statement("if $ then t[k] = nil end", g.boolean()),
			)),
			statement("out(n, next(t) == nil, t)"),
		)
	case 3: // an iterator of one's own
		b := g.inLoop(func() { g.declareFixed("i", Integer); g.declare("v", Any) })
		return statement("for i, v in function(s, i) enter() if i < s then return i + 1, $ end end, $, 0 do$\nend",
			g.inFunction(g.any), Leaf(Integer, strconv.Itoa(g.choices.IntN(5))), b)
	}
	b := g.inLoop(func() { g.declareFixed("k", Any); g.declare("v", Any) })
	return statement("for k, v in next, {$} do$\nend", list(", ", g.field(true)), b)
}

// gotoLoop writes loops with labels, for Lua 5.2.
func (g *generator) gotoLoop() *Node {
	g.labels++
	label := fmt.Sprintf("l%d", g.labels)
	jump, target := "goto "+label, statement("::"+label+"::")
	switch g.choices.IntN(3) {
	case 0:
		b := g.inLoop(func() { g.declareFixed("i", Integer) })
		return statement("for i = 1, 3 do$\nend", block(
			statement("if $ then "+jump+" end", g.boolean()),
			statement("do$\nend", b),
			target,
		))
	case 1:
		var b *Node
		g.inBlock(func() {
			g.declareFixed("i", Integer)
			b = g.someStatements(1 + g.choices.IntN(2))
		})
		return scoped(
			statement("local i = 0"),
			statement("::"+label+":: i = i + 1"),
			statement("do$\nend", b),
			statement("if i < 3 and $ then "+jump+" end", g.boolean()),
		)
	}
	b := g.inLoop(func() { g.declareFixed("i", Integer); g.declareFixed("j", Integer) })
	return scoped(
		statement("local fs = {}"),
		statement("for i = 1, 3 do$\nend", block(
			statement("for j = 1, 3 do$\nend", block(
				statement("fs[len(fs) + 1] = function() return i, j end"),
				statement("do$\nend", b),
				statement("if $ then "+jump+" end", g.boolean()),
			)),
		)),
		target,
		statement("for _, f in ipairs(fs) do out(f()) end"),
	)
}
