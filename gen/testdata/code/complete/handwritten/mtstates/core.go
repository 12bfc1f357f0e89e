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

func NewError(string) *Error                     { return nil }
func Raise(backend.State, error) int             { return 0 }
func OpenErrors(backend.State, string, []*Error) {}

func (*module) info(backend.State) string                               { return "" }
func (*module) newstate(backend.State, newstateArgs) (int, error)       { return 0, nil }
func (*module) typeOf(backend.State, typeArgs) (int, error)             { return 0, nil }
func (*module) stateID(backend.State, *State) (int, error)              { return 0, nil }
func (*module) stateCall(backend.State, *State) (int, error)            { return 0, nil }
func (*module) stateOn(backend.State, *State, stateOnArgs) (int, error) { return 0, nil }
func (*module) stateMeta(backend.State)                                 {}
func (*module) errorName(backend.State, *Error) (int, error)            { return 0, nil }
func (*module) errorMeta(backend.State)                                 {}
