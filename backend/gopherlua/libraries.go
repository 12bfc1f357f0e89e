package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// openLibraries gives a new state its globals, which are filled from the template.
func openLibraries(l *lua.LState, d *vmdata, o backend.Options) {
	globals := &lua.LTable{Metatable: template.base.metatable}
	l.G.Global, l.Env = globals, globals
	d.tables[template.base.id] = globals
	absent := template.unopened
	for _, name := range o.Open {
		absent &^= template.base.bit(name)
		d.opened |= 1 << template.named[name].id
	}
	for _, name := range o.Preload {
		d.hidden = append(d.hidden, template.named[name])
	}
	if o.NoFiles {
		absent |= template.files
	}
	d.settled[template.base.id] = absent
	if absent&template.base.bit("string") == 0 {
		l.SetMetatable(lua.LString(""), template.stringMeta)
	} else {
		l.SetMetatable(lua.LString(""), template.numeralMeta)
	}
}

// libraryTable returns the state's table of a library.
func libraryTable(l *lua.LState, d *vmdata, lib *library) *lua.LTable {
	t := d.tables[lib.id]
	if t == nil {
		t = newLibrary(l, lib)
		d.tables[lib.id] = t
	}
	return t
}

// newLibrary returns a new table of the library, which is filled on use.
func newLibrary(l *lua.LState, lib *library) *lua.LTable {
	t := &lua.LTable{Metatable: lib.metatable}
	if lib.name == "io" {
		openIO(l, t)
	}
	return t
}

// openIO puts the standard files, which belong to a state, into the table io.
func openIO(l *lua.LState, t *lua.LTable) {
	l.Push(t)
	stdlib.OpenIO(state{l})
	l.Pop(1)
}

// loadHidden is the loader of a library that is only in package.preload; require stores what it returns. When a script
// has it load again, it is a table of its own.
func loadHidden(l *lua.LState, lib *library) int {
	d := dataOf(l)
	t := d.tables[lib.id]
	if t == nil {
		t = newLibrary(l, lib)
		d.tables[lib.id] = t
	} else {
		t = lib.copy(l, d)
	}
	if lib.name == "string" {
		setStringIndex(l, t)
	}
	l.Push(t)
	return 1
}

// copy returns a new full table of the library.
func (lib *library) copy(l *lua.LState, d *vmdata) *lua.LTable {
	t := &lua.LTable{Metatable: lua.LNil}
	for i := range lib.entries {
		t.RawSetString(lib.entries[i].name, lib.entries[i].value(l, d))
	}
	if lib.name == "io" {
		openIO(l, t)
	}
	return t
}
