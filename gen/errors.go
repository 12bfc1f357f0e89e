package gen

import (
	"slices"

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
			// var ErrObjectClosed = modules.NewError("mtstates.error.object_closed")
			name := "Err" + spec.Exported(e.Name)
			f.Add(comment(name + " is returned when " + inSentence(e.Doc)))
			f.Var().Id(name).Op("=").Add(s.coreFunction(m, "NewError")).Call(jen.Lit(e.LuaName()))
		}
		s.errorLists(f, m)
		file, err := goFile(f, s.moduleFolder(m), "errors_gen.go")
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// errorLists writes the list of a module's errors, or one for each edition.
func (t *Target) errorLists(f *jen.File, m *spec.Module) {
	list := func(errors []*spec.Error) func(*jen.Group) {
		return func(g *jen.Group) {
			for _, e := range errors {
				g.Line().Id("Err" + spec.Exported(e.Name))
			}
			g.Line()
		}
	}
	typ := func() *jen.Statement { return jen.Index().Op("*").Qual(corePath, "Error") }
	if !t.editionsChange(m) {
		// // moduleErrors are the errors of the module.
		// var moduleErrors = []*Error{ErrInvokingState, ErrObjectClosed}
		f.Comment("moduleErrors are the errors of the module.")
		f.Var().Id("moduleErrors").Op("=").Add(typ()).ValuesFunc(list(t.ModuleErrors(m.Name)))
		return
	}
	// // moduleErrors are the errors of the module in each edition.
	// var moduleErrors = map[string][]*Error{"seed": {ErrInvokingState, ErrObjectExists}, "0.4": {ErrInvokingState}}
	f.Comment("moduleErrors are the errors of the module in each edition.")
	f.Var().Id("moduleErrors").Op("=").Map(jen.String()).Add(typ()).ValuesFunc(func(g *jen.Group) {
		for _, edition := range t.editionNames() {
			g.Line().Lit(edition).Op(":").ValuesFunc(list(t.EditionErrors(m.Name, edition)))
		}
		g.Line()
	})
}

// editionsChange reports whether editions have different errors of a module.
func (t *Target) editionsChange(m *spec.Module) bool {
	return slices.ContainsFunc(t.ModuleErrors(m.Name), func(e *spec.Error) bool { return len(e.Only) > 0 })
}
