package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// The coroutine library. How a coroutine runs is in package coroutine.

// coroutines is what package coroutine needs to know; prepare makes it.
var coroutines *coroutine.Adapter

func newCoroutines() *coroutine.Adapter {
	return &coroutine.Adapter{
		Bottom:   []any{tracingValue, repairingValue}, // where they are in the stack of the main thread
		Handler:  repairingHandler,
		LuaError: luaError,
		Handle:   handled,
		Returned: resumed,
	}
}

// yielding reports whether a deferred function of a Go function runs because of a yield.
func yielding(l *lua.State) bool { return coroutine.Repair.On() && coroutine.Yielding(l) }

// yieldable reports whether what runs in l may yield.
func yieldable(l *lua.State) bool { return coroutine.Repair.On() && coroutine.Yieldable(l) }

// resumer returns the thread that has resumed l, nil for the main thread.
func resumer(l *lua.State) *lua.State {
	if !coroutine.Repair.On() {
		return nil
	}
	if c := coroutine.Of(l); c != nil {
		return c.Parent()
	}
	return nil
}

func coroutineCreate(l *lua.State) int {
	arg.OneOf(state{l}, 1, "create", backend.FunctionType)
	pushCoroutine(l)
	return 1
}

// pushCoroutine pushes a coroutine that will run the first argument.
func pushCoroutine(l *lua.State) {
	if !coroutine.Repair.On() {
		raiseText(l, "coroutines are not available with this version of the VM")
	}
	l.PushValue(1)
	l.PushLightUserData(coroutine.New(l, coroutines).Thread())
}

func coroutineResume(l *lua.State) int {
	t := checkThread(l, "resume")
	results, err := resume(l, t, l.Top()-1)
	l.CheckStack(1)
	l.PushBoolean(err == nil)
	l.Insert(-results - 1)
	return results + 1
}

// resume resumes t with the n values on the top of l, and replaces them by the results or the error value.
func resume(l, t *lua.State, n int) (results int, err error) {
	c := coroutine.Of(t)
	if c == nil { // the main thread
		l.Pop(n)
		l.PushString(coroutine.ErrNotSuspended.Error())
		return 1, raised.Ordinary
	}
	if h := &dataOf(l).hooks; h.Budget != nil {
		h.Switch(l, t)
		defer h.Switch(t, l)
	} else {
		enterThread(l, c)
	}
	results, err = c.Resume(l, n)
	if err == nil || results > 0 {
		return results, err
	}
	l.PushString(err.Error())
	if err == coroutine.ErrTooDeep {
		return 1, raised.Exceeded
	}
	return 1, raised.Ordinary
}

func coroutineWrap(l *lua.State) int {
	arg.OneOf(state{l}, 1, "wrap", backend.FunctionType)
	pushCoroutine(l)
	l.PushGoClosure(contained("", callWrapped), 1)
	return 1
}

// callWrapped is a function that coroutine.wrap returns. Its upvalue is the coroutine.
func callWrapped(l *lua.State) int {
	if debughook.Used() {
		return hooked(l, func(backend.VM) int { return resumeWrapped(l) })
	}
	return resumeWrapped(l)
}

func resumeWrapped(l *lua.State) int {
	results, err := resume(l, l.ToThread(lua.UpValueIndex(1)), l.Top())
	if err == nil {
		return results
	}
	if text, ok := toString(l, -1); ok {
		position := where(l, 1)
		checkSize(l, len(position)+len(text))
		l.Pop(1)
		l.PushString(position + text)
	}
	panic(traced(l, raised.Again(err)))
}

func coroutineYield(l *lua.State) int {
	if yieldable(l) {
		return coroutine.Yield(l)
	}
	if l.PushThread() {
		l.PushString("attempt to yield from outside a coroutine")
	} else {
		l.PushString("attempt to yield across a C-call boundary")
	}
	return raise(l)
}

func coroutineStatus(l *lua.State) int {
	l.PushString(status(l, checkThread(l, "status")))
	return 1
}

func status(l, t *lua.State) string {
	if t == l {
		return "running"
	}
	if c := coroutine.Of(t); c != nil {
		switch c.Status() {
		case coroutine.Suspended:
			return "suspended"
		case coroutine.Dead:
			return "dead"
		}
	}
	return "normal"
}

// coroutineRunning returns the running thread and whether it is the main one.
func coroutineRunning(l *lua.State) int {
	l.PushBoolean(l.PushThread())
	return 2
}

func checkThread(l *lua.State, function string) *lua.State {
	t := l.ToThread(1)
	if l.Top() < 1 || t == nil {
		arg.Bad(state{l}, 1, function, "coroutine expected")
	}
	return t
}
