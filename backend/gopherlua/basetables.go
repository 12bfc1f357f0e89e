package gopherlua

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// The base functions that see tables without metamethods; they see full tables (lazy.go).

func baseGetmetatable(l *lua.LState) int {
	v := checkAny(l, 1, "getmetatable")
	fillValue(l, v)
	mt := l.GetMetatable(v)
	if mt == lua.LValue(template.numeralMeta) {
		mt = lua.LNil
	}
	l.Push(mt)
	return 1
}

func baseSetmetatable(l *lua.LState) int {
	t := checkTable(l, 1, "setmetatable")
	if mt := l.Get(2); l.GetTop() < 2 || mt != lua.LNil && mt.Type() != lua.LTTable {
		badArgument(l, 2, "setmetatable", "nil or table expected")
	}
	fillTable(l, t)
	if mt, ok := t.Metatable.(*lua.LTable); ok && rawGet(l, mt, lua.LString("__metatable")) != lua.LNil {
		raiseText(l, "cannot change a protected metatable")
	}
	t.Metatable = l.Get(2)
	if mt, ok := t.Metatable.(*lua.LTable); ok {
		fillTable(l, mt) // the VM reads metatables raw
	}
	l.SetTop(1)
	return 1
}

func baseRawget(l *lua.LState) int {
	t := checkTable(l, 1, "rawget")
	checkAny(l, 2, "rawget")
	l.Push(rawGet(l, t, l.Get(2)))
	return 1
}

func baseRawset(l *lua.LState) int {
	t := checkTable(l, 1, "rawset")
	key := checkAny(l, 2, "rawset")
	checkAny(l, 3, "rawset")
	if n, ok := key.(lua.LNumber); ok && math.IsNaN(float64(n)) {
		raiseText(l, "table index is NaN")
	} else if key == lua.LNil {
		raiseText(l, "table index is nil")
	}
	rawSet(l, t, key, l.Get(3))
	l.SetTop(1)
	return 1
}

func baseNext(l *lua.LState) int {
	t := fillTable(l, checkTable(l, 1, "next"))
	key := l.Get(2)
	k, v := nextField(l, t, key)
	if k == lua.LNil {
		if key != lua.LNil && !hasKey(l, t, key) {
			raiseText(l, "invalid key to 'next'")
		}
		l.Push(lua.LNil)
		return 1
	}
	if t.RawGet(key) == lua.LNil && key != lua.LNil && !hasKey(l, t, key) {
		raiseText(l, "invalid key to 'next'")
	}
	l.Push(k)
	l.Push(v)
	return 2
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

// hasKey tells whether t has, or had before its field was cleared, the key. The VM does not say, and goes on with some
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

// nextFunction returns the state's next, which is also what pairs returns.
func nextFunction(l *lua.LState, d *vmdata) lua.LValue {
	if d.next == nil {
		d.next = newFunction(l, baseNext)
	}
	return d.next
}

func basePairs(l *lua.LState) int {
	if l.GetTop() == 0 {
		wrongType(l, 1, "pairs", "table")
	}
	v := l.Get(1)
	if f := l.GetMetaField(v, "__pairs"); f != lua.LNil {
		l.Push(f)
		l.Push(v)
		l.Call(1, 3)
		return 3
	}
	fillTable(l, checkTable(l, 1, "pairs"))
	l.Push(nextFunction(l, dataOf(l)))
	l.Push(v)
	l.Push(lua.LNil)
	return 3
}

func baseIpairs(l *lua.LState) int {
	if l.GetTop() == 0 {
		wrongType(l, 1, "ipairs", "table")
	}
	v := l.Get(1)
	if f := l.GetMetaField(v, "__ipairs"); f != lua.LNil {
		l.Push(f)
		l.Push(v)
		l.Call(1, 3)
		return 3
	}
	checkTable(l, 1, "ipairs")
	d := dataOf(l)
	if d.ipairsStep == nil {
		d.ipairsStep = newFunction(l, ipairsStep)
	}
	l.Push(d.ipairsStep)
	l.Push(v)
	l.Push(lua.LNumber(0))
	return 3
}

func ipairsStep(l *lua.LState) int {
	t := checkTable(l, 1, "ipairs")
	i := optInt(l, 2, "ipairs", 0) + 1
	v := t.RawGetInt(i)
	if v == lua.LNil {
		return 0
	}
	l.Push(lua.LNumber(i))
	l.Push(v)
	return 2
}
