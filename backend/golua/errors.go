package golua

import (
	"fmt"
	"strconv"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// raised is what an error of any type is raised with: the VM's protection recovers any panic whose value is an error and
// takes the value on the top of the stack as the error value, whatever its type. The VM's own Error knows only strings.
type raised struct{ outOfMemory bool }

func (*raised) Error() string { return "lua error" }

var (
	ordinary = &raised{}
	exceeded = &raised{outOfMemory: true}
	// interrupted is raised by a hook; the VM calls no hooks until a protected call has dropped its frames.
	interrupted = &raised{}
)

const (
	memoryMessage   = "not enough memory"
	overflowMessage = "stack overflow"
)

func raise(*lua.State) int { panic(ordinary) }

// raiseText raises a message with the position of the function that called the running one in front.
func raiseText(l *lua.State, message string) int {
	l.PushString(where(l, 1) + message)
	return raise(l)
}

func argumentError(l *lua.State, n int, function, message string) int {
	return raiseText(l, fmt.Sprintf("bad argument #%d to '%s' (%s)", n, function, message))
}

// outOfMemory raises Lua's memory error.
func outOfMemory(l *lua.State) int {
	l.PushString(memoryMessage)
	panic(exceeded)
}

func pushFunction(l *lua.State, f backend.Function) {
	l.PushGoFunction(func(l *lua.State) int {
		defer contain(l)
		return f(state{l})
	})
}

// contain is deferred by Go functions. It turns a Go panic into a Lua error, because the VM's protection, and with it
// the process, would die of a panic whose value is no error.
func contain(l *lua.State) {
	if e := recover(); e != nil {
		panic(luaError(l, e))
	}
}

// contained returns a library function with its Go panics contained and its name in the messages about its arguments.
// name is that of a traceback, such as "string.rep".
func contained(name string, f lua.Function) lua.Function {
	return func(l *lua.State) int {
		defer containLibrary(l, name)
		return f(l)
	}
}

func containLibrary(l *lua.State, name string) {
	e := recover()
	if e == nil {
		return
	}
	if text, ok := e.(lua.RuntimeError); ok {
		if mended, changed := nameArgument(l, string(text), name); changed {
			l.PushString(mended)
			panic(ordinary)
		}
	}
	panic(luaError(l, e))
}

// luaError returns the error to panic with for what was recovered. When that is no Lua error, its text becomes the error
// value on the top of the stack. Room for it is only sure at the bottom of the running function's part, which is lost
// anyway.
func luaError(l *lua.State, e any) error {
	text, err := "", error(ordinary)
	switch e := e.(type) {
	case *raised:
		return e
	case lua.RuntimeError:
		return e
	case error:
		text = e.Error()
		switch e {
		case lua.ErrorError: // the stack overflowed a second time
			text, err = overflowMessage, exceeded
		case lua.MemoryError:
			text, err = memoryMessage, exceeded
		}
	default:
		text = fmt.Sprint(e)
	}
	l.SetTop(0)
	l.PushString(text)
	return err
}

// isOutOfMemory tells whether an error says that a limit of the VM was exceeded.
func isOutOfMemory(err error) bool {
	switch err := err.(type) {
	case *raised:
		return err.outOfMemory
	case lua.RuntimeError: // raised by the VM or its libraries: scripts raise with raised
		return strings.HasSuffix(string(err), overflowMessage) || strings.Contains(string(err), overflowMessage+" (")
	}
	return err == lua.ErrorError || err == lua.MemoryError
}

// nameArgument mends a message of the VM about an argument of the running library function: the VM looks for the name of
// the function at the wrong instruction, so it has another name or none, and may take it for a method.
func nameArgument(l *lua.State, text, name string) (mended string, changed bool) {
	name = name[strings.LastIndexByte(name, '.')+1:]
	if position, rest, ok := strings.Cut(text, "calling '"); ok {
		_, problem, ok := strings.Cut(rest, "' on bad self ")
		return fmt.Sprintf("%sbad argument #1 to '%s' %s", position, name, problem), ok
	}
	position, rest, ok := strings.Cut(text, "bad argument #")
	if !ok {
		return "", false
	}
	number, rest, _ := strings.Cut(rest, " to '")
	_, problem, ok := strings.Cut(rest, "' ")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return "", false
	}
	if f, ok := lua.Stack(l, 0); ok {
		if d, _ := lua.Info(l, "n", f); d.NameKind == "method" {
			n++
		}
	}
	return fmt.Sprintf("%sbad argument #%d to '%s' %s", position, n, name, problem), true
}
