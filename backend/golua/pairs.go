package golua

import lua "github.com/Shopify/go-lua"

// basePairs is pairs, with an iterator that survives clearing of fields. The VM's next finds its place by the key, and
// raises an error when the field is gone.
func basePairs(l *lua.State) int {
	if lua.MetaField(l, 1, "__pairs") {
		l.PushValue(1)
		l.Call(1, 3)
		return 3
	}
	lua.CheckType(l, 1, lua.TypeTable)
	l.PushNil() // the upvalue: the last key that was still there
	l.PushGoClosure(nextField, 1)
	l.PushValue(1)
	l.PushNil()
	return 3
}

// nextField is next(table, key). When the key is gone, it goes on behind the last one that was there: the VM's order of
// keys stays the same while nothing is added, and keys between the two are gone as well.
func nextField(l *lua.State) int {
	defer containLibrary(l, "next")
	lua.CheckType(l, 1, lua.TypeTable)
	l.SetTop(2)
	if !l.IsNil(2) && !isPresent(l, 2) {
		if l.TypeOf(2) == lua.TypeNumber { // the VM still finds its place in the table's array
			if more, ok := tryNext(l); ok {
				return finishNext(l, more)
			}
		}
		l.PushValue(lua.UpValueIndex(1))
		l.Replace(2)
		if !l.IsNil(2) && !isPresent(l, 2) { // what was visited is gone, too
			l.PushNil()
			l.Replace(2)
		}
	}
	l.Copy(2, lua.UpValueIndex(1))
	return finishNext(l, l.Next(1))
}

func isPresent(l *lua.State, key int) bool {
	l.PushValue(key)
	l.RawGet(1)
	present := !l.IsNil(-1)
	l.Pop(1)
	return present
}

// tryNext is the VM's next; ok is false when the key is gone.
func tryNext(l *lua.State) (more, ok bool) {
	defer func() {
		if e := recover(); e != nil {
			l.SetTop(2)
		}
	}()
	return l.Next(1), true
}

func finishNext(l *lua.State, more bool) int {
	if more {
		return 2
	}
	l.PushNil()
	return 1
}
