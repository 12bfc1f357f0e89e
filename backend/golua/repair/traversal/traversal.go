// Package traversal walks through go-lua's tables. The VM's next searches for the last key from the first one at each
// step, which takes the square of the number of fields; it compares keys by their metamethod __eq, so that it runs Lua code
// and may never end; and it raises an error when the field of the last key is gone. Only package golua imports it.
//
// When the VM's next finds its place by the identity of a key, present or cleared, the package can go.
package traversal

import (
	"errors"
	"reflect"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/internal/repair"
	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// Repair is on when Traversals and Place may be used.
var Repair = repair.New("traversal", "next and pairs take the square of the number of fields, and may run __eq", probe)

// layout is where the fields of a table are, which the VM does not export.
var layout struct{ array, hash, keys uintptr }

func findLayout() error {
	l := lua.NewState()
	l.NewTable()
	t := reflect.TypeOf(l.ToValue(-1))
	if t == nil || t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return errors.New("a table is not a pointer to a struct")
	}
	isValue := func(t reflect.Type) bool { return t.Kind() == reflect.Interface && t.NumMethod() == 0 }
	isValues := func(t reflect.Type) bool { return t.Kind() == reflect.Slice && isValue(t.Elem()) }
	isMap := func(t reflect.Type) bool { return t.Kind() == reflect.Map && isValue(t.Key()) && isValue(t.Elem()) }
	var find vmfield.Finder
	layout.array = find.Offset(t.Elem(), "array", isValues)
	layout.hash = find.Offset(t.Elem(), "hash", isMap)
	layout.keys = find.Offset(t.Elem(), "iterationKeys", isValues)
	if !find.Known() {
		return errors.New("the fields of a table are others")
	}
	return nil
}

// probe walks through a table while its fields are cleared.
func probe() error {
	if err := findLayout(); err != nil {
		return err
	}
	l := lua.NewState()
	if err := lua.LoadString(l, "return {10, 20, nil, 40, a = 1, b = 2, [2.5] = 3, [true] = 4}"); err != nil {
		return err
	}
	l.Call(0, 1)
	for range 2 { // the second time with all keys known
		place, seen := Start(l, -1), 0
		for place.Step(l) {
			l.PushValue(-2)
			l.RawGet(-4)
			if !l.RawEqual(-1, -2) {
				return errors.New("a traversal gives other values")
			}
			l.Pop(3)
			seen++
		}
		if seen != 7 {
			return errors.New("a traversal leaves fields out")
		}
	}
	l.PushNil()
	l.SetField(-2, "a")
	l.PushNumber(5)
	l.SetField(-2, "c") // the VM must drop the keys that it keeps
	place, seen := Start(l, -1), 0
	for place.Step(l) {
		seen++
		l.Pop(2)
	}
	if seen != 7 {
		return errors.New("a traversal does not see a new field")
	}
	return nil
}

// table is a table of the VM.
type table struct{ p unsafe.Pointer }

func tableAt(l *lua.State, index int) table {
	return table{reflect.ValueOf(l.ToValue(index)).UnsafePointer()}
}

func (t table) array() []any      { return *vmfield.At[[]any](t.p, layout.array) }
func (t table) hash() map[any]any { return *vmfield.At[map[any]any](t.p, layout.hash) }

// keys returns the keys of the fields in an order that stays while no field is added, which is when the VM drops it.
func (t table) keys() []any {
	kept := vmfield.At[[]any](t.p, layout.keys)
	if *kept == nil {
		hash := t.hash()
		list := make([]any, 0, len(hash))
		for key := range hash {
			list = append(list, key)
		}
		*kept = list
	}
	return *kept
}

// Hidden is a value that traversals leave out, nil for none. It is set before the first state.
var Hidden any

// Each calls visit for each field of the table at index until it returns false. visit leaves the table as it is.
func Each(l *lua.State, index int, visit func(key, value any) bool) {
	t := tableAt(l, index)
	for i, v := range t.array() {
		if v != nil && !visit(float64(i+1), v) {
			return
		}
	}
	for key, v := range t.hash() {
		if v != nil && (Hidden == nil || v != Hidden) && !visit(key, v) {
			return
		}
	}
}

