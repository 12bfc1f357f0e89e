//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
// #include <stdlib.h>
import "C"

import (
	"math"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
)

// types are the contract's types by those of C, from LUA_TNONE on.
var types = [...]backend.Type{
	backend.None, backend.Nil, backend.Boolean, backend.LightUserdataType, backend.Number, backend.String, backend.Table,
	backend.FunctionType, backend.Userdata, backend.Thread,
}

// text returns a string as C takes it.
func text(s string) (*C.char, C.size_t) {
	return (*C.char)(unsafe.Pointer(unsafe.StringData(s))), C.size_t(len(s))
}

func freedSlots(c *C.cvm) []C.int { return unsafe.Slice(c.freed, int(c.nfreed)) }

// GetTop is the operation of the contract, as are all methods of Thread.
func (t *Thread) GetTop() int { return int(C.lua_gettop(t.l)) }

func (t *Thread) SetTop(index int) { C.lua_settop(t.l, C.int(index)) }

func (t *Thread) CheckStack(n int) bool {
	return n <= maxStack && C.cvm_checkstack(t.l, C.int(n)) != 0
}

// maxStack is more than any VM grants.
const maxStack = 1 << 24

func (t *Thread) PushValue(index int) { C.lua_pushvalue(t.l, C.int(index)) }

func (t *Thread) Rotate(index, n int) { C.cvm_rotate(t.l, C.int(index), C.int(n)) }

func (t *Thread) Type(index int) backend.Type { return types[C.cvm_type(t.l, C.int(index))+1] }

func (t *Thread) ToBoolean(index int) bool { return C.lua_toboolean(t.l, C.int(index)) != 0 }

func (t *Thread) ToNumber(index int) (float64, bool) {
	var n C.double
	ok := C.cvm_tonumber(t.l, C.int(index), &n) != 0
	return float64(n), ok
}

func (t *Thread) ToString(index int) (string, bool) {
	var size C.size_t
	var pushed C.int
	p := C.cvm_tostring(t.l, C.int(index), &size, &pushed)
	if p == nil {
		return "", false
	}
	s := C.GoStringN(p, C.int(size))
	if pushed != 0 {
		t.SetTop(t.GetTop() - 1)
	}
	return s, true
}

func (t *Thread) ToUserdata(index int) any {
	if slot := C.cvm_slot(t.l, C.int(index)); slot >= 0 {
		return t.vm.slots[slot]
	}
	return nil
}

func (t *Thread) ToPointer(index int) uintptr { return uintptr(C.cvm_pointer(t.l, C.int(index))) }

func (t *Thread) RawLen(index int) int {
	t.completed(index)
	return int(C.cvm_rawlen(t.l, C.int(index)))
}

func (t *Thread) ToNeutral(index int) (backend.Value, bool) {
	switch t.Type(index) {
	case backend.Nil:
		return backend.NilValue(), true
	case backend.Boolean:
		return backend.BooleanValue(t.ToBoolean(index)), true
	case backend.Number:
		return t.number(index), true
	case backend.String:
		s, _ := t.ToString(index)
		return backend.StringValue(s), true
	case backend.LightUserdataType:
		return lightAt(uintptr(C.cvm_light(t.l, C.int(index))))
	}
	return backend.Value{}, false
}

// float is the native form of a float with the value of an integer, in a VM that has integers; theirs is int64.
type float float64

func (t *Thread) number(index int) backend.Value {
	var i C.longlong
	if C.cvm_tointeger(t.l, C.int(index), &i) != 0 {
		return backend.NativeNumber(float64(i), int64(i))
	}
	n, _ := t.ToNumber(index)
	if n == math.Trunc(n) {
		return backend.NativeNumber(n, float(n))
	}
	return backend.NumberValue(n)
}

func (t *Thread) PushNil() { C.lua_pushnil(t.l) }

func (t *Thread) PushBoolean(value bool) {
	n := C.int(0)
	if value {
		n = 1
	}
	C.lua_pushboolean(t.l, n)
}

func (t *Thread) PushNumber(n float64) { C.cvm_pushnumber(t.l, C.double(n)) }

func (t *Thread) PushString(s string) {
	p, n := text(s)
	C.lua_pushlstring(t.l, p, n)
}

func (t *Thread) PushNeutral(v backend.Value) {
	switch v.Kind {
	case backend.Boolean:
		t.PushBoolean(v.Boolean())
	case backend.Number:
		switch n := v.Native().(type) {
		case int64:
			C.cvm_pushinteger(t.l, C.longlong(n))
		case float:
			C.lua_pushnumber(t.l, C.lua_Number(n))
		default:
			t.PushNumber(v.Number())
		}
	case backend.String:
		t.PushString(v.Text())
	case backend.LightUserdataType:
		C.cvm_pushlight(t.l, C.uintptr_t(lightNumber(v.Light())))
	default:
		t.PushNil()
	}
}

func (t *Thread) PushUserdata(value any, typeName string) {
	p, n := text(typeName)
	C.cvm_pushuserdata(t.l, t.vm.slot(value), p, n)
}

func (t *Thread) PushFunction(f backend.Function) { t.PushClosure(f, 0) }

func (t *Thread) PushClosure(f backend.Function, n int) {
	if f == nil {
		panic(backend.ErrNilFunction)
	}
	C.cvm_pushfunction(t.l, t.vm.slot(f), C.int(n))
}
