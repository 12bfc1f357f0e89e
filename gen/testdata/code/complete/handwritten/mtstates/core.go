package mtstates

import "github.com/mtstates/go-mtstates/backend"

const (
	Version = "1"
	Lax     = false
)

var Limits = []int{1}

type (
	Error  struct{}
	State  struct{}
	module struct{}
)

func NewError(string) *Error                  { return nil }
func Raise(backend.VM, error) int             { return 0 }
func OpenErrors(backend.VM, string, []*Error) {}

func (*module) info(backend.VM) string                               { return "" }
func (*module) newstate(backend.VM, newstateArgs) (int, error)       { return 0, nil }
func (*module) typeOf(backend.VM, typeArgs) (int, error)             { return 0, nil }
func (*module) stateID(backend.VM, *State) (int, error)              { return 0, nil }
func (*module) stateCall(backend.VM, *State) (int, error)            { return 0, nil }
func (*module) stateOn(backend.VM, *State, stateOnArgs) (int, error) { return 0, nil }
func (*module) stateMeta(backend.VM)                                 {}
func (*module) errorName(backend.VM, *Error) (int, error)            { return 0, nil }
func (*module) errorMeta(backend.VM)                                 {}
