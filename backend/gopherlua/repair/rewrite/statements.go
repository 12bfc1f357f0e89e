package rewrite

import (
	"fmt"

	"github.com/yuin/gopher-lua/ast"
)

// Statements that the VM's compiler gets wrong, in a form that it gets right.

// assignment evaluates all expressions before the first variable is assigned: the compiler assigns a variable before it
// reads it for the next, puts a called function into the last parameter before it reads that for the call, and does not
// assign what "and" and "or" give to a variable when they need not look at their second operand.
func (r *rewriter) assignment(s *ast.AssignStmt) ast.Stmt {
	r.exprs(s.Lhs)
	r.exprs(s.Rhs)
	r.assignmentLines(s)
	if len(s.Rhs) == 1 {
		call, isCall := s.Rhs[0].(*ast.FuncCallExpr)
		if isCall && len(s.Lhs) == 1 {
			call.AdjustRet = false // it is one value anyway
		}
		_, isLogical := s.Rhs[0].(*ast.LogicalOpExpr)
		if len(s.Lhs) == 1 && !isLogical || isCall && !call.AdjustRet {
			return s
		}
	}
	if !hasVariable(s.Lhs) || areConstant(s.Rhs) && !hasField(s.Lhs) {
		return s
	}
	return valuesFirst(s)
}

// assignmentLines gives the fields that are assigned the line of the last value.
func (r *rewriter) assignmentLines(s *ast.AssignStmt) {
	line := r.nextLine(0)
	for _, target := range s.Lhs {
		if _, ok := target.(*ast.AttrGetExpr); ok && line != 0 {
			target.SetLine(line)
		}
	}
}

// valuesFirst makes a block of an assignment that has local variables for the values. Fields are assigned first, because
// their tables and keys may be variables that are assigned.
func valuesFirst(s *ast.AssignStmt) ast.Stmt {
	values := &ast.LocalAssignStmt{Exprs: s.Rhs}
	fields := &ast.AssignStmt{}
	block := &ast.DoBlockStmt{Stmts: []ast.Stmt{values}}
	var variables []ast.Stmt
	for i, target := range s.Lhs {
		name := fmt.Sprintf("(value %d)", i+1)
		values.Names = append(values.Names, name)
		value := identifier(name, s)
		if _, ok := target.(*ast.IdentExpr); ok {
			variable := &ast.AssignStmt{Lhs: []ast.Expr{target}, Rhs: []ast.Expr{value}}
			variable.SetLine(s.Line())
			variables = append([]ast.Stmt{variable}, variables...)
			continue
		}
		fields.Lhs = append(fields.Lhs, target)
		fields.Rhs = append(fields.Rhs, value)
	}
	if len(fields.Lhs) > 0 {
		block.Stmts = append(block.Stmts, fields)
	}
	block.Stmts = append(block.Stmts, variables...)
	for _, p := range []ast.PositionHolder{values, fields, block} {
		p.SetLine(s.Line())
		p.SetLastLine(s.LastLine())
	}
	return block
}

func hasVariable(targets []ast.Expr) bool {
	for _, t := range targets {
		if _, ok := t.(*ast.IdentExpr); ok {
			return true
		}
	}
	return false
}

func hasField(targets []ast.Expr) bool {
	for _, t := range targets {
		if _, ok := t.(*ast.AttrGetExpr); ok {
			return true
		}
	}
	return false
}

func areConstant(values []ast.Expr) bool {
	for _, v := range values {
		switch v.(type) {
		case *ast.NumberExpr, *ast.StringExpr, *ast.NilExpr, *ast.TrueExpr, *ast.FalseExpr:
		default:
			return false
		}
	}
	return true
}

// local keeps a variable out of the function that is its first value: the compiler cannot tell "local f = function"
// from "local function f". Only the second has a last line, and one value more makes the compiler see the difference.
func (r *rewriter) local(s *ast.LocalAssignStmt) {
	r.exprs(s.Exprs)
	if len(s.Names) != 1 || len(s.Exprs) != 1 || s.LastLine() != 0 {
		return
	}
	if _, ok := s.Exprs[0].(*ast.FunctionExpr); ok {
		nothing := &ast.NilExpr{}
		nothing.SetLine(s.Line())
		s.Exprs = append(s.Exprs, nothing)
	}
}

// genericFor gives the loop its three values as variables, unless a single call returns them: the compiler counts the
// values by the loop's names.
func (r *rewriter) genericFor(s *ast.GenericForStmt) ast.Stmt {
	r.exprs(s.Exprs)
	r.takeLine(s)
	s.Stmts = r.loopBody(s.Stmts, s)
	if len(s.Exprs) == 1 {
		if call, ok := s.Exprs[0].(*ast.FuncCallExpr); ok && !call.AdjustRet {
			return s
		}
	}
	values := &ast.LocalAssignStmt{Names: []string{"(function)", "(state)", "(control)"}, Exprs: s.Exprs}
	s.Exprs = nil
	for _, name := range values.Names {
		s.Exprs = append(s.Exprs, identifier(name, s))
	}
	block := &ast.DoBlockStmt{Stmts: []ast.Stmt{values, s}}
	for _, p := range []ast.PositionHolder{values, block} {
		p.SetLine(s.Line())
		p.SetLastLine(s.LastLine())
	}
	return block
}

// forLimit makes a number of a numeric string: arithmetic converts it, and the loop does not.
func (r *rewriter) forLimit(e ast.Expr, at ast.PositionHolder) ast.Expr {
	e = r.expr(e)
	switch e := e.(type) {
	case *ast.NumberExpr, *ast.ArithmeticOpExpr, *ast.UnaryMinusOpExpr, *ast.UnaryLenOpExpr, nil:
		return e
	}
	sum := &ast.ArithmeticOpExpr{Operator: "-", Lhs: e, Rhs: numberOf(0, e)}
	sum.SetLine(at.Line())
	return sum
}

func identifier(name string, at ast.PositionHolder) ast.Expr {
	id := &ast.IdentExpr{Value: name}
	id.SetLine(at.Line())
	return id
}
