//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
// #include <stdlib.h>
import "C"

import (
	"strings"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/internal/dumped"
)

// binaryMark is the first byte of dumped code.
const binaryMark = "\x1b"

// Load is the operation of the contract. The VM trusts dumped code, so only what StringDump has signed is taken.
func (t *Thread) Load(source, chunk string, env int) error {
	mode := "t"
	if strings.HasPrefix(source, binaryMark) {
		code, err := dumped.Open(t.vm.kind.Backend.Name(), source)
		if err != nil {
			return &backend.SyntaxError{Message: backend.ChunkID(chunk) + ": " + err.Error()}
		}
		source, mode = code, "b"
	} else if strings.HasPrefix(source, "#") {
		if strings.HasPrefix(chunk, "@") { // a line for the shell; its end stays
			source = source[len(source)-len(strings.TrimLeftFunc(source, func(c rune) bool { return c != '\r' && c != '\n' })):]
		} else { // which LuaJIT leaves out of any text
			source = " " + source
		}
	}
	if env < 0 {
		env += t.GetTop() + 1
	}
	name, how := C.CString(chunk), C.CString(mode)
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(how))
	p, n := text(source)
	if C.cvm_load(t.l, p, n, name, how, C.int(env)) == C.LUA_OK {
		return nil
	}
	message, _ := t.ToString(-1)
	t.SetTop(t.GetTop() - 1)
	return &backend.SyntaxError{Message: message}
}

func (t *Thread) CopyFunction(dst backend.VM, index int) error {
	if t.isGo(index) {
		return backend.ErrGoFunction
	}
	if err := t.upvalueError(index); err != nil {
		return err
	}
	to, ok := t.vm.kind.Unwrap(dst)
	if !ok {
		return backend.ErrForeignState
	}
	if C.cvm_copyfunction(t.l, to.l, C.int(index)) != C.LUA_OK {
		return backend.ErrOutOfMemory
	}
	return nil
}

func (t *Thread) isGo(index int) bool { return C.lua_iscfunction(t.l, C.int(index)) != 0 }

// upvalueError names the upvalue that keeps the function at index from being copied. The environment alone does not.
func (t *Thread) upvalueError(index int) error {
	var names []string
	for {
		name, ok := t.GetUpvalue(index, len(names)+1)
		if !ok {
			break
		}
		t.SetTop(t.GetTop() - 1)
		names = append(names, name)
	}
	if len(names) == 1 && names[0] == t.vm.kind.Environment {
		return nil
	}
	for i, name := range names {
		if name != t.vm.kind.Environment || i == len(names)-1 {
			return &backend.UpvalueError{Name: name}
		}
	}
	return nil
}

// Transfer is the operation of the contract.
func (t *Thread) Transfer(dst backend.VM, from, to int) int {
	d, ok := t.vm.kind.Unwrap(dst)
	if !ok {
		return backend.TransferNeutral(t.vm.kind.Wrap(t), dst, from, to)
	}
	if to < from {
		return 0
	}
	return int(C.cvm_transfer(t.l, d.l, C.int(from), C.int(to), C.size_t(d.vm.env.MaxString)))
}

// StringDump returns string.dump of a VM.
func (kind *Kind) StringDump(vm backend.VM) int {
	t, _ := kind.Unwrap(vm)
	arg.OneOf(vm, 1, "dump", backend.FunctionType)
	if t.isGo(1) {
		return backend.Raise(vm, "unable to dump given function")
	}
	var size C.size_t
	code := C.cvm_dump(t.l, 1, &size)
	if code == nil {
		return backend.RaiseOutOfMemory()
	}
	defer C.free(unsafe.Pointer(code))
	signed := dumped.Sign(kind.Backend.Name(), C.GoStringN(code, C.int(size)))
	if len(signed) > vm.Env().MaxString {
		return backend.RaiseOutOfMemory()
	}
	vm.PushString(signed)
	return 1
}
