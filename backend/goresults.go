package backend

import (
	"errors"
	"fmt"
)

// ErrNilFunction is what pushing a nil Function panics with.
var ErrNilFunction = errors.New("nil Go function")

// WrongResults raises the error of a Function that has returned another number of results than values are on its stack: they
// would be values of other functions. Adapters call it; it does not return.
func WrongResults(vm VM, results int) int {
	return Raise(vm, fmt.Sprintf("a Go function returned %d results with %d values on its stack", results, vm.GetTop()))
}
