// Package debughook has what debug.sethook and debug.gethook have in common in all VMs: their arguments and results, and
// which events an instruction stands for. Only backends import it.
//
// A VM calls [Hook.Look] before instructions, as often as [Hook.Next] says, and [Hook.Called] and [Hook.Returned] from its
// Go functions; nothing of it is needed before [Used].
package debughook

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// Events are the events that a hook is called for.
type Events struct {
	Call, Return, Line bool
	Count              int // instructions after which it is called, 0 for never
}

// Any reports whether there are any.
func (e Events) Any() bool { return e.Call || e.Return || e.Line || e.Count > 0 }

// mask returns the letters of the events.
func (e Events) mask() string {
	var b strings.Builder
	for _, letter := range []struct {
		in   bool
		text string
	}{{e.Call, "c"}, {e.Return, "r"}, {e.Line, "l"}} {
		if letter.in {
			b.WriteString(letter.text)
		}
	}
	return b.String()
}

// SetArguments returns the arguments of debug.sethook, which is ([thread,] [function, mask [, count]]): the index of the
// thread, 0 for the running one, the index of the function, 0 for none, and the events.
func SetArguments(s backend.VM) (thread, function int, e Events) {
	thread, next := Thread(s)
	if s.Type(next) <= backend.Nil {
		return thread, 0, e
	}
	mask := arg.String(s, next+1, "sethook")
	arg.OneOf(s, next, "sethook", backend.FunctionType)
	e.Call, e.Return, e.Line = strings.Contains(mask, "c"), strings.Contains(mask, "r"), strings.Contains(mask, "l")
	if s.Type(next+2) > backend.Nil {
		e.Count = int(max(0, min(arg.Number(s, next+2, "sethook"), Never)))
	}
	if !e.Any() {
		return thread, 0, e
	}
	Use()
	return thread, next, e
}

// Thread returns the index of the coroutine that comes first among the arguments, 0 when there is none, and that of the
// argument after it.
func Thread(s backend.VM) (thread, next int) {
	if s.Type(1) == backend.Thread {
		return 1, 2
	}
	return 0, 1
}

// Variable returns the number of a local variable at an index, an argument of the function with the name. What cannot be one
// is 0.
func Variable(s backend.VM, index int, function string) int {
	n := arg.Number(s, index, function)
	if !(n > -maxVariable && n < maxVariable) {
		return 0
	}
	return int(n)
}

const maxVariable = 1 << 24

// PushMask pushes the second and the third result of debug.gethook. The hook, or nil, is on the top.
func PushMask(s backend.VM, e Events) (results int) {
	s.PushString(e.mask())
	s.PushNumber(float64(e.Count))
	return 3
}
