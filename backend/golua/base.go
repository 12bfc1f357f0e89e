package golua

import (
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

func basePrint(l *lua.State) int {
	var b strings.Builder
	for i, n := 1, l.Top(); i <= n; i++ {
		if i > 1 {
			b.WriteByte('\t')
		}
		if b.Len() > backend.MaxPrinted {
			_ = envOf(l).WriteOutput(b.String())
			b.Reset()
		}
		b.WriteString(printed(l, i))
	}
	b.WriteByte('\n')
	_ = envOf(l).WriteOutput(b.String())
	return 0
}

// printed is what the function tostring gives for argument i, also when a script has replaced it.
func printed(l *lua.State, i int) string {
	l.Global("tostring")
	if l.ToValue(-1) == stock.libraries[globalsTable].values["tostring"] {
		l.Pop(1)
		return toStringMeta(l, i)
	}
	l.PushValue(i)
	l.Call(1, 1)
	text, ok := toString(l, -1)
	if !ok {
		raiseText(l, "'tostring' must return a string to 'print'")
	}
	l.Pop(1)
	return text
}

func baseTostring(l *lua.State) int {
	checkAny(l, 1, "tostring")
	l.PushString(toStringMeta(l, 1))
	return 1
}

func baseType(l *lua.State) int {
	checkAny(l, 1, "type")
	l.PushString(typeOf(l, 1).String())
	return 1
}

func baseGetmetatable(l *lua.State) int {
	checkAny(l, 1, "getmetatable")
	if !metatable(l, 1) {
		l.PushNil()
		return 1
	}
	lua.MetaField(l, 1, "__metatable")
	return 1
}

func baseSetmetatable(l *lua.State) int {
	checkType(l, 1, "setmetatable", backend.Table)
	if t := typeOf(l, 2); t != backend.Nil && t != backend.Table {
		return argumentError(l, 2, "setmetatable", "nil or table expected")
	}
	complete(l, 1)
	if lua.MetaField(l, 1, "__metatable") {
		return raiseText(l, "cannot change a protected metatable")
	}
	l.SetTop(2)
	l.SetMetaTable(1)
	return 1
}

func baseRawequal(l *lua.State) int {
	checkAny(l, 1, "rawequal")
	checkAny(l, 2, "rawequal")
	l.PushBoolean(rawEqual(l, 1, 2))
	return 1
}

func baseRawget(l *lua.State) int {
	checkType(l, 1, "rawget", backend.Table)
	checkAny(l, 2, "rawget")
	complete(l, 1)
	l.SetTop(2)
	l.RawGet(1)
	return 1
}

func baseRawset(l *lua.State) int {
	checkType(l, 1, "rawset", backend.Table)
	checkAny(l, 2, "rawset")
	checkAny(l, 3, "rawset")
	complete(l, 1)
	l.SetTop(3)
	l.RawSet(1)
	return 1
}
