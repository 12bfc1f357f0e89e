package gen

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/mtstates/go-mtstates/spec"
)

// emitManual makes REFERENCE.md, the manual of the Lua modules, if there are any, and one for each further edition. That
// of the contract shows the backends as well.
func emitManual(t *Target) ([]File, error) {
	if len(t.Modules) == 0 {
		return nil, nil
	}
	var files []File
	for _, edition := range t.editionNames() {
		files = append(files, t.manual(edition))
	}
	return files, nil
}

func (t *Target) manualPath(edition string) string {
	name := "REFERENCE.md"
	if !t.isDefault(edition) {
		name = "REFERENCE-" + edition + ".md"
	}
	return path.Join(t.modulesFolder(), name)
}

func (t *Target) manual(edition string) File {
	w := &manualWriter{textErrors: t.textErrors(edition)}
	w.paragraph("<!-- %s -->", t.header(""))
	if t.isDefault(edition) {
		w.paragraph("# Reference")
	} else {
		w.paragraph("# Reference of edition %s", edition)
	}
	if t.Own {
		w.paragraph("The Lua modules, their errors, and the backends. " +
			"The sentences under *Promises* are the contract: the id in front of each is the one under which the " +
			"conformance suite proves it.")
	} else {
		w.paragraph("The Lua modules and their errors.")
	}
	for _, e := range t.Editions {
		if e.Name == edition {
			w.paragraph("This is the manual of edition %s. %s [Compatibility](COMPATIBILITY.md) compares the editions.", e.Name, e.Doc)
		}
	}
	modules := t.outerFirst()
	for _, m := range modules {
		w.line("- [%s](#%s): %s", m.Name, anchor(m.Name), oneLine(m.Doc))
	}
	if t.Own {
		w.line("- [Backends](#backends)")
		w.line("- [Profile](PROFILE.md): the Lua that scripts may rely on with every backend")
		w.line("- [What differs between backends](BACKENDS.md)")
		if len(t.Sandbox) > 0 {
			w.line("- [What an untrusted script can do](SANDBOX.md), and what it cannot")
		}
	}
	w.line("")
	for _, m := range modules {
		w.module(m.In(edition), t.EditionErrors(m.Name, edition))
	}
	if t.Own {
		w.backends(t)
	}
	return w.file(t.manualPath(edition))
}

// outerFirst returns the modules with those in front whose packages are further out: that of the core is the first.
func (t *Target) outerFirst() []*spec.Module {
	sorted := slices.Clone(t.Modules)
	slices.SortStableFunc(sorted, func(a, b *spec.Module) int {
		return cmp.Compare(strings.Count(t.moduleFolder(a), "/"), strings.Count(t.moduleFolder(b), "/"))
	})
	return sorted
}

// anchor returns the name that a heading has in links.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// manualWriter collects Markdown.
type manualWriter struct {
	strings.Builder
	textErrors bool // whether the errors of the modules are strings
}

func (w *manualWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *manualWriter) paragraph(format string, args ...any) { w.line(format+"\n", args...) }

// file returns what is collected as a file.
func (w *manualWriter) file(path string) File {
	return File{path, []byte(strings.TrimRight(w.String(), "\n") + "\n")}
}

// row writes a line of a table.
func (w *manualWriter) row(cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(oneLine(cell), "|", `\|`)
	}
	w.line("| %s |", strings.Join(cells, " | "))
}

// table writes the head of a table.
func (w *manualWriter) table(heads ...string) {
	w.row(heads...)
	w.line("|%s", strings.Repeat("---|", len(heads)))
}

func code(text string) string { return "`" + text + "`" }

func (w *manualWriter) module(m *spec.Module, errors []*spec.Error) {
	w.paragraph("## %s", m.Name)
	w.paragraph("%s", m.Doc)
	w.paragraph("```lua\nlocal %s = require(\"%s\")\n```", localName(m), m.Name)
	for _, alias := range m.Aliases {
		w.paragraph("`require(\"%s\")` gives the same module.", alias)
	}
	for _, f := range m.Functions {
		w.paragraph("### %s.%s(%s)", m.Name, f.Name, f.Signature)
		w.function(f)
	}
	if len(m.Constants) > 0 {
		w.paragraph("### Constants of %s", m.Name)
		w.table("constant", "type", "meaning")
		for _, c := range m.Constants {
			w.row(code(m.Name+"."+c.Name), c.Type, c.Doc)
		}
		w.line("")
	}
	for _, c := range m.Classes {
		w.paragraph("### Class %s", c.Type)
		w.paragraph("%s", c.Doc)
		w.promises(c.Promises)
		for _, f := range c.Methods {
			w.paragraph("#### %s:%s(%s)", c.Name, f.Name, f.Signature)
			w.function(f)
		}
	}
	w.errors(m, errors)
}

