package gen

import (
	"path"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// editionNames returns the names of the editions, the default first; "" alone if there are none.
func (t *Target) editionNames() []string {
	if len(t.Editions) == 0 {
		return []string{""}
	}
	var names []string
	for _, e := range t.Editions {
		names = append(names, e.Name)
	}
	return names
}

// isDefault reports whether an edition is the default, or stands for none.
func (t *Target) isDefault(edition string) bool { return edition == t.editionNames()[0] }

// textErrors reports whether errors are strings in an edition: the core has no class for them.
func (t *Target) textErrors(edition string) bool {
	for _, m := range t.Modules {
		for _, c := range m.Classes {
			if c.Name == "error" && !c.Only.In(edition) {
				return true
			}
		}
	}
	return false
}

// emitEditions makes editions_gen.go of the core, with the rules of each edition, and COMPATIBILITY.md.
func emitEditions(t *Target) ([]File, error) {
	if len(t.Editions) == 0 {
		return nil, nil
	}
	f := t.newGoFile(corePath, "mtstates", "editions.yaml")
	// // rules are what the core does in some editions.
	// type rules struct {
	//	// Errors are strings. Otherwise: Errors are objects.
	//	textErrors bool
	// }
	f.Comment("rules are what the core does in some editions and not in others.")
	f.Type().Id("rules").StructFunc(func(g *jen.Group) {
		for _, r := range t.Rules {
			g.Add(comment(sentence(r.Doc) + " Otherwise: " + sentence(r.Without)))
			g.Id(spec.Unexported(r.Name)).Bool()
		}
	})
	// // editions are all editions, the default first.
	// var editions = []*edition{{name: "seed"}, {name: "0.4", rules: rules{textErrors: true}}}
	f.Comment("editions are all editions, the default first.")
	f.Var().Id("editions").Op("=").Index().Op("*").Id("edition").ValuesFunc(func(g *jen.Group) {
		for _, e := range t.Editions {
			g.Line().Values(jen.Id("name").Op(":").Lit(e.Name), jen.Id("rules").Op(":").Id("rules").ValuesFunc(func(g *jen.Group) {
				for _, r := range e.Rules {
					g.Id(spec.Unexported(r.Name)).Op(":").True()
				}
			}))
		}
		g.Line()
	})
	file, err := goFile(f, "mtstates", "editions_gen.go")
	if err != nil {
		return nil, err
	}
	return []File{file, t.compatibility()}, nil
}

// compatibility returns the page that compares the editions with each other and with the original modules.
func (t *Target) compatibility() File {
	w := new(manualWriter)
	w.paragraph("<!-- %s -->", t.header("editions.yaml"))
	w.paragraph("# Compatibility")
	w.paragraph("The Lua modules come in editions: sets of rules for the same names. The option `mtstates.WithEdition` of a " +
		"registry, and the option `--edition` of the program mtlua, choose one.")
	heads := []string{"edition", "what it is", "manual", "annotations"}
	w.table(heads...)
	for _, e := range t.Editions {
		manual, folder := path.Base(t.manualPath(e.Name)), path.Dir(t.annotationPath(e.Name, "x"))
		folder = strings.TrimPrefix(folder, t.modulesFolder()+"/")
		name := code(e.Name)
		if t.isDefault(e.Name) {
			name += ", the default"
		}
		w.row(name, e.Doc, "["+manual+"]("+manual+")", "["+folder+"]("+folder+")")
	}
	w.line("")
	w.paragraph("## Rules")
	w.paragraph("What all modules do in some editions and not in others.")
	t.editionTable(w, "rule", func(row func(...string)) {
		for _, r := range t.Rules {
			cells := []string{code(r.Name)}
			for _, e := range t.Editions {
				if e.Has(r) {
					cells = append(cells, r.Doc)
				} else {
					cells = append(cells, r.Without)
				}
			}
			row(cells...)
		}
	})
	w.paragraph("## Functions, methods and classes")
	w.paragraph("Entries that are not the same in all editions. The other ones of the manual are.")
	t.editionTable(w, "entry", func(row func(...string)) { t.compareEntries(row) })
	w.paragraph("## Errors")
	w.paragraph("Errors that not all editions have.")
	t.editionTable(w, "error", func(row func(...string)) {
		for _, e := range t.Errors {
			if len(e.Only) > 0 {
				row(t.presence(code(e.LuaName()), e.Only)...)
			}
		}
	})
	for _, e := range t.Editions {
		t.originalDifferences(w, e)
	}
	return w.file("mtstates/COMPATIBILITY.md")
}

// editionTable writes a table with a column for each edition.
func (t *Target) editionTable(w *manualWriter, head string, rows func(row func(...string))) {
	w.table(append([]string{head}, t.editionNames()...)...)
	rows(w.row)
	w.line("")
}

// presence returns the cells of an entry that not all editions have.
func (t *Target) presence(entry string, only spec.Only) []string {
	cells := []string{entry}
	for _, name := range t.editionNames() {
		if only.In(name) {
			cells = append(cells, "yes")
		} else {
			cells = append(cells, "no")
		}
	}
	return cells
}

// compareEntries writes a row for each function, method and class that editions change: the documentation, and the
// promises that not all editions keep.
func (t *Target) compareEntries(row func(...string)) {
	compare := func(id string, inEdition func(edition string) (doc string, promises []spec.Promise)) {
		cells := []string{code(id)}
		for _, name := range t.editionNames() {
			doc, promises := inEdition(name)
			for _, p := range promises {
				doc += " " + p.Text
			}
			cells = append(cells, doc)
		}
		row(cells...)
	}
	functions := func(list []*spec.Function) {
		for _, f := range list {
			if len(f.Only) > 0 {
				row(t.presence(code(f.ID()), f.Only)...)
			} else if len(f.Variants) > 0 {
				compare(f.ID(), f.In)
			}
		}
	}
	for _, m := range t.Modules {
		functions(m.Functions)
		for _, c := range m.Classes {
			if len(c.Only) > 0 {
				row(t.presence(code("class "+c.Type), c.Only)...)
			} else if len(c.Variants) > 0 {
				compare("class "+c.Type, c.Own)
			}
			functions(c.Methods)
		}
	}
}

func (t *Target) originalDifferences(w *manualWriter, e *spec.Edition) {
	differences := slices.DeleteFunc(slices.Clone(t.Differences), func(d spec.Difference) bool { return d.Edition != e.Name })
	if len(differences) == 0 {
		return
	}
	w.paragraph("## Differences between edition %s and the original module", e.Name)
	w.table("original", "here", "why")
	for _, d := range differences {
		w.row(d.Original, d.Ours, d.Why)
	}
	w.line("")
}
