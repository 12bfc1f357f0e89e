package mtmsg

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// luggage has the handles in the values of a writer or reader that a VM has. They are released when the values are dropped,
// and when the VM is closed.
type luggage struct {
	handles []*owner.Handle
	owned   owner.Owned
	own     owner.Handle // of the luggage itself; used from the first handles on
	packed  bool
}

// replace replaces the handles.
func (l *luggage) replace(c *cargo, vm backend.VM) {
	l.drop()
	l.add(c.list(), vm)
}

// add adds handles. vm is the VM that has the writer or reader, nil for Go.
func (l *luggage) add(handles []*owner.Handle, vm backend.VM) {
	if len(handles) == 0 {
		return
	}
	l.handles = append(l.handles, handles...)
	if !l.packed && vm != nil {
		l.packed = true
		l.own.Init(&l.owned, l, vm)
	}
}

// take returns the handles for a message that they go with, nil if there are none.
func (l *luggage) take() *cargo {
	if len(l.handles) == 0 {
		return nil
	}
	c := &cargo{l.handles}
	l.handles = nil
	return c
}

// drop releases the handles.
func (l *luggage) drop() { l.take().release() }

// Expire hands the handles over when the VM is closed.
func (l *luggage) Expire(further *owner.Pending) { further.Add(l.take().list()...) }
