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
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/walk"
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
	walk.Tables(l, k.drop)
}

func (k *Keys) drop(table *lua.LTable) {
	t := layout.TableOf(table)
	if len(t.Keys) == len(t.Dict)+len(t.StrDict) {
		return
	}
	for i, key := range t.Keys {
		if _, live := t.Dict[key]; live {
			continue
		}
		if object, ok := weakly(key); ok {
			k.gone = append(k.gone, goneKey{weak.Make(table), object, i})
			t.Keys[i] = lua.LNil // which has no field, so that traversals pass over it
			delete(t.K2I, key)
		}
	}
}

// Has reports whether a key of t was taken out that a traversal may be at: the list of t's keys must stay as it is.
func (k *Keys) Has(t *lua.LTable) bool {
	return slices.ContainsFunc(k.gone, func(g goneKey) bool { return g.table.Value() == t && g.key.alive() })
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
