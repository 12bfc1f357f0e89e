package stdlib

import (
	"fmt"
	"maps"
	"slices"

	"github.com/mtstates/go-mtstates/backend"
)

// Dialect describes the Lua of an adapter's VM.
type Dialect struct {
	// Lua is the version of the language as Lua's C API numbers it, such as 501 for Lua 5.1.
	Lua int
	// Path is package.path without LUA_PATH.
	Path string
	// Own are functions of the adapter, by library, which replace those of this package: functions of the VM that are
	// right and faster, and functions that operations of the contract cannot express. Push knows what a name with nil
	// stands for.
	Own map[string]Library
	// Metamethods are those of strings beside __index, such as "__add", which Push knows behind "string metatable.".
	Metamethods []string
	// Push pushes a library function with its name for tracebacks, such as "string.rep"; nil stands for
	// VM.PushFunction.
	Push func(vm backend.VM, name string, f backend.Function)
}

// Set has the standard libraries of a backend, which all of its VMs share. It never changes.
type Set struct {
	dialect   Dialect
	base      *library
	libraries []*library // those that a state may open, by id; the base functions are the first
	named     map[string]*library
	inPackage map[string]entry // functions that only some versions of Lua have
	guards    map[string]func(backend.Function) backend.Function
}

// library is what tables are filled from.
type library struct {
	id      int
	name    string
	prefix  string         // of the names of its functions in tracebacks
	entries []entry        // sorted by name
	index   map[string]int // of entries
}

// entry is what a library has under a name: a function, or a value that push pushes.
type entry struct {
	name     string
	function backend.Function
	push     func(o *opened, vm backend.VM)
}

// maxEntries bounds the names of a library, because bits of an integer stand for them.
const maxEntries = 64

// baseName is the library of the base functions.
const baseName = "_G"

// NewSet returns the libraries of a backend: the base functions, package, and the libraries with the given names.
func NewSet(names []string, d Dialect) *Set {
	s := &Set{dialect: d, named: map[string]*library{}, guards: guards()}
	if s.dialect.Push == nil {
		s.dialect.Push = func(vm backend.VM, _ string, f backend.Function) { vm.PushFunction(f) }
	}
	s.inPackage = s.entriesOf(packageName)
	base := s.entriesOf(baseName)
	s.base = s.add(baseName, base)
	for _, name := range slices.Sorted(slices.Values(names)) {
		entries := s.entriesOf(name)
		lib := s.add(name, entries)
		s.named[name] = lib
		base[name] = entry{push: func(o *opened, vm backend.VM) { o.pushLibrary(vm, lib) }}
	}
	base[baseName] = entry{push: func(_ *opened, vm backend.VM) { vm.PushGlobalTable() }}
	base[packageName] = entry{push: (*opened).pushPackage}
	base["_VERSION"] = constant(fmt.Sprintf("Lua %d.%d", d.Lua/100, d.Lua%100))
	s.base.fill(base)
	return s
}

// entriesOf returns the entries of a library by name.
func (s *Set) entriesOf(name string) map[string]entry {
	entries := map[string]entry{}
	for key, value := range constants()[name] {
		entries[key] = constant(value)
	}
	dropped := lua51()[name]
	if s.dialect.Lua >= 502 {
		dropped = nil
	}
	for _, functions := range []Library{libraries()[name], dropped, s.dialect.Own[name]} {
		for key, f := range functions {
			entries[key] = entry{function: f}
		}
	}
	return entries
}

func (s *Set) add(name string, entries map[string]entry) *library {
	lib := &library{id: len(s.libraries), name: name, prefix: name + "."}
	if name == baseName {
		lib.prefix = ""
	}
	lib.fill(entries)
	s.libraries = append(s.libraries, lib)
	return lib
}

func (lib *library) fill(entries map[string]entry) {
	lib.index, lib.entries = map[string]int{}, nil
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		e := entries[key]
		e.name = key
		lib.index[key] = len(lib.entries)
		lib.entries = append(lib.entries, e)
	}
	if len(lib.entries) > maxEntries {
		panic(fmt.Sprintf("stdlib: library %s has %d names, more than %d", lib.name, len(lib.entries), maxEntries))
	}
}

// HasFunction reports whether the library module, "_G" for the base functions, has a function of that name.
func (s *Set) HasFunction(module, name string) bool {
	lib := s.named[module]
	switch module {
	case baseName:
		lib = s.base
	case packageName:
		return name == "loadlib" || name == "searchpath" || s.inPackage[name].name != ""
	}
	if lib == nil {
		return false
	}
	i, ok := lib.index[name]
	return ok && lib.entries[i].push == nil
}

// bits is the set of the given names of a library.
func (lib *library) bits(names ...string) (set uint64) {
	for _, name := range names {
		if i, ok := lib.index[name]; ok {
			set |= 1 << i
		}
	}
	return set
}

func constant(value any) entry {
	return entry{push: func(_ *opened, vm backend.VM) {
		switch v := value.(type) {
		case float64:
			vm.PushNumber(v)
		case string:
			vm.PushString(v)
		}
	}}
}
