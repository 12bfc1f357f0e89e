// Package coroutines repairs coroutines of gopher-lua. The VM cannot run a Go function in one, keeps the arguments of
// the first resume as long as the coroutine lives, lets yield return fewer values than are needed, goes on running a
// coroutine that has yielded across a Go function, and does not bound how deeply coroutines resume one another, so that
// the Go stack overflows. Only package gopherlua imports it.
//
// When the VM refuses such yields and bounds nesting, this package can go.
package coroutines

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/upvalues"
)

// maxWaiting bounds the frames, in all coroutines below, that use the Go stack while they wait for a coroutine that is
// resumed. A hundred states that call each other (mtstates) can all have as many, and one more full stack.
const maxWaiting = MaxFrames / 8

// MaxFrames bounds how many functions may call one another in a coroutine. Each state has a pointer for every eight: with
// one more, Go's allocator would give it 768 bytes more.
const MaxFrames = 4088

// TooManyWait reports whether l, and the coroutines that wait for it, have more than maxWaiting frames.
func TooManyWait(l *lua.LState) bool {
	if !frames.Repair.On() {
		return false
	}
	count := 0
	for t := l; t != nil; t = t.Parent {
		count += frames.Current(t).Depth()
	}
	if count <= maxWaiting { // of all kinds
		return false
	}
	count = 0
	for t := l; t != nil; t = t.Parent {
		for f := frames.Current(t); f != nil; f = f.Parent {
			if f.Fn.IsG || !frames.CalledByInstruction(f) {
				count++
			}
		}
	}
	return count > maxWaiting
}

// The functions with which coroutines begin: they call their upvalue. The second has no arguments of its own, because
// it would keep them as long as the coroutine lives: it gets those of the first resume as startArguments.
var plain, opening *lua.FunctionProto

// Body returns the function with which a coroutine begins: the plain one if the first resume cannot be distinguished
// from others.
func Body() *lua.FunctionProto {
	if !frames.Repair.On() || !rewrite.Repair.On() {
		return plain
	}
	return opening
}

// openMark is the global in whose place openArguments stands.
const openMark = "open"

// Compiler compiles a chunk.
type Compiler func(source, chunk string) (*lua.FunctionProto, error)

// Prepare compiles the functions with which coroutines begin, and returns them.
func Prepare(compile Compiler) []*lua.FunctionProto {
	plain = compileBody("local f return function(...) return f(...) end", compile)
	opening = compileBody("local f return function(a) return f("+openMark+"(a)) end", compile)
	return []*lua.FunctionProto{plain, opening}
}

// compileBody compiles a chunk that returns a function. That makes no tail call: a coroutine whose only function yields
// in its tail has no function left that could be resumed.
func compileBody(source string, compile Compiler) *lua.FunctionProto {
	proto, err := compile(source, "="+rewrite.MarkStart+" coroutine")
	if err != nil {
		panic(err)
	}
	body := proto.FunctionPrototypes[0]
	rewrite.ReplaceGlobal(body, openMark, adapter.SharedFunction(openArguments))
	for pc, instruction := range body.Code {
		if int(instruction>>26) == lua.OP_TAILCALL {
			body.Code[pc] = uint32(lua.OP_CALL)<<26 | instruction&(1<<26-1)
		}
	}
	body.DbgCalls, body.DbgLocals = nil, nil // the names in it are not for tracebacks
	return body
}

// startArguments are the arguments of the first resume of a coroutine, until it has begun.
type startArguments struct{ values []lua.LValue }

// String and Type make *startArguments a value of the VM.
func (*startArguments) String() string       { return "mtstates.arguments" }
func (*startArguments) Type() lua.LValueType { return lua.LTUserData }

// openArguments returns the values of startArguments and lets go of them.
func openArguments(l *lua.LState) int {
	if upvalues.Repair.On() {
		l.Panic = adapter.Throw // the VM has set its own, which knows no names
	}
	a, ok := l.Get(1).(*startArguments)
	if !ok {
		return 0
	}
	values := a.values
	a.values = nil
	if frames.Repair.On() {
		layout.StateOf(l).Reg.GrowFor(len(values))
	}
	for _, v := range values {
		l.Push(v)
	}
	return len(values)
}

// PackArguments replaces the arguments of the first resume of thread, which stand above it on the stack.
func PackArguments(l, thread *lua.LState) {
	n := l.GetTop() - 1
	if n == 0 || !frames.Repair.On() || frames.Current(thread) != nil {
		return
	}
	a := &startArguments{make([]lua.LValue, n)}
	for i := range a.values {
		a.values[i] = l.Get(i + 2)
	}
	l.SetTop(1)
	l.Push(a)
}

// FitResults makes the arguments of a later resume of thread, which stand above it on the stack, as many as the call of
// yield is to return there. The VM hands them over as they are, and what it takes for the others is not a Lua value.
func FitResults(l, thread *lua.LState) {
	if !frames.Repair.On() {
		return
	}
	f := frames.Current(thread)
	if f == nil {
		return
	}
	layout.StateOf(thread).Reg.GrowFor(l.GetTop())
	instruction := f.Fn.Proto.Code[f.Instruction()]
	if wanted := int(instruction>>9&0x1ff) - 1; int(instruction>>26) == lua.OP_CALL && wanted >= 0 {
		l.SetTop(1 + wanted)
	}
}

// Yields prepares the coroutine that has resumed l for what l yields. The VM pushes one value after the other there.
func Yields(l *lua.LState) {
	if frames.Repair.On() {
		layout.StateOf(l.Parent).Reg.GrowFor(l.GetTop())
	}
}

// CanYield reports whether the VM can switch: only if there are only Lua functions, which called one another by
// instructions for calls, between the start of the coroutine and the running function.
func CanYield(l *lua.LState) bool {
	if !frames.Repair.On() {
		return true
	}
	for f := frames.Current(l).Parent; f != nil; f = f.Parent {
		if f.Fn.IsG || !frames.IsCall(f.Fn.Proto.Code[f.Instruction()]) {
			return false
		}
	}
	return true
}

// Status returns the status of a coroutine as l sees it: the VM does not know the status normal of one that has resumed another.
func Status(l, thread *lua.LState) string {
	switch {
	case thread.Dead:
		return "dead"
	case thread == l:
		return "running"
	}
	for p := l.Parent; p != nil; p = p.Parent {
		if p == thread {
			return "normal"
		}
	}
	if thread == l.G.MainThread {
		return "normal"
	}
	return "suspended"
}
