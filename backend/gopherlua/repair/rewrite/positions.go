package rewrite

import (
	"math"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"

	"github.com/mtstates/go-mtstates/backend"
)

// The compiler hands the line of each node on to the instructions for it. So before the tree is compiled, each line is
// replaced by the number of a position, which says more than the line: the block, from which the scopes of variables are
// known, and a literal that the instruction is to load.

// firstPosition is more than the number of any line.
const firstPosition = 1 << 24

const (
	// maxPlain is how many literals of a function are left to the compiler, which searches all of them for each.
	maxPlain = 250
	// maxNames is how many names of variables and methods a function may have.
	maxNames = 10_000
)

type position struct {
	line, block int        // line is 0 for that of the instruction before
	least       int        // for a jump with the line of the instruction before it, which may be before the statement
	literal     lua.LValue // nil for none
	method      int        // the line where the method of a call is named, 0 for other nodes
	fields      int        // the index of the lines of a constructor's fields in the list of them, counted from 1; 0 for none
}

// variable is a local variable, which is declared in a block.
type variable struct {
	name  string
	block int
}

// jumpTo is a goto: its label, and the line where it is.
type jumpTo struct {
	label string
	line  int
}

// positions are those of a chunk.
type positions struct {
	list         []position
	lastInner    []int              // by block: the highest number of a block within it
	locals       map[int][]variable // by the block of the function, in the order of the compiler
	batches      map[int][]int      // by the block of the function: those of table constructors, see table
	functions    map[int]int        // the block of a function, by the number of its position
	fields       [][]int            // the lines of the fields of constructors
	mainGotos    map[jumpTo]bool    // those of the main function
	tooManyNames int                // the line of a function, 0 for none
}

// at returns the position with a number; ok is false for the line of a node that was not numbered.
func (p *positions) at(number int) (position, bool) {
	if i := number - firstPosition; i >= 0 && i < len(p.list) {
		return p.list[i], true
	}
	return position{line: number}, false
}

func (p *positions) line(number int) int {
	at, _ := p.at(number)
	return at.line
}

// numberer goes through a syntax tree in the order of the compiler.
type numberer struct {
	*positions
	block      int
	function   *numbered
	fieldLines map[*ast.TableExpr][]int
}

// numbered is a function that is being numbered.
type numbered struct {
	block    int
	literals map[lua.LValue]bool
	names    map[string]bool
}

// number puts the numbers of positions into a syntax tree.
func number(chunk []ast.Stmt, fieldLines map[*ast.TableExpr][]int) *positions {
	n := numberer{fieldLines: fieldLines, positions: &positions{lastInner: []int{0}, locals: map[int][]variable{},
		batches: map[int][]int{}, functions: map[int]int{}, mainGotos: map[jumpTo]bool{}}}
	n.function = newNumbered(0)
	n.statements(chunk)
	n.lastInner[0] = len(n.lastInner) - 1
	return n.positions
}

func newNumbered(block int) *numbered {
	return &numbered{block, map[lua.LValue]bool{}, map[string]bool{}}
}

func (n *numberer) add(p position) int {
	last := len(n.list) - 1
	if last < 0 || n.list[last] != p {
		n.list = append(n.list, p)
		last++
	}
	return firstPosition + last
}

// mark numbers a node.
func (n *numberer) mark(node ast.PositionHolder) {
	at := position{line: node.Line(), block: n.block}
	last := position{line: node.LastLine(), block: n.block}
	switch e := node.(type) {
	case *ast.WhileStmt: // of the jump back
		last.line, last.least = lastLine(e.Stmts), node.Line()
	case *ast.IfStmt: // of the jump over the rest
		at.line = lastLine(e.Then)
	case *ast.FuncCallExpr:
		if e.Func == nil {
			at.method = n.line(e.LastLine())
		}
	case *ast.TableExpr:
		if lines := n.fieldLines[e]; lines != nil {
			n.fields = append(n.fields, lines)
			at.fields = len(n.fields)
		}
	}
	node.SetLine(n.add(at))
	if node.LastLine() != 0 {
		node.SetLastLine(n.add(last))
	}
}

// lastLine returns the line of the end of a block, 0 for that of its last instruction.
func lastLine(block []ast.Stmt) int {
	if len(block) == 0 {
		return 0
	}
	return block[len(block)-1].LastLine()
}

