package mtmsg

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates/internal/seconds"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// collect returns the values on the stack from index first on, in the scratch memory. function is the name in an error.
func (m *module) collect(s backend.VM, first int, function string) ([]backend.Value, error) {
	values, err := crossing.Read(s, first, s.GetTop(), m.scratch[:0], s.Env().Interrupt)
	if err != nil {
		m.keep(values)
		return nil, modules.CrossingError(s, err, function, first)
	}
	return values, nil
}

// keep takes back the scratch memory that collect or a source has used.
func (m *module) keep(values []backend.Value) { m.scratch = reuse(values) }

// pushNext pushes the values of the next message of a source and returns their number. If the stack has no room for the
// message, it goes back to where it came from.
func (m *module) pushNext(s backend.VM, src source, l limits) (int, error) {
	msg, from, err := next(src, m.scratch[:0], unlimited, l)
	if err != nil || from == nil {
		return 0, err
	}
	defer m.keep(msg.values)
	if err := pushValues(s, msg.values); err != nil {
		from.putBack(msg)
		return 0, err
	}
	msg.held.release()
	return len(msg.values), nil
}

// pushValues pushes all values, or none if there is no room.
func pushValues(s backend.VM, values []backend.Value) error {
	err := crossing.Push(s, values, s.Env().Interrupt)
	var interrupted *crossing.InterruptedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &interrupted):
		return ErrOperationAborted.With(interrupted.By.Message())
	case errors.Is(err, crossing.ErrNoRoom):
		return ErrOutOfMemory.With(fmt.Sprintf("no room for %d values on the stack", len(values)))
	}
	return ErrOutOfMemory.With(err.Error())
}

// waitLimits returns the limits of a wait in the VM s, which may be interrupted.
func waitLimits(s backend.VM, timeout binding.Optional[float64], poll bool) limits {
	l := limits{vm: s, poll: poll, done: backend.ContextDone(s)}
	if timeout.Present {
		l.timed, l.timeout = true, seconds.Duration(timeout.Value)
		l.poll = poll || l.timeout == 0
	}
	return l
}
