// Package shrink makes programs smaller that show something: it removes and simplifies parts of their trees as long as
// they still show it.
package shrink

import (
	"slices"

	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/program"
)

// maxAttempts is how many programs are tried for one.
const maxAttempts = 3000

// Shrink makes the program smaller, in place, as long as shows reports true for its text.
func Shrink(root *program.Node, shows func(source string) bool) {
	s := &shrinker{root: root, shows: shows, size: root.Size(), tried: map[string]bool{}}
	for s.pass() && len(s.tried) < maxAttempts {
	}
}

type shrinker struct {
	root  *program.Node
	shows func(string) bool
	size  int
	tried map[string]bool
}

// pass tries to simplify each part, outer ones first, and reports whether one became simpler.
func (s *shrinker) pass() bool {
	before := s.size
	s.node(s.root)
	return s.size < before
}

func (s *shrinker) node(n *program.Node) {
	switch {
	case n.Kind == program.Block:
		s.remove(n)
		s.unwrap(n)
	case n.Kind == program.List:
		s.remove(n)
	case n.Kind.IsExpression():
		s.simplify(n)
	}
	for i := 0; i < len(n.Parts); i++ {
		s.node(n.Parts[i])
	}
}

// keep reports whether the tree as it stands is smaller than the smallest so far and still shows what it should.
func (s *shrinker) keep() bool {
	size := s.root.Size()
	if size >= s.size || len(s.tried) >= maxAttempts {
		return false
	}
	source := s.root.String()
	if s.tried[source] {
		return false
	}
	s.tried[source] = true
	if !s.shows(source) {
		return false
	}
	s.size = size
	return true
}

// remove removes parts of a block or list: all, halves, quarters and so on, down to single ones.
func (s *shrinker) remove(n *program.Node) {
	for size := len(n.Parts); size > 0; size /= 2 {
		for at := 0; at+size <= len(n.Parts); {
			all := n.Parts
			n.Parts = slices.Concat(all[:at], all[at+size:])
			if !s.keep() {
				n.Parts = all
				at += size
			}
		}
	}
}

// unwrap puts the blocks inside of a statement in its place.
func (s *shrinker) unwrap(n *program.Node) {
	for at := 0; at < len(n.Parts); at++ {
		for _, inner := range descendants(n.Parts[at], func(d *program.Node) bool { return d.Kind == program.Block }) {
			all := n.Parts
			n.Parts = slices.Concat(all[:at], inner.Parts, all[at+1:])
			if s.keep() {
				at-- // what stands there now may have blocks as well
				break
			}
			n.Parts = all
		}
	}
}

// simplify puts something smaller in the place of an expression: a literal, or one of the expressions inside.
func (s *shrinker) simplify(n *program.Node) {
	candidates := literals(n.Kind)
	inner := descendants(n, func(d *program.Node) bool { return d.Kind.Fits(n.Kind) })
	slices.SortStableFunc(inner, func(a, b *program.Node) int { return a.Size() - b.Size() })
	for _, c := range append(candidates, inner...) {
		before := *n
		kind := n.Kind
		*n = *c
		n.Kind = kind // the place stays what it was
		if s.keep() {
			return
		}
		*n = before
	}
}

// literals are the simplest expressions of a kind.
func literals(kind program.Kind) (nodes []*program.Node) {
	texts := map[program.Kind][]string{
		program.Any:      {"1", "nil", `""`, "{}"},
		program.Number:   {"1", "0", "0.5"},
		program.Integer:  {"1", "0", "2"},
		program.String:   {`""`, `"a"`, `"1"`},
		program.Boolean:  {"true", "false"},
		program.Table:    {"{}", "{1}"},
		program.Function: {"type"},
	}
	for _, text := range texts[kind] {
		nodes = append(nodes, program.Leaf(kind, text))
	}
	return nodes
}

// descendants returns the nodes inside of n that match, outer ones first.
func descendants(n *program.Node, match func(*program.Node) bool) (found []*program.Node) {
	for _, part := range n.Parts {
		part.Walk(func(d *program.Node) {
			if match(d) {
				found = append(found, d)
			}
		})
	}
	return found
}
