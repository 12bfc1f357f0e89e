package mtstates

import (
	"iter"

	"github.com/mtstates/go-mtstates/backend"
)

// Table is a Lua table that has crossed into Go. It is a copy, without metatable, and does not change. A table that
// occurs several times, or in itself, is the same *Table each time. Passed to Lua again, it becomes a new Lua table. A nil
// *Table has no fields.
type Table backend.NeutralTable

// neutral returns the table in neutral form, an empty one for nil, which is what [Results.Scan] makes of a nil in Lua.
func (t *Table) neutral() *backend.NeutralTable {
	if t == nil {
		return &backend.NeutralTable{}
	}
	return (*backend.NeutralTable)(t)
}

// Len returns the number of fields, of which a list has as many as elements.
func (t *Table) Len() int { return len(t.neutral().Fields()) }

// Get returns the value that the table has under a key, nil if there is none. Numbers may be of any type.
func (t *Table) Get(key any) any {
	k, err := toValue(key)
	if err != nil {
		return nil
	}
	v, _ := t.neutral().Get(k)
	return fromValue(v)
}

// All yields keys and values, of the types that [Results] have: the elements of a list in their order, then the other
// fields in no particular order.
func (t *Table) All() iter.Seq2[any, any] {
	return func(yield func(key, value any) bool) {
		for _, f := range t.neutral().Fields() {
			if !yield(fromValue(f.Key), fromValue(f.Value)) {
				return
			}
		}
	}
}
