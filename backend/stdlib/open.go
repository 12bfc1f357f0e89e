package stdlib

import (
	"github.com/mtstates/go-mtstates/backend"
)

// The table of globals and those of the libraries start empty and are filled one name at a time when a script first uses
// it, and all at once when something looks at the table as a whole. A table that is not full has the lazy metatable, whose
// __index fetches a name and whose __newindex takes the place of one. Whatever could see the difference completes the table
// first: the functions of this package through the operations of the contract, which call Complete. A name is fetched only
// once, so that what a script has removed or replaced stays so.

// opened has the libraries of one VM.
type opened struct {
	set     *Set
	open    uint64   // the libraries that are globals from the start, as bits by id
	hidden  uint64   // those that only require finds
	tables  []lazy   // by id of the library
	modules []module // registered by Preload before package.preload existed
	lazyID  uintptr  // of the lazy metatable
	// tostring is the base function, 0 before it is fetched: print calls another one.
	tostring uintptr
	loading  map[string]bool // the modules that require loads
	filling  bool            // while this file writes to tables that are not full
	whole    uint64          // the libraries of which all functions are chosen
	partial  uint64          // those of which some are chosen by name
	noFiles  []string        // the standard files that io lacks
	packaged bool            // the table package exists

	preloaded map[string]bool           // the modules of Preload, if the VM has read-only globals
	frozen    map[uintptr]readOnlyTable // by ToPointer; nil before Freeze

	collector collector
}

// lazy is the table of a library.
type lazy struct {
	id      uintptr // 0 when it is not made yet
	settled uint64  // the entries that no longer come from the library, as bits
}

// module is a module that the host has registered.
type module struct {
	name   string
	loader backend.Function
}

// LazyMetatable is the name of the lazy metatable in the registry.
const LazyMetatable = "mtstates.lazy"

// Where the registry has what belongs to the libraries. The first two are the VM's own names for the tables.
const (
	loadedKey    = "_LOADED"
	preloadKey   = "_PRELOAD"
	packageKey   = "mtstates.package"
	nextKey      = "mtstates.next"
	ipairsKey    = "mtstates.ipairs"
	tablesPrefix = "mtstates.table."
)

// Open opens the libraries of a new VM, as the options in its Env say. It sets Env.Libraries.
func (s *Set) Open(vm backend.VM) {
	env := vm.Env()
	o := &opened{set: s, tables: make([]lazy, len(s.libraries))}
	env.Libraries = o
	unopened := uint64(0)
	for _, lib := range s.libraries[1:] {
		unopened |= s.base.bits(lib.name)
	}
	for _, name := range env.Open {
		lib := o.choose(name)
		o.open |= 1 << lib.id
		unopened &^= s.base.bits(lib.name)
	}
	for _, name := range env.Preload {
		o.hidden |= 1 << o.choose(name).id
	}
	if env.NoFiles {
		unopened |= s.base.bits("dofile", "loadfile")
	}
	top := vm.GetTop()
	o.pushLazyMetatable(vm)
	vm.PushGlobalTable()
	o.tables[s.base.id] = lazy{vm.ToPointer(-1), unopened}
	vm.PushValue(-2)
	vm.SetMetatable(-2)
	if lib := s.named["string"]; lib != nil && o.open&(1<<lib.id) != 0 {
		vm.PushString("")
		vm.PushValue(top + 1)
		vm.SetMetatable(-2)
	}
	vm.SetTop(top)
}

// pushLazyMetatable makes the lazy metatable.
func (o *opened) pushLazyMetatable(vm backend.VM) {
	vm.PushRegistry()
	vm.CreateTable(0, 0)
	vm.PushFunction(o.index)
	vm.RawSetField(-2, "__index")
	vm.PushFunction(o.newIndex)
	vm.RawSetField(-2, "__newindex")
	o.setMetamethods(vm)
	o.lazyID = vm.ToPointer(-1)
	vm.PushValue(-1)
	vm.RawSetField(-3, LazyMetatable)
	backend.Remove(vm, vm.GetTop()-1)
}

// index is __index of the lazy metatable. The first argument is the lazy table even if a script's table inherits from
// it, and a string while strings still have this metatable.
func (o *opened) index(vm backend.VM) int {
	if vm.Type(1) == backend.String {
		o.pushStringMethods(vm)
		vm.PushValue(2)
		backend.GetTable(vm, -2)
		return 1
	}
	if lib := o.libraryAt(vm, 1); lib != nil && vm.Type(2) == backend.String {
		name, _ := vm.ToString(2)
		if o.fetch(vm, lib, 1, name) {
			return 1
		}
		return o.rawGet(vm, 1, name) // a hook of this call may have fetched it
	}
	vm.PushNil()
	return 1
}

// newIndex is __newindex of the lazy metatable.
func (o *opened) newIndex(vm backend.VM) int {
	checkKey(vm, 2)
	if lib := o.libraryAt(vm, 1); lib != nil && vm.Type(2) == backend.String {
		name, _ := vm.ToString(2)
		o.tables[lib.id].settled |= lib.bits(name)
	}
	vm.SetTop(3)
	o.rawSet(vm, 1)
	return 0
}

// libraryAt returns the library from which the table at index is filled, nil for an ordinary table.
func (o *opened) libraryAt(vm backend.VM, index int) *library {
	id := vm.ToPointer(index)
	for i := range o.tables {
		if o.tables[i].id == id {
			return o.set.libraries[i]
		}
	}
	return nil
}

