package golua

import (
	"maps"
	"math"
	"slices"
	"sync"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// library is a standard library in a form that is copied into tables of new states: names and values as the VM has
// them. Its functions are shared by all states: they have no upvalues that mean anything, and nothing writes to them.
type library []entry

type entry struct{ key, value any }

// stock returns the libraries, mended; base functions are under "_G". They are read once per process.
var stock func() map[string]library

// libraryNames are the names of library functions in tracebacks. It is complete when stock has returned.
var libraryNames = map[any]string{}

// These are set here because the libraries' functions use them.
func init() { stock = sync.OnceValue(readStock) }

// stockOpeners are the VM's libraries. The package library is written anew (packages.go).
var stockOpeners = map[string]lua.Function{
	"_G":     lua.BaseOpen,
	"bit32":  lua.Bit32Open,
	"debug":  lua.DebugOpen,
	"io":     lua.IOOpen,
	"math":   lua.MathOpen,
	"os":     lua.OSOpen,
	"string": lua.StringOpen,
	"table":  lua.TableOpen,
}

// mended returns the functions that the VM lacks, or has otherwise than the contract or the Lua manual.
func mended() map[string]map[string]lua.Function {
	return map[string]map[string]lua.Function{
		"_G": {
			"assert": baseAssert, "collectgarbage": collectGarbage, "dofile": baseDofile, "error": baseError,
			"getmetatable": baseGetmetatable, "load": baseLoad, "loadfile": baseLoadfile, "pairs": basePairs,
			"pcall": basePcall, "print": basePrint, "rawequal": baseRawequal, "rawget": baseRawget,
			"rawset": baseRawset, "require": require, "tostring": baseTostring, "type": baseType, "xpcall": baseXpcall,
		},
		"debug": {
			"gethook": debugGethook, "getupvalue": debugGetupvalue, "sethook": debugSethook,
			"setupvalue": debugSetupvalue, "traceback": debugTraceback,
		},
		"package": {"loadlib": loadlib, "searchpath": searchpath},
	}
}

func readStock() map[string]library {
	l, libs := lua.NewState(), map[string]library{}
	functions := mended()
	for name, lib := range stdlib.Libraries {
		if functions[name] == nil {
			functions[name] = map[string]lua.Function{}
		}
		for key, f := range lib {
			functions[name][key] = func(l *lua.State) int { return f(state{l}) }
		}
	}
	for name, opener := range stockOpeners {
		l.PushGoFunction(opener)
		l.Call(0, 1)
		values := readTable(l)
		maps.Copy(values, prepare(l, name, values, functions[name]))
		libs[name] = newLibrary(values)
		l.SetTop(0)
	}
	libs["package"] = newLibrary(prepare(l, "package", nil, functions["package"]))
	libs["FILE*"] = newLibrary(fileMethods(l))
	libs["loaders"] = loaders(l)
	libs["searchers"] = library{
		{1.0, newLibraryFunction(l, "package.searchers[1]", searchPreload)},
		{2.0, newLibraryFunction(l, "package.searchers[2]", searchLua)},
	}
	return libs
}

// prepare returns the functions of a library with their panics contained and their names noted: own, and those among
// values that own does not have.
func prepare(l *lua.State, name string, values map[string]any, own map[string]lua.Function) map[string]any {
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
	if _, ok := values["huge"]; ok {
		values["huge"] = math.Inf(1) // the VM has the largest finite number
	}
	return values
}

func fileMethods(l *lua.State) map[string]any {
	lua.MetaTableNamed(l, "FILE*")
	values := readTable(l)
	l.Pop(1)
	return prepare(l, "file", values, nil)
}

func newLibrary(values map[string]any) (lib library) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		lib = append(lib, entry{key, values[key]})
	}
	return lib
}

// fill copies a library into the table on the top.
func fill(l *lua.State, lib library) {
	for _, e := range lib {
		l.PushLightUserData(e.key)
		l.PushLightUserData(e.value)
		l.RawSet(-3)
	}
}

// openLibrary opens a standard library, stores it in package.loaded and as a global.
func openLibrary(l *lua.State, name string) {
	pushLibrary(l, name)
	setLoaded(l, name)
	l.PushGlobalTable()
	l.Insert(-2)
	setRawField(l, -2, name)
	l.Pop(1)
}

// preloadLibrary lets only require find a library.
func preloadLibrary(l *lua.State, name string) {
	lua.SubTable(l, lua.RegistryIndex, preloadKey)
	for _, e := range stock()["loaders"] {
		if e.key == name {
			l.PushLightUserData(e.value)
			setRawField(l, -2, name)
		}
	}
	l.Pop(1)
}

// loaders returns for each library the function that require calls to open it.
func loaders(l *lua.State) library {
	values := map[string]any{}
	for _, name := range Backend.Libraries() {
		values[name] = newLibraryFunction(l, "package.preload."+name, func(l *lua.State) int {
			pushLibrary(l, name)
			return 1
		})
	}
	return newLibrary(values)
}

// pushLibrary pushes a new table with a library.
func pushLibrary(l *lua.State, name string) {
	lib := stock()[name]
	switch name {
	case "io":
		lua.IOOpen(l) // its files, and their methods, belong to one state
		fill(l, lib)
		lua.MetaTableNamed(l, "FILE*")
		fill(l, stock()["FILE*"])
		l.Pop(1)
	case "string":
		l.CreateTable(0, len(lib))
		fill(l, lib)
		setStringMethods(l)
	default:
		l.CreateTable(0, len(lib))
		fill(l, lib)
	}
}

// setStringMethods makes the table on the top what strings are indexed with.
func setStringMethods(l *lua.State) {
	l.PushString("")
	l.CreateTable(0, 1)
	l.PushValue(-3)
	setRawField(l, -2, "__index")
	l.SetMetaTable(-2)
	l.Pop(1)
}
