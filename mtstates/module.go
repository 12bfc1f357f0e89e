package mtstates

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// module is the Lua module mtstates in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	registry *Registry
	depth    *int // of the running call of the VM's state; nil in a VM of the host
}

// nextDepth returns the depth of a call that the running function of the VM makes.
func (m *module) nextDepth() int {
	if m.depth == nil {
		return 1
	}
	return *m.depth + 1
}

// info is _INFO.
func (m *module) info(s backend.VM) string {
	b := s.Env().Backend
	return fmt.Sprintf("mtstates %s (%s, %s)", Version, b.Name(), b.LuaVersion())
}

func (m *module) newstate(s backend.VM, a newstateArgs) (int, error) {
	last := s.GetTop()
	b := blueprint{
		backend:   m.registry.backend,
		name:      a.name,
		named:     a.hasName,
		libraries: a.libs,
		caller:    s,
		depth:     m.nextDepth(),
	}
	b.pushSetup = func(vm backend.VM) error {
		if text, ok := s.ToString(a.setup); ok {
			return loadSetup(vm, text, s)
		}
		if err := s.CopyFunction(vm, a.setup); err != nil {
			return &ArgumentError{a.setup, "newstate", err.Error()}
		}
		return nil
	}
	b.pushArgs = func(vm backend.VM) (int, error) {
		switch bad := s.Transfer(vm, a.rest, last); {
		case bad == backend.NoRoom:
			return 0, ErrOutOfMemory.With(fmt.Sprintf("no room for %d values on the stack", last-a.rest+1))
		case bad != 0:
			return 0, unsupported(bad, "newstate", s.Type(bad))
		}
		return last - a.rest + 1, nil
	}
	results := 0
	b.takeResults = func(st *State, first int) error {
		s.PushUserdata(st, stateType)
		results = st.vm.GetTop() - first + 1
		if bad := st.vm.Transfer(s, first, st.vm.GetTop()); bad != 0 {
			return st.badResult(s, bad, "state setup", bad-st.callback+1)
		}
		return nil
	}
	if _, err := m.registry.create(b); err != nil {
		return 0, err
	}
	return 1 + results, nil
}

func (m *module) state(s backend.VM, a stateArgs) (int, error) {
	var st *State
	var err error
	if s.Type(a.id) == backend.String {
		name, _ := s.ToString(a.id)
		st, err = m.registry.StateByName(name)
	} else {
		st, err = m.stateByNumber(s, a.id)
	}
	if err != nil {
		return 0, err
	}
	s.PushUserdata(st, stateType)
	return 1, nil
}

// stateByNumber finds a state by a Lua number; one with a fraction is the id of none.
func (m *module) stateByNumber(s backend.VM, index int) (*State, error) {
	if id, ok := arg.ID(s, index); ok {
		return m.registry.StateByID(id)
	}
	text, _ := s.ToString(index)
	return nil, ErrUnknownObject.With("state id " + text)
}

func (m *module) typeOf(s backend.VM, a typeArgs) (int, error) {
	s.PushString(arg.TypeName(s, a.arg))
	return 1, nil
}

// stateMeta completes the metatable of states, which is on the top.
func (m *module) stateMeta(s backend.VM) {
	s.PushFunction(func(s backend.VM) int {
		st, ok := s.ToUserdata(1).(*State)
		if !ok {
			return 0
		}
		s.PushString(st.String())
		return 1
	})
	s.RawSetField(-2, "__tostring")
}

func (m *module) stateID(s backend.VM, st *State) (int, error) {
	s.PushNumber(float64(st.id))
	return 1, nil
}

func (m *module) stateName(s backend.VM, st *State) (int, error) {
	if !st.named {
		return 0, nil
	}
	s.PushString(st.name)
	return 1, nil
}

func (m *module) stateCall(s backend.VM, st *State) (int, error) {
	return st.callFrom(s, 2, m.nextDepth())
}

func (m *module) stateInterrupt(_ backend.VM, st *State, a stateInterruptArgs) (int, error) {
	return 0, st.Interrupt(backend.InterruptFlag(a.flag, a.hasFlag))
}

func (m *module) stateClose(s backend.VM, st *State) (int, error) {
	return 0, st.Close()
}
