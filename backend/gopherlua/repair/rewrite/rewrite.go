package rewrite

import (
	"math"
	"strconv"
	"strings"

	"github.com/yuin/gopher-lua/ast"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/source"
)

const (
	// maxDepth is how many operators or calls may follow one another without nesting, as in 1 + 1 + 1.
	maxDepth = 5_000
	// maxOperands is how many operands of a concatenation are kept in registers.
	maxOperands = 100
)

// MarkStart begins the names of the globals that stand for functions until the code is finished.
const MarkStart = "\x00mtstates"

// rewriter goes through a syntax tree.
type rewriter struct {
	levels, depth int
	blocks        int              // around the statement
	loops         []*loop          // around it in its function, the innermost last
	tooDeep       int              // the line where there are too many levels, 0 while there are not
	concats       []*ast.IdentExpr // of concat
	lists         []*ast.IdentExpr // of concatList
	mark          string           // begins no string of the source
	keepConcat    bool             // concatenations stay as they are
	power, modulo func(x, y float64) float64
	lines         []int                    // of what is still ahead, see source.Prepared
	fieldLines    map[*ast.TableExpr][]int // of the fields with keys, when they are not all on one line
}

// marks gives the functions names that are not in the source, under which the code has them until it is finished.
func (r *rewriter) marks() callMarks {
	marks := callMarks{concat: r.mark + " ..", list: r.mark + " ...", used: len(r.concats)+len(r.lists) > 0}
	for _, id := range r.concats {
		id.Value = marks.concat
	}
	for _, id := range r.lists {
		id.Value = marks.list
	}
	return marks
}

// callMarks are the names of globals that stand for functions.
type callMarks struct {
	concat, list string
	used         bool
}

// enter goes one step down; it is false when that is too far. leave goes back.
func (r *rewriter) enter(at ast.PositionHolder, levels int) bool {
	r.levels += levels
	r.depth++
	if (r.levels > source.MaxLevels || r.depth > maxDepth) && r.tooDeep == 0 {
		r.tooDeep = max(at.Line(), 1)
	}
	return r.tooDeep == 0
}

func (r *rewriter) leave(levels int) {
	r.levels -= levels
	r.depth--
}

// block goes through the statements of a block and returns what takes their place.
func (r *rewriter) block(stmts []ast.Stmt) []ast.Stmt {
	r.blocks++
	for i, s := range stmts {
		if r.enter(s, 1) {
			stmts[i] = r.statement(s)
		}
		r.leave(1)
	}
	r.blocks--
	return noJumpBehindLabels(stmts)
}

// statement goes through a statement and returns what takes its place.
func (r *rewriter) statement(s ast.Stmt) ast.Stmt {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return r.assignment(s)
	case *ast.LocalAssignStmt:
		r.local(s)
	case *ast.FuncCallStmt:
		s.Expr = r.expr(s.Expr)
	case *ast.DoBlockStmt:
		s.Stmts = r.block(s.Stmts)
	case *ast.WhileStmt:
		s.Condition = r.expr(s.Condition)
		s.Stmts = r.loopBody(s.Stmts, s)
	case *ast.RepeatStmt:
		s.Stmts = r.loopBody(s.Stmts, s)
		s.Condition = r.expr(s.Condition)
	case *ast.IfStmt:
		r.ifStatement(s)
	case *ast.NumberForStmt:
		s.Init, s.Limit = r.forLimit(s.Init, s), r.forLimit(s.Limit, s)
		if s.Step != nil {
			s.Step = r.forLimit(s.Step, s)
		}
		s.Stmts = r.loopBody(s.Stmts, s)
	case *ast.BreakStmt:
		r.leaveLoop()
	case *ast.GenericForStmt:
		return r.genericFor(s)
	case *ast.FuncDefStmt:
		if s.Name.Func != nil {
			s.Name.Func = r.expr(s.Name.Func)
		}
		if s.Name.Receiver != nil {
			s.Name.Receiver = r.expr(s.Name.Receiver)
		}
		s.Func.Stmts = r.functionBody(s.Func.Stmts)
	case *ast.ReturnStmt:
		r.exprs(s.Exprs)
	}
	return s
}

