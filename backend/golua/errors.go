package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// raise raises the value on the top of the stack.
func raise(l *lua.State) int { panic(traced(l, raised.Ordinary)) }

// traced returns the error to panic with for e and the value on the top, with the traceback if the enclosing protected
// call is one of the host.
func traced(l *lua.State, e *raised.Error) error {
	if dataOf(l).own {
		return e.In(l, tracingValue)
	}
	value := any(toUserdata(l, -1))
	if value == nil {
		value, _ = l.ToValue(-1).(string)
	}
	return e.Showing(value)
}

// raiseText raises a message that begins with the position of the function that called the running one.
func raiseText(l *lua.State, message string) int {
	return raiseAt(l, 1, message)
}

// raiseAt raises a message that begins with the position of the function at a level.
func raiseAt(l *lua.State, level int, message string) int {
	position := where(l, level)
	checkSize(l, len(position)+len(message))
	l.PushString(position + message)
	return raise(l)
}

// raiseOverflow raises the error that too many calls are nested.
func raiseOverflow(l *lua.State) {
	l.PushString(where(l, 0) + messages.Overflow)
	panic(traced(l, raised.Exceeded))
}

func pushFunction(l *lua.State, f backend.Function) { l.PushGoFunction(goFunction(f)) }

func pushClosure(l *lua.State, f backend.Function, n int) { l.PushGoClosure(goFunction(f), uint8(n)) }

// goFunction returns f as a function of the VM, with its Go panics contained.
func goFunction(f backend.Function) lua.Function {
	if f == nil {
		panic(backend.ErrNilFunction)
	}
	return func(l *lua.State) (results int) {
		pollWeak(l)
		returned := false
		defer func() {
			if returned || yielding(l) { // checking for a panic costs more than this
				return
			}
			if e := recover(); e != nil {
				panic(luaError(l, e))
			}
		}()
		if debughook.Used() {
			results = hooked(l, f)
		} else {
			results = backend.CallGo(state{l}, f)
			resumed(l) // if f has set the first hook
		}
		if results < 0 || results > l.Top() {
			backend.WrongResults(state{l}, results)
		}
		if backend.AnyInterrupt() {
			dataOf(l).hooks.LookSoon(l)
		}
		returned = true
		return results
	}
}

// contained returns a library function that contains its Go panics and has its name in messages about its arguments.
// name is the name for tracebacks, such as "string.rep".
func contained(name string, f lua.Function) lua.Function {
	return func(l *lua.State) int {
		defer containLibrary(l, name)
		return f(l)
	}
}

func containLibrary(l *lua.State, name string) {
	if yielding(l) {
		return
	}
	e := recover()
	if e == nil {
		return
	}
	if text, ok := e.(lua.RuntimeError); ok {
		if repaired, changed := messages.Argument(l, string(text), name); changed {
			l.PushString(repaired)
			panic(raised.Ordinary)
		}
	}
	panic(luaError(l, e))
}

// luaError returns the error to panic with for a recovered value. If that is not a Lua error, its text becomes the
// error value on the top of the stack. Room for it is only certain at the bottom of the running function's part, which
// is lost anyway.
func luaError(l *lua.State, e any) error {
	switch e := e.(type) {
	case *raised.Error:
		return e
	case lua.RuntimeError:
		return e
	}
	text, err := raised.Panicked(e)
	l.SetTop(0)
	l.PushString(text)
	return traced(l, err)
}
