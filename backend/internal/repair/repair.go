// Package repair has what the repairs of VM faults in the backends share. Only backends import it.
//
// # Rules
//
// A repair depends on what a VM does not promise: unexported fields, or the form of its code or its syntax trees. So
// each repair has a probe, which checks the VM's behaviour with the repair in place. It runs once per process, when the
// repair is first asked for, and never on import. If it fails, the repair is off, the VM's own way is used, and
// Degraded of the backend names the promise that is lost. A probe must not touch memory whose layout it has not
// checked.
package repair

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
)

// Repair is one repair of a VM's faults.
type Repair struct {
	name  string
	lost  string
	probe func() error
	state atomic.Int32
}

// The states of a repair.
const (
	unknown = iota
	on
	off
)

// New returns a repair. name is its name in backend/REPAIRS.md, lost is what does not hold without it, and probe
// returns nil if it works. A panic in probe is a failure.
func New(name, lost string, probe func() error) *Repair {
	return &Repair{name: name, lost: lost, probe: sync.OnceValue(func() error { return contained(probe) })}
}

// On reports whether the repair works. Its first call runs the probe.
func (r *Repair) On() bool {
	state := r.state.Load()
	return state == on || state == unknown && r.settle()
}

func (r *Repair) settle() bool {
	if r.probe() != nil {
		r.state.CompareAndSwap(unknown, off)
		return false
	}
	r.state.CompareAndSwap(unknown, on)
	return true
}

// Suspend turns the repair off until resume is called, for tests of what happens without it.
func (r *Repair) Suspend() (resume func()) {
	was := r.state.Swap(off)
	return func() { r.state.Store(was) }
}

// Name returns the name of the repair.
func (r *Repair) Name() string { return r.name }

// Off is the reason for which a probe fails if it needs another repair, which is off.
func Off(needed *Repair) error {
	if needed.On() {
		return nil
	}
	return fmt.Errorf("needs %s", needed.name)
}

// Degraded returns what is lost because repairs are off.
func Degraded(repairs ...*Repair) []backend.Degradation {
	var lost []backend.Degradation
	for _, r := range repairs {
		if err := r.probe(); err != nil {
			lost = append(lost, backend.Degradation{Repair: r.name, Lost: r.lost, Reason: err.Error()})
		}
	}
	return lost
}

func contained(probe func() error) (err error) {
	defer func() {
		if e := recover(); e != nil {
			err = errors.New("the probe panicked: " + fmt.Sprint(e))
		}
	}()
	return probe()
}
