package rewrite

import "github.com/yuin/gopher-lua/ast"

// loop is a loop of the function that the rewriter is in.
type loop struct {
	blocks   int  // the nesting of its body
	breaks   bool // from a block in its body
	closures bool // there are functions in its body
}

// loopBody goes through the body of a loop. A break leaves open what functions share of the variables of inner blocks:
// the compiler closes upvalues there only when the loop's own block has some. So it is given one.
func (r *rewriter) loopBody(body []ast.Stmt, at ast.Stmt) []ast.Stmt {
	l := &loop{blocks: r.blocks + 1}
	r.loops = append(r.loops, l)
	body = r.block(body)
	r.loops = r.loops[:len(r.loops)-1]
	if !l.breaks || !l.closures {
		return noJump(body, at)
	}
	const name = "(upvalue)"
	variable := &ast.LocalAssignStmt{Names: []string{name}, Exprs: []ast.Expr{}}
	use := &ast.ReturnStmt{Exprs: []ast.Expr{identifier(name, at)}}
	function := &ast.FunctionExpr{ParList: &ast.ParList{Names: []string{}}, Stmts: []ast.Stmt{use}}
	closure := &ast.LocalAssignStmt{Names: []string{"(closure)"}, Exprs: []ast.Expr{function}}
	never := &ast.IfStmt{Condition: &ast.FalseExpr{}, Then: []ast.Stmt{closure}}
	for _, p := range []ast.PositionHolder{variable, use, function, closure, never, never.Condition} {
		p.SetLine(at.Line())
		p.SetLastLine(at.Line())
	}
	return noJump(append([]ast.Stmt{variable, never}, body...), at)
}

// leaveLoop notes a break.
func (r *rewriter) leaveLoop() {
	if n := len(r.loops); n > 0 && r.blocks > r.loops[n-1].blocks {
		r.loops[n-1].breaks = true
	}
}

// functionBody goes through the body of a function, whose loops are others, and returns what takes its place.
func (r *rewriter) functionBody(body []ast.Stmt) []ast.Stmt {
	for _, l := range r.loops {
		l.closures = true
	}
	outer := r.loops
	r.loops = nil
	body = r.block(body)
	r.loops = outer
	return body
}
