package gen

import (
	"fmt"
	"path"
	"strings"

	"github.com/mtstates/go-mtstates/spec"
)

// emitAnnotations makes meta/MODULE.lua for each module and each alias, and meta-EDITION/MODULE.lua for further editions: what Lua
// language servers read to complete and check code. They read all that is in a folder and below it, so no edition is below
// another one. The files are never run.
func emitAnnotations(s *Target) ([]File, error) {
	var files []File
	for _, edition := range s.editionNames() {
		for _, m := range s.Modules {
			files = append(files, File{s.annotationPath(edition, m.Name), annotations(s, m.In(edition), edition)})
			for _, alias := range m.Aliases {
				files = append(files, File{s.annotationPath(edition, alias), aliasAnnotations(s, m, alias)})
			}
		}
	}
	return files, nil
}

func (t *Target) annotationPath(edition, module string) string {
	if !t.isDefault(edition) {
		return path.Join(t.modulesFolder(), "meta-"+edition, module+".lua")
	}
	return path.Join(t.modulesFolder(), "meta", module+".lua")
}

// luaWriter collects lines of Lua.
type luaWriter struct{ strings.Builder }

// line writes a line, also for a text with several.
func (w *luaWriter) line(format string, args ...any) {
	w.WriteString(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ") + "\n")
}

// doc writes a text as the description of what follows.
func (w *luaWriter) doc(text string) {
	for _, line := range wrap(text, commentWidth) {
		w.line("---%s", line)
	}
}

// begin writes the lines that say what the file is.
func (w *luaWriter) begin(t *Target, m *spec.Module, name string) {
	w.line("-- %s", t.header("modules/"+m.Name+".yaml"))
	w.line("---@meta %s", name)
	w.line("")
}

func annotations(t *Target, m *spec.Module, edition string) []byte {
	errors := t.EditionErrors(m.Name, edition)
	w := new(luaWriter)
	w.begin(t, m, m.Name)
	w.doc(m.Doc)
	w.line("---@class %s", m.Name)
	for _, c := range m.Constants {
		w.line("---@field %s %s %s", c.Name, c.Type, c.Doc)
	}
	if len(errors) > 0 {
		w.line("---@field error %s.errors the errors of this module, without details", m.Name)
	}
	w.line("local %s = {}", localName(m))
	for _, f := range m.Functions {
		w.function(f, localName(m)+".", "")
	}
	for _, c := range m.Classes {
		w.line("")
		w.doc(c.Doc)
		w.line("---@class %s", c.Type)
		w.line("local %s = {}", classVariable(c))
		for _, f := range c.Methods {
			w.function(f, classVariable(c)+":", c.Type)
		}
	}
	w.errors(m, errors, t.textErrors(edition))
	w.line("")
	w.line("return %s", localName(m))
	return []byte(w.String())
}

// classVariable returns the local variable of a class, which must not have the name of a global function.
func classVariable(c *spec.Class) string { return c.Name + "_class" }

// errors writes the type of the table MODULE.error, and that of its values unless the module declares it.
func (w *luaWriter) errors(m *spec.Module, errors []*spec.Error, areTexts bool) {
	if len(errors) == 0 {
		return
	}
	typ, declared := m.Name+".error", false
	if areTexts {
		typ, declared = "string", true
	}
	for _, c := range m.Classes {
		declared = declared || c.Type == m.Name+".error"
	}
	if !declared {
		w.line("")
		w.line("---An error of this module, with the methods of mtstates.error.")
		w.line("---@class %s.error: mtstates.error", m.Name)
	}
	w.line("")
	w.line("---@class %s.errors", m.Name)
	for _, e := range errors {
		w.line("---@field %s %s %s", e.Name, typ, e.Doc)
	}
}

// function writes a function whose name begins with owner, "mtstates." or "state_class:". For a method, self is the type of
// the object: overloads name it.
func (w *luaWriter) function(f *spec.Function, owner, self string) {
	w.line("")
	w.doc(f.Doc)
	var names []string
	for _, a := range f.Args {
		w.line("---@param %s", parameter(a))
		names = append(names, a.Name)
	}
	for _, r := range f.Results {
		w.line("---@return %s", result(r))
	}
	for _, args := range withoutLeading(f.Args) {
		w.line("---@overload %s", functionType(f, args, self))
	}
	w.line("function %s%s(%s) end", owner, f.Name, strings.Join(names, ", "))
}

// parameter returns "name? type doc". A leading argument is not optional in its place: overloads leave it out.
func parameter(a *spec.Arg) string {
	name, typ := typedName(a)
	return name + " " + typ + " " + a.Doc
}

// typedName returns "name?" and the type, or "name" and "type|nil" for one that may be nil but not absent.
func typedName(a *spec.Arg) (name, typ string) {
	typ = luaTypeName(a.Types)
	switch {
	case a.Nil && !a.Optional:
		return a.Name, typ + "|nil"
	case a.Optional || a.Nil:
		return a.Name + "?", typ
	}
	return a.Name, typ
}

// result returns "type name doc".
func result(r *spec.Result) string {
	typ := luaTypeName(r.Types)
	if r.Optional {
		typ += "?"
	}
	if r.Name == spec.Rest {
		return typ + " ... " + r.Doc
	}
	if r.Name != "" {
		return typ + " " + r.Name + " " + r.Doc
	}
	return typ + " # " + r.Doc
}

// withoutLeading returns the lists of arguments that remain when some of the leading ones are left out.
func withoutLeading(args []*spec.Arg) [][]*spec.Arg {
	lists := [][]*spec.Arg{nil}
	for _, a := range args {
		var longer [][]*spec.Arg
		for _, list := range lists {
			longer = append(longer, append(list[:len(list):len(list)], a))
		}
		if a.Leading {
			longer = append(longer, lists...)
		}
		lists = longer
	}
	return lists[1:] // the first has all
}

// functionType returns "fun(setup: function|string, ...: any): mtstates.state, any".
func functionType(f *spec.Function, args []*spec.Arg, self string) string {
	var parameters, results []string
	if self != "" {
		parameters = append(parameters, "self: "+self)
	}
	for _, a := range args {
		name, typ := typedName(a)
		parameters = append(parameters, name+": "+typ)
	}
	for _, r := range f.Results {
		results = append(results, luaTypeName(r.Types))
	}
	typ := "fun(" + strings.Join(parameters, ", ") + ")"
	if len(results) > 0 {
		typ += ": " + strings.Join(results, ", ")
	}
	return typ
}

func luaTypeName(types []string) string {
	names := make([]string, len(types))
	for i, typ := range types {
		names[i] = typ
		if typ == "value" {
			names[i] = "any"
		}
	}
	return strings.Join(names, "|")
}

// aliasAnnotations returns the file of another name of a module.
func aliasAnnotations(t *Target, m *spec.Module, alias string) []byte {
	w := new(luaWriter)
	w.begin(t, m, alias)
	w.line("return require(%q)", m.Name)
	return []byte(w.String())
}
