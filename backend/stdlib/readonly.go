package stdlib

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// A table that is read-only has no fields of its own: they are in another table, to which only Go code gets, and where the
// __index of its metatable finds them. So each assignment comes to its __newindex, which raises an error. Functions that
// access tables without metamethods are other ones in a VM with read-only globals, see guard.go. Filling on use goes on
// behind the read-only table.

// readOnlyKey is where the registry has a list of the read-only tables, each followed by the one with its fields.
const readOnlyKey = "mtstates.readonly"

// readOnlyTable is what is known about a read-only table.
type readOnlyTable struct {
	fields int // its place in the list
	label  string
}

// Freeze implements [backend.ReadOnly].
func (o *opened) Freeze(vm backend.VM) {
	top := vm.GetTop()
	vm.CheckStack(minStack)
	o.frozen = map[uintptr]readOnlyTable{}
	vm.PushRegistry()
	vm.CreateTable(0, 0)
	vm.RawSetField(-2, readOnlyKey)
	for _, lib := range o.set.libraries[1:] {
		if o.tables[lib.id].id != 0 {
			o.pushLibrary(vm, lib)
			o.freeze(vm, lib.name)
		}
	}
	vm.PushGlobalTable()
	o.freeze(vm, "")
	if o.packaged {
		o.freezePackage(vm)
	}
	o.freezeStrings(vm)
	vm.SetTop(top)
}

// freezePackage makes package and the tables in it read-only, and those of the host's modules that are loaded. What require
// uses stays as it is, and belongs to Go code from now on.
func (o *opened) freezePackage(vm backend.VM) {
	top := vm.GetTop()
	backend.GetRegistered(vm, loadedKey)
	vm.PushNil()
	for vm.Next(top + 1) {
		if name, ok := vm.ToString(-2); ok && vm.Type(-2) == backend.String && o.preloaded[name] {
			o.freezeAll(vm, name)
		}
		vm.SetTop(top + 2)
	}
	vm.SetTop(top)
	vm.PushRegistry()
	for _, key := range []string{loadedKey, preloadKey} {
		vm.RawGetField(top+1, key)
		o.freeze(vm, visible[key])
		vm.PushValue(-1)
		vm.RawSetField(top+1, visible[key])
		o.PushFields(vm, -1)
		vm.RawSetField(top+1, key)
		vm.SetTop(top + 1)
	}
	vm.RawGetField(top+1, packageKey)
	for _, name := range []string{"loaders", "searchers"} {
		if vm.RawGetField(top+2, name); vm.Type(-1) == backend.Table {
			o.freeze(vm, "package."+name)
		}
		vm.SetTop(top + 2)
	}
	o.freeze(vm, packageName)
	vm.SetTop(top)
}

// visible has the names of the tables of package that the registry has for require, which are also where it has the
// read-only ones that scripts see.
var visible = map[string]string{loadedKey: "package.loaded", preloadKey: "package.preload"}

// freezeAll makes the table on the top read-only, if it is one, and all tables in it.
func (o *opened) freezeAll(vm backend.VM, label string) {
	if vm.Type(-1) != backend.Table || o.isFrozen(vm, -1) {
		return
	}
	vm.CheckStack(minStack)
	o.freeze(vm, label)
	top := vm.GetTop()
	o.PushFields(vm, top)
	vm.PushNil()
	for vm.Next(top + 1) {
		if name, ok := vm.ToString(-2); ok && vm.Type(-2) == backend.String {
			o.freezeAll(vm, label+"."+name)
		} else {
			o.freezeAll(vm, label)
		}
		vm.SetTop(top + 2)
	}
	vm.SetTop(top)
}

// freeze makes the table on the top read-only. The label names it in messages; the globals have none.
func (o *opened) freeze(vm backend.VM, label string) {
	if o.isFrozen(vm, -1) {
		return
	}
	table := vm.GetTop()
	lib := o.libraryAt(vm, table)
	lazy := lib != nil && o.isLazy(vm, table)
	if lazy {
		vm.PushNil()
		o.setMetatableOf(vm, table)
	}
	vm.CreateTable(0, 0)
	fields := table + 1
	moveFields(vm, table, fields)
	if lazy {
		o.tables[lib.id].id = vm.ToPointer(fields)
		vm.PushRegistry()
		vm.RawGetField(-1, LazyMetatable)
		o.setMetatableOf(vm, fields)
		vm.SetTop(fields)
	}
	n := 2*len(o.frozen) + 1
	backend.GetRegistered(vm, readOnlyKey)
	vm.PushValue(table)
	vm.RawSetI(-2, n)
	vm.PushValue(fields)
	vm.RawSetI(-2, n+1)
	vm.SetTop(fields)
	o.frozen[vm.ToPointer(table)] = readOnlyTable{n + 1, label}
	o.pushReadOnlyMetatable(vm, table, fields)
	vm.SetMetatable(table)
	vm.SetTop(table)
}

// isLazy reports whether the value at index has the lazy metatable.
func (o *opened) isLazy(vm backend.VM, index int) bool {
	top, filling := vm.GetTop(), o.filling
	o.filling = true
	has := vm.GetMetatable(index)
	lazy := has && vm.ToPointer(-1) == o.lazyID
	o.filling = filling
	vm.SetTop(top)
	return lazy
}

// setMetatableOf is SetMetatable for a table that stays lazy.
func (o *opened) setMetatableOf(vm backend.VM, index int) {
	filling := o.filling
	o.filling = true
	vm.SetMetatable(index)
	o.filling = filling
}

