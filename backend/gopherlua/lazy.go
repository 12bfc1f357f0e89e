package gopherlua

import (
	lua "github.com/yuin/gopher-lua"
)

// The tables of the standard libraries start empty and are filled from the template (template.go), one name at a time
// when a script first uses it, and all at once when something looks at the table as a whole. A table that is not full
// has a metatable, shared by all states, whose __index fetches a name and whose __newindex takes the place of one.
// Whatever could see the difference fills the table first: base functions, debug functions and the operations of the
// contract that read tables or metatables. A name is fetched only once (vmdata.settled), so that what a script has
// removed or replaced stays so.

// fetch returns the value of a name that t does not have, and stores it there; nil when the library has no such name,
// or the state has settled what stands under it.
func (lib *library) fetch(l *lua.LState, t *lua.LTable, name string) lua.LValue {
	i, ok := lib.index[name]
	if !ok {
		return lua.LNil
	}
	d := dataOf(l)
	if d.settled[lib.id]&(1<<i) != 0 {
		return lua.LNil
	}
	d.settled[lib.id] |= 1 << i
	value := lib.entries[i].value(l, d)
	t.RawSetString(name, value)
	return value
}

// settle says that a script decides about a name from now on.
func (lib *library) settle(l *lua.LState, name string) {
	if i, ok := lib.index[name]; ok {
		dataOf(l).settled[lib.id] |= 1 << i
	}
}

// fill fetches what t does not have yet and makes it an ordinary table.
func (lib *library) fill(l *lua.LState, t *lua.LTable) {
	for _, e := range lib.entries {
		lib.fetch(l, t, e.name)
	}
	t.Metatable = lua.LNil
}

// lazyMetatable makes the metatable of the library's tables while they are not full.
func (lib *library) lazyMetatable() *lua.LTable {
	mt := &lua.LTable{Metatable: lua.LNil}
	mt.RawSetString("__index", sharedFunction(func(l *lua.LState) int {
		value := lua.LNil
		if name, ok := l.Get(2).(lua.LString); ok {
			value = lib.fetch(l, l.Get(1).(*lua.LTable), string(name))
		}
		l.Push(value)
		return 1
	}))
	mt.RawSetString("__newindex", sharedFunction(func(l *lua.LState) int {
		if name, ok := l.Get(2).(lua.LString); ok {
			lib.settle(l, string(name))
		}
		l.RawSet(l.Get(1).(*lua.LTable), l.Get(2), l.Get(3))
		return 0
	}))
	return mt
}

// sharedFunction returns a Go function that all states may use. Nothing writes to it, because no script gets hold of
// it: the VM itself calls it, and it calls no Lua code (setEnvironment guards those that do).
func sharedFunction(f lua.LGFunction) *lua.LFunction {
	return &lua.LFunction{IsG: true, Env: noEnvironment, GFunction: f}
}

var noEnvironment = &lua.LTable{Metatable: lua.LNil}

// libraryOf returns the library that t is to be filled from, nil for an ordinary table.
func libraryOf(t *lua.LTable) *library {
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		return nil
	}
	return template.byMetatable[mt]
}

// fillTable makes t an ordinary table if it is one of a library.
func fillTable(l *lua.LState, t *lua.LTable) *lua.LTable {
	if lib := libraryOf(t); lib != nil {
		lib.fill(l, t)
	}
	return t
}

// fillValue makes v ready to be looked at: its fields and its metatable.
func fillValue(l *lua.LState, v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		fillTable(l, v)
	case lua.LString:
		ownStringMeta(l)
	}
}

// rawGet is t[key] without metamethods, of a table that may not be full.
func rawGet(l *lua.LState, t *lua.LTable, key lua.LValue) lua.LValue {
	value := t.RawGet(key)
	if value != lua.LNil {
		return value
	}
	if name, ok := key.(lua.LString); ok {
		if lib := libraryOf(t); lib != nil {
			return lib.fetch(l, t, string(name))
		}
	}
	return lua.LNil
}

// rawSet is t[key] = value without metamethods, of a table that may not be full. The key is neither nil nor NaN.
func rawSet(l *lua.LState, t *lua.LTable, key, value lua.LValue) {
	if name, ok := key.(lua.LString); ok {
		if lib := libraryOf(t); lib != nil {
			lib.settle(l, string(name))
		}
	}
	t.RawSet(key, value)
}
