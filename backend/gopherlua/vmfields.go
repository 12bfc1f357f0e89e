package gopherlua

import (
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// A protected call that leaves the upvalues of surviving functions open needs fields of the VM that it does not
// export. Package vmfield finds them. When one is not what it was in the version that go.mod names, the VM's own PCall
// does the work, with its fault (see protect).

// vmFields are the offsets of the fields.
type vmFields struct {
	known bool // all fields are as expected

	upvalues, handled, current, stack uintptr // in an LState

	next, index uintptr // in an Upvalue

	frameIndex, frameParent, frameBase, frameFunction, framePc, frameTail uintptr // in a callFrame

	stackType reflect.Type
}

var fields vmFields

// frameStack is the part of the VM's stack of frames that unwinding uses.
type frameStack interface {
	Sp() int
	SetSp(sp int)
}

func findFields(state, upvalue reflect.Type) (fields vmFields) {
	var find vmfield.Finder
	pointer := vmfield.IsType(reflect.PointerTo(upvalue))
	fields.upvalues = find.Offset(state, "uvcache", pointer)
	fields.handled = find.Offset(state, "hasErrorFunc", vmfield.Is[bool])
	fields.next = find.Offset(upvalue, "next", pointer)
	fields.index = find.Offset(upvalue, "index", vmfield.Is[int])
	fields.stack = find.Offset(state, "stack", func(t reflect.Type) bool {
		fields.stackType = t
		return t.Kind() == reflect.Interface && t.Implements(reflect.TypeFor[frameStack]())
	})
	current, frame := find.Target(state, "currentFrame", reflect.Pointer)
	fields.current = current
	fields.frameIndex = find.Offset(frame, "Idx", vmfield.Is[int])
	fields.frameFunction = find.Offset(frame, "Fn", vmfield.Is[*lua.LFunction])
	fields.framePc = find.Offset(frame, "Pc", vmfield.Is[int])
	fields.frameTail = find.Offset(frame, "TailCall", vmfield.Is[int])
	fields.frameBase = find.Offset(frame, "LocalBase", vmfield.Is[int])
	parent, above := find.Target(frame, "Parent", reflect.Pointer)
	fields.frameParent = parent
	find.Require(above == frame)
	fields.known = find.Known()
	return fields
}

// frame is a pointer to a callFrame of the VM; nil is no frame.
type frame struct{ p unsafe.Pointer }

func currentFrame(l *lua.LState) frame {
	return frame{*vmfield.At[unsafe.Pointer](unsafe.Pointer(l), fields.current)}
}

func setCurrentFrame(l *lua.LState, f frame) {
	*vmfield.At[unsafe.Pointer](unsafe.Pointer(l), fields.current) = f.p
}

// depth returns how many frames there are up to f.
func (f frame) depth() int {
	if f.p == nil {
		return 0
	}
	return *vmfield.At[int](f.p, fields.frameIndex) + 1
}

// base returns the number of the register that index 1 stands for while f runs.
func (f frame) base() int {
	if f.p == nil {
		return 0
	}
	return *vmfield.At[int](f.p, fields.frameBase)
}

// function returns the function that runs in f.
func (f frame) function() *lua.LFunction {
	return *vmfield.At[*lua.LFunction](f.p, fields.frameFunction)
}

// pc returns the place of the instruction that runs in f, a frame of a Lua function.
func (f frame) pc() int { return *vmfield.At[int](f.p, fields.framePc) - 1 }

// line returns the line that runs in f, a frame of a Lua function.
func (f frame) line() int {
	lines, pc := f.function().Proto.DbgSourcePositions, f.pc()
	if pc < 0 || pc >= len(lines) {
		return -1
	}
	return lines[pc]
}

// tailCalls returns how many functions called f's in place of themselves.
func (f frame) tailCalls() int { return *vmfield.At[int](f.p, fields.frameTail) }

func (f frame) parent() frame { return frame{*vmfield.At[unsafe.Pointer](f.p, fields.frameParent)} }

// setDepth drops the frames above depth. When there are none, the VM must not be asked to: if they fill the last part of
// its stack, it would drop that part.
func setDepth(l *lua.LState, depth int) {
	at := reflect.NewAt(fields.stackType, unsafe.Add(unsafe.Pointer(l), fields.stack))
	if stack := at.Elem().Interface().(frameStack); stack.Sp() > depth {
		stack.SetSp(depth)
	}
}

// handled is the VM's mark that an error must not close all upvalues.
func handled(l *lua.LState) *bool { return vmfield.At[bool](unsafe.Pointer(l), fields.handled) }

// closeUpvalues gives the open upvalues from register on values of their own.
func closeUpvalues(l *lua.LState, register int) {
	link := vmfield.At[*lua.Upvalue](unsafe.Pointer(l), fields.upvalues)
	for u := *link; u != nil; {
		next := vmfield.At[*lua.Upvalue](unsafe.Pointer(u), fields.next)
		if *vmfield.At[int](unsafe.Pointer(u), fields.index) < register {
			link, u = next, *next
			continue
		}
		u.Close()
		if u.Value() == nil { // a register that the VM has cleared
			u.SetValue(lua.LNil)
		}
		*link, *next, u = *next, nil, *next
	}
}
