package golua

import (
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

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

func baseTonumber(l *lua.State) int {
	if l.IsNoneOrNil(2) {
		checkAny(l, 1, "tonumber")
		if n, ok := toNumber(l, 1); ok {
			l.PushNumber(n)
		} else {
			l.PushNil()
		}
		return 1
	}
	text, base := lua.CheckString(l, 1), lua.CheckInteger(l, 2)
	lua.ArgumentCheck(l, 2 <= base && base <= 36, 2, "base out of range")
	if n, ok := parseInteger(text, base); ok {
		l.PushNumber(n)
	} else {
		l.PushNil()
	}
	return 1
}

// parseInteger converts digits of a base; like Lua's it loses digits of large numbers but does not refuse them.
func parseInteger(text string, base int) (n float64, ok bool) {
	text = strings.Trim(text, " \t\n\v\f\r")
	digits := strings.TrimPrefix(text, "-")
	if digits == "" {
		return 0, false
	}
	for _, c := range []byte(digits) {
		d, err := strconv.ParseUint(string(c), base, 8)
		if err != nil {
			return 0, false
		}
		n = n*float64(base) + float64(d)
	}
	if digits != text {
		n = -n
	}
	return n, !math.IsNaN(n)
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

func baseRawlen(l *lua.State) int {
	if t := l.TypeOf(1); t != lua.TypeTable && t != lua.TypeString {
		return argumentError(l, 1, "rawlen", "table or string expected")
	}
	l.PushNumber(float64(l.RawLength(1)))
	return 1
}

func baseSelect(l *lua.State) int {
	if text, ok := l.ToValue(1).(string); ok && text == "#" {
		l.PushNumber(float64(l.Top() - 1))
		return 1
	}
	n, last := checkInteger(l, 1, "select"), l.Top()
	switch {
	case n < 0:
		n += last
	case n > last:
		n = last
	}
	if n < 1 {
		return argumentError(l, 1, "select", "index out of range")
	}
	return last - n
}

// baseUnpack is unpack and table.unpack.
func baseUnpack(l *lua.State) int {
	checkType(l, 1, "unpack", backend.Table)
	from, to := 1, 0
	if !l.IsNoneOrNil(2) {
		from = checkInteger(l, 2, "unpack")
	}
	if l.IsNoneOrNil(3) {
		to = l.RawLength(1)
	} else {
		to = checkInteger(l, 3, "unpack")
	}
	if from > to {
		return 0
	}
	n := to - from + 1
	if n <= 0 || n >= maxUnpack || !l.CheckStack(n) { // n <= 0: it overflowed
		return raiseText(l, "too many results to unpack")
	}
	for i := from; i < to; i++ {
		l.RawGetInt(1, i)
	}
	l.RawGetInt(1, to) // i would overflow behind the largest integer
	return n
}

// maxUnpack is more values than the VM's stack has room for.
const maxUnpack = 1_000_000
