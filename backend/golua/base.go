package golua

import (
	"io"
	"os"
	"strings"

	lua "github.com/Shopify/go-lua"
)

func openBase(l *lua.State) {
	l.PushGlobalTable()
	fill(l, stock()["_G"])
	l.PushValue(-1)
	setRawField(l, -2, "_G")
	setLoaded(l, "_G")
	l.Pop(1)
}

// checkAny raises an error when there is no argument n. The VM's CheckAny takes light userdata for none.
func checkAny(l *lua.State, n int, function string) {
	if l.Top() < n {
		argumentError(l, n, function, "value expected")
	}
}

func basePrint(l *lua.State) int {
	var b strings.Builder
	for i := 1; i <= l.Top(); i++ {
		if i > 1 {
			b.WriteByte('\t')
		}
		b.WriteString(toStringMeta(l, i))
	}
	b.WriteByte('\n')
	out := dataOf(l).stdout
	if out == nil {
		out = os.Stdout
	}
	_, _ = io.WriteString(out, b.String())
	return 0
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
	if !l.MetaTable(1) {
		l.PushNil()
		return 1
	}
	lua.MetaField(l, 1, "__metatable")
	return 1
}

func baseRawequal(l *lua.State) int {
	checkAny(l, 1, "rawequal")
	checkAny(l, 2, "rawequal")
	l.PushBoolean(rawEqual(l, 1, 2))
	return 1
}

func baseRawget(l *lua.State) int {
	lua.CheckType(l, 1, lua.TypeTable)
	checkAny(l, 2, "rawget")
	l.SetTop(2)
	l.RawGet(1)
	return 1
}

func baseRawset(l *lua.State) int {
	lua.CheckType(l, 1, lua.TypeTable)
	checkAny(l, 2, "rawset")
	checkAny(l, 3, "rawset")
	l.SetTop(3)
	l.RawSet(1)
	return 1
}
