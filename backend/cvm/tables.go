//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
import "C"

import (
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
)

// complete fills the table, or the string, at index, see backend.Libraries.
func (t *Thread) complete(index int) {
	if index < 0 {
		index += t.GetTop() + 1
	}
	t.vm.env.Libraries.Complete(t.vm.kind.Wrap(t), index)
}

// completed fills the table at index if it must be filled first.
func (t *Thread) completed(index int) {
	if t.vm.c.lazy != nil && C.cvm_islazy(t.l, C.int(index)) != 0 {
		t.complete(index)
	}
}

func (t *Thread) CreateTable(elements, fields int) {
	C.lua_createtable(t.l, C.int(min(elements, maxStack)), C.int(min(fields, maxStack)))
}

func (t *Thread) PushGlobalTable() { C.cvm_pushglobals(t.l) }

func (t *Thread) PushRegistry() { C.cvm_pushregistry(t.l) }

func (t *Thread) RawGetField(index int, name string) {
	p, n := text(name)
	if C.cvm_getfield(t.l, C.int(index), p, n, 0) == C.LAZY {
		t.complete(index)
		C.cvm_getfield(t.l, C.int(index), p, n, 1)
	}
}

func (t *Thread) RawSetField(index int, name string) {
	p, n := text(name)
	if C.cvm_setfield(t.l, C.int(index), p, n, 0) == C.LAZY {
		t.complete(index)
		C.cvm_setfield(t.l, C.int(index), p, n, 1)
	}
}

func (t *Thread) RawGetI(index, key int) {
	if C.cvm_geti(t.l, C.int(index), C.longlong(key), 0) == C.LAZY {
		t.complete(index)
		C.cvm_geti(t.l, C.int(index), C.longlong(key), 1)
	}
}

func (t *Thread) RawSetI(index, key int) {
	if C.cvm_seti(t.l, C.int(index), C.longlong(key), 0) == C.LAZY {
		t.complete(index)
		C.cvm_seti(t.l, C.int(index), C.longlong(key), 1)
	}
}

func (t *Thread) RawGet(index int) {
	if C.cvm_rawget(t.l, C.int(index), 0) == C.LAZY {
		t.complete(index)
		C.cvm_rawget(t.l, C.int(index), 1)
	}
}

func (t *Thread) RawSet(index int) {
	if C.cvm_rawset(t.l, C.int(index), 0) == C.LAZY {
		t.complete(index)
		C.cvm_rawset(t.l, C.int(index), 1)
	}
}

func (t *Thread) RawSetNeutral(index int, key, value backend.Value) {
	if index < 0 {
		index += t.GetTop() + 1
	}
	t.PushNeutral(key)
	t.PushNeutral(value)
	t.RawSet(index)
}

func (t *Thread) Next(index int) bool {
	r := C.cvm_next(t.l, unsafe.Pointer(&t.vm.anchor), C.int(index), 0)
	if r == C.LAZY {
		t.complete(index)
		r = C.cvm_next(t.l, unsafe.Pointer(&t.vm.anchor), C.int(index), 1)
	}
	if r < 0 {
		t.raiseAgain()
	}
	return r != 0
}

func (t *Thread) RawEach(index int, visit backend.Visit) {
	backend.EachByNext(t.vm.kind.Wrap(t), index, visit)
}

func (t *Thread) GetMetatable(index int) bool {
	r := C.cvm_getmetatable(t.l, C.int(index), 0)
	if r == C.LAZY {
		t.complete(index)
		r = C.cvm_getmetatable(t.l, C.int(index), 1)
	}
	return r != 0
}

func (t *Thread) SetMetatable(index int) {
	switch C.cvm_setmetatable(t.l, C.int(index), 0) {
	case C.LAZY:
		t.complete(index)
	case C.LAZY - 1: // the metatable itself, which the VM reads raw
		t.complete(-1)
	default:
		return
	}
	C.cvm_setmetatable(t.l, C.int(index), 1)
}
