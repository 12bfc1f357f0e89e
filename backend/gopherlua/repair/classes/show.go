package classes

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// Show is called for a value that Go code hands out to a script, or stores.
func Show(v lua.LValue) {
	if t, ok := v.(*lua.LTable); ok && t.Metatable != lua.LNil {
		showTable(t)
	}
}

// ShowTop is Show for the n values on the top of the stack.
func ShowTop(l *lua.LState, n int) {
	if !frames.Repair.On() { // there are no classes
		return
	}
	reg := layout.StateOf(l).Reg
	for _, v := range reg.Array[max(reg.Top-max(n, 0), 0):reg.Top] {
		Show(v)
	}
}

// Stored is called before Go code stores a value in a table.
func Stored(t *lua.LTable, v lua.LValue) {
	Changed(t)
	Show(v)
}

func showTable(t *lua.LTable) {
	switch c := t.Metatable.(type) {
	case *Class:
		c.forget()
	case interface{ ShowAll() }: // that of the registry
		c.ShowAll()
	}
}
