package llthreads2

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// A VM keeps its logger, and hands copies of it on to the VMs of its threads, in a table that scripts do not see: one
// that is registered as a metatable, for no type.
const (
	loggerTable = "llthreads2.logger"
	loggerField = "function"
)

func (m *module) setLogger(s backend.VM, logger int) error {
	backend.NewMetatable(s, loggerTable)
	table := s.GetTop()
	if logger == 0 {
		s.PushNil()
	} else if err := s.CopyFunction(s, logger); err != nil { // a copy, as the threads will get it
		return &mtstates.ArgumentError{Index: 1, Function: "set_logger", Message: err.Error()}
	}
	s.RawSetField(table, loggerField)
	return nil
}

// pushLogger pushes the logger of s; without one it pushes something else and returns false.
func pushLogger(s backend.VM) bool {
	backend.GetRegistered(s, loggerTable)
	if s.Type(-1) != backend.Table {
		return false
	}
	s.RawGetField(-1, loggerField)
	return s.Type(-1) == backend.FunctionType
}

// inheritLogger gives vm the logger of s. Both stacks stay as they are.
func inheritLogger(s, vm backend.VM) error {
	top, vmTop := s.GetTop(), vm.GetTop()
	defer s.SetTop(top)
	defer vm.SetTop(vmTop)
	if !pushLogger(s) {
		return nil
	}
	backend.NewMetatable(vm, loggerTable)
	if err := s.CopyFunction(vm, s.GetTop()); err != nil {
		return err
	}
	vm.RawSetField(-2, loggerField)
	return nil
}

// callLogger hands a message to the logger of vm; it returns false when there is none, or when it fails.
func callLogger(vm backend.VM, text string) bool {
	top := vm.GetTop()
	defer vm.SetTop(top)
	if !pushLogger(vm) {
		return false
	}
	vm.PushString(text)
	return vm.PCall(1, 0) == nil
}
