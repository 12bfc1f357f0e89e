package golua

import (
	"maps"
	"slices"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// library is a standard library as the lazy tables of all states take it: names, sorted, and values as the VM has them.
// Its functions are shared by all states: they have no upvalues that mean anything, and nothing writes to them.
type library struct {
	names  []string
	values map[string]any
}

// template is what all states of the process share. Nothing writes to it.
type template struct {
	libraries [kinds]library // base functions under globalsTable
	loaders   [kinds]any     // what require calls for a library
	searchers [2]any
	// metatables for types without one of their own: see stringmethods.go and operators.go
	strings, numbers any
}

// stock is the template.
var stock *template

// libraryNames are the names of library functions in tracebacks.
var libraryNames = map[any]string{}

// lazyMetatable is the metatable of all lazy tables.
var lazyMetatable any

// newSharedTable returns a table of functions for all states. Nothing may write to it, nor Lua code see it.
func newSharedTable(l *lua.State, functions map[string]lua.Function) any {
	l.CreateTable(0, len(functions))
	for name, f := range functions {
		l.PushLightUserData(newGoClosure(l, f))
		l.SetField(-2, name)
	}
	t := l.ToValue(-1)
	l.Pop(1)
	return t
}

// stockOpeners are the VM's libraries of which functions are used. The package library is written anew (packages.go), and
// io in package stdlib.
var stockOpeners = map[kind]lua.Function{
	globalsTable:  lua.BaseOpen,
	bit32Library:  lua.Bit32Open,
	debugLibrary:  lua.DebugOpen,
	mathLibrary:   lua.MathOpen,
	osLibrary:     lua.OSOpen,
	stringLibrary: lua.StringOpen,
	tableLibrary:  lua.TableOpen,
}

// newTemplate makes the template of the VM's libraries, which it opens in l, and of this package's own.
func newTemplate(l *lua.State) *template {
	t := &template{}
	own := mended()
	names := map[kind]string{globalsTable: "_G"}
	for name, k := range libraryKinds {
		names[k] = name
	}
	for k, name := range names {
		values := map[string]any{}
		if opener := stockOpeners[k]; opener != nil {
			l.PushGoFunction(opener)
			l.Call(0, 1)
			values = readTable(l)
		}
		for name, f := range stdlib.Libraries[name] {
			if own[k] == nil {
				own[k] = map[string]lua.Function{}
			}
			if own[k][name] == nil {
				own[k][name] = func(l *lua.State) int { return f(state{l}) }
			}
		}
		maps.Copy(values, containedLibrary(l, name, values, own[k]))
		maps.Copy(values, constants[k])
		t.libraries[k] = newLibrary(values)
		t.loaders[k] = newLibraryFunction(l, "package.preload."+name, func(l *lua.State) int {
			dataOf(l).pushTable(l, k)
			if k == stringLibrary {
				installStringMethods(l)
			}
			return 1
		})
		l.SetTop(0)
	}
	t.searchers = [2]any{
		newLibraryFunction(l, "package.searchers[1]", searchPreload),
		newLibraryFunction(l, "package.searchers[2]", searchLua),
	}
	t.strings = newSharedTable(l, map[string]lua.Function{"__index": lazyStringIndex})
	l.CreateTable(0, 1)
	l.PushLightUserData(operatorValue)
	l.SetField(-2, "__call")
	t.numbers = l.ToValue(-1)
	return t
}

// install gives a new state its globals and the metatables of strings and numbers.
func (t *template) install(l *lua.State) {
	d := dataOf(l)
	l.PushGlobalTable()
	d.tables[globalsTable] = l.ToValue(-1)
	l.PushLightUserData(lazyMetatable)
	l.SetMetaTable(-2)
	l.PushNumber(0)
	l.PushLightUserData(t.numbers)
	l.SetMetaTable(-2)
	l.PushString("")
	if d.open.has(stringLibrary) {
		l.PushLightUserData(t.strings)
		l.SetMetaTable(-2)
	}
	l.Pop(3)
}

// containedLibrary returns the functions of a library with their panics contained and their names noted: own, and those among
// values that own does not have.
func containedLibrary(l *lua.State, name string, values map[string]any, own map[string]lua.Function) map[string]any {
	functions := map[string]lua.Function{}
	for key, v := range values {
		l.PushLightUserData(v)
		if f := l.ToGoFunction(-1); f != nil {
			functions[key] = f
		}
		l.Pop(1)
	}
	maps.Copy(functions, own)
	prefix := name + "."
	if name == "_G" {
		prefix = ""
	}
	prepared := map[string]any{}
	for key, f := range functions {
		prepared[key] = newLibraryFunction(l, prefix+key, f)
	}
	return prepared
}

func newLibraryFunction(l *lua.State, name string, f lua.Function) any {
	v := newGoClosure(l, contained(name, f))
	libraryNames[v] = name
	return v
}

// readTable returns what the table on the top has that can be shared between states: functions and constants.
func readTable(l *lua.State) map[string]any {
	values := map[string]any{}
	l.PushNil()
	for l.Next(-2) {
		switch l.TypeOf(-1) {
		case lua.TypeFunction, lua.TypeNumber, lua.TypeString, lua.TypeBoolean:
			values[l.ToValue(-2).(string)] = l.ToValue(-1)
		}
		l.Pop(1)
	}
	return values
}

func newLibrary(values map[string]any) library {
	return library{slices.Sorted(maps.Keys(values)), values}
}

// fill copies a library into the table on the top.
func (lib library) fill(l *lua.State) {
	for _, name := range lib.names {
		l.PushLightUserData(lib.values[name])
		setRawField(l, -2, name)
	}
}

// pushIO pushes a new table io, whose files belong to one state.
func pushIO(l *lua.State) {
	lib := stock.libraries[ioLibrary]
	l.CreateTable(0, len(lib.names)+3)
	lib.fill(l)
	stdlib.OpenIO(state{l})
}
