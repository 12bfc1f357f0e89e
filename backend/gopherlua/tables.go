package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/bigkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/numerals"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/weaktables"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

func tableAt(l *lua.LState, index int) *lua.LTable { return l.Get(index).(*lua.LTable) }

func rawField(l *lua.LState, index int, name string) {
	l.Push(complete(l, tableAt(l, index)).RawGetString(name))
}

func rawIndex(l *lua.LState, index, key int) {
	l.Push(bigkeys.Get(tableAt(l, index), lua.LNumber(key)))
}

// rawSet stores large keys outside of arrays only where the instructions find them.
func rawSet(l *lua.LState, t *lua.LTable, key, value lua.LValue) {
	if dataOf(l).watch != nil {
		bigkeys.Set(t, key, value)
		return
	}
	t.RawSet(key, value)
}

// rawLength also counts the elements that the VM keeps outside of the table's array, which its # does not.
func rawLength(l *lua.LState, index int) int {
	switch v := l.Get(index).(type) {
	case lua.LString:
		return len(v)
	case *lua.LTable:
		n := v.Len()
		for v.RawGetH(lua.LNumber(n+1)) != lua.LNil {
			n++
		}
		return n
	}
	return 0
}

func setRawField(l *lua.LState, index int, name string) {
	t, v := complete(l, tableAt(l, index)), l.Get(-1)
	classes.Stored(t, v)
	t.RawSetString(name, v)
	l.Pop(1)
}

func getRaw(l *lua.LState, index int) {
	t, key := complete(l, tableAt(l, index)), l.Get(-1)
	l.Pop(1)
	l.Push(bigkeys.Get(t, key))
}

func setRaw(l *lua.LState, index int) {
	t, key, value := complete(l, tableAt(l, index)), l.Get(-2), l.Get(-1)
	classes.Show(key)
	classes.Stored(t, value)
	rawSet(l, t, key, value)
	l.Pop(2)
}

func next(l *lua.LState, index int) bool {
	t, key := complete(l, tableAt(l, index)), l.Get(-1)
	k, v, ok := nextField(l, t, key)
	for ok && k != lua.LNil && dataOf(l).strings.Is(t) && numerals.IsHidden(k, v) {
		k, v, ok = nextField(l, t, k)
	}
	if !ok {
		raiseAt(l, 0, "invalid key to 'next'")
	}
	l.Pop(1)
	if k == lua.LNil {
		return false
	}
	l.Push(k)
	l.Push(v)
	return true
}

// nextField returns the field after key, nil at the end; ok is false when t never had the key, if that can be known.
func nextField(l *lua.LState, t *lua.LTable, key lua.LValue) (k, v lua.LValue, ok bool) {
	if at, gone := dataOf(l).dead.Index(t, key); gone {
		k, v = deadkeys.After(t, at)
		return k, v, true
	}
	return bigkeys.Next(t, key)
}

// fewFields is the number of names up to which a Go map is in its smallest and fastest form. The VM's NewTable reserves
// more, which makes each look-up of a method slower, and a state larger.
const fewFields = 8

// createTable makes room for many fields in the VM's list of names, too, where that is known.
func createTable(l *lua.LState, elements, fields int) {
	if elements == 0 {
		fields = max(fields, fewFields)
	}
	t := l.CreateTable(elements, fields)
	if fields > fewFields && bigkeys.Repair.On() {
		bigkeys.Reserve(t, fields)
	}
	l.Push(t)
}

func rawEach(l *lua.LState, index int, visit backend.Visit) {
	t := complete(l, tableAt(l, index))
	if !bigkeys.Repair.On() || dataOf(l).strings.Is(t) { // of which some fields are hidden
		backend.EachByNext(state{l}, index, visit)
		return
	}
	bigkeys.Each(t, func(key, value lua.LValue) bool {
		k, simpleKey := neutral(key)
		v, simpleValue := neutral(value)
		if simpleKey && simpleValue {
			return visit(k, v)
		}
		l.Push(key)
		l.Push(value)
		if !simpleKey {
			k.Kind = typeOfValue(key)
		}
		if !simpleValue {
			v.Kind = typeOfValue(value)
		}
		more := visit(k, v)
		l.Pop(2)
		return more
	})
}

func rawSetNeutral(l *lua.LState, index int, key, value backend.Value) {
	t := complete(l, tableAt(l, index))
	classes.Changed(t)
	rawSet(l, t, fromNeutral(l, key), fromNeutral(l, value))
}

// metatable reads the metatable where the VM keeps it, because LState.GetMetatable answers with __metatable.
func metatable(l *lua.LState, index int) bool {
	var mt lua.LValue
	switch v := l.Get(index).(type) {
	case *lua.LTable:
		mt = complete(l, v).Metatable
	case *lua.LUserData:
		mt = v.Metatable
	case lua.LString:
		d := dataOf(l)
		if numerals.IsLazy(l) {
			d.env.Libraries.Complete(state{l}, index)
		}
		mt = d.strings.Metatable()
	default:
		mt = l.GetMetatable(v)
	}
	if t, ok := mt.(*lua.LTable); ok && t != nil {
		l.Push(t)
		return true
	}
	return false
}

func setMetatable(l *lua.LState, index int) {
	v, mt := l.Get(index), l.Get(-1)
	if t, ok := mt.(*lua.LTable); ok {
		complete(l, t) // the VM reads metatables raw
	}
	switch v := v.(type) {
	case *lua.LTable:
		classes.Changed(v)
		complete(l, v).Metatable = mt
		if weaktables.Repair.On() {
			dataOf(l).weak.Add(v)
		}
	case lua.LString:
		if d := dataOf(l); l.G.Registry.RawGetString(stdlib.LazyMetatable) == mt { // while stdlib opens the libraries
			d.strings.SetLazy(l)
		} else {
			d.strings.SetMetatable(l, mt)
		}
	default:
		l.SetMetatable(v, mt)
	}
	l.Pop(1)
}

func setRawIndex(l *lua.LState, index, key int) {
	t, v := tableAt(l, index), l.Get(-1)
	classes.Stored(t, v)
	rawSet(l, t, lua.LNumber(key), v)
	l.Pop(1)
}
