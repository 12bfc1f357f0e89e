// Package hooks gives go-lua the hooks of debug.sethook, beside the looks for interrupts. Only package golua imports it.
//
// The fault: the VM has one hook per thread, which the host needs, and calls it for lines one instruction late and with
// lines that the code does not have; at calls out of Go functions and returns to them it reads what is not there; and its own
// debug.sethook raises Go panics. So hooks are called here, from the VM's event for a count of instructions, and from Go
// functions. When debug.sethook of the VM works and leaves room for the host, this package can go.
//
// # Rules
//
// Each thread with hooks has its [Thread], which the VM's hook function keeps alive, so that it goes with the thread. The
// Thread is found by calling that function with an event of our own.
//
// # One look
//
// The VM counts down a thread's instructions and calls [Thread.look] at zero. Everything that must see instructions joins
// there and in arm: look asks it what is due, arm after how many instructions it must be asked again, and the least number
// is what the VM counts down from. Thread.count counts exactly how many instructions the thread has begun since the last time.
// So a limit on instructions costs nothing more than an interrupt does.
package hooks

import (
	"cmp"
	"errors"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
	"github.com/mtstates/go-mtstates/backend/internal/pace"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when Thread.Set may be called.
var Repair = repair.New("hooks", "debug.sethook is missing", probe)

// Threads are the threads of a VM.
type Threads struct {
	// Interrupt is what stops them, nil for nothing.
	Interrupt *backend.Interrupt
	// Interrupted raises the error of an interrupt.
	Interrupted func(l *lua.State)
	// Sample hands a thread to the sampler of the interrupt, if it has one.
	Sample func(l *lua.State)
	// Budget has the limits of the VM, nil for none. It is set before the first thread runs.
	Budget *backend.Budget
	// Exceeded raises the error of a limit that has been exceeded.
	Exceeded func(l *lua.State, err error)

	pace    pace.Pace  // of looks for an interrupt
	most    int        // what it said last, 0 before the first look
	running *lua.State // in a VM with a budget
	some    bool       // there has been one
	asked   *Thread    // the one that was found last
}

// Thread is what is called while a thread runs.
type Thread struct {
	all     *Threads
	event   lua.Hook       // is called by the VM
	granted int            // instructions from the last look to the next one, as the VM was told
	hook    debughook.Hook // of the script
}

// identify is the event for which a Thread does nothing but tell that it is there.
const identify = -1

// Of returns what is called while l runs, nil for nothing of ours.
func (a *Threads) Of(l *lua.State) *Thread {
	a.asked = nil
	if hook := lua.DebugHook(l); hook != nil {
		hook(l, lua.Debug{Event: identify})
	}
	return a.asked
}

// add returns the Thread of l, which is a new one if there is none.
func (a *Threads) add(l *lua.State) *Thread {
	t := a.Of(l)
	if t == nil {
		t = &Thread{all: a, granted: lua.DebugHookCount(l)}
		t.event = t.called
		a.some = true
	}
	return t
}

// Enter is called before l runs: it can be interrupted if the VM can be, by an interrupt that is there already at its first
// instruction.
func (a *Threads) Enter(l *lua.State) {
	switch {
	case a.Budget == nil && a.looksInTime(l):
	case a.Interrupt != nil || a.Budget != nil:
		a.running = l
		a.add(l).arm(l)
	case a.some && lua.DebugHook(l) != nil:
		if t := a.Of(l); t != nil {
			t.arm(l)
		}
	}
}

// looksInTime reports whether l looks for an interrupt as soon as it must without being armed again, which each short call
// would pay for. The hook of a script is due no later than the VM counts already.
func (a *Threads) looksInTime(l *lua.State) bool {
	if a.Interrupt == nil || a.Interrupt.Pending() || lua.DebugHookMask(l)&lua.MaskCount == 0 {
		return false
	}
	left := lua.DebugHookCount(l)
	return left > 0 && left <= cmp.Or(a.most, pace.Most)
}

// Count counts the instructions that l has begun. It is called before Interrupt changes.
func (a *Threads) Count(l *lua.State) {
	if t := a.Of(l); t != nil {
		t.count(l)
	}
}

// Begin is Enter for a call that is not made inside of another one, in a VM with a budget.
func (a *Threads) Begin(l *lua.State) {
	t := a.add(l)
	t.count(l)
	a.Budget.Begin()
	a.running, a.Budget.Hurry = l, a.lookAtOnce
	a.Budget.Ran(-1) // when the VM has counted to zero, the last of the instructions has not run yet
	t.arm(l)
}

// lookAtOnce lets the running thread look before its next instruction.
func (a *Threads) lookAtOnce() {
	t := a.add(a.running)
	t.count(a.running)
	t.granted = 1
	lua.SetDebugHook(a.running, t.event, lua.MaskCount, 1)
}

// LookSoon lets an interrupt that is there stop l before its next instruction, unless it yields.
func (a *Threads) LookSoon(l *lua.State) {
	if !a.Interrupt.Pending() || coroutine.Repair.On() && coroutine.Yielded(l) {
		return
	}
	if t := a.Of(l); t != nil {
		t.arm(l)
	}
}

// Switch is called in a VM with a budget when from has stopped running and to goes on.
func (a *Threads) Switch(from, to *lua.State) {
	if t := a.Of(from); t != nil {
		t.count(from)
	}
	a.Enter(to)
}

// Set sets the hook of a script for l, a nil function for none.
func (a *Threads) Set(l *lua.State, function any, events debughook.Events) {
	t := a.add(l)
	t.arm(l)
	t.hook.Set(function, events)
	t.arm(l)
}

// Get returns the hook of a script for l, nil when there is none, and its events.
func (a *Threads) Get(l *lua.State) (function any, events debughook.Events) {
	if t := a.Of(l); t != nil {
		return t.hook.Function, t.hook.Events
	}
	return nil, events
}

// count counts the instructions that have begun since the last time.
func (t *Thread) count(l *lua.State) {
	left := lua.DebugHookCount(l)
	t.ran(t.granted - left)
	t.granted = left
}

// ran counts n instructions.
func (t *Thread) ran(n int) {
	t.hook.Ran(n)
	t.all.Budget.Ran(n)
	t.all.Interrupt.Ran(n)
}

// next returns after how many instructions the thread must look.
func (t *Thread) next() int {
	next := min(t.hook.Next(), t.all.Budget.Next())
	if i := t.all.Interrupt; i != nil {
		return min(next, i.Next(), cmp.Or(t.all.most, pace.Most))
	}
	return next
}

// arm tells the VM when to call.
func (t *Thread) arm(l *lua.State) {
	t.count(l)
	t.granted = t.next()
	mask := byte(lua.MaskCount)
	if t.all.Interrupt == nil && t.all.Budget == nil && t.hook.Function == nil && !t.hook.Busy {
		mask = 0 // which drops this
	}
	lua.SetDebugHook(l, t.event, mask, t.granted)
}

// called is called by the VM.
func (t *Thread) called(l *lua.State, d lua.Debug) {
	switch d.Event {
	case identify:
		t.all.asked = t
	case lua.HookCount:
		t.look(l)
	}
}

// look is called before an instruction when as many have run as were granted.
func (t *Thread) look(l *lua.State) {
	t.ran(t.granted)
	if t.all.Interrupt != nil {
		t.all.most = t.all.pace.Next()
	}
	if t.all.Interrupt.Take() {
		t.arm(l)
		begin(l)
		t.all.Interrupted(l)
	}
	if b := t.all.Budget; b != nil {
		b.Registers = len(layout.StateOf(l).Stack)
		if err := b.Look(); err != nil {
			t.arm(l)
			begin(l)
			t.all.Exceeded(l, err)
		}
	}
	if t.all.Interrupt != nil {
		t.sample(l)
	}
	if t.hook.Active() {
		t.instruction(l)
	}
	if t.next() != t.granted { // from which the VM counts already
		t.arm(l)
	}
}

// begin makes the next instruction the one that runs, for an error that is raised in its place: it tells the line.
func begin(l *lua.State) {
	if layout.Check() == nil {
		layout.StateOf(l).CallInfo.LuaCallInfo.SavedPC++
	}
}

// sample hands l over when a sample is due. The VM counts the next instruction only when this has returned.
func (t *Thread) sample(l *lua.State) {
	if !backend.Sampling() || layout.Check() != nil {
		return
	}
	l.CheckStack(lua.MinStack)
	f := layout.StateOf(l).CallInfo
	f.LuaCallInfo.SavedPC++
	t.all.Sample(l)
	f.LuaCallInfo.SavedPC--
}

// code is that of a function.
type code layout.Prototype

func (c *code) Line(pc int) int { return int(c.LineInfo[pc]) }

func (c *code) IsJump(pc int) bool {
	switch bytecode.Instruction(c.Code[pc]).Op() {
	case bytecode.OpJump, bytecode.OpForLoop, bytecode.OpTForLoop:
		return true
	}
	return false
}

// instruction calls the hook for the next instruction. The VM counts it only when this has returned.
func (t *Thread) instruction(l *lua.State) {
	f := layout.StateOf(l).CallInfo
	p := layout.ClosureOf(layout.StateOf(l).Stack[f.Function]).Prototype
	if p.Source == compiler.HelperSource || len(p.LineInfo) < len(p.Code) {
		return
	}
	i := debughook.Instruction{Frame: f, Code: (*code)(p), PC: f.LuaCallInfo.SavedPC, Call: "call"}
	if f.CallStatus&layout.StatusTail != 0 {
		i.Call = "tail call"
	}
	if bytecode.Instruction(p.Code[i.PC]).Op() == bytecode.OpReturn {
		i.Returns = 1
	}
	f.LuaCallInfo.SavedPC++
	t.hook.Look(i, func(event string, line int) { t.run(l, event, line) })
	f.LuaCallInfo.SavedPC--
}

// Called calls the hook of l for the Go function that has just been called. Go functions call it when hooks are Used.
func (a *Threads) Called(l *lua.State) {
	if t := a.Of(l); t != nil {
		t.hook.Called(func(event string, line int) { t.run(l, event, line) })
	}
}

// InMetatable reports whether the running function is __index or __newindex of a metatable.
func InMetatable(l *lua.State, metatable any) bool {
	t := layout.TableOf(metatable)
	if t == nil {
		return false
	}
	s := layout.StateOf(l)
	f := s.Stack[s.CallInfo.Function]
	return t.Hash["__index"] == f || t.Hash["__newindex"] == f
}

// Returned calls the hook of l for the Go function that is about to return what is on the top of the stack.
func (a *Threads) Returned(l *lua.State) {
	if t := a.Of(l); t != nil {
		t.hook.Returned(func(event string, line int) { t.run(l, event, line) })
	}
}

// run calls the hook. Meanwhile only interrupts are looked for.
func (t *Thread) run(l *lua.State, event string, line int) {
	s := layout.StateOf(l)
	allowed := s.AllowHook // not by the VM when it has called this
	t.count(l)
	t.hook.Busy = true
	t.arm(l)
	s.AllowHook = true
	returned := false
	defer func() {
		t.count(l) // the instructions of the hook
		t.hook.Busy = false
		t.arm(l)
		s.AllowHook = allowed || !returned
	}()
	l.CheckStack(lua.MinStack)
	l.PushLightUserData(t.hook.Function)
	l.PushString(event)
	if l.PushNil(); line > 0 {
		l.Pop(1)
		l.PushInteger(line)
	}
	l.Call(2, 0)
	returned = true
}

// probe sets hooks of all kinds.
func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	var seen string
	l.Register("note", func(l *lua.State) int {
		event, _ := l.ToString(1)
		if seen += event[:1]; l.IsNumber(2) {
			n, _ := l.ToString(2)
			seen += n
		}
		return 0
	})
	if err := lua.DoString(l, "hook = function(event, line) note(event, line) end"); err != nil {
		return err
	}
	var all Threads
	l.Register("set", func(l *lua.State) int {
		l.Global("hook")
		all.Set(l, l.ToValue(-1), debughook.Events{Call: true, Return: true, Line: true})
		return 0
	})
	l.Register("stop", func(l *lua.State) int {
		all.Set(l, nil, debughook.Events{})
		return 0
	})
	const program = "local function f() return 1 end\nset()\nlocal x = f()\nfor i = 1, 2 do\n x = i\nend\nstop()"
	if err := lua.DoString(l, program); err != nil {
		return err
	}
	if seen != "l3cl1rl4l5l4l5l4l7" {
		return errors.New("hooks see " + seen)
	}
	if all.Of(l) != nil {
		return errors.New("a hook stays when there is none")
	}
	return nil
}
