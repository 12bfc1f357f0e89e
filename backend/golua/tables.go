package golua

import lua "github.com/Shopify/go-lua"

func rawField(l *lua.State, index int, name string) {
	index = l.AbsIndex(index)
	l.PushString(name)
	l.RawGet(index)
}

func setRawField(l *lua.State, index int, name string) {
	index = l.AbsIndex(index)
	l.PushString(name)
	l.Insert(-2)
	l.RawSet(index)
}

func newMetatable(l *lua.State, typeName string) bool {
	if !lua.NewMetaTable(l, typeName) {
		return false
	}
	l.PushString(typeName)
	setRawField(l, -2, "__name")
	return true
}

func pushMetatable(l *lua.State, typeName string) { lua.MetaTableNamed(l, typeName) }
