package golua

import (
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"
)

// checkLength raises Lua's memory error for a string that would be too long.
func checkLength(l *lua.State, n int) {
	if n > dataOf(l).maxString {
		outOfMemory(l)
	}
}

func stringRep(l *lua.State) int {
	s, count, separator := lua.CheckString(l, 1), lua.CheckNumber(l, 2), lua.OptString(l, 3, "")
	if count < 1 || len(s)+len(separator) == 0 {
		l.PushString("")
		return 1
	}
	if count > float64(dataOf(l).maxString)+1 { // and the products below do not overflow
		return outOfMemory(l)
	}
	n := int(count)
	checkLength(l, n*len(s)+(n-1)*len(separator))
	if separator == "" {
		l.PushString(strings.Repeat(s, n))
	} else {
		l.PushString(strings.Repeat(s+separator, n-1) + s)
	}
	return 1
}

func stringUpper(l *lua.State) int { return mapBytes(l, 'a', 'z') }

func stringLower(l *lua.State) int { return mapBytes(l, 'A', 'Z') }

// mapBytes changes the case of the ASCII letters in a range; other bytes stay as they are.
func mapBytes(l *lua.State, from, to byte) int {
	b := []byte(lua.CheckString(l, 1))
	for i, c := range b {
		if from <= c && c <= to {
			b[i] = c ^ ('a' - 'A')
		}
	}
	l.PushString(string(b))
	return 1
}

func stringReverse(l *lua.State) int {
	s := lua.CheckString(l, 1)
	b := make([]byte, len(s))
	for i := range len(s) {
		b[len(s)-1-i] = s[i]
	}
	l.PushString(string(b))
	return 1
}

// tableConcat is table.concat in linear time; the VM's copies the result for every element.
func tableConcat(l *lua.State) int {
	lua.CheckType(l, 1, lua.TypeTable)
	separator, from := lua.OptString(l, 2, ""), lua.OptInteger(l, 3, 1)
	var to int
	if l.IsNoneOrNil(4) {
		to = lua.LengthEx(l, 1)
	} else {
		to = lua.CheckInteger(l, 4)
	}
	var b strings.Builder
	for i := from; i <= to; i++ {
		if i > from {
			b.WriteString(separator)
		}
		l.RawGetInt(1, i)
		text, ok := toString(l, -1)
		if !ok {
			return raiseText(l, fmt.Sprintf("invalid value (%s) at index %d in table for 'concat'", typeOf(l, -1), i))
		}
		l.Pop(1)
		checkLength(l, b.Len()+len(text)+len(separator))
		b.WriteString(text)
	}
	l.PushString(b.String())
	return 1
}
