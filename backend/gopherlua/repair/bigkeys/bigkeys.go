// Package bigkeys bounds the memory of tables by the number of their elements. Package gopherlua and its repairs import
// it.
//
// The fault: the VM keeps the value of a positive integer key below 2^26 in an array, which it fills up to the key, and
// looks for it nowhere else. One large id as a key costs up to a gigabyte. Here a key far beyond the end of the array
// is kept like any other key until the array reaches it. Package loop replaces the VM's instructions for that. When the
// VM stores large keys elsewhere, this package can go.
package bigkeys

import (
	"errors"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when the functions of this package may be called.
var Repair = repair.New("bigkeys", "a large integer key costs memory and time in proportion to it", probe)

// maxGap is the number of elements that may be missing between the end of an array and a new element: up to it, the
// array costs no more than another field would.
const maxGap = 64

// Array returns the index of a key in arrays; ok is false if the key is never in an array.
func Array(key lua.LValue) (index int, ok bool) {
	n, ok := key.(lua.LNumber)
	if !ok {
		return 0, false
	}
	index = int(n)
	return index - 1, lua.LNumber(index) == n && index > 0 && index < lua.MaxArrayIndex
}

// Get returns the value that t has under a key, without metamethods. Where the repair is off, it also finds what the VM keeps
// outside of the table's array.
func Get(t *lua.LTable, key lua.LValue) lua.LValue {
	if !Repair.On() {
		v := t.RawGet(key)
		if _, ok := key.(lua.LNumber); ok && v == lua.LNil {
			return t.RawGetH(key)
		}
		return v
	}
	return get(t, key)
}

func get(t *lua.LTable, key lua.LValue) lua.LValue {
	if index, ok := Array(key); ok {
		return GetAt(layout.TableOf(t), index, key)
	}
	return t.RawGet(key)
}

// GetAt is Get for a key with an index from Array.
func GetAt(t *layout.Table, index int, key lua.LValue) lua.LValue {
	if index < len(t.Array) {
		return t.Array[index]
	}
	if len(t.Dict) > 0 {
		if v, ok := t.Dict[key]; ok {
			return v
		}
	}
	return lua.LNil
}

// Set stores a value under a key, which is neither nil nor NaN, without metamethods.
func Set(t *lua.LTable, key, value lua.LValue) {
	if index, ok := Array(key); ok {
		SetAt(t, index, key, value)
		return
	}
	t.RawSet(key, value)
}

// SetAt is Set for a key with an index from Array.
func SetAt(table *lua.LTable, index int, key, value lua.LValue) {
	t := layout.TableOf(table)
	n := len(t.Array)
	switch {
	case index < n:
		t.Array[index] = value
	case value == lua.LNil:
		delete(t.Dict, key)
	case index == n && len(t.Dict) == 0:
		if t.Array == nil {
			t.Array = make([]lua.LValue, 0, firstCapacity)
		}
		t.Array = append(t.Array, value)
	case index < n+maxGap:
		extend(t, index)
		t.Array[index] = value
		delete(t.Dict, key)
		absorb(t)
	default:
		if t.Array == nil { // the VM's Next relies on it
			t.Array = []lua.LValue{}
		}
		forget(t)
		table.RawSetH(key, value)
	}
}

const firstCapacity = 4

// extend grows an array up to an index.
func extend(t *layout.Table, index int) {
	for len(t.Array) <= index {
		t.Array = append(t.Array, take(t, len(t.Array)))
	}
}

// take removes the value for the array's index from where it is kept otherwise and returns it, nil if there is none.
func take(t *layout.Table, index int) lua.LValue {
	if len(t.Dict) > 0 {
		key := lua.LNumber(index + 1)
		if v, ok := t.Dict[key]; ok {
			delete(t.Dict, key)
			return v
		}
	}
	return lua.LNil
}

// absorb moves the elements that follow the end of the array into the array.
func absorb(t *layout.Table) {
	for len(t.Dict) > 0 {
		v := take(t, len(t.Array))
		if v == lua.LNil {
			return
		}
		t.Array = append(t.Array, v)
	}
}

// Reserve makes room in a new table for the order of n fields, which the VM does not do.
func Reserve(table *lua.LTable, n int) {
	t := layout.TableOf(table)
	t.Keys, t.K2I = make([]lua.LValue, 0, n), make(map[lua.LValue]int, n)
}

// Listed corrects t after the VM has put n values into its array from index on.
func Listed(table *lua.LTable, index, n int) {
	t := layout.TableOf(table)
	if len(t.Dict) == 0 {
		return
	}
	for i := index; i < index+n; i++ {
		take(t, i)
	}
	absorb(t)
}

// forget drops the keys of cleared fields if they are most of a table's list. It is called when a key is added, after
// which no traversal can go on.
func forget(t *layout.Table) {
	live := len(t.Dict) + len(t.StrDict)
	if len(t.Keys) < 2*live+maxGap {
		return
	}
	kept := make([]lua.LValue, 0, live+1)
	indexes := make(map[lua.LValue]int, live+1)
	for _, key := range t.Keys {
		_, ok := t.Dict[key]
		if text, isText := key.(lua.LString); isText {
			_, ok = t.StrDict[string(text)]
		}
		if ok {
			indexes[key] = len(kept)
			kept = append(kept, key)
		}
	}
	t.Keys, t.K2I = kept, indexes
}

// Each calls visit for each field until it returns false. visit leaves the table as it is.
func Each(table *lua.LTable, visit func(key, value lua.LValue) bool) {
	t := layout.TableOf(table)
	for i, v := range t.Array {
		if v != lua.LNil && !visit(lua.LNumber(i+1), v) {
			return
		}
	}
	for _, key := range t.Keys {
		if v := table.RawGetH(key); v != lua.LNil && !visit(key, v) {
			return
		}
	}
}

// Next returns the field of t after key in a traversal, both nil at the end; the first key is nil. ok is false if t
// does not have the key and never had it. Where the repair is off, that is not known.
func Next(table *lua.LTable, key lua.LValue) (k, v lua.LValue, ok bool) {
	if !Repair.On() {
		k, v = table.Next(key)
		return k, v, true
	}
	return next(table, key)
}

func next(table *lua.LTable, key lua.LValue) (k, v lua.LValue, ok bool) {
	t := layout.TableOf(table)
	place, at := 0, -1
	if index, inArray := Array(key); inArray && index < len(t.Array) {
		at = index
	} else if key != lua.LNil {
		if place, ok = t.K2I[key]; ok {
			at, place = len(t.Array), place+1
		} else if at = len(t.Array); !inArray || index >= cap(t.Array) {
			return lua.LNil, lua.LNil, false
		}
	}
	for at++; at < len(t.Array); at++ {
		if v := t.Array[at]; v != lua.LNil {
			return lua.LNumber(at + 1), v, true
		}
	}
	for _, key := range t.Keys[min(place, len(t.Keys)):] {
		if v := table.RawGetH(key); v != lua.LNil {
			return key, v, true
		}
	}
	return lua.LNil, lua.LNil, true
}

// probe stores and finds keys, and checks that arrays stay short.
func probe() error {
	if err := layout.CheckTable(); err != nil {
		return err
	}
	t := &lua.LTable{Metatable: lua.LNil}
	keys := []lua.LNumber{1_000_000, 3, 1, 5, 2.5, 4, 2, 500}
	for _, key := range keys {
		Set(t, key, key)
	}
	sum := lua.LNumber(0)
	for k, v, _ := next(t, lua.LNil); k != lua.LNil; k, v, _ = next(t, k) {
		if k != v || get(t, k) != v {
			return errors.New("a table has other values than were stored")
		}
		sum += v.(lua.LNumber)
	}
	if sum != 1_000_517.5 || t.Len() != 5 || t.RawGetInt(5) != lua.LNumber(5) || len(layout.TableOf(t).Array) != 5 {
		return errors.New("a table does not have what was stored")
	}
	return nil
}
