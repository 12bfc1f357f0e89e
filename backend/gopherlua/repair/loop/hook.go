package loop

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
)

// The hooks of debug.sethook, which the VM does not have.

// hooked is a coroutine that has had a hook. The coroutine's loop is a method of it, so that both go together; it is found by
// calling the loop with a frame of our own.
type hooked struct {
	watch *Watch
	hook  debughook.Hook
}

// identify is the frame for which a loop does nothing but tell that it is there.
var identify layout.Frame

func (t *hooked) run(l *lua.LState, base *layout.Frame) {
	if base == &identify {
		t.watch.asked = t
		return
	}
	t.watch.run(l, base)
}

// hookOf returns the hook of l, nil when there never was one.
func (w *Watch) hookOf(l *lua.LState) *debughook.Hook {
	if !w.hooks {
		return nil
	}
	w.asked = nil
	layout.StateOf(l).MainLoop(l, &identify)
	if w.asked == nil {
		return nil
	}
	return &w.asked.hook
}

// SetHook sets the hook of thread, a nil function for none, while l runs.
func (w *Watch) SetHook(l, thread *lua.LState, function *lua.LFunction, events debughook.Events) {
	w.count(l)
	h := w.hookOf(thread)
	if function == nil {
		if h != nil {
			h.Set(nil, events)
		}
		return
	}
	if h == nil {
		w.hooks = true
		t := &hooked{watch: w}
		layout.StateOf(thread).MainLoop = t.run
		h = &t.hook
	}
	h.Set(function, events)
	w.lookAtOnce()
}

// Hook returns the hook of l, nil when there is none, and its events.
func (w *Watch) Hook(l *lua.LState) (function *lua.LFunction, events debughook.Events) {
	if h := w.hookOf(l); h != nil {
		function, _ = h.Function.(*lua.LFunction)
		return function, h.Events
	}
	return nil, events
}

// InHook reports whether the hook of l runs.
func (w *Watch) InHook(l *lua.LState) bool {
	h := w.hookOf(l)
	return h != nil && h.Busy
}

// Switch is called when another coroutine runs than the one that has run until now. When that one goes on, resumed is true
// if the function that has yielded will return.
func (w *Watch) Switch(from, to *lua.LState, resumed bool) {
	if !w.hooks {
		return
	}
	w.count(from)
	w.lookAtOnce()
	if h := w.hookOf(to); h != nil && resumed {
		h.Suspended = true
	}
}

// code is that of a function.
type code lua.FunctionProto

func (c *code) Line(pc int) int { return c.DbgSourcePositions[pc] }

func (c *code) IsJump(pc int) bool {
	switch opcode(c.Code[pc]) {
	case lua.OP_JMP, lua.OP_FORLOOP, lua.OP_TFORLOOP:
		return true
	}
	return false
}

func opcode(instruction uint32) int { return int(instruction >> 26) }

// instruction calls the hook of l for the instruction that is about to run, and returns after how many it must be called
// again.
func (w *Watch) instruction(l *lua.LState) int {
	h := w.hookOf(l)
	f := layout.StateOf(l).CurrentFrame
	proto := f.Fn.Proto
	if !h.Active() || frames.IsHidden(f.Fn) || len(proto.DbgSourcePositions) < len(proto.Code) {
		return h.Next()
	}
	i := debughook.Instruction{Frame: f, Code: (*code)(proto), PC: f.Instruction(), Call: "call"}
	if opcode(proto.Code[i.PC]) == lua.OP_RETURN {
		i.Returns = 1 + f.TailCall
	}
	h.Look(i, func(event string, line int) { w.callHook(l, h, event, line) })
	return h.Next()
}

// Called calls the hook of l for the Go function that has just been called. Go functions call it when hooks are used.
func (w *Watch) Called(l *lua.LState) {
	h := w.hookOf(l)
	h.Called(func(event string, line int) { w.callHook(l, h, event, line) })
}

// Returned calls the hook of l for the Go function that is about to return what is on the top of the stack, and for the
// function that has called it in a tail call, which the VM ends then.
func (w *Watch) Returned(l *lua.LState) {
	h := w.hookOf(l)
	if !h.Active() || !h.Events.Return {
		return
	}
	h.Returned(func(event string, line int) { w.callHook(l, h, event, line) })
	s := layout.StateOf(l)
	f := s.CurrentFrame
	caller := f.Parent
	if !frames.CalledByInstruction(f) || opcode(caller.Fn.Proto.Code[caller.Instruction()]) != lua.OP_TAILCALL {
		return
	}
	s.CurrentFrame = caller
	defer func() { s.CurrentFrame = f }()
	event := "return"
	for n := 0; n <= caller.TailCall && h.Active() && h.Events.Return; n++ {
		w.callHook(l, h, event, 0)
		event = "tail return"
	}
}

// callHook calls the hook of l. Its instructions are not looked at.
func (w *Watch) callHook(l *lua.LState, h *debughook.Hook, event string, line int) {
	w.count(l)
	h.Busy = true
	s := layout.StateOf(l)
	top := s.Reg.Top
	defer func() {
		w.ran() // which are those of the hook
		w.lookAtOnce()
		h.Busy = false
	}()
	l.Push(h.Function.(*lua.LFunction))
	l.Push(lua.LString(event))
	if line > 0 {
		l.Push(lua.LNumber(line))
	} else {
		l.Push(lua.LNil)
	}
	l.Call(2, 0)
	s.Reg.Top = top
}
