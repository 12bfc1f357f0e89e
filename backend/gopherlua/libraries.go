package gopherlua

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// library is a standard library as the VM opens it, read once per process: functions and constants by name.
type library map[string]lua.LValue

// stock holds the VM's own libraries; base functions are under "_G". Its functions are never put into a state: a state
// gets functions of its own around the same Go code.
var stock = readStock()

func readStock() map[string]library {
	l := lua.NewState()
	defer l.Close()
	libs := map[string]library{}
	for _, name := range append(Backend.Libraries(), "package", "_G") {
		lib := library{}
		l.GetGlobal(name).(*lua.LTable).ForEach(func(key, value lua.LValue) {
			switch value.(type) {
			case *lua.LTable, *lua.LUserData: // what belongs to one state
			default:
				lib[key.String()] = value
			}
		})
		for key, f := range stdlib.Libraries[name] {
			lib[key] = l.NewFunction(func(l *lua.LState) int { return f(state{l}) })
		}
		libs[name] = lib
	}
	libs["math"]["huge"] = lua.LNumber(math.Inf(1))
	delete(libs["string"], "__index")
	delete(libs["_G"], "_printregs") // prints the VM's registers
	delete(libs["_G"], "_GOPHER_LUA_VERSION")
	return libs
}

// fill copies a library into a table, with Go panics contained.
func fill(l *lua.LState, t *lua.LTable, lib library) {
	for name, value := range lib {
		t.RawSetString(name, ownCopy(l, value))
	}
}

// ownCopy returns value, functions anew for l's VM, with their upvalues.
func ownCopy(l *lua.LState, value lua.LValue) lua.LValue {
	f, ok := value.(*lua.LFunction)
	if !ok {
		return value
	}
	upvalues := make([]lua.LValue, len(f.Upvalues))
	for i, u := range f.Upvalues {
		upvalues[i] = ownCopy(l, u.Value())
	}
	return l.NewClosure(contained(f.GFunction), upvalues...)
}

func setFunctions(l *lua.LState, t *lua.LTable, functions map[string]lua.LGFunction) {
	for name, f := range functions {
		t.RawSetString(name, l.NewFunction(contained(f)))
	}
}

// openLibrary opens a standard library, stores it in package.loaded and as a global, and returns it.
func openLibrary(l *lua.LState, name string) *lua.LTable {
	t := newLibrary(l, name)
	loadedTable(l).RawSetString(name, t)
	l.G.Global.RawSetString(name, t)
	return t
}

// loadHidden is the loader of a library that is only in package.preload; require stores it.
func loadHidden(l *lua.LState, name string) int {
	l.Push(newLibrary(l, name))
	return 1
}

func newLibrary(l *lua.LState, name string) *lua.LTable {
	t := l.NewTable()
	fill(l, t, stock[name])
	switch name {
	case "string":
		mt := l.NewTable()
		mt.RawSetString("__index", t)
		l.SetMetatable(lua.LString(""), mt)
	case "io":
		l.Push(t)
		stdlib.OpenIO(state{l})
		l.Pop(1)
	case "debug":
		t.RawSetString("traceback", l.NewFunction(debugTraceback))
	}
	return t
}

// debugTraceback is debug.traceback([message [, level]]); a message that is no string is returned as it is.
func debugTraceback(l *lua.LState) int {
	message := l.Get(1)
	if _, isThread := message.(*lua.LState); isThread {
		return contained(writer)(l)
	}
	if message != lua.LNil && !lua.LVCanConvToString(message) {
		l.Push(message)
		return 1
	}
	text := traceback(l, l.OptInt(2, 1))
	if message != lua.LNil {
		text = message.String() + "\n" + text
	}
	l.Push(lua.LString(text))
	return 1
}
