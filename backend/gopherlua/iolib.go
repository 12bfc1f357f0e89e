package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// newIO returns a full table: what the library keeps belongs to one state.
func newIO(l *lua.LState, d *vmdata, lib *library) *lua.LTable {
	t := lib.copy(l, d)
	l.Push(t)
	stdlib.OpenIO(state{l})
	l.Pop(1)
	return t
}
