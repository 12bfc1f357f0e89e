package backend

import (
	"reflect"
	"sync"
)

// NeutralTable is a table in its neutral form. A table that occurs several times, or in itself, is one NeutralTable.
// Whoever makes it sets its fields once, before others see it; then any goroutine may read it.
type NeutralTable struct {
	fields  []Field
	indexed sync.Once
	index   map[any]int // of fields by their keys
}

// Field is a field of a table.
type Field struct{ Key, Value Value }

// SetFields sets the fields. No two have the same key, and no key is nil or NaN.
func (t *NeutralTable) SetFields(fields []Field) { t.fields = fields }

// Fields returns the fields in the order of a traversal. They must not be changed.
func (t *NeutralTable) Fields() []Field { return t.fields }

// Get returns the value under a key; ok reports whether there is one.
func (t *NeutralTable) Get(key Value) (value Value, ok bool) {
	t.indexed.Do(t.makeIndex)
	n, ok := t.index[key.Key()]
	if !ok {
		return Value{}, false
	}
	return t.fields[n].Value, true
}

func (t *NeutralTable) makeIndex() {
	t.index = make(map[any]int, len(t.fields))
	for i := range t.fields {
		t.index[t.fields[i].Key.Key()] = i
	}
}

// Key returns a Go value that is equal for values that are the same key of a table.
func (v Value) Key() any {
	switch v.Kind {
	case Boolean:
		return v.Boolean()
	case Number:
		return v.number
	case String:
		return v.Text()
	case LightUserdataType:
		return v.Light()
	case Userdata:
		// An object that Go cannot compare, such as an error that is a slice, is only the same in the same handle.
		if object := v.Handle().Object(); reflect.ValueOf(object).Comparable() {
			return object
		}
	}
	return v.object
}
