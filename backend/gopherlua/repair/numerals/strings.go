package numerals

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
)

// Strings is the metatable of the strings of a VM, which has the metamethods for arithmetic besides what a script sees.
type Strings struct {
	shown *lua.LTable // what a script sees, with the metamethods in it; nil until it is used
}

// lazy is the metatable of strings in all VMs until a script uses it, and bare the one in VMs without the string library,
// which no script sees.
var lazy, bare *lua.LTable

// Prepare makes the metatables that all VMs share. It is called before the first state. complete fills the string library
// of l's VM and returns its strings; at index is a string.
func Prepare(complete func(l *lua.LState, index int) *Strings) {
	bare = newMetatable()
	lazy = newMetatable()
	lazy.RawSetString("__index", adapter.SharedFunction(func(l *lua.LState) int {
		s := complete(l, 1)
		l.Push(l.GetTable(s.shown.RawGetString("__index"), l.Get(2)))
		return 1
	}))
}

func newMetatable() *lua.LTable {
	mt := &lua.LTable{Metatable: lua.LNil}
	for event, f := range metamethods {
		mt.RawSetString(event, f)
	}
	return mt
}

// Install gives a new VM the metamethods.
func Install(l *lua.LState) { l.SetMetatable(lua.LString(""), bare) }

// IsLazy reports whether no script has used the metatable of l's strings yet.
func IsLazy(l *lua.LState) bool { return l.GetMetatable(lua.LString("")) == lua.LValue(lazy) }

// Metatable returns the metatable of strings as scripts see it, if it is not lazy. The VM would answer with its __metatable.
func (s *Strings) Metatable() lua.LValue {
	if s.shown == nil {
		return lua.LNil
	}
	return s.shown
}

// SetLazy makes the metatable of l's strings the lazy one.
func (s *Strings) SetLazy(l *lua.LState) { l.SetMetatable(lua.LString(""), lazy) }

// SetMetatable sets the metatable of l's strings, a table or nil, and adds the metamethods to it.
func (s *Strings) SetMetatable(l *lua.LState, mt lua.LValue) {
	t, ok := mt.(*lua.LTable)
	if s.shown = t; !ok {
		Install(l)
		return
	}
	for event, f := range metamethods {
		if t.RawGetString(event) == lua.LNil {
			t.RawSetString(event, f)
		}
	}
	l.SetMetatable(lua.LString(""), t)
}

// Is reports whether a table is the metatable that has the metamethods besides what a script sees.
func (s *Strings) Is(t *lua.LTable) bool { return t == s.shown }

// IsHidden reports whether a field of that table is one of the metamethods.
func IsHidden(key, value lua.LValue) bool {
	event, ok := key.(lua.LString)
	return ok && metamethods[string(event)] == value
}
