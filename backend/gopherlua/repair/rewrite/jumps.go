package rewrite

import "github.com/yuin/gopher-lua/ast"

// The compiler shortens jumps to jumps. When one leads back to another that it has shortened before, it takes the length
// of that for a label, and the jump goes anywhere. So no loop may begin with a jump, and nothing behind a label.

// noJumpBehindLabels puts an instruction between labels and jumps.
func noJumpBehindLabels(stmts []ast.Stmt) []ast.Stmt {
	first, labels := none, map[int]bool{}
	for i := len(stmts) - 1; i >= 0; i-- {
		_, isLabel := stmts[i].(*ast.LabelStmt)
		if isLabel && first == jump {
			labels[i] = true
			first = other
		} else if f := beginningOf(stmts[i]); f != none {
			first = f
		}
	}
	if len(labels) == 0 {
		return stmts
	}
	var all []ast.Stmt
	for i, s := range stmts {
		if all = append(all, s); labels[i] {
			all = append(all, doNothing(s))
		}
	}
	return all
}

// noJump returns statements that do not begin with a jump.
func noJump(stmts []ast.Stmt, at ast.PositionHolder) []ast.Stmt {
	if beginning(stmts) != jump {
		return stmts
	}
	return append([]ast.Stmt{doNothing(at)}, stmts...)
}

// doNothing is a statement that does nothing, with an instruction.
func doNothing(at ast.PositionHolder) ast.Stmt {
	value := &ast.FalseExpr{}
	local := &ast.LocalAssignStmt{Names: []string{"(nothing)"}, Exprs: []ast.Expr{value}}
	block := &ast.DoBlockStmt{Stmts: []ast.Stmt{local}}
	for _, p := range []ast.PositionHolder{value, local, block} {
		p.SetLine(at.Line())
		p.SetLastLine(at.Line())
	}
	return block
}

// instruction is what code begins with.
type instruction int

const (
	none instruction = iota // there may be no code
	jump                    // it may be a jump
	other
)

// beginning returns what the code of statements begins with.
func beginning(stmts []ast.Stmt) instruction {
	for _, s := range stmts {
		if first := beginningOf(s); first != none {
			return first
		}
	}
	return none
}

func beginningOf(s ast.Stmt) instruction {
	switch s := s.(type) {
	case *ast.BreakStmt, *ast.GotoStmt:
		return jump
	case *ast.LabelStmt:
		return none
	case *ast.DoBlockStmt:
		return beginning(s.Stmts)
	case *ast.IfStmt:
		return conditional(s.Condition, s.Then)
	case *ast.WhileStmt:
		return conditional(s.Condition, s.Stmts)
	case *ast.RepeatStmt:
		if first := beginning(s.Stmts); first != none {
			return first
		}
		return conditional(s.Condition, nil)
	case *ast.LocalAssignStmt:
		if len(s.Exprs) == 0 || areConstant(s.Exprs) { // the instruction before may do it
			return none
		}
	case *ast.AssignStmt:
		if _, ok := s.Rhs[0].(*ast.IdentExpr); ok { // of a variable to itself
			return none
		}
	}
	return other
}

// conditional returns what the code of a statement begins with that has a condition and then a block.
func conditional(condition ast.Expr, block []ast.Stmt) instruction {
	truth, ok := truthOf(condition)
	if !ok {
		return other
	}
	if !truth {
		return jump
	}
	if first := beginning(block); first != none {
		return first
	}
	return jump // over what is behind the block, or back
}

// truthOf returns whether a literal counts as true; ok is false for other expressions.
func truthOf(e ast.Expr) (truth, ok bool) {
	switch e.(type) {
	case *ast.FalseExpr, *ast.NilExpr:
		return false, true
	case *ast.TrueExpr, *ast.NumberExpr, *ast.StringExpr:
		return true, true
	}
	return false, false
}

// logical returns the operand that "and" or "or" gives when the first is a literal, as Lua's own compiler does: so it is
// named in messages, and the code does not begin with a jump.
func logical(e *ast.LogicalOpExpr) ast.Expr {
	truth, ok := foldedTruth(e.Lhs)
	switch {
	case !ok:
		return e
	case truth == (e.Operator == "and"):
		single(e.Rhs)
		return e.Rhs
	}
	return e.Lhs
}

// foldedTruth is truthOf, and knows operations with numerals too.
func foldedTruth(e ast.Expr) (truth, ok bool) {
	if isNumeric(e) {
		return true, true
	}
	return truthOf(e)
}

// isNumeric reports whether an expression consists of numerals only.
func isNumeric(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.NumberExpr:
		return true
	case *ast.UnaryMinusOpExpr:
		return isNumeric(e.Expr)
	case *ast.ArithmeticOpExpr:
		return isNumeric(e.Lhs) && isNumeric(e.Rhs)
	}
	return false
}

// negation returns the literal that "not" makes of another.
func negation(e *ast.UnaryNotOpExpr) ast.Expr {
	truth, ok := foldedTruth(e.Expr)
	if !ok {
		return e
	}
	var value ast.Expr = &ast.TrueExpr{}
	if truth {
		value = &ast.FalseExpr{}
	}
	value.SetLine(e.Line())
	value.SetLastLine(e.LastLine())
	return value
}
