package spec

import (
	"go/token"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

var (
	luaName    = regexp.MustCompile(`^_*[A-Za-z][A-Za-z0-9_]*$`)
	dottedName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)
)

// luaKeywords are the reserved words of Lua 5.1 and 5.2.
var luaKeywords = strings.Fields(`
	and break do else elseif end false for function goto if in local nil not or repeat return then true until while`)

// checkLuaName reports a name that cannot be a field of a Lua table in the form t.name.
func (r *reader) checkLuaName(at Pos, what, name string) {
	switch {
	case !luaName.MatchString(name):
		r.problems.add(at, "%s: the name is not an identifier", what)
	case slices.Contains(luaKeywords, name):
		r.problems.add(at, "%s: the name is a keyword of Lua", what)
	}
}

// checkModuleName reports a name that is not a list of Lua names with dots between them.
func (r *reader) checkModuleName(at Pos, what, name string) {
	if !dottedName.MatchString(name) {
		r.problems.add(at, "%s: %q is not a module name", what, name)
		return
	}
	for part := range strings.SplitSeq(name, ".") {
		r.checkLuaName(at, what, part)
	}
}

// isGoIdentifier reports whether a Go declaration can have the name.
func isGoIdentifier(name string) bool { return token.IsIdentifier(name) && name != "_" }

// goIdentifier returns a text that must be a Go identifier.
func (o object) goIdentifier(key string) string {
	name := o.text(key)
	o.checkGoIdentifier(key, name)
	return name
}

func (o object) checkGoIdentifier(key, name string) {
	if name != "" && !isGoIdentifier(name) {
		o.problems.add(o.pos(key), "%s: %s: %q is not a Go identifier", o.what, key, name)
	}
}

// goPointer returns the optional name of a pointer type of the module's package.
func (o object) goPointer(key string) string {
	text := o.optionalText(key)
	if name, pointer := strings.CutPrefix(text, "*"); text != "" && !(pointer && isGoIdentifier(name)) {
		o.problems.add(o.pos(key), "%s: %s: %q is not a pointer to a type of the module's package", o.what, key, text)
	}
	return text
}

// goClass returns the optional name of the Go type of a class: a pointer type or an interface of the module's package.
func (o object) goClass(key string) string {
	text := o.optionalText(key)
	if text != "" && !isGoIdentifier(strings.TrimPrefix(text, "*")) {
		o.problems.add(o.pos(key), "%s: %s: %q is neither a pointer to a type of the module's package nor an interface", o.what, key, text)
	}
	return text
}

// importPath returns a text that must be the import path of a Go package.
func (o object) importPath(key string) string {
	text := o.text(key)
	if text == "" {
		return ""
	}
	if err := module.CheckImportPath(text); err != nil {
		o.problems.add(o.pos(key), "%s: %s: %q is not an import path", o.what, key, text)
	}
	return text
}
