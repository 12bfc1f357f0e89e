// Package failure reads the error value that a failed protected call left on the top of a VM's stack. Only packages
// below mtstates import it.
package failure

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// Value returns the text of the error value on the top of vm's stack, and the Go error that it holds as userdata or
// stands for, nil if there is none. The text is empty for a Go error that knows its size and its name, since the text
// may be long and not needed. The stack may grow; the caller sets its top anyway.
func Value(vm backend.VM, f *backend.Failure) (text string, err error) {
	if f.Broken {
		return "the VM is broken by a Go panic", nil
	}
	held, _ := vm.ToUserdata(-1).(error)
	if text, ok := message(held); ok {
		return text, held
	}
	if text, ok := vm.ToString(-1); ok {
		switch own, ok := message(f.Cause); {
		case !ok:
			return text, nil
		case own == "" && len(text) != f.Cause.(long).Size(): // coroutine.wrap has put a position in front
			return text, nil
		case own == "": // it is in the text
			return "", f.Cause
		}
		return text, f.Cause
	}
	return describe(vm), nil
}

// message returns the text of an error of the host; ok is false if there is none, or if the error panics when it is
// asked.
func message(err error) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	if err == nil {
		return "", false
	}
	if long, ok := err.(long); ok {
		long.Name()
		return "", true
	}
	return err.Error(), true
}

// long is an error of the host whose text may be long.
type long interface {
	Name() string
	Size() int
}

// Text returns the text of the error value on the top of vm's stack. The stack may grow.
func Text(vm backend.VM, f *backend.Failure) string {
	text, err := Value(vm, f)
	if text == "" && err != nil {
		return err.Error()
	}
	return text
}

// Report returns the text of the error value on the top of vm's stack with the traceback, as a program prints an error
// that nothing caught. The text of an error with stacks of its own has them already.
func Report(vm backend.VM, f *backend.Failure) (message, traceback string) {
	message, err := Value(vm, f)
	if message == "" && err != nil {
		message = err.Error()
	}
	var traced interface{ Traceback() string }
	if errors.As(err, &traced) && traced.Traceback() != "" {
		return message, ""
	}
	return message, "\n" + f.Traceback.String()
}

// describe returns the result of __tostring for the value on the top, or a sentence about its type if that fails too.
func describe(vm backend.VM) string {
	sentence := fmt.Sprintf("(error object is a %s value)", vm.Type(-1))
	value := vm.GetTop()
	if !vm.GetMetatable(value) {
		return sentence
	}
	vm.RawGetField(-1, "__tostring")
	if vm.Type(-1) == backend.Nil {
		return sentence
	}
	vm.PushFunction(func(s backend.VM) int {
		s.PushString(backend.ToStringMeta(s, 1))
		return 1
	})
	vm.PushValue(value)
	if vm.PCall(1, 1) != nil {
		return sentence
	}
	text, _ := vm.ToString(-1)
	return text
}
