package messages

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
)

// IsCallable reports whether f can be called.
func IsCallable(l *lua.LState, f lua.LValue) bool {
	return f.Type() == lua.LTFunction || l.GetMetaField(f, "__call").Type() == lua.LTFunction
}

// Call returns the error for a call of f by a Go function, in which the VM would not name f.
func Call(f lua.LValue) lua.LString {
	return lua.LString("attempt to call a " + adapter.TypeNameOf(f) + " value")
}

// CheckCallable replaces a value that cannot be called by a function that says so: the VM has a message of its own for
// calls by Go functions.
func CheckCallable(l *lua.LState, index int) {
	f := l.Get(index)
	if _, ok := f.(*lua.LFunction); ok || IsCallable(l, f) {
		return
	}
	raise := func(l *lua.LState) int { return adapter.RaiseValue(l, Call(f)) }
	l.Replace(index, &lua.LFunction{IsG: true, Env: l.G.Global, GFunction: raise})
}
