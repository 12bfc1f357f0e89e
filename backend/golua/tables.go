package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/traversal"
	"github.com/mtstates/go-mtstates/backend/golua/repair/weaktables"
)

func rawField(l *lua.State, index int, name string) {
	index = l.AbsIndex(index)
	complete(l, index)
	l.PushString(name)
	l.RawGet(index)
}

func setRawField(l *lua.State, index int, name string) {
	index = l.AbsIndex(index)
	complete(l, index)
	l.PushString(name)
	l.Insert(-2)
	l.RawSet(index)
}

func rawGet(l *lua.State, index int) {
	complete(l, index)
	l.RawGet(index)
}

func rawSet(l *lua.State, index int) {
	complete(l, index)
	l.RawSet(index)
}

// metatable pushes the metatable that scripts know the value at index to have. The ones that only serve the adapter
// are not among them.
func metatable(l *lua.State, index int) bool {
	switch l.TypeOf(index) {
	case lua.TypeTable, lua.TypeString:
		complete(l, index)
	}
	return l.MetaTable(index)
}

// setMetatable pops a table or nil and makes it the metatable of the value at index, for numbers and strings that of
// their type. Light userdata have none in the VM.
func setMetatable(l *lua.State, index int) {
	switch l.TypeOf(index) {
	case lua.TypeTable:
		complete(l, index)
	case lua.TypeNone:
		l.Pop(1)
		return
	}
	if l.IsTable(-1) {
		complete(l, -1) // the VM reads metatables raw
	}
	index = l.AbsIndex(index)
	l.SetMetaTable(index)
	if v := l.ToValue(index); weaktables.Repair.On() && weaktables.HasMode(v) {
		dataOf(l).weak.Add(v)
	}
}

func rotate(l *lua.State, index, n int) {
	if n == -1 {
		l.PushValue(index)
		l.Remove(index)
		return
	}
	for range n {
		l.Insert(index)
	}
}

func rawEach(l *lua.State, index int, visit backend.Visit) {
	complete(l, index)
	if !traversal.Repair.On() {
		backend.EachByNext(state{l}, index, visit)
		return
	}
	traversal.Each(l, index, func(key, value any) bool {
		k, simpleKey := neutral(key)
		v, simpleValue := neutral(value)
		if simpleKey && simpleValue {
			return visit(k, v)
		}
		l.PushLightUserData(key)
		l.PushLightUserData(value)
		top := l.Top()
		k, v = neutralOrKind(l, top-1), neutralOrKind(l, top)
		more := visit(k, v)
		l.Pop(2)
		return more
	})
}

func neutralOrKind(l *lua.State, index int) backend.Value {
	if v, ok := toValue(l, index); ok {
		return v
	}
	return backend.Value{Kind: typeOf(l, index)}
}

func rawSetNeutral(l *lua.State, index int, key, value backend.Value) {
	index = l.AbsIndex(index)
	complete(l, index)
	pushValue(l, key)
	pushValue(l, value)
	l.RawSet(index)
}