// moveFields moves the fields of a table to an empty one.
func moveFields(vm backend.VM, from, to int) {
	top := vm.GetTop()
	vm.PushNil()
	for vm.Next(from) {
		vm.PushValue(-2)
		vm.PushValue(-2)
		vm.RawSet(to)
		vm.SetTop(top + 1)
	}
	vm.PushNil()
	for vm.Next(to) {
		vm.SetTop(top + 1)
		vm.PushValue(-1)
		vm.PushNil()
		vm.RawSet(from)
	}
	vm.SetTop(top)
}

// pushReadOnlyMetatable pushes the metatable of a table that becomes read-only. It has what the metatable of the setup has,
// but not what changes the table.
func (o *opened) pushReadOnlyMetatable(vm backend.VM, table, fields int) {
	vm.CreateTable(0, 0)
	mt := vm.GetTop()
	if vm.GetMetatable(table) {
		copyFields(vm, mt+1, mt)
		vm.SetTop(mt)
		for _, name := range []string{"__mode", "__gc"} {
			vm.PushNil()
			vm.RawSetField(mt, name)
		}
	}
	if vm.RawGetField(mt, "__index"); vm.Type(-1) == backend.Nil {
		vm.PushValue(fields)
	} else {
		vm.PushClosure(o.indexReadOnly(vm), 1)
	}
	vm.RawSetField(mt, "__index")
	vm.PushFunction(o.refuse)
	vm.RawSetField(mt, "__newindex")
	if vm.RawGetField(mt, "__len"); vm.Type(-1) == backend.Nil { // which Lua 5.1 does not ask for
		vm.PushFunction(o.lengthReadOnly)
		vm.RawSetField(mt, "__len")
	}
	if vm.RawGetField(mt, "__metatable"); vm.Type(-1) == backend.Nil {
		vm.PushBoolean(false)
		vm.RawSetField(mt, "__metatable")
	}
	vm.SetTop(mt)
}

// copyFields copies the fields of a table to another one.
func copyFields(vm backend.VM, from, to int) {
	top := vm.GetTop()
	vm.PushNil()
	for vm.Next(from) {
		vm.PushValue(-2)
		vm.PushValue(-2)
		vm.RawSet(to)
		vm.SetTop(top + 1)
	}
	vm.SetTop(top)
}

// indexReadOnly returns the __index of a read-only table to which the setup gave one, the value on the top: that gets the
// read-only table, not the one with the fields.
func (o *opened) indexReadOnly(vm backend.VM) backend.Function {
	backend.GetRegistered(vm, readOnlyKey)
	vm.PushValue(-2)
	key := fmt.Sprint("__index ", len(o.frozen))
	vm.RawSetField(-2, key)
	vm.SetTop(vm.GetTop() - 1)
	return func(vm backend.VM) int {
		vm.SetTop(2)
		o.PushFields(vm, 1)
		vm.PushValue(2)
		vm.RawGet(3)
		backend.Remove(vm, 3)
		if vm.Type(-1) != backend.Nil {
			return 1
		}
		backend.GetRegistered(vm, readOnlyKey)
		vm.RawGetField(-1, key)
		backend.Remove(vm, 4)
		if vm.Type(-1) == backend.FunctionType {
			vm.PushValue(1)
			vm.PushValue(2)
			vm.Call(2, 1)
			return 1
		}
		vm.PushValue(2)
		backend.GetTable(vm, 4)
		return 1
	}
}

// lengthReadOnly is __len of read-only tables.
func (o *opened) lengthReadOnly(vm backend.VM) int {
	o.PushFields(vm, 1)
	n := vm.RawLen(-1)
	vm.SetTop(0)
	vm.PushNumber(float64(n))
	return 1
}

// refuse is __newindex of read-only tables.
func (o *opened) refuse(vm backend.VM) int {
	label := o.frozen[vm.ToPointer(1)].label
	name, ok := vm.ToString(2)
	switch {
	case !ok:
		name = "a field"
	default:
		name = "'" + backend.Quote(name) + "'"
	}
	if label == "" {
		return raise(vm, fmt.Sprintf("attempt to change %s: the globals are read-only", name))
	}
	return raise(vm, fmt.Sprintf("attempt to change %s of %s, which is read-only", name, label))
}

// isFrozen reports whether the value at index is a read-only table.
func (o *opened) isFrozen(vm backend.VM, index int) bool {
	if o.frozen == nil {
		return false
	}
	_, ok := o.frozen[vm.ToPointer(index)]
	return ok
}

// PushFields implements [backend.ReadOnly].
func (o *opened) PushFields(vm backend.VM, index int) {
	if o.frozen != nil {
		if t, ok := o.frozen[vm.ToPointer(index)]; ok {
			backend.GetRegistered(vm, readOnlyKey)
			vm.RawGetI(-1, t.fields)
			backend.Remove(vm, vm.GetTop()-1)
			return
		}
	}
	vm.PushValue(index)
}

// freezeStrings lets methods of strings be found where they are now.
func (o *opened) freezeStrings(vm backend.VM) {
	vm.PushString("")
	if !o.isLazy(vm, -1) && vm.GetMetatable(-1) {
		o.protectStrings(vm)
	}
}

// stringsLabel is what getmetatable returns for strings in a VM with read-only globals.
const stringsLabel = "string"

// protectStrings makes scripts not get the metatable of strings, which is on the top. It finds methods where they are.
func (o *opened) protectStrings(vm backend.VM) {
	if !vm.Env().ReadOnlyGlobals {
		return
	}
	vm.PushString(stringsLabel)
	vm.RawSetField(-2, "__metatable")
	if vm.RawGetField(-1, "__index"); vm.Type(-1) == backend.Table {
		o.PushFields(vm, -1)
		vm.RawSetField(-3, "__index")
	}
	vm.SetTop(vm.GetTop() - 1)
}
