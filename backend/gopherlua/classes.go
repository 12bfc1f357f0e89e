package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// What Go code hands out to scripts is looked at for package classes: a script that has the metatable of a class may change
// its methods.

// HideClass implements backend.ClassHider.
func (s state) HideClass(index int) {
	if d := dataOf(s.l); d.watch != nil && frames.Repair.On() {
		d.classes.Add(tableAt(s.l, index))
	}
}

// show is called for a value that Go code hands out.
func show(v lua.LValue) {
	if t, ok := v.(*lua.LTable); ok && t.Metatable != lua.LNil {
		classes.Show(t)
	}
}

// showTop is show for the values on the top of the stack.
func showTop(l *lua.LState, n int) {
	if !frames.Repair.On() { // there are no classes
		return
	}
	reg := layout.StateOf(l).Reg
	for _, v := range reg.Array[max(reg.Top-max(n, 0), 0):reg.Top] {
		show(v)
	}
}

// stores is called before Go code stores a value in a table.
func stores(t *lua.LTable, v lua.LValue) {
	classes.Changed(t)
	show(v)
}
