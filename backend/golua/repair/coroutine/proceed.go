package coroutine

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// unroll runs what is left of the coroutine, from its innermost frame on, whose call of another function has ended: the
// results stand where the call wants them. It returns errYielded when the coroutine has yielded once more.
func (c *Coroutine) unroll() error {
	s := layout.StateOf(&c.vm)
	for f := s.CallInfo; f != &s.BaseCallInfo; f = s.CallInfo {
		if !f.IsLua() {
			c.finishGo(f, nil)
			continue
		}
		c.finishInstruction(f)
		if err := c.enter(f); err != nil {
			return err
		}
	}
	return nil
}

// leave returns from a Go function with the n values on the top.
func (c *Coroutine) leave(f *layout.Frame, n int) {
	c.adapter.Returned(&c.vm)
	s := layout.StateOf(&c.vm)
	results := s.Stack[s.Top-n : s.Top]
	s.CallInfo = f.Previous
	if f.ResultCount == lua.MultipleReturns {
		s.Top = f.Function + copy(s.Stack[f.Function:], results)
	} else {
		wanted := s.Stack[f.Function : f.Function+f.ResultCount]
		clear(wanted[copy(wanted, results):])
		s.Top = f.Function + f.ResultCount
	}
	if s.CallInfo.IsLua() {
		s.OldPC = s.CallInfo.LuaCallInfo.SavedPC
	}
}

// finishGo goes on with a Go function whose call has ended, with err if it was a protected one.
func (c *Coroutine) finishGo(f *layout.Frame, err error) {
	s := layout.StateOf(&c.vm)
	if f.CallStatus&layout.StatusProtected != 0 {
		f.CallStatus &^= layout.StatusProtected
		s.ErrorFunction = f.GoCallInfo.OldErrorFunction
	}
	f.Top = max(f.Top, s.Top)
	c.vm.CheckStack(lua.MinStack)
	f.CallStatus |= layout.StatusYielded
	f.GoCallInfo.Error = err
	c.leave(f, f.GoCallInfo.Continuation(&c.vm))
}

// finishInstruction does the rest of the instruction of a Lua function that has called another one: it leaves the results to
// the next instruction.
func (c *Coroutine) finishInstruction(f *layout.Frame) {
	switch i := f.Current(); i.Op() {
	case bytecode.XCall:
		if i.C() == 0 { // all results
			return
		}
	case bytecode.XTailCall:
		return
	}
	layout.StateOf(&c.vm).Top = f.Top
}

// metamethods returns how many metamethods have begun in f and the frames below it.
func metamethods(f *layout.Frame) (n int) {
	for ; f != nil; f = f.Previous {
		if f.IsLua() && f.LuaCallInfo.SavedPC > 0 && f.Current().Op().HasEnd() {
			n++
		}
	}
	return n
}
