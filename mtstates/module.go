package mtstates

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// module is the Lua module mtstates in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	registry *Registry
	run      *run // of the VM's state; nil in a VM that is not a state's
	env      *backend.Env
}

// moduleKey is the key under which each VM of a registry keeps its module.
type moduleKey struct{}

// moduleOf returns the module of a VM, nil if the VM is of no registry.
func moduleOf(vm backend.VM) *module {
	m, _ := vm.Env().Kept(moduleKey{}).(*module)
	return m
}

// info is _INFO.
func (m *module) info(s backend.VM) string {
	b := s.Env().Backend
	return fmt.Sprintf("mtstates %s (%s, %s)", Version, b.Name(), b.LuaVersion())
}

func (m *module) newstate(
	s backend.VM, name binding.Optional[string], libraries bool, setup, rest int,
) (int, error) {
	last := s.GetTop()
	b := blueprint{
		registry:  m.registry,
		backend:   m.registry.backend,
		name:      name.Value,
		named:     name.Present,
		libraries: libraries,
		origin:    m.originIn(),
		caller:    s,
	}
	b.pushSetup = func(vm backend.VM) error {
		if text, ok := s.ToString(setup); ok {
			return loadSetup(vm, text, text)
		}
		if err := s.CopyFunction(vm, setup); err != nil {
			return &ArgumentError{setup, "newstate", err.Error()}
		}
		return nil
	}
	b.pushArgs = func(st *State) (int, error) {
		if err := crossing.Copy(s, st.vm, rest, last); err != nil {
			return 0, st.argumentFault(s, err, "newstate", 1)
		}
		return last - rest + 1, nil
	}
	results := 0
	b.takeResults = func(st *State, first int) error {
		st.PushTo(s)
		results = st.vm.GetTop() - first + 1
		if err := crossing.Copy(st.vm, s, first, st.vm.GetTop()); err != nil {
			return st.resultFault(s, err, "state setup")
		}
		return nil
	}
	if _, err := m.registry.create(b); err != nil {
		return 0, err
	}
	return 1 + results, nil
}

func (m *module) state(s backend.VM, id int) (Ref, error) {
	if s.Type(id) == backend.String {
		name, _ := s.ToString(id)
		return m.lookup(s, name)
	}
	st, err := m.stateByNumber(s, id)
	if err != nil {
		return nil, err
	}
	return st, nil
}

// stateByNumber finds a state by a Lua number. A number with a fraction is never an id.
func (m *module) stateByNumber(s backend.VM, index int) (*State, error) {
	if id, ok := arg.ID(s, index); ok {
		return m.registry.StateByID(id)
	}
	text, _ := s.ToString(index)
	return nil, ErrUnknownObject.With("state id " + text)
}

func (m *module) typeOf(s backend.VM, value int) (string, error) {
	return arg.TypeName(s, value), nil
}

func (m *module) stateID(_ backend.VM, ref Ref) (id binding.Optional[int64], err error) {
	if st, ok := ref.(*State); ok {
		id = binding.Some(st.id)
	}
	return id, nil
}

func (m *module) stateName(_ backend.VM, ref Ref) (binding.Optional[string], error) {
	name, named := ref.Name()
	return binding.Optional[string]{Value: name, Present: named}, nil
}

func (m *module) stateCall(s backend.VM, ref Ref, first int) (int, error) {
	if st, ok := ref.(*State); ok {
		return st.callFrom(s, first, m)
	}
	return m.callRef(s, ref, first)
}

func (m *module) stateInterrupt(_ backend.VM, ref Ref, flag binding.Optional[bool]) error {
	if st, ok := ref.(*State); ok {
		return st.Interrupt(backend.InterruptFlag(flag.Value, flag.Present))
	}
	return ErrOtherProcess
}

func (m *module) stateClose(_ backend.VM, ref Ref) error {
	if st, ok := ref.(*State); ok {
		return st.Close()
	}
	return ErrOtherProcess
}
