// Package loop runs gopher-lua's instructions. Only package gopherlua imports it.
//
// The faults: the VM's loop over instructions looks for an interrupt only through a context, which makes it half as slow
// again and works only when it was there before the run; and some instructions are wrong: integer keys fill arrays
// (package bigkeys), negative zero becomes zero, a % b is that of C instead of Lua, powers are not rounded correctly.
//
// [Watch.Install] gives a state a loop of this package. It calls the VM's own functions for instructions, which it finds in the
// VM's table of them, but for those in this package that do part of the work. So it is as fast as the VM's loop. Other
// states of the process are not touched. When the VM's instructions are right, it has hooks, and it can be interrupted at no
// cost, this package can go.
//
// # One look
//
// The loop counts down the instructions of all coroutines of a VM together, and calls Watch.look below zero. Everything that
// must see instructions joins there: look asks it what is due and after how many instructions it must be asked again, and
// the least number is what the loop counts down from. Watch.ran says exactly how many instructions have begun since it was
// asked last. So a limit on instructions costs nothing more than an interrupt does.
package loop

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/bigkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when Install may be called.
var Repair = repair.New("loop", "large integer keys cost memory, negative zero is zero, a % b is inexact, interrupts cost time, and debug.sethook sets no hooks", probe)

// instruction runs an instruction of the VM. It returns 1 when the loop must end.
type instruction func(l *lua.LState, code uint32, base *layout.Frame) int

// vmInstructions is the beginning of the VM's table. The linker takes the VM's variable for it; it stays nil when there
// is none of the name.
//
//go:linkname vmInstructions github.com/yuin/gopher-lua.jumpTable
var vmInstructions [1]instruction

// count is how many instructions there are.
const count = lua.OP_NOP + 1

var (
	instructions [64]instruction // as many as an operation's number can be
	vmLoop       func(*lua.LState, *layout.Frame)
)

// Install makes l, a new state that does not run or a new coroutine of one, run its code in a loop of this package.
func (w *Watch) Install(l *lua.LState) {
	if w.loop == nil {
		w.loop = w.run
	}
	layout.StateOf(l).MainLoop = w.loop
}

// run runs the function in the innermost frame, and those that it calls, up to the end of the frame base.
func (w *Watch) run(l *lua.LState, base *layout.Frame) {
	s := layout.StateOf(l)
	switch f := s.CurrentFrame; {
	case base == &identify:
		return
	case f == nil || f.Fn.IsG:
		vmLoop(l, base)
		return
	}
	if w.interrupt.Pending() {
		w.lookAtOnce()
	}
	for {
		f := s.CurrentFrame
		code := f.Fn.Proto.Code[f.Pc]
		f.Pc++
		if w.left--; w.left < 0 {
			w.look(l)
		}
		if instructions[code>>26](l, code, base) == 1 {
			return
		}
	}
}

// findInstructions fills the tables of this package from the VM's.
func findInstructions() error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // should the VM's table be something else
	first := unsafe.Pointer(&vmInstructions[0])
	if *(*unsafe.Pointer)(first) == nil {
		return errors.New("the VM's table of instructions is not where it was")
	}
	for i, f := range unsafe.Slice((*unsafe.Pointer)(first), count) {
		if f == nil || !isVMFunction(*(*uintptr)(f)) {
			return fmt.Errorf("the VM's table of instructions has no function at %d", i)
		}
	}
	copy(instructions[:], unsafe.Slice((*instruction)(first), count))
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	vmLoop = layout.StateOf(l).MainLoop
	return nil
}

// isVMFunction reports whether the code at an address is a function of the VM's.
func isVMFunction(address uintptr) bool {
	f := runtime.FuncForPC(address)
	return f != nil && f.Entry() == address && strings.HasPrefix(f.Name(), reflect.TypeFor[lua.LState]().PkgPath()+".")
}

// probe runs programs in a loop of this package, and by the VM where that is right.
func probe() error {
	if err := layout.CheckState(); err != nil {
		return err
	}
	if err := repair.Off(bigkeys.Repair); err != nil {
		return err
	}
	if err := findInstructions(); err != nil {
		return err
	}
	replaceInstructions()
	for _, p := range programs {
		w, steps := &Watch{}, 0
		l := lua.NewState()
		defer l.Close()
		w.Install(l)
		l.SetGlobal("watch", l.NewFunction(func(l *lua.LState) int {
			w.SetHook(l, l, l.NewFunction(func(*lua.LState) int {
				steps++
				return 0
			}), debughook.Events{Count: 1})
			return 0
		}))
		if err := l.DoString(p.source); err != nil {
			return err
		}
		if got := l.Get(-1).String(); got != p.want {
			return fmt.Errorf("a program with %s gives %s", p.shows, got)
		}
		if (steps > 0) != p.watched {
			return errors.New("instructions are not seen")
		}
	}
	return nil
}

// programs have what the probe looks at.
var programs = []struct {
	shows, source, want string
	watched             bool
}{
	{"calls", "local function f(n) if n < 2 then return n end return f(n - 1) + f(n - 2) end return f(10)", "55", false},
	{"arguments", "local function f(...) return ... end local x = f(1) local y = x + 1 return select('#', f(y * 3, f(2, 9))) + f(f(y - 1), 7)", "4", false},
	{"closures", "local t = {} for i = 1, 3 do t[i] = function() i = i * 2 return i end end return t[3]() + t[3]() + t[1]()", "20", false},
	{"metamethods", "local t = setmetatable({}, {__index = function(_, k) return k + 1 end, __add = function() return 5 end}) return t[1] + t[2] + (t + 1)", "10", false},
	{"coroutines", "local f = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end) return f(1) + f(5)", "12", false},
	{"errors", "local ok, e = pcall(function() local t = {} t.x.y = 1 end) return type(e)", "string", false},
	{"large keys", "local t = {} t[2^25] = 1 t[1] = 2 t[2] = 3 return #t + t[2^25]", "3", false},
	{"negative zero", "local z = 0 return 1 / (z * -1)", "-Inf", false},
	{"a modulo", "local n = 1 return n % 0.1 == 0 and 1 / (-3 * n % 3)", "+Inf", false},
	{"powers", "local t = 10 return t ^ 22 == 1e22 and t ^ -5 == 1e-5", "true", false},
	{"a watch", "watch() return 1", "1", true},
}
