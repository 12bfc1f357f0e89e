package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/measure"
	"github.com/mtstates/go-mtstates/backend/golua/repair/protect"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// Functions of the adapter, as values that any state can push with PushLightUserData.
var (
	baseFrameValue, tracingValue, repairingValue, tracedValue, handledValue any
)

// ownFunctions are those of these functions that tracebacks leave out.
var ownFunctions = map[any]bool{}

func makeOwnFunctions(l *lua.State) {
	for _, own := range []struct {
		value    *any
		function lua.Function
	}{
		{&baseFrameValue, baseFrame}, {&tracingValue, raised.Trace}, {&repairingValue, raised.Translate}, {&tracedValue, tracedCall},
		{&handledValue, handledCall},
	} {
		*own.value = newGoClosure(l, own.function)
		ownFunctions[*own.value] = true
	}
}

// newGoClosure returns f as a value of the VM. It has a meaningless upvalue, because the VM shows the function of a
// frame only if it has one.
func newGoClosure(l *lua.State, f lua.Function) any {
	l.PushNil()
	l.PushGoClosure(f, 1)
	v := l.ToValue(-1)
	l.Pop(1)
	return v
}

func call(l *lua.State, args, results int) {
	backend.EnterLua(state{l})
	l.Call(args, results)
}

func protectedCall(l *lua.State, args, results int) (failure *backend.Failure) {
	returned := false
	defer func() {
		if returned { // checking for a panic costs more than this
			return
		}
		if e := recover(); e != nil {
			failure = broken(l, e)
		}
	}()
	backend.EnterLua(state{l})
	switch d := dataOf(l); {
	case d.hooks.Budget != nil && inBaseFrame(l):
		measure.Forget(l)
		d.hooks.Begin(l)
	case lua.DebugHook(l) != nil:
		d.hooks.Enter(l)
	}
	if !inBaseFrame(l) && !dataOf(l).own {
		return tracedProtectedCall(l, args, results)
	}
	err := protect.Call(l, args, results, tracingHandler, luaError)
	if err != nil {
		failure = failureOf(l, err)
	}
	returned = true
	return failure
}

// failureOf returns the failure of a call that the VM's protection has ended with an error.
func failureOf(l *lua.State, err error) *backend.Failure {
	raised.Settle(l, err)
	failure := &backend.Failure{Traceback: traceback.Empty, OutOfMemory: raised.IsOutOfMemory(err), Interrupted: isInterrupt(l)}
	if r, ok := err.(*raised.Error); ok {
		failure.Cause = r.Cause
		failure.Interrupted = failure.Interrupted || r.Cause == backend.ErrTooManyInstructions
		if r.Traceback != nil {
			failure.Traceback = r.Traceback
		}
	}
	return failure
}

// broken returns the failure of a call whose panic escaped the VM's protection: the VM's frames are not those of the
// caller.
func broken(l *lua.State, e any) *backend.Failure {
	defer func() { _ = recover() }()
	failure := &backend.Failure{Traceback: traceback.Empty, Broken: true}
	if err, ok := e.(error); ok {
		failure.OutOfMemory = raised.IsOutOfMemory(err)
	}
	_ = luaError(l, e) // which leaves the error value on the stack
	return failure
}

// tracedProtectedCall is a protected call in a state that is not the backend's own. There a deferred function of a Go
// function below the protected one notes the traceback: it runs while the VM's frames are still those of the raise.
func tracedProtectedCall(l *lua.State, args, results int) *backend.Failure {
	l.PushLightUserData(tracedValue)
	l.Insert(-args - 2)
	if err := l.ProtectedCall(args+1, results, 0); err != nil {
		return failureOf(l, err)
	}
	return nil
}

// tracedCall calls its first argument with the others and notes the traceback when an error is raised.
func tracedCall(l *lua.State) int {
	defer noteTraceback(l)
	l.Call(l.Top()-1, lua.MultipleReturns)
	return l.Top()
}

func noteTraceback(l *lua.State) {
	if e := recover(); e != nil {
		err := luaError(l, e)
		r, ok := err.(*raised.Error)
		if !ok {
			r = &raised.Error{OutOfMemory: raised.IsOutOfMemory(err), Interrupted: raised.FromHook(err)}
		}
		panic(r.Traced(tracebacks.Of(l, 0)))
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
	if text, ok := err.(lua.RuntimeError); ok {
		l.Pop(1)
		l.PushString(raised.Message(l, string(text)))
	}
	panic(handled(l, handler, err))
}

// handled calls the message handler of an error and returns the error that its result is.
func handled(l *lua.State, handler any, err error) error {
	if raised.FromHook(err) || !l.CheckStack(lua.MinStack) { // the handler would not run after a stack overflow
		return err
	}
	callHandler(l, handler)
	return raised.Ordinary
}

// callHandler replaces the value on the top of the stack by the result of the message handler.
func callHandler(l *lua.State, handler any) {
	l.PushLightUserData(handler)
	l.Insert(-2)
	if err := l.ProtectedCall(1, 1, repairingHandler); err != nil {
		l.Pop(1)
		l.PushString("error in error handling")
	}
}
