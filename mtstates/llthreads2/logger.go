package llthreads2

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// A VM keeps its logger, of which the VMs of its threads get copies, in a table that scripts cannot see: one that is
// registered as the metatable of no type.
const (
	loggerTable = "llthreads2.logger"
	loggerField = "function"
)

func (m *module) setLogger(s backend.VM, logger int) error {
	backend.NewMetatable(s, loggerTable)
	table := s.GetTop()
	if logger == 0 {
		s.PushNil()
	} else if err := s.CopyFunction(s, logger); err != nil { // a test copy, like those for the threads
		return &mtstates.ArgumentError{Index: 1, Function: "set_logger", Message: err.Error()}
	}
	s.RawSetField(table, loggerField)
	return nil
}

// pushLogger pushes the logger of s. Without one it pushes another value and returns false.
func pushLogger(s backend.VM) bool {
	backend.GetRegistered(s, loggerTable)
	if s.Type(-1) != backend.Table {
		return false
	}
	s.RawGetField(-1, loggerField)
	return s.Type(-1) == backend.FunctionType
}

// inheritLogger copies the logger of s to vm. Both stacks stay as they are.
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

// callLogger calls the logger of vm with a message. It returns false if there is none, or if it fails.
func callLogger(vm backend.VM, text string) bool {
	top := vm.GetTop()
	defer vm.SetTop(top)
	if !pushLogger(vm) {
		return false
	}
	vm.PushString(text)
	return vm.PCall(1, 0) == nil
}
