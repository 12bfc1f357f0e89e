package gopherlua

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

func pushFunction(l *lua.LState, f backend.Function) {
	l.Push(l.NewFunction(func(l *lua.LState) int {
		defer contain(l)
		return f(state{l})
	}))
}

// contained returns f with its Go panics turned into Lua errors.
func contained(f lua.LGFunction) lua.LGFunction {
	return func(l *lua.LState) int {
		defer contain(l)
		return f(l)
	}
}

// contain turns a Go panic of a Go function into a Lua error. PCall would catch it as well, but would leave upvalues
// of the dead frames open, which then read other functions' values.
func contain(l *lua.LState) {
	e := recover()
	if e == nil {
		return
	}
	if lerr, ok := e.(*lua.ApiError); ok {
		panic(lerr)
	}
	l.Error(lua.LString(fmt.Sprint(e)), 0)
}

func protectedCall(l *lua.LState, args, results int) *backend.Failure {
	fn := l.Get(-args - 1)
	err := l.PCall(args, results, nil)
	if err == nil {
		return nil
	}
	failed := err.(*lua.ApiError)
	l.Push(failed.Object)
	failure := &backend.Failure{Traceback: normalTraceback(failed.StackTrace, bottomFunction(l, fn))}
	failure.OutOfMemory = exceeded(failed.Object, failure.Traceback)
	return failure
}

// exceeded tells whether the VM raised the error because one of its limits was reached. It has no code for that, only
// the text; so a stack overflow counts only with a traceback as deep as one has.
func exceeded(object lua.LValue, traceback string) bool {
	text, ok := object.(lua.LString)
	if !ok {
		return false
	}
	return strings.HasSuffix(string(text), memoryMessage) ||
		strings.HasSuffix(string(text), "registry overflow") ||
		strings.Contains(traceback, cutMark) && (strings.HasSuffix(string(text), "stack overflow") || strings.HasSuffix(string(text), "callstack overflow"))
}

const memoryMessage = "not enough memory"

func raise(l *lua.LState) int {
	l.Error(l.Get(-1), 0)
	return 0
}

func outOfMemory(l *lua.LState) int {
	l.Error(lua.LString(memoryMessage), 0)
	return 0
}

func where(l *lua.LState, level int) string {
	if position := l.Where(level); position != "" && !strings.HasPrefix(position, "[G]") {
		return position + " "
	}
	return ""
}