// fetch pushes the entry of a library under a name that its table, at the positive index, does not have, and stores it
// there. ok is false, and nothing is pushed, if there is no such entry, or if the state has settled the name.
func (o *opened) fetch(vm backend.VM, lib *library, index int, name string) (ok bool) {
	i, ok := lib.index[name]
	if !ok || o.tables[lib.id].settled&(1<<i) != 0 {
		return false
	}
	o.tables[lib.id].settled |= 1 << i
	o.pushEntry(vm, lib, i)
	vm.PushString(name)
	vm.PushValue(-2)
	o.rawSet(vm, index)
	return true
}

// rawSet is RawSet for a table that stays lazy.
func (o *opened) rawSet(vm backend.VM, index int) {
	filling := o.filling
	o.filling = true
	vm.RawSet(index)
	o.filling = filling
}

// rawGet pushes the value under a name in a table that stays lazy.
func (o *opened) rawGet(vm backend.VM, index int, name string) (results int) {
	filling := o.filling
	o.filling = true
	vm.RawGetField(index, name)
	o.filling = filling
	return 1
}

func (o *opened) pushEntry(vm backend.VM, lib *library, i int) {
	e := &lib.entries[i]
	if e.push != nil {
		e.push(o, vm)
		return
	}
	o.pushFunction(vm, lib.prefix+e.name, e.function)
	if lib == o.set.base && e.name == "tostring" {
		o.tostring = vm.ToPointer(-1)
	}
}

// Complete turns the table at index into an ordinary one, or gives strings their own metatable, if it has the lazy
// metatable. Operations that read tables or metatables without metamethods call it for such values.
func (o *opened) Complete(vm backend.VM, index int) {
	if o.filling {
		return
	}
	top := vm.GetTop()
	if index < 0 {
		index += top + 1
	}
	vm.CheckStack(minStack)
	if vm.Type(index) == backend.String {
		o.pushStringMethods(vm)
		vm.SetTop(top)
		return
	}
	lib := o.libraryAt(vm, index)
	if lib == nil {
		return
	}
	o.filling = true
	vm.PushNil()
	vm.SetMetatable(index)
	o.filling = false
	for _, e := range lib.entries {
		o.fetch(vm, lib, index, e.name)
		vm.SetTop(top)
	}
}

// minStack is the stack space that completing a table needs.
const minStack = 20

// pushLibrary pushes the state's table of a library, which is made on first use.
func (o *opened) pushLibrary(vm backend.VM, lib *library) {
	key := tablesPrefix + lib.name
	vm.PushRegistry()
	registry := vm.GetTop()
	if o.tables[lib.id].id != 0 {
		vm.RawGetField(registry, key)
	} else {
		vm.CreateTable(0, 0)
		o.tables[lib.id].id = vm.ToPointer(-1)
		if lib.name == "io" {
			OpenIO(vm)
			for _, name := range o.noFiles {
				vm.PushNil()
				vm.RawSetField(-2, name)
			}
		}
		vm.RawGetField(registry, LazyMetatable)
		vm.SetMetatable(-2)
		vm.PushValue(-1)
		vm.RawSetField(registry, key)
		if o.frozen != nil {
			o.freeze(vm, lib.name)
		}
	}
	backend.Remove(vm, registry)
}

// pushStringMethods gives strings their own metatable instead of the lazy one, and pushes the table of the string
// library.
func (o *opened) pushStringMethods(vm backend.VM) {
	o.filling = true
	defer func() { o.filling = false }()
	o.pushLibrary(vm, o.set.named["string"])
	vm.PushString("")
	vm.CreateTable(0, 0)
	vm.PushValue(-3)
	vm.RawSetField(-2, "__index")
	o.setMetamethods(vm)
	o.protectStrings(vm)
	vm.SetMetatable(-2)
	vm.SetTop(vm.GetTop() - 1)
}

// loadHidden is the loader of a library that is only in package.preload; require stores its result. If a script loads
// the library again, it gets a full table of its own, unless the table is read-only.
func (o *opened) loadHidden(lib *library) backend.Function {
	return func(vm backend.VM) int {
		known := o.tables[lib.id].id != 0
		o.pushLibrary(vm, lib)
		if known && o.frozen == nil {
			o.Complete(vm, -1)
			copyTable(vm)
		}
		if lib.name == "string" {
			o.giveMethods(vm)
		}
		return 1
	}
}

// giveMethods makes the functions of the table on the top methods of strings, unless strings have a metatable.
func (o *opened) giveMethods(vm backend.VM) {
	vm.PushString("")
	if vm.GetMetatable(-1) {
		vm.SetTop(vm.GetTop() - 2)
		return
	}
	vm.CreateTable(0, 0)
	vm.PushValue(-3)
	vm.RawSetField(-2, "__index")
	o.setMetamethods(vm)
	o.protectStrings(vm)
	vm.SetMetatable(-2)
	vm.SetTop(vm.GetTop() - 1)
}

// setMetamethods gives the metatable on the top what the VM's strings have beside methods.
func (o *opened) setMetamethods(vm backend.VM) {
	for _, event := range o.set.dialect.Metamethods {
		o.set.dialect.Push(vm, "string metatable."+event, nil)
		vm.RawSetField(-2, event)
	}
}

// copyTable replaces the table on the top by a copy.
func copyTable(vm backend.VM) {
	from := vm.GetTop()
	vm.CreateTable(0, 0)
	vm.PushNil()
	for vm.Next(from) {
		vm.PushValue(-2)
		backend.Insert(vm, vm.GetTop()-1)
		vm.RawSet(from + 1)
	}
	backend.Remove(vm, from)
}

// of returns the libraries of a VM for which Open was called.
func of(vm backend.VM) *opened { return vm.Env().Libraries.(*opened) }
