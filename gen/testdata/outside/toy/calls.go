package toy

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"

	lua "example.com/outside/toylua"
)

func pushFunction(l *lua.State, f backend.Function) { l.Push(newFunction("", f)) }

func pushClosure(l *lua.State, f backend.Function, n int) {
	for range n {
		l.Pop()
	}
	pushFunction(l, f)
}

func newFunction(name string, f backend.Function) *lua.Function {
	return &lua.Function{Name: name, Go: func(l *lua.State) int { return f(state{l}) }}
}

func pcall(l *lua.State, args, results int) *backend.Failure {
	var failure *backend.Failure
	raised := l.Protect(func() { l.Call(args, results) }, func(e *lua.Error) {
		failure = &backend.Failure{Traceback: backend.TracebackText(traceback(l, 0)), Cause: e.Cause, OutOfMemory: e.Memory}
		if e.Cause == backend.ErrOutOfMemory {
			failure.Cause, failure.OutOfMemory = nil, true
		}
	})
	if raised == nil {
		return nil
	}
	l.SetTop(l.GetTop() - args - 1)
	l.Push(raised.Value)
	if text, ok := raised.Value.(string); ok {
		failure.Interrupted = dataOf(l).env.Interrupt.Caused(text)
	}
	return failure
}

func raise(l *lua.State) int {
	l.Raise(l.Pop())
	return 0
}

// pcall and xpcall are not in package stdlib: how an error unwinds is the VM's.

func basePcall(vm backend.VM) int {
	arg.Any(vm, 1, "pcall")
	return protect(vm.(state).l, nil)
}

func baseXpcall(vm backend.VM) int {
	l := vm.(state).l
	arg.Any(vm, 2, "xpcall")
	handler := l.Get(2)
	backend.Remove(vm, 2)
	return protect(l, func(e *lua.Error) {
		handled := l.Protect(func() {
			l.Push(handler)
			l.Push(e.Value)
			l.Call(1, 1)
			*e = lua.Error{Value: l.Pop()}
		}, nil)
		if handled != nil {
			*e = lua.Error{Value: "error in error handling"}
		}
	})
}

// protect calls the first value on the stack with all others and replaces them by the status and the results.
func protect(l *lua.State, handle func(*lua.Error)) int {
	raised := l.Protect(func() { l.Call(l.GetTop()-1, backend.MultipleResults) }, handle)
	if raised != nil {
		l.SetTop(0)
		l.Push(raised.Value)
	}
	l.Push(raised == nil)
	l.Rotate(1, 1)
	return l.GetTop()
}
