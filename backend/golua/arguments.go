package golua

import (
	"fmt"
	"math"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The arguments of library functions. The VM's own checks do not know light userdata, and find the name of the function
// at the wrong instruction.

// checkAny raises an error when there is no argument n.
func checkAny(l *lua.State, n int, function string) {
	if l.Top() < n {
		argumentError(l, n, function, "value expected")
	}
}

func checkType(l *lua.State, n int, function string, want backend.Type) {
	if got := typeOf(l, n); got != want {
		argumentError(l, n, function, fmt.Sprintf("%s expected, got %s", want, got))
	}
}

// checkInteger cuts off what is behind the point.
func checkInteger(l *lua.State, n int, function string) int {
	f, ok := toNumber(l, n)
	if !ok {
		checkType(l, n, function, backend.Number)
		argumentError(l, n, function, "number expected, got string")
	}
	return int(max(math.MinInt, min(f, float64(math.MaxInt&^1023))))
}

func checkString(l *lua.State, n int, function string) string {
	text, ok := toString(l, n)
	if !ok {
		checkType(l, n, function, backend.String)
	}
	return text
}
