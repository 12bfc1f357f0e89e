package syntax

import "fmt"

// The limits of a function.
const (
	maxVariables = 200
	maxUpvalues  = 255
)

// scope is a function that is being read.
type scope struct {
	node     *Function
	parent   *scope
	variable *Variable // the innermost that is visible
	visible  int       // how many are
	block    *blockScope
	upvalues map[string]int
	pending  []*pendingGoto // to labels that were not found yet
}

// blockScope is a block that is being read.
type blockScope struct {
	outer    *blockScope
	labels   []*Label
	variable *Variable
	visible  int
	first    int    // of the pending gotos that are in it
	exit     *Label // of a loop's block
}

// pendingGoto is a goto whose label was not found yet. visible is how many variables it sees of those that still are.
type pendingGoto struct {
	*Goto
	name    string
	visible int
}

func (p *parser) openFunction(f *Function) {
	p.scope = &scope{node: f, parent: p.scope, upvalues: map[string]int{}}
	p.openBlock(nil)
}

func (p *parser) closeFunction() {
	p.closeBlock()
	if s := p.scope; len(s.pending) > 0 {
		g := s.pending[0]
		if g.name == words[breakWord] {
			p.failSemantically(fmt.Sprintf("<break> at line %d not inside a loop", g.Line))
		}
		p.failSemantically(fmt.Sprintf("no visible label '%s' for <goto> at line %d", g.name, g.Line))
	}
	p.scope = p.scope.parent
}

// openBlock opens a block; exit is the end of the loop that it is, if it is one.
func (p *parser) openBlock(exit *Label) {
	s := p.scope
	s.block = &blockScope{outer: s.block, variable: s.variable, visible: s.visible, first: len(s.pending), exit: exit}
	if exit != nil {
		exit.level = s.visible
	}
}

func (p *parser) closeBlock() {
	s := p.scope
	b := s.block
	s.block, s.variable, s.visible = b.outer, b.variable, b.visible
	if s.block == nil {
		return
	}
	kept := s.pending[:b.first]
	for _, g := range s.pending[b.first:] { // they may be to labels of the block around
		g.visible = min(g.visible, s.visible)
		if label := s.block.label(g.name); label != nil {
			p.resolve(g, label)
		} else {
			kept = append(kept, g)
		}
	}
	s.pending = kept
}

func (b *blockScope) label(name string) *Label {
	for _, l := range b.labels {
		if l.Name == name {
			return l
		}
	}
	return nil
}

// declare makes a variable, which can be seen from show on.
func declare(name string) *Variable { return &Variable{Name: name} }

// show lets the variables be seen.
func (p *parser) show(variables ...*Variable) {
	s := p.scope
	for _, v := range variables {
		v.outer, v.level = s.variable, s.visible
		s.variable = v
		s.visible++
	}
}

// checkVariables raises an error when so many more local variables are too many.
func (p *parser) checkVariables(more int) {
	p.checkLimit(p.scope.visible+more, maxVariables, "local variables")
}

func (p *parser) checkLimit(n, limit int, what string) {
	if n > limit {
		where := "main function"
		if line := p.scope.node.Line; line != 0 {
			where = fmt.Sprintf("function at line %d", line)
		}
		p.fail(fmt.Sprintf("too many %s (limit is %d) in %s", what, limit, where))
	}
}

// variable finds what a name stands for.
func (p *parser) variable(name string, line int) Expression {
	if e := p.find(p.scope, name, line); e != nil {
		return e
	}
	return &Index{At{line}, p.find(p.scope, Environment, line), &String{At{line}, name}}
}

func (p *parser) find(s *scope, name string, line int) Expression {
	for v := s.variable; v != nil; v = v.outer {
		if v.Name == name {
			return &LocalName{At{line}, v}
		}
	}
	if i := p.upvalue(s, name); i >= 0 {
		return &UpvalueName{At{line}, i}
	}
	return nil
}

// upvalue returns the index of the upvalue of the name that the function has, or gets; -1 when there is no variable.
func (p *parser) upvalue(s *scope, name string) int {
	if i, ok := s.upvalues[name]; ok {
		return i
	}
	if s.parent == nil {
		return -1
	}
	u := Upvalue{Name: name}
	for v := s.parent.variable; v != nil && u.Local == nil; v = v.outer {
		if v.Name == name {
			v.Captured = true
			u.Local = v
		}
	}
	if u.Local == nil {
		if u.Index = p.upvalue(s.parent, name); u.Index < 0 {
			return -1
		}
	}
	return p.addUpvalue(s, u)
}

func (p *parser) addUpvalue(s *scope, u Upvalue) int {
	i := len(s.node.Upvalues)
	p.checkLimit(i+1, maxUpvalues, "upvalues")
	s.node.Upvalues = append(s.node.Upvalues, u)
	s.upvalues[u.Name] = i
	return i
}

// jump returns a goto to the label of the name, or a break, whose label may come later.
func (p *parser) jump(name string, line int) *Goto {
	s := p.scope
	g := &pendingGoto{&Goto{Line: line, from: s.variable}, name, s.visible}
	if name == words[breakWord] {
		for b := s.block; b != nil; b = b.outer {
			if b.exit != nil {
				g.Label = b.exit
				return g.Goto
			}
		}
	}
	if label := s.block.label(name); label != nil {
		p.resolve(g, label)
	} else {
		s.pending = append(s.pending, g)
	}
	return g.Goto
}

// reach leads the gotos in the block to a label that wait for it.
func (p *parser) reach(label *Label) {
	s := p.scope
	kept := s.pending[:s.block.first]
	for _, g := range s.pending[s.block.first:] {
		if g.name == label.Name {
			p.resolve(g, label)
		} else {
			kept = append(kept, g)
		}
	}
	s.pending = kept
}

func (p *parser) resolve(g *pendingGoto, label *Label) {
	if g.visible < label.level {
		v := p.scope.variable
		for v.level > g.visible {
			v = v.outer
		}
		p.failSemantically(fmt.Sprintf("<goto %s> at line %d jumps into the scope of local '%s'", g.name, g.Line, v.Name))
	}
	g.Label = label
}

// failSemantically raises an error that is not about the token.
func (p *parser) failSemantically(message string) { fail(p.lexer.line, message, "") }
