package mtstates

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
)

const (
	Version = "1"
	Lax     = false
)

var Limits = []int{1}

type (
	Error  struct{}
	State  struct{}
	module struct{}

	edition struct {
		name string
		rules
	}
)

func editionOf(backend.VM) string { return editions[0].name }
func resolve(any) (*State, bool)  { return nil, false }

func newError(string) *Error                  { return nil }
func raise(backend.VM, error) int             { return 0 }
func openErrors(backend.VM, string, []*Error) {}

func (*module) info(backend.VM) string { return "" }
func (*module) newstate(_ backend.VM, name binding.Optional[string], libs bool, setup, rest int) (int, error) {
	return 0, nil
}
func (*module) typeOf(_ backend.VM, value int) (string, error)           { return "", nil }
func (*module) stateID(backend.VM, *State) (int64, error)                { return 0, nil }
func (*module) stateCall(_ backend.VM, _ *State, first int) (int, error) { return 0, nil }
func (*module) older(backend.VM) error                                   { return nil }
func (*module) newer(backend.VM) error                                   { return nil }
func (*module) stateCallWaiting(_ backend.VM, _ *State, seconds float64, rest int) (int, error) {
	return 0, nil
}
func (*module) stateOn(
	_ backend.VM, _ *State, count binding.Optional[int64], what, f int,
) error {
	return nil
}
func (*module) errorName(backend.VM, *Error) (binding.Optional[string], error) {
	return binding.Optional[string]{}, nil
}
