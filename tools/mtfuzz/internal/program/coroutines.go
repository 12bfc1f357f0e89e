package program

import "strconv"

// coroutine makes a coroutine and resumes it several times.
func (g *generator) coroutine() *Node {
	var statements *Node
	g.inBlock(func() {
		g.scope.vararg, g.scope.inLoop = true, false
		statements = g.yields(1 + g.choices.IntN(2))
		if g.oneIn(3) {
			statements.Parts = append(statements.Parts, g.ending())
		}
	})
	turns := strconv.Itoa(1 + g.choices.IntN(4))
	switch g.choices.IntN(5) {
	case 0:
		return statement("for v, w in coroutine.wrap(function(...)$\nend) do$\nend", statements,
			g.inLoop(func() { g.declare("v", Any); g.declare("w", Any) }))
	case 1, 2:
		return scoped(
			statement("local co = coroutine.wrap(function(...)$\nend)", statements),
			statement("for i = 1, "+turns+" do out(pcall(co, i, $)) end", g.expressions(1, false)),
		)
	case 3:
		return scoped(
			statement("local co = coroutine.create(function(...)$\nend)", statements),
			statement("local function resume() return coroutine.resume(co, coroutine.status(co)) end"),
			statement("local outer = coroutine.wrap(function(...) out(resume()) coroutine.yield(resume()) return coroutine.status(co), ... end)"),
			statement("out(outer($))", g.expressions(1, true)),
			statement("out(outer($))", g.expressions(2, true)),
			statement("out(pcall(outer))"),
		)
	}
	return scoped(
		statement("local co = coroutine.create(function(...)$\nend)", statements),
		statement("for i = 1, "+turns+" do out(coroutine.status(co), coroutine.resume(co, $)) end", g.expressions(1+g.choices.IntN(2), true)),
		statement("out(coroutine.status(co))"),
	)
}

// yields writes statements among which the coroutine yields.
func (g *generator) yields(n int) *Node {
	b := block()
	for range n {
		b.Parts = append(b.Parts, g.choose(
			weighted{3, g.yield},
			weighted{2, g.statement},
			weighted{1, func() *Node {
				return statement("local function f4(...)$\nend\nout(f4($))", g.yields(1), g.expressions(2, true))
			}},
			weighted{1, func() *Node { return statement("while true do$\n\tbreak\nend", g.yields(1)) }},
			weighted{1, func() *Node { return statement("for i = 1, 2 do$\nend", g.yields(1)) }},
			weighted{1, func() *Node { return statement("if $ then$\nend", g.boolean(), g.yields(1)) }},
		))
	}
	return b
}

func (g *generator) yield() *Node {
	switch g.choices.IntN(3) {
	case 0:
		return statement("out(coroutine.yield($))", g.expressions(g.choices.IntN(3), true))
	case 1:
		variable := g.newName(Any)
		n := statement("local "+variable+" = coroutine.yield($)", g.expressions(1, false))
		g.declare(variable, Any)
		return n
	}
	return statement("local _ = ($ or 1) == coroutine.yield($)", g.any(), g.any())
}
