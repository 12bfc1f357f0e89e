package gopherlua

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/upvalues"
)

// maxResumes is how deeply coroutines may resume one another: each takes its part of the Go stack, and there is no
// going on when that is full. PUC Lua has the same limit.
const maxResumes = 195

// maxWaiting is how many frames that take a part of the Go stack may wait for a coroutine that is resumed, in all the
// coroutines below it: a hundred states that call each other (mtstates) can all have as many, and one full stack more.
const maxWaiting = maxFrames / 8

// tooManyWait tells whether the frames of l, and of those that wait for it, are more than maxWaiting.
func tooManyWait(l *lua.LState) bool {
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

func coroutineCreate(l *lua.LState) int {
	l.Push(newThread(l, checkFunction(l, 1, "create")))
	return 1
}

// newThread returns a coroutine that runs f, by way of a Lua function: the VM cannot run Go functions in one.
func newThread(l *lua.LState, f *lua.LFunction) *lua.LState {
	body := l.NewFunctionFromProto(bodyProto())
	body.Upvalues[0] = &lua.Upvalue{}
	body.Upvalues[0].Close()
	body.Upvalues[0].SetValue(f)
	l.SetTop(0)
	l.Push(body)
	vmCreate(l)
	thread := l.Get(-1).(*lua.LState)
	l.Pop(1)
	adopt(l, thread)
	return thread
}

// The functions that coroutines begin with: they call their upvalue. The second has no arguments of its own, which it
// would hold as long as the coroutine lives: it gets those of the first resume as startArguments.
var plainBody, coroutineBody *lua.FunctionProto

// bodyProto returns plainBody when nobody can tell the first resume from others.
func bodyProto() *lua.FunctionProto {
	if !frames.Repair.On() || !rewrite.Repair.On() {
		return plainBody
	}
	return coroutineBody
}

const openMark = "open"

// compileBody compiles a chunk that returns a function. That makes no tail call: a coroutine whose only function yields
// in its tail has no function left that could be resumed.
func compileBody(source string) *lua.FunctionProto {
	proto, err := compile(source, "="+rewrite.MarkStart+" coroutine")
	if err != nil {
		panic(err)
	}
	body := proto.FunctionPrototypes[0]
	rewrite.ReplaceGlobal(body, openMark, sharedFunction(openArguments))
	for pc, instruction := range body.Code {
		if opcode(instruction) == lua.OP_TAILCALL {
			body.Code[pc] = uint32(lua.OP_CALL)<<26 | instruction&(1<<26-1)
		}
	}
	body.DbgCalls, body.DbgLocals = nil, nil // the names in it are nobody's business
	return body
}

// startArguments are the arguments of a coroutine's first resume, until the coroutine has begun.
type startArguments struct{ values []lua.LValue }

// String and Type make *startArguments a value of the VM.
func (*startArguments) String() string       { return "mtstates.arguments" }
func (*startArguments) Type() lua.LValueType { return lua.LTUserData }

// openArguments returns the values of startArguments, which holds them no longer.
func openArguments(l *lua.LState) int {
	a, ok := l.Get(1).(*startArguments)
	if !ok {
		return 0
	}
	values := a.values
	a.values = nil
	for _, v := range values {
		l.Push(v)
	}
	return len(values)
}

// packArguments replaces the arguments of the first resume of thread, which stand above it on the stack.
func packArguments(l, thread *lua.LState) {
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

func checkThread(l *lua.LState, function string) *lua.LState {
	thread, ok := l.Get(1).(*lua.LState)
	if !ok {
		wrongType(l, 1, function, "coroutine")
	}
	return thread
}

func status(l, thread *lua.LState) string {
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

func coroutineStatus(l *lua.LState) int {
	l.Push(lua.LString(status(l, checkThread(l, "status"))))
	return 1
}

func coroutineRunning(l *lua.LState) int {
	if l.Parent == nil {
		l.Push(lua.LNil)
	} else {
		l.Push(l)
	}
	return 1
}

func coroutineResume(l *lua.LState) int {
	results, _ := resume(l)
	return results
}

// resume pushes the results of coroutine.resume, true and values or false and an error, and returns their number. cause
// is errLimit when the error comes from a limit of the state.
func resume(l *lua.LState) (results int, cause error) {
	thread, d := checkThread(l, "resume"), dataOf(l)
	problem := ""
	switch now := status(l, thread); {
	case now == "dead":
		problem = "cannot resume dead coroutine"
	case now != "suspended":
		problem = "cannot resume non-suspended coroutine"
	case d.resumes >= maxResumes || tooManyWait(l):
		problem, cause = "C stack overflow", errLimit
	}
	if problem != "" {
		l.Push(lua.LFalse)
		l.Push(lua.LString(problem))
		return 2, cause
	}
	packArguments(l, thread)
	d.resumes++
	defer func() { d.resumes-- }()
	d.uncaught = nil
	results = vmResume(l)
	raised := d.uncaught
	d.uncaught = nil
	if thread.Dead && upvalues.Repair.On() {
		upvalues.Close(thread) // a Go panic leaves them open
	}
	if results != 2 || l.Get(-2) != lua.LFalse {
		return results, nil
	}
	if raised != nil {
		return results, raised.Cause
	}
	if text, ok := l.Get(-1).(lua.LString); ok { // an error of the VM
		l.Pop(1)
		message, cause := coroutineError(thread, string(text))
		l.Push(lua.LString(message))
		return results, cause
	}
	return results, nil
}

// coroutineError is what throw and caught make of an error of the VM, for one that has ended a coroutine and of which
// the text is left.
func coroutineError(thread *lua.LState, text string) (message string, cause error) {
	if text == frameOverflow || strings.HasSuffix(text, slotOverflow) {
		cause = errLimit
	}
	return luaMessage(thread, text), cause
}

func coroutineWrap(l *lua.LState) int {
	thread := newThread(l, checkFunction(l, 1, "wrap"))
	l.Push(newFunction(l, func(l *lua.LState) int {
		l.Insert(thread, 1)
		results, cause := resume(l)
		if l.Get(-results) == lua.LTrue {
			return results - 1
		}
		failed := l.Get(-1)
		if text, ok := failed.(lua.LString); ok {
			return throwAt(l, 1, string(text), cause)
		}
		return throwValue(l, failed, cause)
	}))
	return 1
}

// coroutineYield tells the VM to switch. The VM can do that only when there are none but Lua functions, which called
// one another by instructions for calls, between it and the start of the coroutine; otherwise it would go on running
// what has yielded.
func coroutineYield(l *lua.LState) int {
	if l.Parent == nil {
		raiseText(l, "attempt to yield from outside a coroutine")
	}
	if frames.Repair.On() {
		for f := frames.Current(l).Parent; f != nil; f = f.Parent {
			if f.Fn.IsG || !frames.IsCall(f.Fn.Proto.Code[f.Instruction()]) {
				raiseText(l, "attempt to yield across metamethod/C-call boundary")
			}
		}
	}
	return -1
}
