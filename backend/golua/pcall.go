package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// pcall and xpcall are not in package stdlib, because the way an error unwinds depends on the VM, and neither is dofile,
// which goes on after a yield of its chunk.

func basePcall(l *lua.State) int {
	arg.Any(state{l}, 1, "pcall")
	if yieldable(l) {
		return coroutine.ProtectedCall(l, l.Top()-1, 0, pcallDone)
	}
	return finishPcall(l, l.ProtectedCall(l.Top()-1, lua.MultipleReturns, repairingHandler))
}

// baseXpcall calls the handler at the point of the raise, and passes further arguments to the function. The VM's own
// function calls whatever is in the first slot of the stack.
func baseXpcall(l *lua.State) int {
	arg.Any(state{l}, 2, "xpcall")
	l.PushValue(1) // exchange function and handler
	l.Copy(2, 1)
	l.Replace(2)
	if yieldable(l) {
		return coroutine.ProtectedCall(l, l.Top()-2, 1, xpcallDone)
	}
	handler := l.ToValue(1)
	l.PushLightUserData(handledValue)
	l.Insert(1)
	err := l.ProtectedCall(l.Top()-1, lua.MultipleReturns, 0)
	if raised.FromHook(err) {
		callHandler(l, handler) // now that the VM calls hooks again, so that the handler can be interrupted as well
	}
	return finishPcall(l, err)
}

func baseDofile(l *lua.State) int {
	stdlib.LoadDofile(state{l})
	l.Insert(1)
	l.SetTop(1)
	l.CallWithContinuation(0, lua.MultipleReturns, 0, dofileDone)
	return dofileDone(l)
}

// dofileDone is the continuation of baseDofile.
func dofileDone(l *lua.State) int { return l.Top() }

// pcallDone is the continuation of basePcall.
func pcallDone(l *lua.State) int {
	_, _, err := l.Context()
	return finishPcall(l, err)
}

// xpcallDone is the continuation of baseXpcall. The message handler is at index 1.
func xpcallDone(l *lua.State) int {
	_, _, err := l.Context()
	if raised.FromHook(err) {
		callHandler(l, l.ToValue(1))
	}
	l.Remove(1)
	return finishPcall(l, err)
}

// finishPcall puts the status before the results or the error value, which are all there is on the stack.
func finishPcall(l *lua.State, err error) int {
	if err != nil {
		raised.Settle(l, err)
	}
	l.CheckStack(1)
	l.PushBoolean(err == nil)
	l.Insert(1)
	return l.Top()
}
