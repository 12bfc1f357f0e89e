package gopherlua

import (
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// A protected call that leaves the upvalues of surviving functions open needs fields of the VM that it does not
// export. They are found by name and type when the program starts, and nothing is touched when one is not what it was
// in the version that go.mod names: then the VM's own PCall does the work, with its fault (see protect).

// vmFields are the offsets of the fields.
type vmFields struct {
	known bool // all fields are as expected

	upvalues, handled, current, stack uintptr // in an LState

	next, index uintptr // in an Upvalue

	frameIndex, frameParent, frameBase, frameFunction, framePc, frameTail uintptr // in a callFrame

	stackType reflect.Type
}

var fields = findFields(reflect.TypeFor[lua.LState](), reflect.TypeFor[lua.Upvalue]())

// frameStack is the part of the VM's stack of frames that unwinding uses.
type frameStack interface {
	Sp() int
	SetSp(sp int)
}

func findFields(state, upvalue reflect.Type) vmFields {
	f := vmFields{known: true}
	offset := func(in reflect.Type, name string, fits func(reflect.Type) bool) uintptr {
		if in == nil || in.Kind() != reflect.Struct {
			f.known = false
			return 0
		}
		field, ok := in.FieldByName(name)
		if !ok || !fits(field.Type) {
			f.known = false
			return 0
		}
		return field.Offset
	}
	is := func(want reflect.Type) func(reflect.Type) bool {
		return func(t reflect.Type) bool { return t == want }
	}
	pointer := reflect.PointerTo(upvalue)
	f.upvalues = offset(state, "uvcache", is(pointer))
	f.handled = offset(state, "hasErrorFunc", is(reflect.TypeFor[bool]()))
	f.next = offset(upvalue, "next", is(pointer))
	f.index = offset(upvalue, "index", is(reflect.TypeFor[int]()))
	f.stack = offset(state, "stack", func(t reflect.Type) bool {
		f.stackType = t
		return t.Kind() == reflect.Interface && t.Implements(reflect.TypeFor[frameStack]())
	})
	var frame reflect.Type
	f.current = offset(state, "currentFrame", func(t reflect.Type) bool {
		if t.Kind() != reflect.Pointer {
			return false
		}
		frame = t.Elem()
		return true
	})
	f.frameIndex = offset(frame, "Idx", is(reflect.TypeFor[int]()))
	f.frameFunction = offset(frame, "Fn", is(reflect.TypeFor[*lua.LFunction]()))
	f.framePc = offset(frame, "Pc", is(reflect.TypeFor[int]()))
	f.frameTail = offset(frame, "TailCall", is(reflect.TypeFor[int]()))
	f.frameBase = offset(frame, "LocalBase", is(reflect.TypeFor[int]()))
	f.frameParent = offset(frame, "Parent", func(t reflect.Type) bool { return t == reflect.PointerTo(frame) })
	return f
}

// field returns the field at offset of the object that p points to.
func field[T any](p unsafe.Pointer, offset uintptr) *T { return (*T)(unsafe.Add(p, offset)) }

// frame is a pointer to a callFrame of the VM; nil is no frame.
type frame struct{ p unsafe.Pointer }

func currentFrame(l *lua.LState) frame {
	return frame{*field[unsafe.Pointer](unsafe.Pointer(l), fields.current)}
}

func setCurrentFrame(l *lua.LState, f frame) {
	*field[unsafe.Pointer](unsafe.Pointer(l), fields.current) = f.p
}

// depth returns how many frames there are up to f.
func (f frame) depth() int {
	if f.p == nil {
		return 0
	}
	return *field[int](f.p, fields.frameIndex) + 1
}

// base returns the number of the register that index 1 stands for while f runs.
func (f frame) base() int {
	if f.p == nil {
		return 0
	}
	return *field[int](f.p, fields.frameBase)
}

// function returns the function that runs in f.
func (f frame) function() *lua.LFunction { return *field[*lua.LFunction](f.p, fields.frameFunction) }

// pc returns the place of the instruction that runs in f, a frame of a Lua function.
func (f frame) pc() int { return *field[int](f.p, fields.framePc) - 1 }

// line returns the line that runs in f, a frame of a Lua function.
func (f frame) line() int {
	lines, pc := f.function().Proto.DbgSourcePositions, f.pc()
	if pc < 0 || pc >= len(lines) {
		return -1
	}
	return lines[pc]
}

// tailCalls returns how many functions called f's in place of themselves.
func (f frame) tailCalls() int { return *field[int](f.p, fields.frameTail) }

func (f frame) parent() frame { return frame{*field[unsafe.Pointer](f.p, fields.frameParent)} }

// setDepth drops the frames above depth.
func setDepth(l *lua.LState, depth int) {
	at := reflect.NewAt(fields.stackType, unsafe.Add(unsafe.Pointer(l), fields.stack))
	at.Elem().Interface().(frameStack).SetSp(depth)
}

// handled is the VM's mark that an error must not close all upvalues.
func handled(l *lua.LState) *bool { return field[bool](unsafe.Pointer(l), fields.handled) }

// closeUpvalues gives the open upvalues from register on values of their own.
func closeUpvalues(l *lua.LState, register int) {
	link := field[*lua.Upvalue](unsafe.Pointer(l), fields.upvalues)
	for u := *link; u != nil; {
		next := field[*lua.Upvalue](unsafe.Pointer(u), fields.next)
		if *field[int](unsafe.Pointer(u), fields.index) < register {
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
