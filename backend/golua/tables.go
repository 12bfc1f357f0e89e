package golua

import lua "github.com/Shopify/go-lua"

func rawField(l *lua.State, index int, name string) {
	index = l.AbsIndex(index)
	l.PushString(name)
	l.RawGet(index)
	if l.IsNil(-1) && isLazy(l, index) && fillField(l, index, name) {
		l.Remove(-2)
	}
}

func setRawField(l *lua.State, index int, name string) {
	index = l.AbsIndex(index)
	if isLazy(l, index) {
		completeBefore(l, index, name)
	}
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
	case lua.TypeTable:
		complete(l, index)
	case lua.TypeString:
		installStringMethods(l)
	case lua.TypeNumber:
		if d := dataOf(l); d.own {
			return d.pushNumberMetatable(l)
		}
	}
	return l.MetaTable(index)
}

// setMetatable pops a table or nil and makes it the metatable of the value at index, for numbers and strings that of
// their type.
func setMetatable(l *lua.State, index int) {
	switch l.TypeOf(index) {
	case lua.TypeTable:
		complete(l, index)
	case lua.TypeNumber:
		if d := dataOf(l); d.own {
			d.setNumberMetatable(l)
			return
		}
	}
	l.SetMetaTable(index)
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
