package coroutine

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// The VM's loop runs a Lua function and those that it calls by instructions. Its only entrance is the start of a function,
// and its only exit, but for a panic, is the return from it.

// entry is what the VM must find as it was when its loop has been entered.
type entry struct {
	frame  *layout.Frame // that the loop goes on in, nil when nothing has been changed
	next   *layout.Frame
	slot   int
	value  any
	hooker lua.Hook
	mask   byte
}

// enter lets the loop go on in a frame of a Lua function until that returns, or until the coroutine yields, which is
// errYielded. The VM is told to call a function that does nothing. Between its making of that function's frame and its
// loop's looking at it comes the call hook, which exchanges the frame. The VM has then set the top to the end of that
// function's registers: to where it must be.
func (c *Coroutine) enter(f *layout.Frame) error {
	s := layout.StateOf(&c.vm)
	if c.vehicle == nil {
		c.vehicle = &layout.Frame{LuaCallInfo: &layout.LuaFrame{}}
	}
	slot := s.Top - 1 - vehicleRegisters
	c.entry = entry{f, f.Next, slot, s.Stack[slot], s.Hooker, s.HookMask}
	f.Next, c.vehicle.Previous = c.vehicle, f // or the VM would make a new frame each time
	s.Stack[slot] = vehicle
	s.Top = slot + 1
	s.Hooker, s.HookMask, s.AllowHook = exchange, lua.MaskCall, true
	return c.call(0, 0)
}

// call is the VM's Call, from which a yield may return.
func (c *Coroutine) call(args, results int) error {
	s := layout.StateOf(&c.vm)
	c.looping = true
	s.NonYieldableCallCount-- // for the VM counts this call
	c.vm.Call(args, results)
	s.NonYieldableCallCount++
	c.looping = false
	if c.exit.end(s) {
		return errYielded
	}
	return nil
}

// exchange is the call hook.
func exchange(l *lua.State, _ lua.Debug) {
	c, s := Of(l), layout.StateOf(l)
	s.CallInfo = c.entry.frame
	c.entry.end(s)
}

// end puts back what was changed.
func (e *entry) end(s *layout.State) {
	if e.frame != nil {
		e.frame.Next = e.next
		s.Stack[e.slot] = e.value
		s.Hooker, s.HookMask = e.hooker, e.mask
		*e = entry{}
	}
}

// vehicle is the function that does nothing, and vehicleRegisters is how many registers the VM gives it. No code writes to
// it, so all VMs can share it.
var vehicle any

const vehicleRegisters = 2

// exit is what the driver must put back when a yield has left the loop.
type exit struct {
	caller   *layout.Frame // of the function that yields, nil when it has not left the loop
	status   byte
	code     []uint32
	pc       int
	frame    *layout.Frame
	top      int
	upvalues *layout.OpenUpvalue
	mask     byte
}

// leaveLoop makes the loop return when the running function, which a Lua function has called by an instruction, returns
// without results. It reports whether it can: no other Go function may stand between. It takes a fraction of the time of a
// panic. The next instruction of the calling function will be a return, of a frame that nothing refers to.
func (c *Coroutine) leaveLoop() bool {
	s := layout.StateOf(&c.vm)
	f := s.CallInfo
	caller := f.Previous
	if !c.looping || s.NestedGoCallCount != c.nested+1 || caller == &s.BaseCallInfo || !caller.IsLua() {
		return false
	}
	lua := caller.LuaCallInfo
	c.exit = exit{caller, caller.CallStatus, lua.Code, lua.SavedPC, f, s.Top, s.UpValues, s.HookMask}
	caller.CallStatus &^= layout.StatusReentry
	lua.Code, lua.SavedPC = returnCode, 0
	s.CallInfo, s.UpValues, s.HookMask = nowhere, nil, 0
	return true
}

// end puts back what was changed, if anything was: the running function is the one that yields.
func (e *exit) end(s *layout.State) bool {
	if e.caller == nil {
		return false
	}
	lua := e.caller.LuaCallInfo
	e.caller.CallStatus, lua.Code, lua.SavedPC = e.status, e.code, e.pc
	s.CallInfo, s.Top, s.UpValues, s.HookMask = e.frame, e.top, e.upvalues, e.mask
	*e = exit{}
	return true
}

var returnCode = []uint32{uint32(bytecode.MakeABC(bytecode.OpReturn, 0, 1, 0))}

// nowhere is a frame that returns no results to the bottom of the stack, and then is the running one again.
var nowhere = newNowhere()

func newNowhere() *layout.Frame {
	f := &layout.Frame{}
	f.Previous = f
	return f
}
