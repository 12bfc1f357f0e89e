// Package code rewrites the binary code of go-lua's functions, in which repair/operators and repair/closures change what
// the VM has wrong. Only package golua imports it.
//
// It goes with these two.
package code

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"sync"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/closures"
	"github.com/mtstates/go-mtstates/backend/golua/repair/operators"
)

// Repaired returns the binary code of the function on the top, which it pops, with what the VM has wrong repaired. Code
// that cannot be decoded stays as it is.
func Repaired(l *lua.State) ([]byte, error) {
	var dumped bytes.Buffer
	err := l.Dump(&dumped)
	l.Pop(1)
	if err != nil {
		return nil, err
	}
	return repaired(dumped.Bytes())
}

// repaired returns code with what the VM has wrong repaired. Code that cannot be decoded stays as it is.
func repaired(code []byte) ([]byte, error) {
	main, err := bytecode.Decode(code)
	if err != nil {
		return code, nil
	}
	changedOperators, err := operators.Rewrite(main)
	if err != nil {
		return nil, err
	}
	changedClosures, err := closures.Freshen(main)
	if err != nil {
		return nil, err
	}
	if !changedOperators && !changedClosures {
		return code, nil
	}
	return bytecode.Encode(code, main), nil
}

// Load pushes a function in binary form.
func Load(l *lua.State, code []byte) error {
	r := readers.Get().(*bufio.Reader)
	defer readers.Put(r)
	r.Reset(bytes.NewReader(code))
	if err := l.Load(r, "=copy", "b"); err != nil {
		l.Pop(1)
		return fmt.Errorf("cannot load binary code: %w", err)
	}
	setUpvalues(l)
	return nil
}

// readers are what the VM reads from. It makes one of its own, and a large buffer with it, for readers of other types.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// setUpvalues gives the function on the top, which was loaded, the upvalues that belong to no variable. The VM sets the
// first when it is the only one.
func setUpvalues(l *lua.State) {
	f, count := l.Top(), upvalueCount(l)
	for i := 1; i <= count; i++ {
		name, _ := lua.UpValue(l, f, i)
		l.Pop(1)
		switch name {
		case closures.FreshUpvalue:
			l.PushNumber(math.NaN())
			lua.SetUpValue(l, f, i)
		case closures.Environment:
			if i == 1 {
				l.PushGlobalTable()
				lua.SetUpValue(l, f, i)
			}
		}
	}
}

// upvalueCount is how many upvalues the function on the top has, with the hidden one.
func upvalueCount(l *lua.State) int {
	l.PushValue(-1)
	d, _ := lua.Info(l, ">u", nil)
	return d.UpValueCount
}

// VisibleUpvalues is how many upvalues scripts see of the function at index: not those of Go functions, which
// name the functions of the libraries, nor the hidden one.
func VisibleUpvalues(l *lua.State, index int) int {
	if l.IsGoFunction(index) {
		return 0
	}
	l.PushValue(index)
	n := upvalueCount(l)
	l.Pop(1)
	if n > 0 {
		name, _ := lua.UpValue(l, index, n)
		l.Pop(1)
		if name == closures.FreshUpvalue {
			n--
		}
	}
	return n
}