// ifStatement goes through a chain of elseif without nesting.
func (r *rewriter) ifStatement(s *ast.IfStmt) {
	s.Condition = r.expr(s.Condition)
	s.Then = r.block(s.Then)
	if len(s.Else) == 1 {
		if chained, ok := s.Else[0].(*ast.IfStmt); ok {
			if r.enter(chained, 0) {
				r.ifStatement(chained)
			}
			r.leave(0)
			return
		}
	}
	s.Else = r.block(s.Else)
}

func (r *rewriter) exprs(list []ast.Expr) {
	for i := range list {
		list[i] = r.expr(list[i])
	}
}

// expr goes through an expression that is nested in another or in a statement, and returns what takes its place.
func (r *rewriter) expr(e ast.Expr) ast.Expr {
	if r.enter(e, 1) {
		e = r.operand(e)
	}
	r.leave(1)
	return e
}

// first goes through the first part of an expression, which is not nested.
func (r *rewriter) first(e ast.Expr) ast.Expr {
	if r.enter(e, 0) {
		e = r.operand(e)
	}
	r.leave(0)
	return e
}

func (r *rewriter) operand(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.NumberExpr:
		e.Value = plainNumber(e.Value)
	case *ast.StringExpr:
		for r.mark != "" && strings.HasPrefix(e.Value, r.mark) {
			r.mark += "."
		}
	case *ast.AttrGetExpr:
		e.Object, e.Key = r.first(e.Object), r.expr(e.Key)
		r.takeLine(e)
	case *ast.TableExpr:
		r.table(e)
	case *ast.FuncCallExpr:
		if e.Func != nil {
			e.Func = r.first(e.Func)
		}
		if e.Receiver != nil {
			e.Receiver = r.first(e.Receiver)
			r.takeLine(e)
			e.SetLastLine(e.Line()) // of the instruction that looks the method up, see numberer
		}
		r.exprs(e.Args)
		r.takeLine(e)
	case *ast.LogicalOpExpr:
		e.Lhs, e.Rhs = r.first(e.Lhs), r.expr(e.Rhs)
		return logical(e)
	case *ast.RelationalOpExpr:
		e.Lhs, e.Rhs = r.first(e.Lhs), r.expr(e.Rhs)
		r.takeLine(e)
	case *ast.ArithmeticOpExpr:
		e.Lhs, e.Rhs = r.first(e.Lhs), r.expr(e.Rhs)
		r.takeLine(e)
		if n, ok := r.constant(e); ok { // the compiler would take -0 for 0, and has its own % and ^
			return literal(n, e)
		}
	case *ast.StringConcatOpExpr:
		if !r.keepConcat {
			return r.concat(e)
		}
		e.Lhs, e.Rhs = r.first(e.Lhs), r.first(e.Rhs)
		r.takeLine(e)
	case *ast.UnaryMinusOpExpr:
		e.Expr = r.expr(e.Expr)
		r.takeLine(e)
		if n, ok := e.Expr.(*ast.NumberExpr); ok && !r.keepConcat {
			if value, _ := numberValue(n); value == 0 { // which the compiler would fold to 0
				return literal(-value, n)
			}
		}
	case *ast.UnaryNotOpExpr:
		e.Expr = r.expr(e.Expr)
		r.takeLine(e)
		return negation(e)
	case *ast.UnaryLenOpExpr:
		e.Expr = r.expr(e.Expr)
		r.takeLine(e)
	case *ast.FunctionExpr:
		e.Stmts = r.functionBody(e.Stmts)
	}
	return e
}

// table goes through a constructor.
func (r *rewriter) table(e *ast.TableExpr) {
	var lines []int
	several := false
	for _, f := range e.Fields {
		if f.Key != nil {
			f.Key = r.expr(f.Key)
		}
		f.Value = r.expr(f.Value)
		if f.Key != nil {
			single(f.Value)
			line := r.nextLine(e.Line())
			several = several || line != e.Line()
			lines = append(lines, line)
		}
	}
	if several {
		r.fieldLines[e] = lines
	}
}

// nextLine returns the line of what was gone through, or else the VM's.
func (r *rewriter) nextLine(vm int) int {
	if len(r.lines) == 0 {
		return vm
	}
	line := r.lines[0]
	r.lines = r.lines[1:]
	return line
}

// takeLine sets the line of what was gone through.
func (r *rewriter) takeLine(e ast.PositionHolder) { e.SetLine(r.nextLine(e.Line())) }

