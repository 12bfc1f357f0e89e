// Package modules is for authors of Lua modules in Go: for the code that mtgen generates from a YAML file, for functions that
// are written against package backend (see [mtstates.WithModules]), and for what connects states with other processes. Programs that
// only make and call states, and give scripts Go functions with [mtstates.WithGo], do not need it.
//
// Functions with a VM are called in the goroutine that runs the VM, as all of package backend.
package modules

import (
	"context"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/moduleapi"
)

var core = moduleapi.Core.(moduleapi.Functions[*mtstates.Error, mtstates.Ref, *mtstates.State])

// NewError returns an error without details. The name has the form MODULE.error.NAME.
func NewError(name string) *mtstates.Error { return core.NewError(name) }

// OpenErrors pushes a table with the errors of a module under their short names, as they are in Lua: objects, whose class
// it registers, or strings. Generated code calls it for each module with errors.
func OpenErrors(vm backend.VM, module string, sentinels []*mtstates.Error) {
	core.OpenErrors(vm, module, sentinels)
}

// Raise raises err in Lua: an *[mtstates.Error] as an object with the stack of vm, or as its text in an edition with such
// errors; any other error as a message with the position of the caller. Outside of the state errors.Is and errors.As find
// err, unless a script caught it and raised something else. Raise does not return; its result allows
// "return Raise(vm, err)" in a [backend.Function].
func Raise(vm backend.VM, err error) int { return core.Raise(vm, err) }

// CrossingError returns the error for arguments of a module's function that package crossing could not take from the
// stack of vm; first is the index of the argument that counts as the first. An interrupt of vm is raised in it instead.
func CrossingError(vm backend.VM, err error, function string, first int) error {
	return core.CrossingError(vm, err, function, first)
}

// EditionOf returns the name of the edition of the modules in a VM. Generated code asks for it when it opens a module.
func EditionOf(vm backend.VM) string { return core.EditionOf(vm) }

// ToValue converts a Go value into the form that crosses between states. [mtstates.State.Call] describes which values can be
// converted; it returns an error for any other value.
func ToValue(value any) (backend.Value, error) { return core.ToValue(value) }

// FromValue converts a value back into what [mtstates.Results] may have.
func FromValue(v backend.Value) any { return core.FromValue(v) }

// PushRef pushes a handle of the type mtstates.state for ref, as the method PushTo of an [mtstates.Ref] does.
func PushRef(vm backend.VM, ref mtstates.Ref) { core.PushRef(vm, ref) }

// Holding returns the states that run the call in which a Go function got ctx, the innermost first. They cannot run
// another call before that one ends.
func Holding(ctx context.Context) []*mtstates.State { return core.Holding(ctx) }

// CallIf is [mtstates.State.Call], or with waits false [mtstates.State.TryCall], with values in the form that crosses
// between states, and under a condition: allowed is called when the call has its turn, directly before the callback. If it
// returns an error, CallIf returns that and the callback has not run.
func CallIf(ctx context.Context, st *mtstates.State, waits bool, allowed func() error, args []backend.Value) ([]backend.Value, error) {
	return core.CallIf(ctx, st, waits, allowed, args)
}
