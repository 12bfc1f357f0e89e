package program

import "strings"

// Kind says what may stand in the place of a node.
type Kind int

// The kinds. Those from Any on are expressions: one of the same kind can replace another, and every kind can replace
// Any.
const (
	Fixed     Kind = iota // nothing else
	Statement             // in a block
	Block                 // any number of statements
	List                  // any number of expressions, fields or branches
	Any
	Number
	Integer // a number without a fraction, not too large for what wants an integer
	String
	Boolean
	Table
	Function
)

// IsExpression reports whether the kind is one of expressions.
func (k Kind) IsExpression() bool { return k >= Any }

// Fits reports whether a node of kind k can stand where one of kind place stood.
func (k Kind) Fits(place Kind) bool {
	return k == place || place == Any && k.IsExpression() || place == Number && k == Integer
}

// Node is a part of a program: text with other nodes in it.
type Node struct {
	Kind  Kind
	Parts []*Node
	// text stands around the parts: one piece more than there are parts, except in lists and blocks.
	text []string
	// separator stands between the parts of a list.
	separator string
	// primary says that an index or a call can stand behind the node without parentheses.
	primary bool
	// prefixes says which parts must be primary.
	prefixes []bool
}

// The marks of parts in the form of a node: partMark for one, prefixMark for one that must be primary.
const (
	partMark   = '$'
	prefixMark = '@'
)

// form returns a node with parts in the places of the marks.
func form(kind Kind, text string, parts ...*Node) *Node {
	n := &Node{Kind: kind, Parts: parts}
	for {
		i := strings.IndexAny(text, string(partMark)+string(prefixMark))
		if i < 0 {
			break
		}
		n.text = append(n.text, text[:i])
		n.prefixes = append(n.prefixes, text[i] == prefixMark)
		text = text[i+1:]
	}
	n.text = append(n.text, text)
	if len(n.prefixes) != len(parts) {
		panic("program: form " + strings.Join(n.text, "$") + " with another number of parts")
	}
	return n
}

// primaryForm is form for a name, a call or an index.
func primaryForm(kind Kind, text string, parts ...*Node) *Node {
	n := form(kind, text, parts...)
	n.primary = true
	return n
}

// Leaf returns a node of the text alone.
func Leaf(kind Kind, text string) *Node { return &Node{Kind: kind, text: []string{text}} }

func name(kind Kind, text string) *Node {
	n := Leaf(kind, text)
	n.primary = true
	return n
}

func list(separator string, parts ...*Node) *Node {
	return &Node{Kind: List, Parts: parts, separator: separator}
}

func block(statements ...*Node) *Node { return &Node{Kind: Block, Parts: statements} }

// scoped returns a block of statements with a scope of its own.
func scoped(statements ...*Node) *Node { return form(Statement, "do$\nend", block(statements...)) }

// statement is form for a statement.
func statement(text string, parts ...*Node) *Node { return form(Statement, text, parts...) }

// String returns the Lua text of the node.
func (n *Node) String() string {
	var w writer
	w.node(n)
	return strings.TrimPrefix(w.text.String(), "\n") + "\n"
}

// Size returns the length of the text of the node without white space at the beginnings of lines.
func (n *Node) Size() int { return len(strings.ReplaceAll(n.String(), "\t", "")) }

// writer writes nodes, each statement on its own line.
type writer struct {
	text  strings.Builder
	depth int
}

func (w *writer) node(n *Node) {
	switch {
	case n.Kind == Block:
		w.block(n)
	case n.text == nil:
		for i, part := range n.Parts {
			if i > 0 {
				w.write(n.separator)
			}
			w.node(part)
		}
	default:
		for i, part := range n.Parts {
			w.write(n.text[i])
			w.part(part, n.prefixes[i])
		}
		w.write(n.text[len(n.Parts)])
	}
}

func (w *writer) part(n *Node, prefix bool) {
	if prefix && !n.primary {
		w.text.WriteByte('(')
		w.node(n)
		w.text.WriteByte(')')
		return
	}
	if n.Kind == Block {
		w.depth++
		defer func() { w.depth-- }()
	}
	w.node(n)
}

func (w *writer) block(n *Node) {
	for _, statement := range n.Parts {
		w.write("\n")
		w.node(statement)
	}
}

// write writes text of a form, indented behind each newline.
func (w *writer) write(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			w.text.WriteString("\n" + strings.Repeat("\t", w.depth))
		}
		w.text.WriteString(line)
	}
}

// Walk calls f for the node and all its parts, outer ones first.
func (n *Node) Walk(f func(*Node)) {
	f(n)
	for _, part := range n.Parts {
		part.Walk(f)
	}
}
