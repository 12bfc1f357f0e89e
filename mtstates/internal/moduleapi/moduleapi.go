// Package moduleapi hands functions of the core to package modules, which is on a page of its own for the authors of
// modules: the core sets them when it is initialised, and cannot be imported here. An error in the arguments and results is an
// *mtstates.Error, a ref an mtstates.Ref and a state an *mtstates.State.
package moduleapi

import (
	"context"

	"github.com/mtstates/go-mtstates/backend"
)

// Functions are the functions of package modules, which documents them.
type Functions[E error, R any, S any] struct {
	NewError      func(name string) E
	OpenErrors    func(vm backend.VM, module string, sentinels []E)
	Raise         func(vm backend.VM, err error) int
	CrossingError func(vm backend.VM, err error, function string, first int) error
	EditionOf     func(vm backend.VM) string
	ToValue       func(value any) (backend.Value, error)
	FromValue     func(v backend.Value) any
	PushRef       func(vm backend.VM, ref R)
	Holding       func(ctx context.Context) []S
	CallIf        func(ctx context.Context, st S, waits bool, allowed func() error, args []backend.Value) ([]backend.Value, error)
}

// Core is the Functions of the core.
var Core any