func (n *numberer) declare(names ...string) {
	block := n.function.block
	for _, name := range names {
		n.locals[block] = append(n.locals[block], variable{name, n.block})
	}
}

// name counts a name that the compiler has as a constant.
func (n *numberer) name(name string, line int) {
	if n.function.names[name] = true; len(n.function.names) > maxNames && n.tooManyNames == 0 {
		n.tooManyNames = line
	}
}

// enter calls f within a new block.
func (n *numberer) enter(f func()) {
	outer := n.block
	n.block = len(n.lastInner)
	n.lastInner = append(n.lastInner, 0)
	f()
	n.lastInner[n.block] = len(n.lastInner) - 1
	n.block = outer
}

func (n *numberer) inner(list []ast.Stmt) { n.enter(func() { n.statements(list) }) }

func (n *numberer) statements(list []ast.Stmt) {
	for _, s := range list {
		n.statement(s)
	}
}

func (n *numberer) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.LabelStmt: // the compiler writes their lines into messages
		return
	case *ast.GotoStmt:
		if n.function.block == 0 {
			n.mainGotos[jumpTo{s.Label, s.Line()}] = true
		}
		return
	case *ast.NumberForStmt:
		n.enter(func() {
			n.mark(s)
			n.plain(&s.Init)
			n.plain(&s.Limit)
			if s.Step != nil {
				n.plain(&s.Step)
			}
			n.declare("(for index)", "(for limit)", "(for step)", s.Name)
			n.statements(s.Stmts)
		})
		return
	case *ast.GenericForStmt:
		n.enter(func() {
			n.mark(s)
			n.values(s.Exprs)
			n.declare("(for generator)", "(for state)", "(for control)")
			n.declare(s.Names...)
			n.statements(s.Stmts)
		})
		return
	}
	n.mark(s)
	switch s := s.(type) {
	case *ast.AssignStmt:
		n.values(s.Lhs)
		n.values(s.Rhs)
	case *ast.LocalAssignStmt:
		n.values(s.Exprs)
		n.declare(s.Names...)
	case *ast.FuncCallStmt:
		n.plain(&s.Expr)
	case *ast.DoBlockStmt:
		n.inner(s.Stmts)
	case *ast.WhileStmt:
		n.plain(&s.Condition)
		n.inner(s.Stmts)
	case *ast.RepeatStmt:
		n.enter(func() {
			n.statements(s.Stmts)
			n.plain(&s.Condition)
		})
	case *ast.IfStmt:
		n.plain(&s.Condition)
		n.inner(s.Then)
		n.inner(s.Else)
	case *ast.FuncDefStmt:
		if s.Name.Func != nil {
			n.plain(&s.Name.Func)
		}
		if s.Name.Receiver != nil {
			n.plain(&s.Name.Receiver)
			n.name(s.Name.Method, n.line(s.Line()))
		}
		n.body(s.Func, s.Name.Func == nil)
	case *ast.ReturnStmt:
		n.values(s.Exprs)
	}
}

// values goes through expressions that end in a register each.
func (n *numberer) values(list []ast.Expr) {
	for i := range list {
		n.value(&list[i])
	}
}

// value goes through an expression that ends in a register. A literal may be one that is loaded by a position.
func (n *numberer) value(e *ast.Expr) {
	literal, ok := literalOf(*e)
	if !ok || !n.isMarked(literal) {
		n.plain(e)
		return
	}
	marked := &ast.TrueExpr{} // for which the compiler writes one instruction of its own
	marked.SetLine(n.add(position{line: (*e).Line(), block: n.block, literal: literal}))
	*e = marked
}

// isMarked reports whether the compiler must not see a literal: it cannot tell -0 from 0, and would search long.
func (n *numberer) isMarked(literal lua.LValue) bool {
	if number, ok := literal.(lua.LNumber); ok && (number == 0 && math.Signbit(float64(number))) {
		return true
	}
	if n.function.literals[literal] {
		return false
	}
	if len(n.function.literals) >= maxPlain {
		return true
	}
	n.function.literals[literal] = true
	return false
}

// literalOf returns the value of a literal number or string.
func literalOf(e ast.Expr) (lua.LValue, bool) {
	switch e := e.(type) {
	case *ast.StringExpr:
		return lua.LString(e.Value), true
	case *ast.NumberExpr:
		n, ok := numberValue(e)
		return lua.LNumber(n), ok
	}
	return nil, false
}

