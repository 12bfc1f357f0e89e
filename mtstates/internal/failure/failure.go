// Package failure reads the error value that a failed protected call left on the top of a VM's stack. Packages below
// mtstates import it, nothing else does.
package failure

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// Value returns the error value on the top of vm's stack: the Go error that it holds as userdata, whose text may be long
// and is made by who needs it, or else its text. The stack may grow; the caller sets its top anyway.
func Value(vm backend.State, f *backend.Failure) (err error, text string) {
	if f.Broken {
		return nil, "the VM is broken by a Go panic"
	}
	if err, ok := vm.ToUserdata(-1).(error); ok {
		return err, ""
	}
	if text, ok := vm.ToString(-1); ok {
		return nil, text
	}
	return nil, describe(vm)
}

// describe returns what __tostring gives for the value on the top, or a sentence about its type. __tostring may fail
// in its turn.
func describe(vm backend.State) string {
	sentence := fmt.Sprintf("(error object is a %s value)", vm.Type(-1))
	value := vm.Top()
	if !vm.Metatable(value) {
		return sentence
	}
	vm.RawField(-1, "__tostring")
	if vm.Type(-1) == backend.Nil {
		return sentence
	}
	vm.PushFunction(func(s backend.State) int {
		s.PushString(s.ToStringMeta(1))
		return 1
	})
	vm.PushCopy(value)
	if vm.ProtectedCall(1, 1) != nil {
		return sentence
	}
	text, _ := vm.ToString(-1)
	return text
}
