package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitStub makes backend/stub/stub_gen.go, a State for unit tests.
func emitStub(s *spec.Spec) ([]File, error) {
	f := newGoFile(stubPath, "stub", "backend.yaml")
	f.PackageComment("// Package stub has a backend.State without a VM, for unit tests of what uses states. Only tests import it.")
	state := jen.Op("*").Id("State")
	// // State calls its function fields; a method whose field is nil panics.
	// type State struct { OnTop func() int }
	f.Comment("State implements backend.State: each method calls the field On and its name, and panics when that is nil.")
	f.Type().Id("State").StructFunc(func(g *jen.Group) {
		for _, op := range s.Operations {
			g.Id("On" + op.Name).Func().Add(signature(op))
		}
	})
	// var _ backend.State = (*State)(nil)
	f.Var().Id("_").Qual(backendPath, "State").Op("=").Parens(state).Call(jen.Nil())
	for _, op := range s.Operations {
		field := jen.Id("stub").Dot("On" + op.Name)
		call := field.Clone().CallFunc(func(g *jen.Group) {
			for _, arg := range op.Args {
				g.Id(arg.Name)
			}
		})
		if len(op.Results) > 0 {
			call = jen.Return(call)
		}
		// // Top calls OnTop.
		// func (stub *State) Top() int {
		//	if stub.OnTop == nil {
		//		panic("stub: Top is not set")
		//	}
		//	return stub.OnTop()
		// }
		f.Comment(op.Name + " calls On" + op.Name + ".")
		f.Func().Params(jen.Id("stub").Add(state)).Id(op.Name).Add(signature(op)).Block(
			jen.If(field.Clone().Op("==").Nil()).Block(jen.Panic(jen.Lit("stub: "+op.Name+" is not set"))),
			call,
		)
	}
	file, err := goFile(f, "backend/stub", "stub_gen.go")
	return []File{file}, err
}
