package toylua

import (
	"fmt"
	"strings"

	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"
)

// Proto is the code of a function. It never changes, so that all states of a process may run it.
type Proto struct {
	Chunk          string // the name of the chunk
	Main           bool
	Line, LastLine int
	Params         int
	Vararg         bool
	Lines          []int // that have code
	ups            []upvalue
	slots          int
	params         []*local
	body           block
}

// Upvalues returns the names of the upvalues.
func (p *Proto) Upvalues() (names []string) {
	for _, u := range p.ups {
		names = append(names, u.name)
	}
	return names
}

// upvalue is a variable of the function around: a local, or one of its upvalues.
type upvalue struct {
	name  string
	local *local
	index int
}

// SyntaxError is an error in the source of a chunk.
type SyntaxError struct {
	Chunk   string
	Line    int
	Message string
}

// Error returns "chunk:line: message".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s:%d: %s", ShortName(e.Chunk), e.Line, e.Message)
}

// environment is the upvalue that has the globals.
const environment = "_ENV"

// maxLevels is how deep syntax may be nested.
const maxLevels = 200

// Compile compiles a chunk.
func Compile(source, chunk string) (p *Proto, err error) {
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // the first line of a file may be for the shell
		line, rest, _ := strings.Cut(source, "\n")
		source = strings.Repeat(" ", len(line)) + "\n" + rest
	}
	statements, err := parse.Parse(strings.NewReader(source), chunk)
	if err != nil {
		return nil, syntaxError(source, chunk, err)
	}
	defer func() {
		if e, ok := recover().(*SyntaxError); ok {
			p, err = nil, e
		}
	}()
	c := &compiler{proto: &Proto{Chunk: chunk, Main: true, Vararg: true, ups: []upvalue{{name: environment}}}}
	c.function(nil, statements)
	return c.proto, nil
}

// syntaxError makes an error of one of the parser.
func syntaxError(source, chunk string, err error) *SyntaxError {
	e, ok := err.(*parse.Error)
	if !ok {
		return &SyntaxError{chunk, 1, err.Error()}
	}
	if e.Pos.Line == parse.EOF {
		return &SyntaxError{chunk, 1 + strings.Count(source, "\n"), e.Message + " near <eof>"}
	}
	return &SyntaxError{chunk, e.Pos.Line, fmt.Sprintf("%s near '%s'", e.Message, e.Token)}
}

// NewFunction returns the function of a chunk with its globals.
func NewFunction(p *Proto, globals *Table) *Function {
	f := &Function{Proto: p, ups: make([]*Cell, len(p.ups))}
	for i := range f.ups {
		f.ups[i] = &Cell{}
	}
	if len(p.ups) > 0 {
		f.ups[0].V = globals
	}
	return f
}

// local is a variable of a function. Where a closure uses it, its slot holds a Cell.
type local struct {
	name     string
	slot     int
	captured bool
}

// compiler compiles one function.
type compiler struct {
	parent *compiler
	proto  *Proto
	active []*local // variables in scope
	levels int
	gotos  []*pendingGoto
	labels []*label // in scope
	loops  int
	lines  map[int]bool
}

// frame is a call of a Lua function.
type frame struct {
	*State
	function *Function
	slots    []Value
	varargs  []Value
	results  []Value
	tail     Value // what a tail call calls, with the results as its arguments
	target   *label
}

// execute runs the function's code.
func (f *frame) execute(args []Value) {
	p := f.function.Proto
	f.slots = make([]Value, p.slots)
	for i, param := range p.params {
		var v Value
		if i < len(args) {
			v = args[i]
		}
		param.declare(f, v)
	}
	if p.Vararg && len(args) > p.Params {
		f.varargs = args[p.Params:]
	}
	f.at(nil)
	p.body.run(f)
}

// line says at which line the function is.
func (f *frame) line(line int) { f.calls[len(f.calls)-1].line = line }

func (v *local) declare(f *frame, value Value) {
	if v.captured {
		value = &Cell{value}
	}
	f.slots[v.slot] = value
}

func (v *local) get(f *frame) Value {
	if v.captured {
		return f.slots[v.slot].(*Cell).V
	}
	return f.slots[v.slot]
}

func (v *local) set(f *frame, value Value) {
	if v.captured {
		f.slots[v.slot].(*Cell).V = value
		return
	}
	f.slots[v.slot] = value
}

func (c *compiler) fail(line int, format string, args ...any) {
	panic(&SyntaxError{c.proto.Chunk, line, fmt.Sprintf(format, args...)})
}

// deeper counts a level of nested syntax; what it returns ends it.
func (c *compiler) deeper(line int) func() {
	if c.levels++; c.levels > maxLevels {
		c.fail(line, "chunk has too many syntax levels")
	}
	return func() { c.levels-- }
}

// function compiles parameters and body.
func (c *compiler) function(parameters *ast.ParList, body []ast.Stmt) {
	c.lines = map[int]bool{}
	if parameters != nil {
		for _, name := range parameters.Names {
			c.proto.params = append(c.proto.params, c.declare(name))
		}
		c.proto.Params, c.proto.Vararg = len(parameters.Names), parameters.HasVargs
	}
	c.proto.body = c.block(body, nil)
	for _, g := range c.gotos {
		c.fail(g.line, "no visible label '%s' for <goto> at line %d", g.name, g.line)
	}
	for line := range c.lines {
		c.proto.Lines = append(c.proto.Lines, line)
	}
	c.proto.Lines = append(c.proto.Lines, c.proto.LastLine)
}

// declare makes a variable that is in scope from now on.
func (c *compiler) declare(name string) *local {
	if len(c.active) >= maxLevels {
		c.fail(c.proto.Line, "too many local variables (limit is %d)", maxLevels)
	}
	v := &local{name: name, slot: len(c.active)}
	c.active = append(c.active, v)
	c.proto.slots = max(c.proto.slots, len(c.active))
	return v
}

// find returns the local with a name, or the index of the upvalue with it.
func (c *compiler) find(name string) (v *local, up int) {
	for i := len(c.active) - 1; i >= 0; i-- {
		if c.active[i].name == name {
			return c.active[i], -1
		}
	}
	for i, u := range c.proto.ups {
		if u.name == name {
			return nil, i
		}
	}
	if c.parent == nil {
		return nil, -1
	}
	u := upvalue{name: name}
	if u.local, u.index = c.parent.find(name); u.local != nil {
		u.local.captured = true
	} else if u.index < 0 {
		return nil, -1
	}
	c.proto.ups = append(c.proto.ups, u)
	return nil, len(c.proto.ups) - 1
}
