package coroutine

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
)

// unroll runs what is left of the coroutine, from its innermost frame on, whose call of another function has ended: the
// results stand where the call wants them. It returns errYielded when the coroutine has yielded once more.
func (c *Coroutine) unroll() error {
	s := stateOf(&c.vm)
	for f := s.CallInfo; f != &s.BaseCallInfo; f = s.CallInfo {
		if !f.isLua() {
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
func (s *state) leave(f *frame, n int) {
	results := s.Stack[s.Top-n : s.Top]
	s.CallInfo = f.Previous
	if f.ResultCount == lua.MultipleReturns {
		s.Top = f.Function + copy(s.Stack[f.Function:], results)
	} else {
		wanted := s.Stack[f.Function : f.Function+f.ResultCount]
		clear(wanted[copy(wanted, results):])
		s.Top = f.Function + f.ResultCount
	}
	if s.CallInfo.isLua() {
		s.OldPC = s.CallInfo.LuaCallInfo.SavedPC
	}
}

// finishGo goes on with a Go function whose call has ended, with err if it was a protected one.
func (c *Coroutine) finishGo(f *frame, err error) {
	s := stateOf(&c.vm)
	if f.CallStatus&statusProtected != 0 {
		f.CallStatus &^= statusProtected
		s.ErrorFunction = f.GoCallInfo.OldErrorFunction
	}
	f.Top = max(f.Top, s.Top)
	c.vm.CheckStack(lua.MinStack)
	f.CallStatus |= statusYielded
	f.GoCallInfo.Error = err
	s.leave(f, f.GoCallInfo.Continuation(&c.vm))
}

// finishInstruction does the rest of the instruction of a Lua function that has called another one.
func (c *Coroutine) finishInstruction(f *frame) {
	s := stateOf(&c.vm)
	registers := f.LuaCallInfo.Frame
	switch i := f.current(); i.Op() {
	case bytecode.OpCall:
		if i.C() == 0 { // the next instruction takes all results
			return
		}
	case bytecode.OpTailCall:
		return
	case bytecode.OpSelf:
		object := registers[i.B()]
		registers[i.A()+1], registers[i.A()] = object, s.Stack[s.Top-1]
	case bytecode.OpConcat:
		c.finishConcat(f)
	case bytecode.OpLessEqual:
		result := isTrue(s.Stack[s.Top-1])
		if !c.hasLessEqual(f, i.B()) && !c.hasLessEqual(f, i.C()) {
			result = !result // of b < a
		}
		f.skipUnless(i, result)
	case bytecode.OpEqual, bytecode.OpLessThan:
		f.skipUnless(i, isTrue(s.Stack[s.Top-1]))
	case bytecode.OpSetTable, bytecode.OpSetTableUp, bytecode.OpTForCall:
	default: // OpGetTable, OpGetTableUp, OpLength, and arithmetic
		registers[i.A()] = s.Stack[s.Top-1]
	}
	s.Top = f.Top
}

func isTrue(v any) bool { return v != nil && v != false }

// skipUnless skips the jump after a comparison unless its result is the one that is asked for.
func (f *frame) skipUnless(i bytecode.Instruction, result bool) {
	if result != (i.A() != 0) {
		f.LuaCallInfo.SavedPC++
	}
}

// hasLessEqual reports whether an operand of f's instruction has the metamethod __le.
func (c *Coroutine) hasLessEqual(f *frame, operand int) bool {
	if operand&bytecode.ConstantBit == 0 {
		c.vm.PushLightUserData(f.LuaCallInfo.Frame[operand])
	} else {
		c.vm.PushLightUserData(constantsOf(stateOf(&c.vm).Stack[f.Function])[operand&^bytecode.ConstantBit])
	}
	found := lua.MetaField(&c.vm, -1, "__le")
	if found {
		c.vm.Pop(1)
	}
	c.vm.Pop(1)
	return found
}

// finishConcat puts the result of __concat in the place of its operands, and concatenates the rest of the values.
func (c *Coroutine) finishConcat(f *frame) {
	s, i := stateOf(&c.vm), f.current()
	s.Stack[s.Top-3] = s.Stack[s.Top-1]
	s.Top -= 2
	first := f.base() + i.B()
	if n := s.Top - first; n > 1 {
		c.vm.Concat(n)
	}
	s.Stack[f.base()+i.A()] = s.Stack[first]
}
