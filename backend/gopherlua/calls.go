package gopherlua

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/protect"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
	"github.com/mtstates/go-mtstates/backend/internal/pace"
)

func pushFunction(l *lua.LState, f backend.Function) { l.Push(goFunction(l, f)) }

func pushClosure(l *lua.LState, f backend.Function, n int) {
	closure := goFunction(l, f)
	for i := range n {
		u := &lua.Upvalue{}
		u.Close()
		v := l.Get(i - n)
		classes.Show(v)
		u.SetValue(v)
		closure.Upvalues = append(closure.Upvalues, u)
	}
	l.Pop(n)
	l.Push(closure)
}

// goFunction returns a function of l's VM that calls f. In the backend's own states, all protected calls contain Go
// panics and close the upvalues of dead frames (protect). The VM's PCall, which other states use, leaves upvalues open,
// and they would read values of other functions; so f contains its panics there.
func goFunction(l *lua.LState, f backend.Function) *lua.LFunction {
	if f == nil {
		panic(backend.ErrNilFunction)
	}
	if dataOf(l).own && frames.Repair.On() {
		return newFunction(l, func(l *lua.LState) int {
			pollWeak(l)
			if debughook.Used() {
				return hooked(l, f)
			}
			results := checkResults(l, backend.CallGo(state{l}, f))
			classes.ShowTop(l, results)
			if backend.AnyInterrupt() {
				dataOf(l).watch.LookSoon()
			}
			if debughook.Used() { // f has set the first hook
				returned(l, results)
			}
			return results
		})
	}
	return newFunction(l, func(l *lua.LState) int {
		pollWeak(l)
		defer contain(l)
		return checkResults(l, f(state{l}))
	})
}

// checkResults returns the number of results of a Go function, which is -1 if it has yielded.
func checkResults(l *lua.LState, results int) int {
	if results < -1 || results > l.GetTop() {
		return backend.WrongResults(state{l}, results)
	}
	return results
}

// newFunction returns a function of l's VM around Go code. It has the globals as its environment.
func newFunction(l *lua.LState, f lua.LGFunction) *lua.LFunction {
	return &lua.LFunction{IsG: true, Env: l.G.Global, GFunction: f}
}

// contain turns a Go panic of a Go function into a Lua error.
func contain(l *lua.LState) {
	e := recover()
	if e == nil {
		return
	}
	if lerr, ok := e.(*lua.ApiError); ok {
		panic(lerr)
	}
	cause, _ := e.(error)
	throwValue(l, lua.LString(fmt.Sprint(e)), cause)
}

func call(l *lua.LState, args, results int) {
	messages.CheckCallable(l, l.GetTop()-args)
	backend.EnterLua(state{l})
	classes.ShowTop(l, args)
	l.Call(args, results)
}

func protectedCall(l *lua.LState, args, results int) *backend.Failure {
	messages.CheckCallable(l, l.GetTop()-args)
	classes.ShowTop(l, args)
	dataOf(l).begin(l)
	backend.EnterLua(state{l})
	var trace backend.Traceback
	failed := protect.Call(l, args, results, nil, &trace)
	if failed == nil {
		return nil
	}
	l.Push(failed.Object)
	failure := &backend.Failure{Traceback: trace}
	if failure.OutOfMemory = failed.Cause == backend.ErrOutOfMemory; !failure.OutOfMemory {
		failure.Cause = failed.Cause
	}
	failure.Interrupted = failed.Cause == backend.ErrTooManyInstructions || isInterrupt(l, failed.Object)
	return failure
}

// raiseValue raises a value as an error of a function of this package. It does not return.
func raiseValue(l *lua.LState, value lua.LValue) int { return throwValue(l, value, nil) }

// throwValue is raiseValue for an error that has a cause.
func throwValue(l *lua.LState, value lua.LValue, cause error) int {
	protect.Raise(l, value, cause, dataOf(l).own)
	return 0
}

func raise(l *lua.LState) int {
	classes.Show(l.Get(-1))
	return raiseValue(l, l.Get(-1))
}

// checkSize raises the memory error if a string of that size is too long for the state.
func checkSize(l *lua.LState, size int) {
	if pace.LookSoon(size) {
		dataOf(l).watch.LookSoon()
	}
	if env := envOf(l); size > env.MaxString || !env.Budget.Reserve(size) {
		throwValue(l, lua.LString(backend.ErrOutOfMemory.Error()), backend.ErrOutOfMemory)
	}
}
