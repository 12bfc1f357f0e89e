package gopherlua

import (
	"fmt"
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The VM checks arguments too, but its messages are not those of Lua.

// raiseText raises a message with the position of the caller of the running Go function.
func raiseText(l *lua.LState, format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	raiseAt(l, 1, text)
}

// raiseAt raises a message with the position of the function at a level in front.
func raiseAt(l *lua.LState, level int, message string) int { return throwAt(l, level, message, nil) }

// throwAt is raiseAt for an error with a cause.
func throwAt(l *lua.LState, level int, message string, cause error) int {
	position := where(l, level)
	checkSize(l, len(position)+len(message))
	return throwValue(l, lua.LString(position+message), cause)
}

func badArgument(l *lua.LState, n int, function, problem string) {
	raiseText(l, "bad argument #%d to '%s' (%s)", n, function, problem)
}

func wrongType(l *lua.LState, n int, function, want string) {
	badArgument(l, n, function, fmt.Sprintf("%s expected, got %s", want, typeOf(l, n)))
}

func checkAny(l *lua.LState, n int, function string) lua.LValue {
	if l.GetTop() < n {
		badArgument(l, n, function, "value expected")
	}
	return l.Get(n)
}

func checkTable(l *lua.LState, n int, function string) *lua.LTable {
	t, ok := l.Get(n).(*lua.LTable)
	if !ok {
		wrongType(l, n, function, backend.Table.String())
	}
	return t
}

func checkFunction(l *lua.LState, n int, function string) *lua.LFunction {
	f, ok := l.Get(n).(*lua.LFunction)
	if !ok {
		wrongType(l, n, function, backend.FunctionType.String())
	}
	return f
}

func checkText(l *lua.LState, n int, function string) string {
	text, ok := toString(l, n)
	if !ok {
		wrongType(l, n, function, backend.String.String())
	}
	return text
}

// optInt rounds towards zero, as Lua 5.1 does; what an int cannot hold becomes 0.
func optInt(l *lua.LState, n int, function string, absent int) int {
	if l.Get(n) == lua.LNil {
		return absent
	}
	number, ok := toNumber(l, n)
	if !ok {
		wrongType(l, n, function, backend.Number.String())
	}
	if math.IsNaN(number) || math.Abs(number) > min(1<<53, math.MaxInt) {
		return 0
	}
	return int(number)
}
