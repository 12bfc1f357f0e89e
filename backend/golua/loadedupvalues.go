package golua

import (
	"math"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/closures"
)

// setUpvalues gives the function on the top, which was loaded, the upvalues that belong to no variable. The VM sets the
// first when it is the only one.
func setUpvalues(l *lua.State) {
	f, count := l.Top(), upvalueCount(l)
	for i := 1; i <= count; i++ {
		name, _ := lua.UpValue(l, f, i)
		l.Pop(1)
		switch name {
		case closures.FreshUpvalue:
			l.PushNumber(math.NaN())
			lua.SetUpValue(l, f, i)
		case closures.Environment:
			if i == 1 {
				l.PushGlobalTable()
				lua.SetUpValue(l, f, i)
			}
		}
	}
}

// upvalueCount is how many upvalues the function on the top has, with the hidden one.
func upvalueCount(l *lua.State) int {
	l.PushValue(-1)
	d, _ := lua.Info(l, ">u", nil)
	return d.UpValueCount
}

// visibleUpvalues is how many upvalues scripts see of the function at index: not those of Go functions, which mark the
// functions of the libraries, which all states share.
func visibleUpvalues(l *lua.State, index int) int {
	if l.IsGoFunction(index) {
		return 0
	}
	l.PushValue(index)
	n := upvalueCount(l)
	l.Pop(1)
	if n > 0 {
		name, _ := lua.UpValue(l, index, n)
		l.Pop(1)
		if name == closures.FreshUpvalue {
			n--
		}
	}
	return n
}
