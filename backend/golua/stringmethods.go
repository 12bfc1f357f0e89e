package golua

import lua "github.com/Shopify/go-lua"

// A state with the string library starts with a metatable for strings that all states share. It is replaced by one of
// the state's own at the first use of a method, or when a script looks at it.

// lazyStringIndex is __index of the shared metatable.
func lazyStringIndex(l *lua.State) int {
	installStringMethods(l)
	l.SetTop(2)
	l.Table(1)
	return 1
}

// installStringMethods gives strings the state's own metatable in place of the shared one, or of none when the library
// is loaded now. A metatable that a script has set stays.
func installStringMethods(l *lua.State) {
	d := dataOf(l)
	if !d.own {
		return
	}
	l.PushString("")
	shared := l.MetaTable(-1)
	if shared {
		shared = l.ToValue(-1) == stock.strings
		l.Pop(1)
		if !shared {
			l.Pop(1)
			return
		}
	} else if d.tables[stringLibrary] == nil {
		l.Pop(1)
		return
	}
	l.CreateTable(0, 1)
	d.pushTable(l, stringLibrary)
	l.SetField(-2, "__index")
	l.SetMetaTable(-2)
	l.Pop(1)
}
