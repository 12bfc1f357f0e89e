package llthreads2

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// module is the Lua module llthreads2 in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	group    *Group
	registry *mtstates.Registry
}

func (m *module) new(s backend.VM, a newArgs) (int, error) {
	last := s.GetTop()
	interrupt := &backend.Interrupt{}
	vm, err := m.registry.NewInterruptibleVM(s.Env().Backend, interrupt)
	if err != nil {
		return 0, err
	}
	built := false
	defer func() {
		if !built {
			vm.Close()
		}
	}()
	if err := inheritLogger(s, vm); err != nil {
		return 0, err
	}
	p, err := load(s, vm, a.code, a.rest, last)
	if err != nil {
		return 0, err
	}
	t := &Thread{
		group:     m.group,
		id:        lastID.Add(1),
		vm:        vm,
		interrupt: interrupt,
		program:   p,
		done:      make(chan struct{}),
	}
	s.PushUserdata(t, threadType)
	built = true
	return 1, nil
}

// threadMeta completes the metatable of threads, which is on the top.
func (m *module) threadMeta(s backend.VM) {
	s.PushFunction(func(s backend.VM) int {
		t, _ := s.ToUserdata(1).(*Thread)
		s.PushString(fmt.Sprintf("%s: %p", threadType, t))
		return 1
	})
	s.RawSetField(-2, "__tostring")
}

func (m *module) threadStart(s backend.VM, t *Thread, a threadStartArgs) (int, error) {
	if t.started {
		return refuse(s, "thread already started")
	}
	joinable := !a.detached
	if a.hasJoinable {
		joinable = a.joinable
	}
	t.start(a.detached, joinable)
	s.PushValue(1)
	return 1, nil
}

func (m *module) threadAlive(s backend.VM, t *Thread) (int, error) {
	return answer(s, t.alive())
}

func (m *module) threadStarted(s backend.VM, t *Thread) (int, error) {
	return answer(s, t.started)
}

func (m *module) threadDetached(s backend.VM, t *Thread) (int, error) {
	return answer(s, t.detached)
}

func (m *module) threadJoinable(s backend.VM, t *Thread) (int, error) {
	return answer(s, t.joinable)
}

func answer(s backend.VM, value bool) (int, error) {
	s.PushBoolean(value)
	return 1, nil
}

func (m *module) threadInterrupt(_ backend.VM, t *Thread, a threadInterruptArgs) (int, error) {
	t.interrupt.Set(backend.InterruptFlag(a.flag, a.hasFlag))
	return 0, nil
}
