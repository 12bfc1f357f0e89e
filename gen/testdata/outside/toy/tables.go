package toy

import (
	"github.com/mtstates/go-mtstates/backend"

	lua "example.com/outside/toylua"
)

// complete makes the table or string at index what scripts take it for, see backend.Libraries.
func complete(l *lua.State, index int) {
	v := l.Get(index)
	if meta := l.Metatable(v); meta != nil && meta == dataOf(l).lazy {
		dataOf(l).env.Libraries.Complete(state{l}, index)
	}
}

// table returns the table at index, complete.
func table(l *lua.State, index int) *lua.Table {
	complete(l, index)
	return l.Get(index).(*lua.Table)
}

func rawGetField(l *lua.State, index int, name string) { l.Push(table(l, index).Get(name)) }

func rawGetI(l *lua.State, index, key int) { l.Push(table(l, index).Get(float64(key))) }

func rawGet(l *lua.State, index int) {
	t := table(l, index)
	l.Push(t.Get(l.Pop()))
}

func rawSetField(l *lua.State, index int, name string) {
	t := table(l, index)
	t.Set(name, l.Pop())
}

func rawSetI(l *lua.State, index, key int) {
	t := table(l, index)
	t.Set(float64(key), l.Pop())
}

func rawSet(l *lua.State, index int) {
	t := table(l, index)
	value := l.Pop()
	t.Set(l.Pop(), value)
}

func next(l *lua.State, index int) bool {
	key, value, ok := table(l, index).Next(l.Pop())
	if !ok {
		backend.Raise(state{l}, "invalid key to 'next'")
	}
	if key == nil {
		return false
	}
	l.Push(key)
	l.Push(value)
	return true
}

func getMetatable(l *lua.State, index int) bool {
	complete(l, index)
	meta := l.Metatable(l.Get(index))
	if meta != nil {
		l.Push(meta)
	}
	return meta != nil
}

func setMetatable(l *lua.State, index int) {
	complete(l, index)
	v := l.Get(index)
	if l.Get(-1) != nil {
		complete(l, -1) // the VM reads metatables raw
	}
	meta, _ := l.Pop().(*lua.Table)
	l.SetMetatable(v, meta)
}