// Place is a place in a table, between two fields.
type Place struct {
	table table
	last  any   // the key of the last step, nil before the first
	keys  []any // those behind the array; nil before they are reached
	at    int   // how many of the array are behind us, or of the keys
}

// Start returns the place before the first field of the table at index.
func Start(l *lua.State, index int) Place { return Place{table: tableAt(l, index)} }

// Step goes on and pushes the next key and value; at the end it pushes nothing and returns false.
func (s *Place) Step(l *lua.State) bool {
	if s.keys == nil {
		array := s.table.array()
		for s.at < len(array) {
			v := array[s.at]
			if s.at++; v != nil {
				return s.found(l, float64(s.at), v)
			}
		}
		s.keys, s.at = s.table.keys(), 0
	}
	hash := s.table.hash()
	for s.at < len(s.keys) {
		key := s.keys[s.at]
		s.at++
		if key == nil { // the VM's next marks fields so that are gone
			continue
		}
		if v, ok := hash[key]; ok && v != nil && (Hidden == nil || v != Hidden) {
			return s.found(l, key, v)
		}
	}
	s.last, s.keys = nil, nil
	return false
}

func (s *Place) found(l *lua.State, key, value any) bool {
	s.last = key
	l.PushLightUserData(key) // pushes any value as it is
	l.PushLightUserData(value)
	return true
}

// Seek puts the place behind the key at index, nil for the start; it returns false when there is no such key.
func (s *Place) Seek(l *lua.State, index int) bool {
	index = l.AbsIndex(index)
	if !l.IsNil(index) && s.isAt(l, index) {
		return true
	}
	s.keys, s.at = nil, 0
	if l.IsNil(index) {
		return true
	}
	if n, ok := l.ToValue(index).(float64); ok && n == float64(int(n)) && 0 < n && int(n) <= len(s.table.array()) {
		s.at = int(n)
		return true
	}
	s.keys = s.table.keys()
	for i, key := range s.keys {
		l.PushLightUserData(key)
		same := l.RawEqual(-1, index)
		l.Pop(1)
		if same {
			s.at = i + 1
			return true
		}
	}
	return false
}

func (s *Place) isAt(l *lua.State, index int) bool {
	l.PushLightUserData(s.last)
	same := l.RawEqual(-1, index)
	l.Pop(1)
	return same
}

// Next is the library's next for the arguments of the running function, a table, most often that of the place, and a key.
// ok is false when there is no such key.
func (s *Place) Next(l *lua.State) (results int, ok bool) {
	l.SetTop(2)
	if s.table != tableAt(l, 1) { // a script calls it with another
		*s = Start(l, 1)
	}
	switch {
	case !s.Seek(l, 2):
		return 0, false
	case !s.Step(l):
		l.PushNil()
		return 1, true
	}
	return 2, true
}

// Traversals are the places of the last uses of next, so that loops may be nested. What they keep alive must be dropped
// at collections.
type Traversals struct {
	recent [4]Place
	turn   int
}

// Forget drops what the traversals keep alive.
func (t *Traversals) Forget() { t.recent = [4]Place{} }

// Next replaces the key on the top by the next key and value of the table at index; at the end it pops the key and more is
// false. ok is false when there is no such key.
func (t *Traversals) Next(l *lua.State, index int) (more, ok bool) {
	s := t.place(l, index)
	if !s.Seek(l, -1) {
		*s = Place{}
		return false, false
	}
	l.Pop(1)
	if more = s.Step(l); !more {
		*s = Place{}
	}
	return more, true
}

func (t *Traversals) place(l *lua.State, index int) *Place {
	this := tableAt(l, index)
	for i := range t.recent {
		if t.recent[i].table == this {
			return &t.recent[i]
		}
	}
	s := &t.recent[t.turn]
	t.turn = (t.turn + 1) % len(t.recent)
	*s = Place{table: this}
	return s
}
