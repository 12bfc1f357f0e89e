// Package deadkeys lets the keys of cleared fields die. Only package gopherlua imports it.
//
// The fault: the VM keeps the key of a cleared field as long as the table lives. It has a list of all keys that ever
// existed, so that a traversal can go on from a key whose field it has just cleared. A key that is an object, such as a
// handle, would never die. So a collection takes dead objects out of these lists. Their places are remembered as long
// as something else keeps them alive, which is as long as a traversal can be at one of them. When the VM forgets such
// keys itself, this package can go.
package deadkeys

import (
	"errors"
	"slices"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when the functions of this package may be called.
var Repair = repair.New("deadkeys", "objects that were keys of a table live as long as the table", probe)

// Keys are the keys that were taken out of the tables of a VM. The zero value is empty.
type Keys struct{ gone []goneKey }

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

// weakly returns a weak reference to an object; ok is false for other values.
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

// Index returns the place of a key that was taken out of the list of t's keys; ok is false if the key is still there,
// or never was.
func (k *Keys) Index(t *lua.LTable, key lua.LValue) (index int, ok bool) {
	if len(k.gone) == 0 || t.RawGetH(key) != lua.LNil {
		return 0, false
	}
	for _, g := range k.gone {
		if g.table.Value() == t && g.key.is(key) {
			return g.index, true
		}
	}
	return 0, false
}

// After returns the first field of t whose key follows index in its list.
func After(t *lua.LTable, index int) (key, value lua.LValue) {
	for _, key := range layout.TableOf(t).Keys[index+1:] {
		if value := t.RawGetH(key); value != lua.LNil {
			return key, value
		}
	}
	return lua.LNil, lua.LNil
}

// Drop takes dead objects out of the lists of keys of all tables that l's VM can reach.
func (k *Keys) Drop(l *lua.LState) {
	k.gone = slices.DeleteFunc(k.gone, func(g goneKey) bool { return !g.key.alive() || g.table.Value() == nil })
	s := sweep{keys: k, seen: map[any]struct{}{}}
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
	keys  *Keys
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

func (s *sweep) visitTable(table *lua.LTable) {
	s.reach(table.Metatable)
	t := layout.TableOf(table)
	for _, v := range t.Array {
		s.reach(v)
	}
	for _, v := range t.StrDict {
		s.reach(v)
	}
	for k, v := range t.Dict {
		s.reach(k)
		s.reach(v)
	}
	if len(t.Keys) == len(t.Dict)+len(t.StrDict) {
		return
	}
	for i, key := range t.Keys {
		if _, live := t.Dict[key]; live {
			continue
		}
		if object, ok := weakly(key); ok {
			s.keys.gone = append(s.keys.gone, goneKey{weak.Make(table), object, i})
			t.Keys[i] = lua.LNil // which has no field, so that traversals pass over it
			delete(t.K2I, key)
		}
	}
}

// visitStack reaches what is on the stack of a coroutine or of the VM itself, and its functions.
func (s *sweep) visitStack(l *lua.LState) {
	if l.Env != nil {
		s.reach(l.Env)
	}
	if r := layout.StateOf(l).Reg; r != nil {
		for _, v := range r.Array[:min(r.Top, len(r.Array))] {
			s.reach(v)
		}
	}
}

// probe clears a field whose key is an object, in a traversal that goes on.
func probe() error {
	if err := errors.Join(layout.CheckState(), layout.CheckTable()); err != nil {
		return err
	}
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	t, object := l.NewTable(), l.NewTable()
	l.Push(t)
	for _, key := range []lua.LValue{lua.LString("first"), object, lua.LString("last")} {
		t.RawSet(key, lua.LTrue)
	}
	t.RawSet(object, lua.LNil)
	var keys Keys
	keys.Drop(l)
	index, ok := keys.Index(t, object)
	if !ok || slices.Contains(layout.TableOf(t).Keys, lua.LValue(object)) {
		return errors.New("the key of a cleared field stays in the table")
	}
	if key, _ := After(t, index); key != lua.LString("last") {
		return errors.New("a traversal ends at a cleared field")
	}
	return nil
}
