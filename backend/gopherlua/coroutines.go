package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/coroutines"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/protect"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/upvalues"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// maxResumes bounds how deeply coroutines may resume one another: each uses a part of the Go stack, which must not
// overflow. PUC Lua has the same limit.
const maxResumes = 195

func coroutineCreate(l *lua.LState) int {
	l.Push(newThread(l, functionArgument(l, "create")))
	return 1
}

// newThread returns a coroutine that runs f, through a Lua function: the VM cannot run Go functions in one.
func newThread(l *lua.LState, f *lua.LFunction) *lua.LState {
	body := l.NewFunctionFromProto(coroutines.Body())
	body.Upvalues[0] = &lua.Upvalue{}
	body.Upvalues[0].Close()
	body.Upvalues[0].SetValue(f)
	l.SetTop(0)
	l.Push(body)
	vmCreate(l)
	thread := l.Get(-1).(*lua.LState)
	l.Pop(1)
	adopt(l, thread)
	return thread
}

func checkThread(l *lua.LState, function string) *lua.LState {
	thread, ok := l.Get(1).(*lua.LState)
	if !ok {
		arg.Bad(state{l}, 1, function, "coroutine expected")
	}
	return thread
}

func coroutineStatus(l *lua.LState) int {
	l.Push(lua.LString(coroutines.Status(l, checkThread(l, "status"))))
	return 1
}

func coroutineRunning(l *lua.LState) int {
	if l.Parent == nil {
		l.Push(lua.LNil)
	} else {
		l.Push(l)
	}
	return 1
}

func coroutineResume(l *lua.LState) int {
	results, _ := resume(l)
	return results
}

// resume pushes the results of coroutine.resume, true and values or false and an error, and returns their number. cause
// is backend.ErrOutOfMemory when the error comes from a limit of the state.
func resume(l *lua.LState) (results int, cause error) {
	thread, d := checkThread(l, "resume"), dataOf(l)
	problem := ""
	switch now := coroutines.Status(l, thread); {
	case now == "dead":
		problem = "cannot resume dead coroutine"
	case now != "suspended":
		problem = "cannot resume non-suspended coroutine"
	case d.resumes >= maxResumes || coroutines.TooManyWait(l):
		problem, cause = "C stack overflow", backend.ErrOutOfMemory
	}
	if problem != "" {
		l.Push(lua.LFalse)
		l.Push(lua.LString(problem))
		return 2, cause
	}
	follow(l, thread, d)
	switchTo(l, thread, frames.Repair.On() && frames.Current(thread) != nil)
	coroutines.PackArguments(l, thread)
	coroutines.FitResults(l, thread)
	d.resumes++
	defer func() { d.resumes-- }()
	d.uncaught = nil
	results = vmResume(l)
	switchTo(thread, l, false)
	raised := d.uncaught
	d.uncaught = nil
	if thread.Dead && upvalues.Repair.On() {
		upvalues.Close(thread) // a Go panic leaves them open
	}
	if results != 2 || l.Get(-2) != lua.LFalse {
		return results, nil
	}
	if raised != nil {
		return results, raised.Cause
	}
	if text, ok := l.Get(-1).(lua.LString); ok { // an error of the VM
		l.Pop(1)
		message, cause := protect.OfCoroutine(thread, string(text))
		l.Push(lua.LString(message))
		return results, cause
	}
	return results, nil
}

func coroutineWrap(l *lua.LState) int {
	thread := newThread(l, functionArgument(l, "wrap"))
	wrapped := newFunction(l, func(l *lua.LState) int {
		if debughook.Used() {
			return hooked(l, func(backend.VM) int { return callWrapped(l, thread) })
		}
		return callWrapped(l, thread)
	})
	wrapped.Upvalues = []*lua.Upvalue{{}}
	wrapped.Upvalues[0].SetValue(thread)
	l.Push(wrapped)
	return 1
}

// callWrapped is a function that coroutine.wrap returns.
func callWrapped(l, thread *lua.LState) int {
	l.Insert(thread, 1)
	results, cause := resume(l)
	if l.Get(l.GetTop()-results+1) == lua.LTrue {
		return results - 1
	}
	if text, ok := toString(l, -1); ok {
		return throwAt(l, 1, text, cause)
	}
	return throwValue(l, l.Get(-1), cause)
}

// coroutineYield tells the VM to switch.
func coroutineYield(l *lua.LState) int {
	if l.Parent == nil {
		return throwValue(l, lua.LString("attempt to yield from outside a coroutine"), nil)
	}
	if w := dataOf(l).watch; !coroutines.CanYield(l) || w != nil && w.InHook(l) {
		return throwValue(l, lua.LString("attempt to yield across metamethod/C-call boundary"), nil)
	}
	coroutines.Yields(l)
	return -1
}
