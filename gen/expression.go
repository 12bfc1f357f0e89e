package gen

import (
	"fmt"
	"go/ast"

	"github.com/dave/jennifer/jen"
)

// translator writes parsed Go expressions with jennifer.
type translator struct {
	// rename replaces identifiers: l becomes s.l.
	rename map[string]*jen.Statement
	// packages are the import paths of identifiers that stand for packages.
	packages map[string]string
}

// expression returns the same expression; it panics on forms that the spec refuses.
func (t translator) expression(e ast.Expr) *jen.Statement {
	switch e := e.(type) {
	case *ast.Ident:
		if s, ok := t.rename[e.Name]; ok {
			return s.Clone()
		}
		return jen.Id(e.Name)
	case *ast.SelectorExpr:
		if name, ok := e.X.(*ast.Ident); ok && t.packages[name.Name] != "" {
			return jen.Qual(t.packages[name.Name], e.Sel.Name)
		}
		return t.expression(e.X).Dot(e.Sel.Name)
	case *ast.CallExpr:
		return t.expression(e.Fun).CallFunc(func(g *jen.Group) {
			for _, arg := range e.Args {
				g.Add(t.expression(arg))
			}
		})
	case *ast.BasicLit:
		return jen.Op(e.Value)
	case *ast.ParenExpr:
		return jen.Parens(t.expression(e.X))
	case *ast.UnaryExpr:
		return jen.Op(e.Op.String()).Add(t.expression(e.X))
	case *ast.StarExpr:
		return jen.Op("*").Add(t.expression(e.X))
	case *ast.BinaryExpr:
		return t.expression(e.X).Op(e.Op.String()).Add(t.expression(e.Y))
	case *ast.IndexExpr:
		return t.expression(e.X).Index(t.expression(e.Index))
	}
	panic(fmt.Sprintf("the spec let a %T through", e))
}
