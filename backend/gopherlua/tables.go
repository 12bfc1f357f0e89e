package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

func tableAt(l *lua.LState, index int) *lua.LTable { return l.Get(index).(*lua.LTable) }

func rawField(l *lua.LState, index int, name string) {
	l.Push(complete(l, tableAt(l, index)).RawGetString(name))
}

func rawIndex(l *lua.LState, index, key int) { l.Push(rawGetInt(tableAt(l, index), key)) }

// rawGetInt also finds elements that the VM keeps outside of the table's array, where its RawGetInt does not look.
func rawGetInt(t *lua.LTable, key int) lua.LValue {
	if v := t.RawGetInt(key); v != lua.LNil {
		return v
	}
	return t.RawGetH(lua.LNumber(key))
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
	complete(l, tableAt(l, index)).RawSetString(name, l.Get(-1))
	l.Pop(1)
}

func getRaw(l *lua.LState, index int) {
	t, key := complete(l, tableAt(l, index)), l.Get(-1)
	l.Pop(1)
	if n, ok := key.(lua.LNumber); ok && n == lua.LNumber(int(n)) {
		l.Push(rawGetInt(t, int(n)))
		return
	}
	l.Push(t.RawGet(key))
}

func setRaw(l *lua.LState, index int) {
	complete(l, tableAt(l, index)).RawSet(l.Get(-2), l.Get(-1))
	l.Pop(2)
}

func next(l *lua.LState, index int) bool {
	t, key := complete(l, tableAt(l, index)), l.Get(-1)
	k, v := nextField(l, t, key)
	if (k == lua.LNil || t.RawGet(key) == lua.LNil) && key != lua.LNil && !hasKey(l, t, key) {
		raiseText(l, "invalid key to 'next'")
	}
	l.Pop(1)
	if k == lua.LNil {
		return false
	}
	l.Push(k)
	l.Push(v)
	return true
}

// nextField is the VM's Next, without what this package has added to the metatable of strings.
func nextField(l *lua.LState, t *lua.LTable, key lua.LValue) (lua.LValue, lua.LValue) {
	if at, ok := dataOf(l).dead.Index(t, key); ok {
		return deadkeys.After(t, at)
	}
	k, v := t.Next(key)
	if t == dataOf(l).stringMeta {
		for k != lua.LNil && isArithmetic(k, v) {
			k, v = t.Next(k)
		}
	}
	return k, v
}

// hasKey reports whether t has, or had before its field was cleared, the key. The VM does not say, and goes on with some
// other key when it is asked for the one after a key it does not know.
func hasKey(l *lua.LState, t *lua.LTable, key lua.LValue) bool {
	if _, ok := dataOf(l).dead.Index(t, key); ok {
		return true
	}
	if t.RawGet(key) != lua.LNil || !deadkeys.Repair.On() {
		return true
	}
	if n, ok := key.(lua.LNumber); ok && n == lua.LNumber(int(n)) && n >= 1 && int(n) <= cap(layout.TableOf(t).Array) {
		return true
	}
	_, ok := layout.TableOf(t).K2I[key]
	return ok
}

// fewFields is up to how many names a table of Go's map holds in its smallest and fastest form. The VM's NewTable starts
// with room for more, which makes each look-up of a method slower, and a state larger.
const fewFields = 8

func newTable(l *lua.LState) { l.Push(l.CreateTable(0, fewFields)) }

// metatable reads the metatable where the VM keeps it, because LState.GetMetatable answers with __metatable.
func metatable(l *lua.LState, index int) bool {
	var mt lua.LValue
	switch v := l.Get(index).(type) {
	case *lua.LTable:
		mt = complete(l, v).Metatable
	case *lua.LUserData:
		mt = v.Metatable
	case lua.LString:
		mt = stringMetatable(l, index)
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
		complete(l, v).Metatable = mt
	case lua.LString:
		setStringMetatable(l, mt)
	default:
		l.SetMetatable(v, mt)
	}
	l.Pop(1)
}

func setRawIndex(l *lua.LState, index, key int) {
	t, v := tableAt(l, index), l.Get(-1)
	t.RawSetInt(key, v)
	l.Pop(1)
}