func (w *manualWriter) function(f *spec.Function) {
	w.paragraph("%s", f.Doc)
	if len(f.Args) > 0 {
		w.table("argument", "type", "meaning")
		for _, a := range f.Args {
			w.row(code(a.Name), argumentTypes(a), a.Doc)
		}
		w.line("")
	}
	switch len(f.Results) {
	case 0:
	case 1:
		w.paragraph("*Returns* %s", resultText(f.Results[0]))
	default:
		w.paragraph("*Returns*")
		for i, r := range f.Results {
			w.line("%d. %s", i+1, resultText(r))
		}
		w.line("")
	}
	if len(f.Errors) > 0 {
		var names []string
		for _, e := range f.Errors {
			names = append(names, fmt.Sprintf("[`%s`](#%s)", e.Name, anchor("errors of "+e.Module)))
		}
		w.paragraph("*Errors* %s", strings.Join(names, ", "))
	}
	w.promises(f.Promises)
}

// argumentTypes returns "string or nil, default true".
func argumentTypes(a *spec.Arg) string {
	types := a.Types
	if a.Nil {
		types = append(types[:len(types):len(types)], "nil")
	}
	text := typeText(types)
	if a.Min != "" {
		text += ", at least " + a.Min
	}
	switch {
	case a.Default != "":
		text += ", default " + code(a.Default)
	case a.Optional || a.Leading:
		text += ", optional"
	}
	return text
}

func typeText(types []string) string { return strings.Join(types, " or ") }

func resultText(r *spec.Result) string {
	name := ""
	if r.Name != "" {
		name = code(r.Name) + " "
	}
	kind := typeText(r.Types)
	if r.Optional {
		kind += ", optional"
	}
	return fmt.Sprintf("%s(%s): %s", name, kind, sentence(oneLine(r.Doc)))
}

func (w *manualWriter) promises(promises []spec.Promise) {
	if len(promises) == 0 {
		return
	}
	w.paragraph("*Promises*")
	for _, p := range promises {
		w.line("- `%s`: %s", p.ID, oneLine(p.Text))
	}
	w.line("")
}

func (w *manualWriter) errors(m *spec.Module, errors []*spec.Error) {
	if len(errors) == 0 {
		return
	}
	w.paragraph("### Errors of %s", m.Name)
	if w.textErrors {
		w.paragraph("`%[1]s.error.NAME` is the string `%[1]s.error.NAME`, with which such an error begins: "+
			"`err:match(%[1]s.error.NAME)` finds it.", m.Name)
	} else {
		w.paragraph("`%s.error.NAME` is the error without details; errors are equal when their names are.", m.Name)
	}
	w.table("error", "raised when", "details", "since")
	for _, e := range errors {
		w.row(code(e.Name), e.Doc, e.Message, e.Since)
	}
	w.line("")
}

func (w *manualWriter) backends(s *Target) {
	w.paragraph("## Backends")
	row := func(head string, cell func(*spec.VM) string) {
		cells := []string{head}
		for _, vm := range s.VMs {
			cells = append(cells, cell(vm))
		}
		w.row(cells...)
	}
	heads := []string{""}
	for _, vm := range s.VMs {
		heads = append(heads, vm.Title)
	}
	w.table(heads...)
	row("name", func(vm *spec.VM) string { return code(vm.Name) })
	row("language", func(vm *spec.VM) string { return vm.LuaVersion })
	row("module", func(vm *spec.VM) string { return code(vm.Import) })
	row("build tag", func(vm *spec.VM) string {
		if vm.Default {
			return code(vm.Tag) + ", or none"
		}
		return code(vm.Tag)
	})
	row("standard libraries beside the base functions and package", func(vm *spec.VM) string {
		return code(strings.Join(libraries(s, vm), "`, `"))
	})
	w.line("")
}
