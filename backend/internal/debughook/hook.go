package debughook

import "sync/atomic"

// Never is how many instructions a loop may run when nothing needs to look at them.
const Never = 1 << 30

// Hook is the hook of one thread. A nil Hook is none.
type Hook struct {
	Function any // as the VM has it; nil for none
	Events   Events
	Busy     bool // it runs, and so it is not called
	// Suspended is set when the function that has yielded returns without running any more.
	Suspended bool

	left int // instructions until the next count event

	frame  any  // of the instruction before; nil when that is not known
	pc     int  // of the instruction before
	jumped bool // the instruction before was a jump
}

// used reports whether any state of the process has set a hook.
var used atomic.Bool

// Use is called before a script sets a hook.
func Use() { used.Store(true) }

// Used reports whether Use was ever called in the process. Until then no function needs to ask for a hook.
func Used() bool { return used.Load() }

// Set replaces the hook; a nil function takes it away.
func (h *Hook) Set(function any, e Events) {
	h.Function, h.Events, h.left, h.frame = function, e, e.Count, nil
}

// Active reports whether the hook is called when one of its events happens.
func (h *Hook) Active() bool { return h != nil && h.Function != nil && !h.Busy }

// Ran counts n instructions that have run. Those of the hook itself do not count.
func (h *Hook) Ran(n int) {
	if h.Active() {
		h.left -= n
	}
}

// Next returns how many instructions may run before Look must be called.
func (h *Hook) Next() int {
	switch {
	case !h.Active():
		return Never
	case h.Events.Line || h.Events.Call || h.Events.Return:
		return 1
	case h.Events.Count > 0:
		return max(1, h.left)
	}
	return Never
}

// Code is that of a function.
type Code interface {
	Line(pc int) int
	IsJump(pc int) bool
}

// Instruction is one that is about to run.
type Instruction struct {
	Frame   any // of the function; the VM may use it again when the function has returned
	Code    Code
	PC      int
	Call    string // the event when the function has just been called
	Returns int    // how many functions return: more than one for what tail calls have replaced
}

// Run calls the hook. line is 0 for all events but "line".
type Run func(event string, line int)

// Look runs the events of an instruction.
func (h *Hook) Look(i Instruction, run Run) {
	entered, before := i.PC == 0, i.PC-1 // which is a call that has returned, unless it is known better
	if h.frame == i.Frame {
		entered = entered && !h.jumped
		before = h.pc
	}
	line := i.Code.Line(i.PC)
	isNew := entered || i.PC <= before || line != i.Code.Line(before)
	h.frame, h.pc, h.jumped = i.Frame, i.PC, i.Code.IsJump(i.PC)
	if h.Suspended {
		h.Suspended = false
		h.Returned(run)
	}
	if h.Active() && h.Events.Call && entered {
		run(i.Call, 0)
	}
	if h.Active() && h.Events.Count > 0 && h.left <= 0 {
		h.left = h.Events.Count
		run("count", 0)
	}
	if h.Active() && h.Events.Line && isNew {
		run("line", line)
	}
	for n := range i.Returns {
		if !h.Active() || !h.Events.Return {
			break
		}
		if n == 0 {
			run("return", 0)
		} else {
			run("tail return", 0)
		}
	}
}

// Called runs the event of the call of a Go function.
func (h *Hook) Called(run Run) {
	if h.Active() && h.Events.Call {
		run("call", 0)
	}
}

// Returned runs the event of the return from a Go function.
func (h *Hook) Returned(run Run) {
	if h.Active() && h.Events.Return {
		run("return", 0)
	}
}