// numberValue returns the value of a number as the rewriter has left it.
func numberValue(e *ast.NumberExpr) (float64, bool) { return backend.ParseNumber(e.Value) }

// plain goes through any expression.
func (n *numberer) plain(e *ast.Expr) {
	if f, ok := (*e).(*ast.FunctionExpr); ok {
		n.body(f, false)
		return
	}
	n.mark(*e)
	switch e := (*e).(type) {
	case *ast.IdentExpr:
		n.name(e.Value, n.line(e.Line()))
	case *ast.AttrGetExpr:
		n.plain(&e.Object)
		n.value(&e.Key)
	case *ast.TableExpr:
		n.table(e)
	case *ast.FuncCallExpr:
		if e.Func != nil {
			n.plain(&e.Func)
		} else {
			n.plain(&e.Receiver)
			n.name(e.Method, n.line(e.Line()))
		}
		n.values(e.Args)
	case *ast.LogicalOpExpr:
		n.plain(&e.Lhs)
		n.plain(&e.Rhs)
	case *ast.RelationalOpExpr:
		n.value(&e.Lhs)
		n.value(&e.Rhs)
	case *ast.ArithmeticOpExpr:
		n.value(&e.Lhs)
		n.value(&e.Rhs)
	case *ast.UnaryMinusOpExpr:
		n.plain(&e.Expr)
	case *ast.UnaryNotOpExpr:
		n.plain(&e.Expr)
	case *ast.UnaryLenOpExpr:
		n.plain(&e.Expr)
	}
}

// table goes through a constructor and notes the batches of positional fields that the compiler writes: the number of each,
// 0 for one that it writes once more.
func (n *numberer) table(e *ast.TableExpr) {
	positional := 0
	for i, f := range e.Fields {
		isLast, open := i == len(e.Fields)-1, false
		switch {
		case f.Key != nil:
			n.value(&f.Key)
			n.value(&f.Value)
		case isLast && isOpen(f.Value):
			n.plain(&f.Value)
			open = true
		default:
			n.value(&f.Value)
			positional++
		}
		full := positional > 0 && positional%lua.FieldsPerFlush == 0
		if !open && !full && (positional == 0 || !isLast) {
			continue
		}
		batch := positional/lua.FieldsPerFlush + 1
		switch {
		case full && f.Key != nil:
			batch = 0
		case full && !open:
			batch--
		}
		n.batches[n.function.block] = append(n.batches[n.function.block], batch)
	}
}

// isOpen reports whether an expression may have more values than one.
func isOpen(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.FuncCallExpr:
		return !e.AdjustRet
	case *ast.Comma3Expr:
		return !e.AdjustRet
	}
	return false
}

// body goes through a function, whose number is that of its block.
func (n *numberer) body(f *ast.FunctionExpr, method bool) {
	outer := n.function
	n.enter(func() {
		n.function = newNumbered(n.block)
		n.mark(f)
		n.functions[f.Line()] = n.block
		if method {
			n.declare("self")
		}
		n.declare(f.ParList.Names...)
		if f.ParList.HasVargs && lua.CompatVarArg {
			n.declare("arg")
		}
		n.statements(f.Stmts)
	})
	n.function = outer
}

// scopes corrects the ends of the scopes of local variables. The compiler writes them by register, so that those of two
// variables that had the same one are mixed up.
func (p *positions) scopes(proto *lua.FunctionProto, locals []variable) {
	exact := len(locals) == len(proto.DbgLocals)
	for i, v := range proto.DbgLocals {
		exact = exact && v.Name == locals[i].name
	}
	if !exact { // not the compiler that this was written for
		proto.DbgLocals = nil
		return
	}
	blocks := make([]int, len(proto.Code))
	for pc, number := range proto.DbgSourcePositions {
		blocks[pc] = -1
		if at, ok := p.at(number); ok {
			blocks[pc] = at.block
		}
	}
	for i, v := range proto.DbgLocals {
		first := locals[i].block
		last := p.lastInner[first]
		v.EndPc = v.StartPc
		for v.EndPc < len(blocks) && (blocks[v.EndPc] < 0 || first <= blocks[v.EndPc] && blocks[v.EndPc] <= last) {
			v.EndPc++
		}
		v.EndPc-- // the last instruction
	}
}
