package gen

import (
	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// emitCapabilities makes backend/capabilities_gen.go, the constants and their names.
func emitCapabilities(s *Target) ([]File, error) {
	f := s.newGoFile(backendPath, "backend", "capabilities.yaml")
	if len(s.Capabilities) > 0 {
		// // The capabilities.
		// const (
		//	// CapCoroutines: The coroutine library.
		//	CapCoroutines Capability = iota
		//	// CapBit32: ...
		//	CapBit32
		// )
		f.Comment("The capabilities.")
		f.Const().DefsFunc(func(g *jen.Group) {
			for i, c := range s.Capabilities {
				name := "Cap" + spec.Exported(c.Name)
				g.Add(comment(name + ": " + c.Doc))
				if i == 0 {
					g.Id(name).Id("Capability").Op("=").Iota()
				} else {
					g.Id(name)
				}
			}
		})
	}
	// var capabilityNames = [...]string{"coroutines", "bit32"}
	f.Var().Id("capabilityNames").Op("=").Index(jen.Op("...")).String().ValuesFunc(func(g *jen.Group) {
		for _, c := range s.Capabilities {
			g.Lit(c.Name)
		}
	})
	file, err := goFile(f, "backend", "capabilities_gen.go")
	return []File{file}, err
}
