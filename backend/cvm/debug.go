//go:build mtstates_lua54 || mtstates_luajit

package cvm

// #include "glue.h"
// #include <stdlib.h>
import "C"

import (
	"fmt"
	"strings"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// at returns the thread at index, t for 0.
func (t *Thread) at(index int) *Thread {
	if index == 0 {
		return t
	}
	return &Thread{t.vm, C.lua_tothread(t.l, C.int(index))}
}

// describe is lua_getinfo: what it pushes is on t.
func (t *Thread) describe(thread *Thread, level int, what string) (ar C.lua_Debug, ok bool) {
	letters := C.CString(what)
	defer C.free(unsafe.Pointer(letters))
	ok = C.cvm_getinfo(t.l, thread.l, C.int(level), letters, &ar) != 0
	return ar, ok
}

// Where is the operation of the contract.
func (t *Thread) Where(level int) string {
	ar, ok := t.describe(t, level, "Sl")
	if !ok || ar.currentline <= 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", C.GoString(&ar.short_src[0]), ar.currentline)
}

func (t *Thread) Traceback(thread, level int) backend.Traceback { return t.at(thread).written(level) }

// written returns the traceback of a thread from level on.
func (t *Thread) written(level int) backend.Traceback {
	var b strings.Builder
	b.WriteString(traceback.Title)
	depth := t.depth() - level
	for i := 0; i < depth; i++ {
		if !traceback.Shows(i, depth) {
			i = depth - traceback.Last
			b.WriteString(traceback.Gap)
		}
		b.WriteString("\n\t")
		b.WriteString(t.line(level + i))
	}
	return backend.TracebackText(b.String())
}

// depth returns the number of functions that run.
func (t *Thread) depth() int {
	low, high := 0, 1
	for C.cvm_haslevel(t.l, C.int(high-1)) != 0 {
		low, high = high, 2*high
	}
	for low < high {
		if middle := (low + high) / 2; C.cvm_haslevel(t.l, C.int(middle)) != 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// line returns the line of a traceback for a level.
func (t *Thread) line(level int) string {
	ar, ok := t.describe(t, level, "Sln")
	if !ok {
		return "?"
	}
	place := C.GoString(&ar.short_src[0])
	kind, name := cstring(ar.namewhat), cstring(ar.name)
	named := kind != "" && kind != "metamethod" && kind != "for iterator"
	switch {
	case cstring(ar.what) == "C" && named:
		return fmt.Sprintf("[Go]: in function '%s'", backend.Quote(name))
	case cstring(ar.what) == "C":
		return "[Go]: in ?"
	case cstring(ar.what) == "main":
		return fmt.Sprintf("%s:%d: in main chunk", place, ar.currentline)
	case named:
		return fmt.Sprintf("%s:%d: in function '%s'", place, ar.currentline, backend.Quote(name))
	}
	return fmt.Sprintf("%s:%d: in function <%s:%d>", place, ar.currentline, place, ar.linedefined)
}

func cstring(s *C.char) string {
	if s == nil {
		return ""
	}
	return C.GoString(s)
}

// GetInfo is the operation of the contract.
func (t *Thread) GetInfo(thread, level int, what string) (info backend.Info, ok bool) {
	top := t.GetTop()
	if strings.HasPrefix(what, ">") {
		top--
	}
	ar, ok := t.describe(t.at(thread), level, what)
	if !ok {
		return info, false
	}
	if strings.Contains(what, "L") {
		info.ActiveLines = t.popLines()
	}
	if t.GetTop() > top && !strings.Contains(what, "f") {
		t.SetTop(top)
	}
	var isVararg C.int
	info = backend.Info{
		Source: cstring(ar.source), What: cstring(ar.what), LineDefined: int(ar.linedefined), LastLineDefined: int(ar.lastlinedefined),
		CurrentLine: int(ar.currentline), NameWhat: cstring(ar.namewhat), NUps: int(ar.nups),
		NParams: int(C.cvm_params(&ar, &isVararg)), IsTailCall: C.cvm_istail(&ar) != 0, ActiveLines: info.ActiveLines,
	}
	info.IsVararg = isVararg != 0
	if info.NameWhat != "" {
		info.Name = cstring(ar.name)
	}
	if info.What == "C" {
		info.NUps = 0
	}
	return info, true
}

// popLines pops the table of a function's lines, nil for a Go function.
func (t *Thread) popLines() (lines []int) {
	top := t.GetTop()
	if t.Type(top) == backend.Table {
		t.PushNil()
		for t.Next(top) {
			n, _ := t.ToNumber(-2)
			lines = append(lines, int(n))
			t.SetTop(top + 1)
		}
	}
	t.SetTop(top - 1)
	return lines
}

func (t *Thread) GetUpvalue(index, n int) (name string, ok bool) { return t.upvalue(index, n, 0) }

func (t *Thread) SetUpvalue(index, n int) (name string, ok bool) {
	top := t.GetTop()
	name, ok = t.upvalue(index, n, 1)
	t.SetTop(top - 1)
	return name, ok
}

func (t *Thread) upvalue(index, n int, set C.int) (name string, ok bool) {
	if n < 1 || n > maxUpvalues {
		return "", false
	}
	p := C.cvm_upvalue(t.l, C.int(index), C.int(n), set)
	if p == nil {
		return "", false
	}
	return C.GoString(p), true
}

// maxUpvalues is more than a function can have.
const maxUpvalues = 1 << 10
