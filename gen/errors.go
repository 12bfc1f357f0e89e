package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitErrors makes errors_gen.go for each module with errors: a sentinel per error, and the list of them.
func emitErrors(s *Target) ([]File, error) {
	var files []File
	for _, m := range s.Modules {
		errors := s.ModuleErrors(m.Name)
		if len(errors) == 0 {
			continue
		}
		f := s.newGoFile(s.modulePath(m), m.Package, "errors.yaml")
		for _, e := range errors {
			// // ErrObjectClosed is returned when an operation was performed on a closed state.
			// var ErrObjectClosed = NewError("mtstates.error.object_closed")
			name := "Err" + spec.Exported(e.Name)
			f.Add(comment(name + " is returned when " + inSentence(e.Doc)))
			f.Var().Id(name).Op("=").Qual(corePath, "NewError").Call(jen.Lit(e.LuaName()))
		}
		// // moduleErrors are the errors of the module.
		// var moduleErrors = []*Error{ErrInvokingState, ErrObjectClosed}
		f.Comment("moduleErrors are the errors of the module.")
		f.Var().Id("moduleErrors").Op("=").Index().Op("*").Qual(corePath, "Error").ValuesFunc(func(g *jen.Group) {
			for _, e := range errors {
				g.Line().Id("Err" + spec.Exported(e.Name))
			}
			g.Line()
		})
		file, err := goFile(f, s.moduleFolder(m), "errors_gen.go")
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}
