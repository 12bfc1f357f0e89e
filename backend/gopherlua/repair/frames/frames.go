// Package frames finds the running functions of gopher-lua and their names. Only package gopherlua and its repairs
// import it.
//
// The fault: unlike Lua 5.1, the VM does not count tail calls as levels and does not know the kind of a function's
// name. It also shows functions that stand for instructions, which are repairs themselves. When the VM's GetStack
// counts as Lua does, this package can go, apart from hidden functions.
package frames

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when those functions of this package may be called that do not say otherwise.
var Repair = repair.New("frames", "levels do not count tail calls, and some names of functions are missing", probe)

// Hidden are functions, and code of functions, that are not functions to a script. It is filled before the first state.
var Hidden struct {
	Functions []*lua.LFunction
	Protos    []*lua.FunctionProto
}

// IsHidden reports whether f is not a function to a script.
func IsHidden(f *lua.LFunction) bool {
	if f.Proto == nil {
		return slices.Contains(Hidden.Functions, f)
	}
	return slices.Contains(Hidden.Protos, f.Proto)
}

// Current returns the innermost frame of l, nil if no function is running.
func Current(l *lua.LState) *layout.Frame { return layout.StateOf(l).CurrentFrame }

// yield is the function that a suspended coroutine is in.
var yield = &lua.LFunction{IsG: true, GFunction: func(l *lua.LState) int { return l.Yield() }}

// Of returns the innermost frame of thread while l runs. The VM drops the frame of the function that has suspended a
// coroutine; another one stands for it.
func Of(l, thread *lua.LState) *layout.Frame {
	f := Current(thread)
	if thread == l || f == nil || f.Fn.IsG || thread.Dead {
		return f
	}
	return &layout.Frame{Idx: f.Idx + 1, Fn: yield, Parent: f}
}

// At returns the frame at a level, which counts as in Lua 5.1: 0 is the running function. A tail call is a level of its
// own, for which tail is true and the frame is that of the called function. Hidden functions do not count. The frame is
// nil if there are fewer levels.
func At(l *lua.LState, level int) (f *layout.Frame, tail bool) { return From(Current(l), level) }

// From is At for the levels from a frame on, which may be nil.
func From(innermost *layout.Frame, level int) (f *layout.Frame, tail bool) {
	for f = innermost; f != nil; f = f.Parent {
		if IsHidden(f.Fn) {
			continue
		}
		if level == 0 {
			return f, false
		}
		level--
		if !f.Fn.IsG {
			level -= f.TailCall
			if level < 0 {
				return f, true
			}
		}
	}
	return nil, false
}

// Exists reports whether there is a function at a level, and whether a tail call has replaced it. The repair may be off; then
// tail calls are not known.
func Exists(l *lua.LState, level int) (exists, tail bool) {
	if !Repair.On() {
		_, exists = l.GetStack(level)
		return exists, false
	}
	f, tail := At(l, level)
	return f != nil, tail
}

// VMLevel returns the level by which the VM finds a function that is at a level of thread while l runs; known is false for one
// that it does not find: a Go function, or one that a tail call has replaced. exists is false if there is none at the level.
// The repair may be off; then the VM's levels are all that is known.
func VMLevel(l, thread *lua.LState, level int) (at int, known, exists bool) {
	if !Repair.On() {
		return level, true, true
	}
	f, tail := From(Of(l, thread), level)
	if f == nil {
		return 0, false, false
	}
	if tail || f.Fn.IsG {
		return 0, false, true
	}
	for above := Current(thread); above != f; above = above.Parent {
		at++
		if !above.Fn.IsG {
			at += above.TailCall
		}
	}
	return at, true, true
}

// Where returns "chunk:line: " for the function at a level, or nothing if it is not written in Lua. The repair may be off.
func Where(l *lua.LState, level int) string {
	if !Repair.On() {
		if position := l.Where(level); len(position) > 0 && position[0] != '[' {
			return position + " "
		}
		return ""
	}
	return where(l, level)
}

func where(l *lua.LState, level int) string {
	f, tail := At(l, level)
	if f == nil || tail || f.Fn.IsG {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", f.Fn.Proto.SourceName, f.Line())
}

// CalledByInstruction reports whether a Lua function called that of f by an instruction for calls.
func CalledByInstruction(f *layout.Frame) bool {
	caller := f.Parent
	return caller != nil && !caller.Fn.IsG && IsCall(caller.Fn.Proto.Code[caller.Instruction()])
}

// IsCall reports whether an instruction is a call that a script has written as one.
func IsCall(instruction uint32) bool {
	op := int(instruction >> 26)
	return op == lua.OP_CALL || op == lua.OP_TAILCALL
}

// probe checks the frames of a function that was called in a tail call.
func probe() error {
	if err := layout.CheckState(); err != nil {
		return err
	}
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	var levels string
	l.SetGlobal("look", l.NewFunction(func(l *lua.LState) int {
		for level := 0; ; level++ {
			f, tail := At(l, level)
			if f == nil {
				return 0
			}
			levels += fmt.Sprintf("%v %v %q,", tail, f.Fn.IsG, where(l, level))
		}
	}))
	f, err := l.Load(strings.NewReader("local function g()\nlook() end\nlocal function f() return g() end\nf()"), "probe")
	if err != nil {
		return err
	}
	l.Push(f)
	if err := l.PCall(0, 0, nil); err != nil {
		return err
	}
	if want := `false true "",false false "probe:2: ",true false "",false false "probe:4: ",`; levels != want {
		return errors.New("levels are not as expected")
	}
	return nil
}
