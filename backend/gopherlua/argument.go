package gopherlua

import (
	"fmt"
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// raiseText raises a message with the position of the caller of the running Go function.
func raiseText(l *lua.LState, format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	raiseAt(l, 1, text)
}

// raiseAt raises a message that begins with the position of the function at a level.
func raiseAt(l *lua.LState, level int, message string) int { return throwAt(l, level, message, nil) }

// throwAt is raiseAt for an error that has a cause.
func throwAt(l *lua.LState, level int, message string, cause error) int {
	position := where(l, level)
	checkSize(l, len(position)+len(message))
	return throwValue(l, lua.LString(position+message), cause)
}

func functionArgument(l *lua.LState, function string) *lua.LFunction {
	return l.Get(arg.OneOf(state{l}, 1, function, backend.FunctionType)).(*lua.LFunction)
}

// optInt rounds towards zero, as Lua 5.1 does; a number beyond an int becomes 0.
func optInt(l *lua.LState, n int, function string, absent int) int {
	if l.Get(n) == lua.LNil {
		return absent
	}
	number := arg.Number(state{l}, n, function)
	if math.IsNaN(number) || math.Abs(number) > min(1<<53, math.MaxInt) {
		return 0
	}
	return int(number)
}
