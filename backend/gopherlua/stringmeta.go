package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/numerals"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// The metatable of strings has metamethods for arithmetic beside __index, see repair/numerals.

// sharedMeta is the metatable of strings in all states until a script uses it, and numeralMeta the one in states
// without the string library, which no script sees; prepare makes both.
var sharedMeta, numeralMeta *lua.LTable

func makeStringMetatables() {
	numeralMeta = numerals.NewMetatable()
	sharedMeta = numerals.NewMetatable()
	sharedMeta.RawSetString("__index", adapter.SharedFunction(func(l *lua.LState) int {
		d := dataOf(l)
		d.env.Libraries.Complete(state{l}, 1)
		l.Push(l.GetTable(d.stringMeta.RawGetString("__index"), l.Get(2)))
		return 1
	}))
}

// stringMetatable returns the metatable of strings as scripts see it.
func stringMetatable(l *lua.LState, index int) lua.LValue {
	if l.GetMetatable(l.Get(index)) == lua.LValue(sharedMeta) {
		dataOf(l).env.Libraries.Complete(state{l}, index)
	}
	if mt := l.GetMetatable(lua.LString("")); mt != lua.LValue(numeralMeta) && mt != lua.LValue(sharedMeta) {
		return mt
	}
	return lua.LNil
}

// setStringMetatable sets the metatable of strings, and adds the metamethods for arithmetic to it.
func setStringMetatable(l *lua.LState, mt lua.LValue) {
	d := dataOf(l)
	t, ok := mt.(*lua.LTable)
	switch {
	case !ok:
		t, d.stringMeta = numeralMeta, nil
	case l.G.Registry.RawGetString(stdlib.LazyMetatable) == mt: // while stdlib opens the libraries
		t = sharedMeta
	default:
		for event, f := range numerals.Metamethods {
			if t.RawGetString(event) == lua.LNil {
				t.RawSetString(event, f)
			}
		}
		d.stringMeta = t
	}
	l.SetMetatable(lua.LString(""), t)
}
