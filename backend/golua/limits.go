package golua

import (
	"errors"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/hooks"
	"github.com/mtstates/go-mtstates/backend/golua/repair/measure"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
)

// limit gives a new VM its budget, if it has limits.
func limit(l *lua.State, d *vmdata) error {
	b := backend.NewBudget(d.env.Options, func() int { return measure.Bytes(l) })
	if b == nil {
		return nil
	}
	if !compiler.Repair.On() || !hooks.Repair.On() || !measure.Repair.On() {
		return errors.New("backend golua cannot limit memory and instructions with this version of the VM")
	}
	d.env.Budget, d.hooks.Budget, d.hooks.Exceeded = b, b, raiseExceeded
	d.hooks.Begin(l)
	return nil
}

// MeasureMemory implements backend.Measurer.
func (s state) MeasureMemory() (bytes int, ok bool) {
	if !measure.Repair.On() {
		return 0, false
	}
	return measure.Bytes(s.l), true
}

// raiseExceeded raises the error of a limit, out of a hook.
func raiseExceeded(l *lua.State, err error) {
	l.PushString(err.Error())
	if err == backend.ErrOutOfMemory {
		panic(traced(l, &raised.Error{OutOfMemory: true, Interrupted: true}))
	}
	panic(traced(l, &raised.Error{Cause: err, Interrupted: true}))
}
