package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitErrors makes errors_gen.go for each module with errors: a sentinel per error, and the list of them.
func emitErrors(s *spec.Spec) ([]File, error) {
	var files []File
	for _, m := range s.Modules {
		errors := s.ModuleErrors(m.Name)
		if len(errors) == 0 {
			continue
		}
		f := newGoFile(modulePath(m), m.Package, "errors.yaml")
		for _, e := range errors {
			// // ErrObjectClosed: An operation was performed on a closed state.
			// var ErrObjectClosed = NewError("mtstates.error.object_closed")
			f.Add(comment("Err" + exported(e.Name) + ": " + e.Doc))
			f.Var().Id("Err"+exported(e.Name)).Op("=").Qual(corePath, "NewError").Call(jen.Lit(e.LuaName()))
		}
		// // moduleErrors are the errors of the module.
		// var moduleErrors = []*Error{ErrInvokingState, ErrObjectClosed}
		f.Comment("moduleErrors are the errors of the module.")
		f.Var().Id("moduleErrors").Op("=").Index().Op("*").Qual(corePath, "Error").ValuesFunc(func(g *jen.Group) {
			for _, e := range errors {
				g.Line().Id("Err" + exported(e.Name))
			}
			g.Line()
		})
		file, err := goFile(f, moduleFolder(m), "errors_gen.go")
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// modulePath returns the import path of a module's package.
func modulePath(m *spec.Module) string { return root + "/" + moduleFolder(m) }

// moduleFolder returns the folder of a module's package: the core's, or one below it.
func moduleFolder(m *spec.Module) string {
	if m.Package == "mtstates" {
		return "mtstates"
	}
	return "mtstates/" + m.Package
}
