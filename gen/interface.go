package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitInterface makes backend/backend_gen.go, the interface VM.
func emitInterface(s *Target) ([]File, error) {
	f := s.newGoFile(backendPath, "backend", "backend.yaml")
	// // VM is one Lua state of a virtual machine, seen from its running function.
	// type VM interface { ... }
	f.Comment("VM is one Lua state of a virtual machine, seen from its running function.")
	f.Type().Id("VM").InterfaceFunc(func(g *jen.Group) {
		group := ""
		for _, op := range s.Operations {
			if op.Group != group {
				// // Stack
				//
				if group != "" {
					g.Line()
				}
				group = op.Group
				g.Comment(spec.Exported(group))
				g.Line()
			}
			// // GetTop returns the number of values on the stack, which is the index of the topmost one.
			// GetTop() int
			g.Add(comment(op.Doc))
			g.Id(op.Name).Add(signature(op))
		}
	})
	file, err := goFile(f, "backend", "backend_gen.go")
	return []File{file}, err
}

// signature returns (index int) (n float64, ok bool)
func signature(op *spec.Operation) *jen.Statement {
	parameters := func(g *jen.Group) {
		for _, arg := range op.Args {
			g.Id(arg.Name).Add(goType(arg.Type))
		}
	}
	s := jen.ParamsFunc(parameters)
	switch {
	case len(op.Results) == 1 && op.Results[0].Name == "":
		s.Add(goType(op.Results[0].Type))
	case len(op.Results) > 0:
		s.ParamsFunc(func(g *jen.Group) {
			for _, result := range op.Results {
				g.Add(resultName(result), goType(result.Type))
			}
		})
	}
	return s
}

func resultName(result spec.Field) *jen.Statement {
	if result.Name == "" {
		return jen.Null()
	}
	return jen.Id(result.Name)
}

// goType returns *backend.Failure, int, ...
func goType(t spec.GoType) *jen.Statement {
	if t.Backend {
		return jen.Op(t.Prefix).Qual(backendPath, t.Name)
	}
	return jen.Op(t.Prefix).Id(t.Name)
}
