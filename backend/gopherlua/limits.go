package gopherlua

import (
	"errors"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/measure"
)

// limit gives a new VM its budget, if it has limits.
func limit(l *lua.LState, d *vmdata) error {
	d.env.Budget = backend.NewBudget(d.env.Options, func() int { return measure.Bytes(l) })
	if d.env.Budget != nil && !(loop.Repair.On() && frames.Repair.On() && measure.Repair.On()) {
		return errors.New("backend gopherlua cannot limit memory and instructions with this version of the VM")
	}
	return nil
}

// MeasureMemory implements backend.Measurer.
func (s state) MeasureMemory() (bytes int, ok bool) {
	if !measure.Repair.On() {
		return 0, false
	}
	return measure.Bytes(s.l), true
}

// raiseExceeded raises the error of a limit that was exceeded.
func raiseExceeded(l *lua.LState, err error) { throwValue(l, lua.LString(err.Error()), err) }

// begin starts a call of the host, which is not made inside of another one when nothing runs.
func (d *vmdata) begin(l *lua.LState) {
	if d.watch != nil && d.watch.Budget != nil && l.Parent == nil && frames.Current(l) == nil {
		d.watch.Begin()
	}
}
