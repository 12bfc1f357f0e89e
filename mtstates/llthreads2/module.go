package llthreads2

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// module is the Lua module llthreads2 in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	group    *Group
	registry *mtstates.Registry
}

func (m *module) new(s backend.State, a newArgs) (int, error) {
	last := s.Top()
	vm, err := m.registry.NewVM(s.Backend(), nil)
	if err != nil {
		return 0, err
	}
	base := vm.Top()
	if err := pushCode(s, vm, a.code); err != nil {
		return 0, err
	}
	if bad := s.Transfer(vm, a.rest, last); bad != 0 {
		if bad == backend.NoRoom {
			return 0, mtstates.ErrOutOfMemory.With("no room for the arguments on the thread's stack")
		}
		return 0, &mtstates.ArgumentError{Index: bad, Function: "new", Message: "type '" + s.Type(bad).String() + "' not supported"}
	}
	s.PushUserdata(&Thread{group: m.group, vm: vm, base: base, args: last - a.rest + 1}, threadType)
	return 1, nil
}

// pushCode pushes the function of a new thread onto its VM.
func pushCode(s, vm backend.State, code int) error {
	if source, ok := s.ToString(code); ok {
		return vm.Load(source, source)
	}
	if err := s.CopyFunction(vm, code); err != nil {
		return &mtstates.ArgumentError{Index: code, Function: "new", Message: err.Error()}
	}
	return nil
}

// threadMeta completes the metatable of threads, which is on the top.
func (m *module) threadMeta(s backend.State) {
	s.PushFunction(func(s backend.State) int {
		t, _ := s.ToUserdata(1).(*Thread)
		s.PushString(fmt.Sprintf("%s: %p", threadType, t))
		return 1
	})
	s.SetRawField(-2, "__tostring")
}

func (m *module) threadStart(s backend.State, t *Thread, a threadStartArgs) (int, error) {
	joinable := !a.detached
	if a.hasJoinable {
		joinable = a.joinable
	}
	if err := t.start(a.detached, joinable); err != nil {
		return 0, err
	}
	s.PushCopy(1)
	return 1, nil
}

func (m *module) threadJoin(s backend.State, t *Thread, a threadJoinArgs) (int, error) {
	switch {
	case !t.started:
		return 0, errors.New("thread not started")
	case !t.joinable:
		return 0, errors.New("thread not joinable")
	case !t.wait(a):
		s.PushNil()
		s.PushString("timeout")
		return 2, nil
	}
	t.group.seen(t)
	var failed *threadError
	if errors.As(t.err, &failed) {
		s.PushBoolean(false)
		s.PushString(failed.message)
		return 2, nil
	}
	return t.pushResults(s)
}

// wait waits for the end of the thread and tells whether it came in time.
func (t *Thread) wait(a threadJoinArgs) bool {
	if !a.hasTimeout {
		<-t.done
		return true
	}
	if !t.alive() {
		return true
	}
	timer := time.NewTimer(time.Duration(math.Min(math.Max(a.timeout, 0)*1e9, math.MaxInt64/2)))
	defer timer.Stop()
	select {
	case <-t.done:
		return true
	case <-timer.C:
		return false
	}
}

func (t *Thread) pushResults(s backend.State) (int, error) {
	results := t.vm.Top() - t.base
	s.PushBoolean(true)
	switch bad := t.vm.Transfer(s, t.base+1, t.vm.Top()); {
	case bad == backend.NoRoom:
		return 0, mtstates.ErrOutOfMemory.With("no room for the results of the thread on the stack")
	case bad != 0:
		return 0, fmt.Errorf("thread returns bad parameter #%d: type '%s' not supported", bad-t.base, t.vm.Type(bad))
	}
	return 1 + results, nil
}

func (m *module) threadAlive(s backend.State, t *Thread) (int, error) {
	s.PushBoolean(t.alive())
	return 1, nil
}
