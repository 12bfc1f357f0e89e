package program

import (
	"fmt"
	"slices"
)

// Dialect is the Lua that a program is written for.
type Dialect int

// The dialects.
const (
	// Both is what Lua 5.1 and 5.2 have in common.
	Both Dialect = iota
	// Lua52 has goto, further arguments of xpcall and what else only 5.2 has of what all backends do.
	Lua52
)

// Options say what programs may use.
type Options struct {
	// Coroutines allows the coroutine library.
	Coroutines bool
}

// Program is a random program.
type Program struct {
	Dialect Dialect
	Root    *Node
}

// Generate writes the program of the choices.
func Generate(c Choices, o Options) Program {
	g := &generator{choices: c, options: o, statements: 4 + c.IntN(16), scope: &scope{vararg: true}}
	if g.oneIn(6) {
		g.dialect = Lua52
	}
	root := block()
	for range 2 + c.IntN(5) {
		root.Parts = append(root.Parts, g.topLevel())
	}
	root.Parts = append(root.Parts, g.showVariables())
	return Program{g.dialect, root}
}

// generator writes one program. Its methods return nodes; what they declare is added to the scope.
type generator struct {
	choices Choices
	options Options
	dialect Dialect
	scope   *scope
	labels  int
	// statements is how many more statements may have others inside.
	statements int
	// depth is how many expressions stand around what is written.
	depth int
}

// scope is what a block sees: its variables and those of the blocks around it.
type scope struct {
	outer     *scope
	variables []variable
	vararg    bool // "..." may be used
	inLoop    bool // break may be used
}

// variable is a local variable. Its kind never changes, so that what wants a list gets one.
type variable struct {
	name string
	kind Kind
	// fixed variables are not assigned to: the counters of loops.
	fixed bool
}

// inBlock calls f with a new scope.
func (g *generator) inBlock(f func()) {
	g.scope = &scope{outer: g.scope, vararg: g.scope.vararg, inLoop: g.scope.inLoop}
	f()
	g.scope = g.scope.outer
}

// inFunction calls f for what stands in a function without "..." and returns what f writes.
func (g *generator) inFunction(f func() *Node) (n *Node) {
	g.inBlock(func() {
		g.scope.vararg, g.scope.inLoop = false, false
		n = f()
	})
	return n
}

func (g *generator) declare(name string, kind Kind) {
	g.scope.variables = append(g.scope.variables, variable{name: name, kind: kind})
}

func (g *generator) declareFixed(name string, kind Kind) {
	g.scope.variables = append(g.scope.variables, variable{name, kind, true})
}

// visible returns the variables that match, each name as it was declared last.
func (g *generator) visible(match func(variable) bool) (found []variable) {
	seen := map[string]bool{}
	for s := g.scope; s != nil; s = s.outer {
		for _, v := range slices.Backward(s.variables) {
			if !seen[v.name] && match(v) {
				found = append(found, v)
			}
			seen[v.name] = true
		}
	}
	return found
}

// reachable returns the variables that can stand in the place of the kind.
func (g *generator) reachable(kind Kind) []variable {
	return g.visible(func(v variable) bool { return v.kind.Fits(kind) })
}

// newName returns a name for a variable of the kind; the few that there are hide each other often.
func (g *generator) newName(kind Kind) string {
	return fmt.Sprintf("%s%d", initials[kind], 1+g.choices.IntN(3))
}

var initials = map[Kind]string{Any: "v", Number: "x", Integer: "n", String: "s", Boolean: "b", Table: "t", Function: "f"}

func (g *generator) oneIn(n int) bool { return g.choices.IntN(n) == n-1 }

// pick returns one of the texts.
func (g *generator) pick(texts ...string) string { return texts[g.choices.IntN(len(texts))] }

// maxDepth is how many expressions may stand inside of each other.
const maxDepth = 6

// deep reports whether an expression should have no others inside. The deeper it stands, the more likely that is.
func (g *generator) deep() bool { return g.depth >= g.choices.IntN(maxDepth) }

// deepen counts an expression that has others inside; what it returns ends that.
func (g *generator) deepen() (end func()) {
	g.depth++
	return func() { g.depth-- }
}

// weighted is an alternative of the grammar.
type weighted struct {
	weight int
	make   func() *Node
}

// choose makes one of the alternatives. The first should be a simple one: it is what a fuzzer without ideas gets.
func (g *generator) choose(alternatives ...weighted) *Node {
	sum := 0
	for _, a := range alternatives {
		sum += a.weight
	}
	at := g.choices.IntN(sum)
	for _, a := range alternatives {
		if at < a.weight {
			return a.make()
		}
		at -= a.weight
	}
	panic("program: no alternative")
}

// valueKind returns the kind for a new variable.
func (g *generator) valueKind() Kind {
	return []Kind{Integer, Number, String, Table, Function, Any, Boolean, Integer, Table, String}[g.choices.IntN(10)]
}
