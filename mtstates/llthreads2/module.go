package llthreads2

import (
	"runtime"
	"strconv"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/label"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// module is the Lua module llthreads2 in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	group    *Group
	registry *mtstates.Registry
}

func (m *module) new(s backend.VM, code, rest int) (*Thread, error) {
	last := s.GetTop()
	place, err := m.group.admit(m.registry.MaxThreads())
	if err != nil {
		return nil, err
	}
	interrupts := &backend.Foreground{}
	vm, err := m.registry.NewVMFor(s, interrupts.Interrupt())
	if err != nil {
		place.leave()
		return nil, err
	}
	built := false
	defer func() {
		if !built {
			vm.Close()
			place.leave()
		}
	}()
	if err := inheritLogger(s, vm); err != nil {
		return nil, err
	}
	p, err := load(s, vm, code, rest, last)
	if err != nil {
		return nil, err
	}
	built = true
	t := &Thread{
		group:      m.group,
		place:      place,
		id:         lastID.Add(1),
		vm:         vm,
		interrupts: interrupts,
		threads:    threads.Of(vm),
		program:    p,
		done:       make(chan struct{}),
	}
	label.SetThread(vm.Env(), strconv.FormatInt(t.id, 10))
	runtime.AddCleanup(t, leave, place) // if it is never started, or never joined
	t.handle.Init(&t.owned, (*lapsed)(t), s)
	return t, nil
}

func (m *module) threadStart(
	s backend.VM, t *Thread, detached bool, joinable binding.Optional[bool],
) (int, error) {
	if t.started {
		return refuse(s, "thread already started")
	}
	t.start(detached, joinable.Or(!detached))
	s.PushValue(1)
	return 1, nil
}

func (m *module) threadAlive(s backend.VM, t *Thread) (int, error) {
	if t.started {
		s.PushBoolean(t.alive())
	} else {
		s.PushNil()
	}
	return 1, nil
}

func (m *module) threadStarted(_ backend.VM, t *Thread) (bool, error) { return t.started, nil }

func (m *module) threadDetached(_ backend.VM, t *Thread) (bool, error) { return t.detached, nil }

func (m *module) threadJoinable(_ backend.VM, t *Thread) (bool, error) { return t.joinable, nil }

func (m *module) threadInterrupt(_ backend.VM, t *Thread, flag binding.Optional[bool]) error {
	t.interrupts.Set(backend.InterruptFlag(flag.Value, flag.Present))
	return nil
}
