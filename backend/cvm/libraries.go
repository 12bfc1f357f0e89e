//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
import "C"

import (
	"strings"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// PushLibraryFunction pushes a function of a library: that of the VM when native reports so for its name, or f.
func (kind *Kind) PushLibraryFunction(native func(name string) bool) func(backend.VM, string, backend.Function) {
	return func(vm backend.VM, name string, f backend.Function) {
		t, _ := kind.Unwrap(vm)
		raw := kind.RawTables && vm.Env().ReadOnlyGlobals && strings.HasPrefix(name, "table.")
		if f == nil || native(name) && !raw {
			p, n := text(name)
			texts := C.int(0)
			if strings.HasPrefix(name, "string.") {
				texts = 1
			}
			if C.cvm_pushnative(t.l, p, n, texts) != 0 {
				return
			}
		}
		if name == "dofile" {
			t.PushFunction(loadDofile)
			C.cvm_dofile(t.l)
			return
		}
		t.PushFunction(f)
	}
}

// loadDofile returns the chunk of the file that dofile runs.
func loadDofile(vm backend.VM) int {
	stdlib.LoadDofile(vm)
	return 1
}

// Native returns a library of functions of the VM.
func Native(names ...string) stdlib.Library {
	lib := stdlib.Library{}
	for _, name := range names {
		lib[name] = nil
	}
	return lib
}

// goText replaces an error that is an argument by its text. It returns 0, or how an error ends, whose value is on the top.
//
//export goText
func goText(anchor unsafe.Pointer, l *C.lua_State, index C.int) (how C.int) {
	t := vmAt(anchor).thread(l)
	defer func() {
		if e := recover(); e != nil {
			how = t.failed(e)
		}
	}()
	if s, ok := arg.Text(t.vm.kind.Wrap(t), int(index)); ok {
		t.PushString(s)
		C.cvm_replace(l, index)
	}
	return 0
}
