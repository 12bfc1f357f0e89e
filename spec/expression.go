package spec

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
)

// parseExpr parses a Go expression of the forms that emittable allows.
func parseExpr(text string) (ast.Expr, error) {
	expr, err := parser.ParseExpr(text)
	if err != nil {
		var list scanner.ErrorList
		if errors.As(err, &list) {
			err = errors.New(list[0].Msg)
		}
		return nil, fmt.Errorf("%q is not a Go expression: %w", text, err)
	}
	ast.Inspect(expr, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && err == nil && !emittable(e) {
			err = fmt.Errorf("%q: %s is a form that the generator cannot write", text, types.ExprString(e))
		}
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return expr, nil
}

// emittable reports whether the generator can write an expression: identifiers, selectors, calls, literals,
// parentheses, unary and binary operators, indexes and dereferences.
func emittable(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CallExpr:
		return !e.Ellipsis.IsValid()
	case *ast.Ident, *ast.SelectorExpr, *ast.BasicLit, *ast.ParenExpr, *ast.UnaryExpr, *ast.BinaryExpr,
		*ast.IndexExpr, *ast.StarExpr:
		return true
	}
	return false
}

// unknownNames returns the identifiers of an expression that are neither known nor predeclared.
func unknownNames(expr ast.Expr, known []string) []string {
	var unknown []string
	ast.Inspect(expr, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			unknown = append(unknown, unknownNames(n.X, known)...)
			return false
		case *ast.Ident:
			if !slices.Contains(known, n.Name) && types.Universe.Lookup(n.Name) == nil {
				unknown = append(unknown, n.Name)
			}
		}
		return true
	})
	return unknown
}

func isCall(expr ast.Expr) bool {
	_, ok := ast.Unparen(expr).(*ast.CallExpr)
	return ok
}

// literalTypes returns the types of arguments that a Go literal fits, none for anything else.
func literalTypes(text string) []string {
	expr, err := parseExpr(text)
	if err != nil || types.ExprString(expr) != text {
		return nil // a comment, for one, is not part of an expression
	}
	if minus, ok := expr.(*ast.UnaryExpr); ok && minus.Op == token.SUB {
		if _, number := minus.X.(*ast.BasicLit); number {
			expr = minus.X
		}
	}
	switch expr := expr.(type) {
	case *ast.BasicLit:
		switch {
		case expr.Kind == token.INT:
			return []string{"integer", "number"}
		case expr.Kind == token.FLOAT:
			return []string{"number"}
		case expr.Kind == token.STRING && text == expr.Value:
			return []string{"string"}
		}
	case *ast.Ident:
		if expr.Name == "true" || expr.Name == "false" {
			return []string{"boolean"}
		}
	}
	return nil
}
