package gopherlua

import (
	"reflect"
	"slices"
	"unsafe"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// The VM keeps the key of a field that was cleared for as long as the table lives: it has a list of all keys that there
// ever were, so that a traversal can go on from a key whose field it has just cleared. A key that is an object, such as a
// handle, would never die. So a collection takes dead objects out of these lists. Where they were is remembered as long as
// they live otherwise, which is as long as a traversal can be at one of them.
//
// The lists are fields that the VM does not export. Package vmfield finds them.

// tableLayout has the offsets of fields in an LTable, in the VM's stack of registers, and of the latter in an LState.
type tableLayout struct {
	known                               bool
	array, dict, strdict, keys, indexes uintptr
	registers, slots, top               uintptr
}

var layout tableLayout

func findTableLayout(table, state reflect.Type) (layout tableLayout) {
	var find vmfield.Finder
	layout.array = find.Offset(table, "array", vmfield.Is[[]lua.LValue])
	layout.dict = find.Offset(table, "dict", vmfield.Is[map[lua.LValue]lua.LValue])
	layout.strdict = find.Offset(table, "strdict", vmfield.Is[map[string]lua.LValue])
	layout.keys = find.Offset(table, "keys", vmfield.Is[[]lua.LValue])
	layout.indexes = find.Offset(table, "k2i", vmfield.Is[map[lua.LValue]int])
	place, registers := find.Target(state, "reg", reflect.Pointer)
	layout.registers = place
	layout.slots = find.Offset(registers, "array", vmfield.Is[[]lua.LValue])
	layout.top = find.Offset(registers, "top", vmfield.Is[int])
	layout.known = find.Known()
	return layout
}

// array returns the list of t's values with the keys 1, 2, and so on.
func array(t *lua.LTable) *[]lua.LValue {
	return vmfield.At[[]lua.LValue](unsafe.Pointer(t), layout.array)
}

// keyList returns the list of all keys that there ever were in t, without those of the array.
func keyList(t *lua.LTable) *[]lua.LValue {
	return vmfield.At[[]lua.LValue](unsafe.Pointer(t), layout.keys)
}

// keyIndexes returns the places of keys in the list.
func keyIndexes(t *lua.LTable) *map[lua.LValue]int {
	return vmfield.At[map[lua.LValue]int](unsafe.Pointer(t), layout.indexes)
}

// goneKey is an object that was taken out of a table's list of keys.
type goneKey struct {
	table weak.Pointer[lua.LTable]
	key   weakObject
	index int // in the list
}

// weakObject refers to a value of the VM without keeping it alive.
type weakObject interface {
	alive() bool
	is(lua.LValue) bool
}

type weakTo[T any] struct{ object weak.Pointer[T] }

func (w weakTo[T]) alive() bool { return w.object.Value() != nil }

func (w weakTo[T]) is(v lua.LValue) bool {
	object, ok := any(v).(*T)
	return ok && object == w.object.Value()
}

// weakly returns a weak reference to an object; ok is false for values that are no objects.
func weakly(v lua.LValue) (w weakObject, ok bool) {
	switch v := v.(type) {
	case *lua.LUserData:
		return weakTo[lua.LUserData]{weak.Make(v)}, true
	case *lua.LTable:
		return weakTo[lua.LTable]{weak.Make(v)}, true
	case *lua.LFunction:
		return weakTo[lua.LFunction]{weak.Make(v)}, true
	case *lua.LState:
		return weakTo[lua.LState]{weak.Make(v)}, true
	}
	return nil, false
}

// goneFrom returns where in the list of t's keys the key was; ok is false when it is there still, or never was.
func (d *vmdata) goneFrom(t *lua.LTable, key lua.LValue) (index int, ok bool) {
	if len(d.gone) == 0 || t.RawGetH(key) != lua.LNil {
		return 0, false
	}
	for _, g := range d.gone {
		if g.table.Value() == t && g.key.is(key) {
			return g.index, true
		}
	}
	return 0, false
}

// fieldAfter returns the first field of t whose key comes behind index in its list.
func fieldAfter(t *lua.LTable, index int) (key, value lua.LValue) {
	for _, key := range (*keyList(t))[index+1:] {
		if value := t.RawGetH(key); value != lua.LNil {
			return key, value
		}
	}
	return lua.LNil, lua.LNil
}

// dropDeadKeys takes dead objects out of the lists of keys of all tables that l's VM can reach. A VM that never got
// userdata from Go has nothing that must die.
func dropDeadKeys(l *lua.LState) {
	d := dataOf(l)
	if !layout.known || !d.hasUserdata {
		return
	}
	d.gone = slices.DeleteFunc(d.gone, func(g goneKey) bool { return !g.key.alive() || g.table.Value() == nil })
	s := sweep{data: d, seen: map[any]struct{}{}}
	for state := l; state != nil; state = state.Parent {
		s.reach(state)
	}
	s.reach(l.G.Registry)
	s.reach(l.G.Global)
	s.reach(l.GetMetatable(lua.LString("")))
	for len(s.found) > 0 {
		v := s.found[len(s.found)-1]
		s.found = s.found[:len(s.found)-1]
		s.visit(v)
	}
}

// sweep is a walk over the values of a VM.
type sweep struct {
	data  *vmdata
	seen  map[any]struct{}
	found []lua.LValue // seen and not visited
}

func (s *sweep) reach(v lua.LValue) {
	switch v.(type) {
	case *lua.LTable, *lua.LFunction, *lua.LUserData, *lua.LState:
		if _, ok := s.seen[v]; !ok {
			s.seen[v] = struct{}{}
			s.found = append(s.found, v)
		}
	}
}

func (s *sweep) visit(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		s.visitTable(v)
	case *lua.LFunction:
		if v.Env != nil {
			s.reach(v.Env)
		}
		for _, u := range v.Upvalues {
			if u != nil {
				s.reach(u.Value())
			}
		}
	case *lua.LUserData:
		s.reach(v.Metatable)
		if v.Env != nil {
			s.reach(v.Env)
		}
	case *lua.LState:
		s.visitStack(v)
	}
}

func (s *sweep) visitTable(t *lua.LTable) {
	s.reach(t.Metatable)
	p := unsafe.Pointer(t)
	for _, v := range *array(t) {
		s.reach(v)
	}
	for _, v := range *vmfield.At[map[string]lua.LValue](p, layout.strdict) {
		s.reach(v)
	}
	dict := *vmfield.At[map[lua.LValue]lua.LValue](p, layout.dict)
	for k, v := range dict {
		s.reach(k)
		s.reach(v)
	}
	keys := *keyList(t)
	if len(keys) == len(dict)+len(*vmfield.At[map[string]lua.LValue](p, layout.strdict)) {
		return
	}
	for i, key := range keys {
		if _, live := dict[key]; live {
			continue
		}
		if object, ok := weakly(key); ok {
			s.data.gone = append(s.data.gone, goneKey{weak.Make(t), object, i})
			keys[i] = lua.LNil // which has no field, so that traversals pass over it
			delete(*keyIndexes(t), key)
		}
	}
}

// visitStack reaches what is on the stack of a coroutine or of the VM itself, and its functions.
func (s *sweep) visitStack(l *lua.LState) {
	if l.Env != nil {
		s.reach(l.Env)
	}
	registers := *vmfield.At[unsafe.Pointer](unsafe.Pointer(l), layout.registers)
	if registers == nil {
		return
	}
	slots, top := *vmfield.At[[]lua.LValue](registers, layout.slots), *vmfield.At[int](registers, layout.top)
	for _, v := range slots[:min(top, len(slots))] {
		s.reach(v)
	}
}
