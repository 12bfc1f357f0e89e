package instructions

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

func call(e *engine, i code) (operation, code) {
	if f := e.callInfo; f.Top > manySlots && f.Function/lookEvery != f.Previous.Function/lookEvery {
		e.checkDepth()
	}
	if f := e.frame[i.A()]; !layout.IsFunction(f) && !layout.IsFunction(e.metamethod(f, "__call")) {
		return e.fail("call", f, i.A())
	}
	return operations[bytecode.OpCall](e, i)
}

// The VM allows a million slots of the stack, whatever is in them, so that endless recursion takes 50 MB and most of a second
// until it fails. Lua 5.1 allows 20,000 calls.
const (
	maxCalls  = 16_000
	maxSlots  = 200_000 // while more than maxNested functions run: one call may have as many arguments as the VM allows
	manySlots = 50_000  // so few need no look
	lookEvery = 4096    // slots: counting the calls takes time
)

// checkDepth raises an error if too many calls are nested.
func (e *engine) checkDepth() {
	calls, limit := 0, maxCalls
	if e.callInfo.Top > maxSlots {
		limit = maxNested
	}
	for f := e.callInfo; f != nil; f = f.Previous {
		if calls++; calls > limit {
			VM.RaiseOverflow(e.l.VM())
		}
	}
}

// tailCall leaves to the VM what it does right: calls out of functions without varargs, and calls of Go functions.
func tailCall(e *engine, i code) (operation, code) {
	f := e.frame[i.A()]
	if !layout.IsFunction(f) {
		m := e.metamethod(f, "__call")
		if !layout.IsFunction(m) {
			return e.fail("call", f, i.A())
		}
		i = e.insertCallee(i, m)
		f = m
	}
	if layout.KindOf(f) == layout.ClosureKind && e.closure.Prototype.IsVarArg {
		i = e.leaveVararg(i)
	}
	return operations[bytecode.OpTailCall](e, i)
}

// insertCallee puts the metamethod __call before the value that is called, which becomes its first argument.
func (e *engine) insertCallee(i code, metamethod any) code {
	l, at := e.l, e.callInfo.Base()+i.A()
	if i.B() != 0 {
		l.Top = at + i.B()
	}
	l.VM().CheckStack(1)
	copy(l.Stack[at+1:l.Top+1], l.Stack[at:l.Top])
	l.Stack[at] = metamethod
	l.Top++
	e.frame = e.callInfo.LuaCallInfo.Frame
	return bytecode.MakeABC(i.Op(), i.A(), 0, i.C())
}

// leaveVararg moves a function that is tail-called, and its arguments, to where the running function's own arguments
// begin. The VM forgets that a vararg function's registers do not begin there.
func (e *engine) leaveVararg(i code) code {
	if len(e.closure.Prototype.Prototypes) > 0 {
		e.closeUpvalues()
	}
	f, l := e.callInfo, e.l
	from, to := f.Base()+i.A(), f.Function+1
	size := i.B()
	if size == 0 {
		size = l.Top - from
		l.Top = to + size
	}
	copy(l.Stack[to:to+size], l.Stack[from:from+size])
	f.LuaCallInfo.Frame = l.Stack[to:f.Top]
	e.frame = f.LuaCallInfo.Frame
	return bytecode.MakeABC(i.Op(), 0, i.B(), i.C())
}

// closeUpvalues closes the upvalues in the running function's registers, as a jump out of a block does.
func (e *engine) closeUpvalues() {
	f, l := e.callInfo.LuaCallInfo, e.l
	pc, mask := f.SavedPC, l.HookMask
	l.HookMask = 0
	operations[bytecode.OpJump](e, bytecode.MakeAsBx(bytecode.OpJump, 1, 0))
	f.SavedPC, l.HookMask = pc, mask
}

// tForCall calls an iterator. The results are looked at by the instruction behind it.
func tForCall(e *engine, i code) (operation, code) {
	a := i.A()
	copy(e.frame[a+3:a+6], e.frame[a:a+3])
	if f := e.frame[a]; !layout.IsFunction(f) && !layout.IsFunction(e.metamethod(f, "__call")) {
		VM.Raise(e.l.VM(), "attempt to call a "+layout.TypeName(f)+" value")
	}
	return operations[bytecode.OpCall](e, bytecode.MakeABC(bytecode.OpCall, a+3, 3, i.C()+1))
}

// maxForgotten is how many upvalues are looked at when a closure was made.
const maxForgotten = 8

// forget drops the closure that was just made from the VM's cache: the VM would take it for another one whose variables
// have the same values. It also drops closed upvalues from the beginning of the VM's list, which the VM leaves there when
// it closes several at once.
func forget(e *engine, i code) (operation, code) {
	e.closure.Prototype.Prototypes[i.Bx()].Cache = nil
	for link, n := &e.l.UpValues, 0; *link != nil && n < maxForgotten; n++ {
		if layout.KindOf((*link).UpValue.Home) == layout.LocationKind {
			link = &(*link).Next
		} else {
			*link = (*link).Next
		}
	}
	return e.next()
}
