package spec

import (
	"go/token"
	"regexp"
)

var (
	luaName    = regexp.MustCompile(`^_*[A-Za-z][A-Za-z0-9_]*$`)
	dottedName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)
)

// checkLuaName reports a name that cannot be a field of a Lua table in the form t.name.
func (r *reader) checkLuaName(at Pos, what, name string) {
	if !luaName.MatchString(name) {
		r.problems.add(at, "%s: the name is not an identifier", what)
	}
}

// goIdentifier returns a text that must be a Go identifier.
func (o object) goIdentifier(key string) string {
	name := o.text(key)
	o.checkGoIdentifier(key, name)
	return name
}

func (o object) checkGoIdentifier(key, name string) {
	if name != "" && !token.IsIdentifier(name) {
		o.problems.add(o.pos(key), "%s: %s: %q is not a Go identifier", o.what, key, name)
	}
}
