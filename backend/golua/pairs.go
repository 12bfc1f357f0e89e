package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The VM's next finds its place by the key, and raises an error when the field is gone. So a traversal notes the last
// key that was still there, and goes on behind it: the order of keys stays the same while nothing is added, and keys
// between the two are gone as well.

// traversals are the last steps of the function next in some tables, so that loops may be nested.
type traversals struct {
	steps [4]step
	turn  int
}

// step is the last one in a table to a key that was there; both are raw values of the VM.
type step struct{ table, key any }

// forget drops what the steps keep alive.
func (t *traversals) forget() { t.steps = [4]step{} }

// find returns the step in a table; one that was not known becomes the table's.
func (t *traversals) find(table any) (s *step, known bool) {
	for i := range t.steps {
		if t.steps[i].table == table {
			return &t.steps[i], true
		}
	}
	s = &t.steps[t.turn]
	t.turn = (t.turn + 1) % len(t.steps)
	*s = step{table: table}
	return s, false
}

func baseNext(l *lua.State) int {
	checkType(l, 1, "next", backend.Table)
	complete(l, 1)
	l.SetTop(2)
	s, known := dataOf(l).find(l.ToValue(1))
	if !known && !l.IsNil(2) && l.TypeOf(2) != lua.TypeNumber && !isPresent(l, 2) {
		*s = step{}
		return raiseText(l, "invalid key to 'next'")
	}
	l.PushLightUserData(s.key)
	if n := nextAfter(l); n == 2 {
		s.key = keyValue(l, 2)
		return 2
	}
	*s = step{}
	return 1
}

// basePairs is pairs. Its iterator has a traversal of its own, the last key as upvalue.
func basePairs(l *lua.State) int {
	if l.Top() > 0 && lua.MetaField(l, 1, "__pairs") {
		l.PushValue(1)
		l.Call(1, 3)
		return 3
	}
	checkType(l, 1, "pairs", backend.Table)
	complete(l, 1)
	l.PushNil()
	l.PushGoClosure(nextField, 1)
	l.PushValue(1)
	l.PushNil()
	return 3
}

func nextField(l *lua.State) int {
	defer containLibrary(l, "next")
	checkType(l, 1, "next", backend.Table)
	l.SetTop(2)
	l.PushValue(lua.UpValueIndex(1))
	n := nextAfter(l)
	if n == 2 {
		l.Copy(2, lua.UpValueIndex(1))
	}
	return n
}

// nextAfter has a table, a key and the last key that was there on the stack. It leaves the next key and value on the
// top, or nil, and at index 2 the last key that was there.
func nextAfter(l *lua.State) int {
	l.Insert(2)
	if !l.IsNil(3) && !isPresent(l, 3) {
		if l.TypeOf(3) == lua.TypeNumber { // the VM still finds its place in the table's array
			l.PushLightUserData(stepValue)
			l.PushValue(1)
			l.PushValue(3)
			if l.ProtectedCall(2, 2, 0) == nil {
				return finishNext(l, !l.IsNil(-2))
			}
			l.Pop(1)
		}
		if l.IsNil(2) || isPresent(l, 2) {
			l.Copy(2, 3)
		} else { // what was visited is gone, too
			l.PushNil()
			l.Replace(3)
		}
	}
	l.Copy(3, 2)
	return finishNext(l, l.Next(1))
}

func finishNext(l *lua.State, more bool) int {
	if !more {
		l.PushNil()
		return 1
	}
	return 2
}

// stepNext is the VM's next.
func stepNext(l *lua.State) int {
	if l.Next(1) {
		return 2
	}
	return 0
}

func isPresent(l *lua.State, key int) bool {
	l.PushValue(key)
	l.RawGet(1)
	present := !l.IsNil(-1)
	l.Pop(1)
	return present
}

// keyValue is the value at index as the VM has it. Most can be had cheaply.
func keyValue(l *lua.State, index int) any {
	switch l.TypeOf(index) {
	case lua.TypeUserData, lua.TypeNone:
		return rawValue(l, index)
	}
	return l.ToValue(index)
}

func next(l *lua.State, index int) bool {
	complete(l, index)
	return l.Next(index)
}