// concat makes a call of a chain of concatenations: concat(a, b, c), or concatList(3, {a, b, c}) when there are many.
func (r *rewriter) concat(e *ast.StringConcatOpExpr) ast.Expr {
	var operands []ast.Expr
	var rest ast.Expr = e
	chain := 0
	for {
		pair, ok := rest.(*ast.StringConcatOpExpr)
		if !ok {
			break
		}
		chain++
		operands = append(operands, r.first(pair.Lhs))
		rest = pair.Rhs
	}
	last := r.first(rest)
	single(last)
	operands = append(operands, last)
	for range chain {
		r.takeLine(e)
	}

	name := &ast.IdentExpr{}
	call := &ast.FuncCallExpr{Func: name, Args: operands, AdjustRet: true}
	if len(operands) > maxOperands {
		r.lists = append(r.lists, name)
		call.Args = []ast.Expr{numberOf(len(operands), e), listOf(operands, e)}
	} else {
		r.concats = append(r.concats, name)
	}
	name.SetLine(e.Line())
	call.SetLine(e.Line())
	call.SetLastLine(e.LastLine())
	return call
}

// single makes one value of a call or "...".
func single(e ast.Expr) {
	switch e := e.(type) {
	case *ast.FuncCallExpr:
		e.AdjustRet = true
	case *ast.Comma3Expr:
		e.AdjustRet = true
	}
}

// constant returns the value of an expression of numerals; ok is false when it is another, or there are no functions for
// the operators.
func (r *rewriter) constant(e ast.Expr) (n float64, ok bool) {
	if r.power == nil {
		return 0, false
	}
	switch e := e.(type) {
	case *ast.NumberExpr:
		return numberValue(e)
	case *ast.UnaryMinusOpExpr:
		n, ok = r.constant(e.Expr)
		return -n, ok
	case *ast.ArithmeticOpExpr:
		a, aOK := r.constant(e.Lhs)
		b, bOK := r.constant(e.Rhs)
		if !aOK || !bOK {
			return 0, false
		}
		switch e.Operator {
		case "+":
			return a + b, true
		case "-":
			return a - b, true
		case "*":
			return a * b, true
		case "/":
			return a / b, true
		case "%":
			return r.modulo(a, b), true
		case "^":
			return r.power(a, b), true
		}
	}
	return 0, false
}

// literal is an expression of numerals for a number: a fraction for those that have no numeral.
func literal(n float64, at ast.Expr) ast.Expr {
	switch {
	case math.IsNaN(n):
		return fraction("0", at)
	case math.IsInf(n, 1):
		return fraction("1", at)
	case math.IsInf(n, -1):
		return fraction("-1", at)
	}
	text := strconv.FormatFloat(n, 'g', -1, 64)
	if n == 0 && math.Signbit(n) {
		text = "-0.0"
	}
	e := &ast.NumberExpr{Value: text}
	e.SetLine(at.Line())
	return e
}

// fraction is a numeral divided by zero.
func fraction(numerator string, at ast.Expr) ast.Expr {
	e := &ast.ArithmeticOpExpr{Operator: "/", Lhs: &ast.NumberExpr{Value: numerator}, Rhs: &ast.NumberExpr{Value: "0"}}
	for _, p := range []ast.PositionHolder{e, e.Lhs, e.Rhs} {
		p.SetLine(at.Line())
	}
	return e
}

func numberOf(n int, at ast.Expr) ast.Expr {
	e := &ast.NumberExpr{Value: strconv.Itoa(n)}
	e.SetLine(at.Line())
	return e
}

func listOf(values []ast.Expr, at ast.Expr) ast.Expr {
	e := &ast.TableExpr{}
	for _, v := range values {
		e.Fields = append(e.Fields, &ast.Field{Value: v})
	}
	e.SetLine(at.Line())
	return e
}

// plainNumber returns a number of the source in decimal digits, without a 0 in front that means octal to the VM.
func plainNumber(text string) string {
	if len(text) < 16 && text[0] != '0' && strings.Trim(text, "0123456789") == "" {
		return text
	}
	n, ok := backend.ParseNumber(text)
	if !ok {
		return text
	}
	return strconv.FormatFloat(n, 'g', -1, 64)
}
