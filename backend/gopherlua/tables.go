package gopherlua

import lua "github.com/yuin/gopher-lua"

func tableAt(l *lua.LState, index int) *lua.LTable { return l.Get(index).(*lua.LTable) }

func rawField(l *lua.LState, index int, name string) {
	l.Push(rawGet(l, tableAt(l, index), lua.LString(name)))
}

func rawIndex(l *lua.LState, index, key int) { l.Push(rawGetInt(tableAt(l, index), key)) }

// rawGetInt also finds elements that the VM keeps outside of the table's array, where its RawGetInt does not look.
func rawGetInt(t *lua.LTable, key int) lua.LValue {
	if v := t.RawGetInt(key); v != lua.LNil {
		return v
	}
	return t.RawGetH(lua.LNumber(key))
}

// indexed is Index. The value is read before the key is popped, which would move it when index is negative.
func indexed(l *lua.LState, index int) {
	object, key := l.Get(index), l.Get(-1)
	l.Pop(1)
	l.Push(l.GetTable(object, key))
}

func length(l *lua.LState, index int) int {
	v := l.Get(index)
	if l.GetMetaField(v, "__len") == lua.LNil {
		return rawLength(l, index)
	}
	return l.ObjLen(v)
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
	t, v := tableAt(l, index), l.Get(-1)
	rawSet(l, t, lua.LString(name), v)
	l.Pop(1)
}

func getRaw(l *lua.LState, index int) {
	t, key := tableAt(l, index), l.Get(-1)
	l.Pop(1)
	if n, ok := key.(lua.LNumber); ok && n == lua.LNumber(int(n)) {
		l.Push(rawGetInt(t, int(n)))
		return
	}
	l.Push(rawGet(l, t, key))
}

func setRaw(l *lua.LState, index int) {
	t, key, v := tableAt(l, index), l.Get(-2), l.Get(-1)
	rawSet(l, t, key, v)
	l.Pop(2)
}

func next(l *lua.LState, index int) bool {
	t, key := fillTable(l, tableAt(l, index)), l.Get(-1)
	l.Pop(1)
	k, v := nextField(l, t, key)
	if k == lua.LNil {
		return false
	}
	l.Push(k)
	l.Push(v)
	return true
}

func newMetatable(l *lua.LState, typeName string) bool {
	if mt, ok := l.G.Registry.RawGetString(typeName).(*lua.LTable); ok {
		l.Push(mt)
		return false
	}
	mt := l.NewTable()
	mt.RawSetString("__name", lua.LString(typeName))
	l.G.Registry.RawSetString(typeName, mt)
	l.Push(mt)
	return true
}

// metatable reads the metatable where the VM keeps it, because LState.GetMetatable answers with __metatable.
func metatable(l *lua.LState, index int) bool {
	var mt lua.LValue
	fillValue(l, l.Get(index))
	switch v := l.Get(index).(type) {
	case *lua.LTable:
		mt = v.Metatable
	case *lua.LUserData:
		mt = v.Metatable
	default:
		mt = l.GetMetatable(v)
	}
	if t, ok := mt.(*lua.LTable); ok && t != template.numeralMeta {
		l.Push(t)
		return true
	}
	return false
}

func pushMetatable(l *lua.LState, typeName string) {
	l.Push(l.G.Registry.RawGetString(typeName))
}

func setRawIndex(l *lua.LState, index, key int) {
	t, v := tableAt(l, index), l.Get(-1)
	t.RawSetInt(key, v)
	l.Pop(1)
}
