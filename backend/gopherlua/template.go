package gopherlua

import (
	"fmt"
	"maps"
	"math"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// libraryCount is how many libraries there are: the base functions and Backend.Libraries.
const libraryCount = 8

// library is what the tables of a standard library are filled from. It is the same for all states and never changes.
type library struct {
	id        int
	name      string
	entries   []entry        // sorted by name
	index     map[string]int // of entries
	metatable *lua.LTable    // of tables that are not full
}

// entry is what stands under one name of a library: one of the three kinds.
type entry struct {
	name     string
	constant lua.LValue
	function lua.LGFunction                            // each state gets a function of its own around it
	make     func(l *lua.LState, d *vmdata) lua.LValue // each state gets what it returns
}

func (e *entry) value(l *lua.LState, d *vmdata) lua.LValue {
	switch {
	case e.make != nil:
		return e.make(l, d)
	case e.function != nil:
		return newFunction(l, e.function)
	}
	return e.constant
}

// newFunction returns a function of l's VM around Go code. It has the globals as its environment.
func newFunction(l *lua.LState, f lua.LGFunction) *lua.LFunction {
	return &lua.LFunction{IsG: true, Env: l.G.Global, GFunction: f}
}

// libraries is the template of all states.
type libraries struct {
	base        *library
	named       map[string]*library // those of Backend.Libraries
	byMetatable map[*lua.LTable]*library
	all         []*library  // by id
	unopened    uint64      // the base names of the libraries, as bits
	files       uint64      // the base names of what reads files, as bits
	stringMeta  *lua.LTable // the metatable of strings until a script looks at it
	numeralMeta *lua.LTable // the same in a state without the string library
}

var template *libraries

// newTemplate makes the template of the VM's libraries as stock has them, and of this package's own.
func newTemplate(stock *lua.LState) *libraries {
	t := &libraries{named: map[string]*library{}, byMetatable: map[*lua.LTable]*library{}}
	contents := stockLibraries(stock)
	base := contents["_G"]
	delete(contents, "_G")
	for name, value := range baseLibrary() {
		base[name] = value
	}
	base["package"] = entry{make: func(l *lua.LState, d *vmdata) lua.LValue { return packageTable(l, d) }}
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		t.named[name] = t.add(name, contents[name])
		base[name] = entry{make: func(l *lua.LState, d *vmdata) lua.LValue { return libraryTable(l, d, t.named[name]) }}
	}
	t.base = t.add("_G", base)
	for name := range contents {
		t.unopened |= t.base.bit(name)
	}
	t.files = t.base.bit("dofile") | t.base.bit("loadfile")
	t.numeralMeta = arithmeticMeta()
	t.stringMeta = arithmeticMeta()
	t.stringMeta.RawSetString("__index", sharedFunction(firstStringIndex))
	return t
}

// add makes a library of its contents.
func (t *libraries) add(name string, contents map[string]entry) *library {
	lib := &library{id: len(t.byMetatable), name: name, index: map[string]int{}}
	for _, key := range slices.Sorted(maps.Keys(contents)) {
		e := contents[key]
		e.name = key
		lib.index[key] = len(lib.entries)
		lib.entries = append(lib.entries, e)
	}
	if lib.id >= libraryCount || len(lib.entries) > 64 {
		panic(fmt.Sprintf("gopherlua: no room for library %s with %d names", name, len(lib.entries)))
	}
	lib.metatable = lib.lazyMetatable()
	t.byMetatable[lib.metatable] = lib
	t.all = append(t.all, lib)
	return lib
}

// bit is the mark of a name in vmdata.settled, 0 when the library does not have it.
func (lib *library) bit(name string) uint64 {
	if i, ok := lib.index[name]; ok {
		return 1 << i
	}
	return 0
}

// stockLibraries are the libraries as the VM has opened them in l, with what this package overrides; base functions are
// under "_G".
func stockLibraries(l *lua.LState) map[string]map[string]entry {
	libs := map[string]map[string]entry{}
	for _, name := range append(Backend.Libraries(), "_G") {
		lib := map[string]entry{}
		l.GetGlobal(name).(*lua.LTable).ForEach(func(key, value lua.LValue) {
			switch v := value.(type) {
			case *lua.LTable, *lua.LUserData: // what belongs to one state
			case *lua.LFunction:
				lib[key.String()] = stockFunction(v)
			default:
				lib[key.String()] = entry{constant: v}
			}
		})
		libs[name] = lib
	}
	delete(libs["string"], "__index")
	libs["string"]["dump"] = entry{function: stringDump}
	delete(libs["_G"], "_printregs") // prints the VM's registers
	delete(libs["_G"], "_GOPHER_LUA_VERSION")
	libs["math"]["huge"] = entry{constant: lua.LNumber(math.Inf(1))}
	maps.Copy(libs["coroutine"], coroutineLibrary())
	maps.Copy(libs["debug"], debugLibrary())
	libs["io"] = map[string]entry{} // the VM's is not used at all
	for name, functions := range stdlib.Libraries {
		for key, f := range functions {
			libs[name][key] = entry{function: func(l *lua.LState) int { return f(state{l}) }}
		}
	}
	return libs
}

// stringDump is string.dump; the VM has no binary chunks.
func stringDump(l *lua.LState) int {
	checkFunction(l, 1, "dump")
	raiseText(l, "unable to dump given function")
	return 0
}

// stockFunction is a function of the VM; each state gets it with upvalues of its own.
func stockFunction(f *lua.LFunction) entry {
	if len(f.Upvalues) == 0 {
		return entry{function: f.GFunction}
	}
	upvalues := make([]lua.LGFunction, len(f.Upvalues))
	for i, u := range f.Upvalues {
		up, ok := u.Value().(*lua.LFunction)
		if !ok {
			return entry{} // of the VM's io library
		}
		upvalues[i] = up.GFunction
	}
	return entry{make: func(l *lua.LState, _ *vmdata) lua.LValue {
		values := make([]lua.LValue, len(upvalues))
		for i, up := range upvalues {
			values[i] = newFunction(l, up)
		}
		return l.NewClosure(f.GFunction, values...)
	}}
}
