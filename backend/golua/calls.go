package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// A deferred function of a Go function below the protected one runs while the VM's frames are still those of the raise.
// tracedCall and handledCall are such functions; they are pushed as these values, by which tracebacks leave them out.
var tracedValue, handledValue any

func init() {
	l := lua.NewState()
	tracedValue = newGoClosure(l, tracedCall)
	handledValue = newGoClosure(l, handledCall)
}

// newGoClosure returns f as a value of the VM that any state can push with PushLightUserData. It has an upvalue, which
// means nothing, because the VM shows the function of a frame only when it has one.
func newGoClosure(l *lua.State, f lua.Function) any {
	l.PushNil()
	l.PushGoClosure(f, 1)
	v := l.ToValue(-1)
	l.Pop(1)
	return v
}

// failed carries an error and its traceback from tracedCall to the protected call around it.
type failed struct {
	cause     error
	traceback string
}

func (f *failed) Error() string { return f.cause.Error() }

// tracedCall calls its first argument with the others and notes the traceback when an error is raised.
func tracedCall(l *lua.State) int {
	defer noteTraceback(l)
	l.Call(l.Top()-1, lua.MultipleReturns)
	return l.Top()
}

func noteTraceback(l *lua.State) {
	if e := recover(); e != nil {
		cause := luaError(l, e)
		panic(&failed{cause, traceback(l, 0)})
	}
}

func protectedCall(l *lua.State, args, results int) (failure *backend.Failure) {
	defer func() {
		if e := recover(); e != nil {
			failure = broken(l, e)
		}
	}()
	l.PushLightUserData(tracedValue)
	l.Insert(-args - 2)
	err := l.ProtectedCall(args+1, results, 0)
	if err == nil {
		return nil
	}
	failure = &backend.Failure{Traceback: tracebackTitle}
	if f, ok := err.(*failed); ok {
		failure.Traceback, err = f.traceback, f.cause
	} else {
		settle(l, err)
	}
	failure.OutOfMemory, failure.Interrupted = isOutOfMemory(err), isInterrupt(l)
	return failure
}

// broken is the failure of a call whose panic escaped the VM's protection: the VM's frames are not those of the caller.
func broken(l *lua.State, e any) *backend.Failure {
	defer func() { _ = recover() }()
	failure := &backend.Failure{Traceback: tracebackTitle, Broken: true}
	if err, ok := e.(error); ok {
		failure.OutOfMemory = isOutOfMemory(err)
	}
	luaError(l, e)
	return failure
}

// settle replaces the error value of an error that is none of Lua, for which the VM takes whatever was on the top.
func settle(l *lua.State, err error) {
	switch e := err.(type) {
	case *raised, lua.RuntimeError:
		return
	default:
		text := e.Error()
		if err == lua.ErrorError {
			text = overflowMessage
		}
		l.Pop(1)
		l.PushString(text)
	}
}

// handledCall calls its second argument with the others; its first is the message handler.
func handledCall(l *lua.State) int {
	defer handle(l, l.ToValue(1))
	l.Call(l.Top()-2, lua.MultipleReturns)
	return l.Top() - 1
}

// handle lets the message handler see an error where it was raised. After an interrupt, baseXpcall calls it.
func handle(l *lua.State, handler any) {
	e := recover()
	if e == nil {
		return
	}
	err := luaError(l, e)
	if err == interrupted || !l.CheckStack(lua.MinStack) { // the handler would not run after a stack overflow
		panic(err)
	}
	callHandler(l, handler)
	panic(ordinary)
}

// callHandler replaces the value on the top of the stack by what the message handler makes of it.
func callHandler(l *lua.State, handler any) {
	l.PushLightUserData(handler)
	l.Insert(-2)
	if err := l.ProtectedCall(1, 1, 0); err != nil {
		l.Pop(1)
		l.PushString("error in error handling")
	}
}
