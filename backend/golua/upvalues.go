package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// upvalueCount is how many upvalues scripts see of the function at index: not those of Go functions, which name the
// functions of the libraries.
func upvalueCount(l *lua.State, index int) int {
	if l.IsGoFunction(index) {
		return 0
	}
	l.PushValue(index)
	d, _ := lua.Info(l, ">u", nil)
	return d.UpValueCount
}

func getUpvalue(l *lua.State, index, n int) (name string, ok bool) {
	if n < 1 || n > upvalueCount(l, index) {
		return "", false
	}
	return lua.UpValue(l, index, n)
}

func setUpvalue(l *lua.State, index, n int) (name string, ok bool) {
	if n < 1 || n > upvalueCount(l, index) {
		return "", false
	}
	return lua.SetUpValue(l, index, n)
}

// debug.upvalueid and debug.upvaluejoin are only in Lua 5.2, so no operation of the contract says what they do.

func debugUpvalueid(l *lua.State) int {
	n, ok := checkUpvalue(l, 1, 2, "upvalueid")
	if !ok {
		return arg.Bad(state{l}, 2, "upvalueid", "invalid upvalue index")
	}
	l.PushLightUserData(lua.UpValueId(l, 1, n))
	return 1
}

func debugUpvaluejoin(l *lua.State) int {
	n1, ok1 := checkUpvalue(l, 1, 2, "upvaluejoin")
	n2, ok2 := checkUpvalue(l, 3, 4, "upvaluejoin")
	for i, ok := range []bool{!l.IsGoFunction(1), ok1, !l.IsGoFunction(3), ok2} {
		if !ok {
			return arg.Bad(state{l}, i+1, "upvaluejoin", []string{"Lua function expected", "invalid upvalue index"}[i%2])
		}
	}
	lua.UpValueJoin(l, 1, n1, 3, n2)
	return 0
}

// checkUpvalue returns the argument n, the index of an upvalue of the argument f; ok is false when there is none.
func checkUpvalue(l *lua.State, f, n int, function string) (i int, ok bool) {
	i = int(arg.Number(state{l}, n, function))
	arg.OneOf(state{l}, f, function, backend.FunctionType)
	return i, 1 <= i && i <= upvalueCount(l, f)
}
