package mtstates

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates/internal/realm"
	"github.com/mtstates/go-mtstates/mtstates/internal/seconds"
)

// module is the Lua module mtstates in one VM. Its functions are registered by generated code (module_gen.go).
type module struct {
	registry *Registry
	run      *run // of the VM's state; nil in a VM that is not a state's
	env      *backend.Env
	realm    *realm.Realm // of the code in the VM
	limits   limits       // of the states that it makes
	raised   raisedErrors
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
	results := 0
	b := m.blueprint(s, "newstate", setup, rest, &results)
	b.name, b.named, b.libraries = name.Value, name.Present, libraries
	_, err := m.registry.create(b)
	return results, err
}

func (m *module) singleton(s backend.VM, name string, libraries bool, setup, rest int) (int, error) {
	results := 0
	b := m.blueprint(s, "singleton", setup, rest, &results)
	b.name, b.named, b.libraries = name, true, libraries
	st, made, err := m.registry.singleton(s, b)
	if err != nil || made {
		return results, err
	}
	h, alive := st.own(s)
	if !alive { // in the meantime
		return m.singleton(s, name, libraries, setup, rest)
	}
	st.push(s, h)
	return 1, nil
}

// blueprint describes a state that function makes with the setup at an index of s and the arguments from rest on. When it
// is made, the state and the results of its setup are on s, and results is how many these are.
func (m *module) blueprint(s backend.VM, function string, setup, rest int, results *int) blueprint {
	last := s.GetTop()
	b := blueprint{
		registry: m.registry, backend: m.registry.backend, limits: m.limits, realm: m.realm, origin: m.originIn(s), caller: s,
	}
	b.pushSetup = func(vm backend.VM) error {
		if text, ok := s.ToString(setup); ok {
			err := loadSetup(vm, text, text)
			var syntax *backend.SyntaxError
			if m.registry.edition.syntaxArguments && errors.As(err, &syntax) {
				return &ArgumentError{setup, function, syntax.Message}
			}
			return err
		}
		if err := s.CopyFunction(vm, setup); err != nil {
			return &ArgumentError{setup, function, err.Error()}
		}
		return nil
	}
	b.pushArgs = func(st *State) (int, error) {
		if err := crossing.Copy(s, st.vm, rest, last); err != nil {
			return 0, st.argumentFault(s, err, function, 1)
		}
		return last - rest + 1, nil
	}
	b.takeResults = func(st *State, first int) error {
		st.PushTo(s)
		top := st.vm.GetTop()
		if err := crossing.Copy(st.vm, s, first, top); err != nil {
			return st.resultFault(s, err, "state setup", st.callback)
		}
		*results = 1 + top - first + 1
		return nil
	}
	return b
}

func (m *module) id(backend.VM) (id binding.Optional[int64], err error) {
	if m.run != nil && m.run.state != nil {
		id = binding.Some(m.run.state.id)
	}
	return id, nil
}

func (m *module) state(s backend.VM, id int) (int, error) {
	for {
		ref, err := m.find(s, id)
		if err != nil {
			return 0, err
		}
		st, ok := ref.(*State)
		if !ok {
			ref.PushTo(s)
			return 1, nil
		}
		if h, alive := st.own(s); alive {
			st.push(s, h)
			return 1, nil
		} // gone in the meantime, which the next look-up finds
	}
}

// find returns the state with the id, or the name, at an index.
func (m *module) find(s backend.VM, id int) (Ref, error) {
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

// reference is state in an edition in which look-ups return handles that do not own the state.
func (m *module) reference(s backend.VM, id int) (int, error) {
	ref, err := m.find(s, id)
	if err != nil {
		return 0, err
	}
	if st, ok := ref.(*State); ok {
		st.refer().PushTo(s)
	} else {
		ref.PushTo(s)
	}
	return 1, nil
}

// stateByNumber finds a state by a Lua number. A number with a fraction is never an id.
func (m *module) stateByNumber(s backend.VM, index int) (*State, error) {
	if id, ok := arg.ID(s, index); ok {
		return m.registry.stateByID(m.realm, id)
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

// stateCallReentrant is call in an edition in which calls wait, and states may be called by what they run.
func (m *module) stateCallReentrant(s backend.VM, ref Ref, first int) (int, error) {
	if st, ok := ref.(*State); ok {
		return st.callReentrant(s, first, m, patience{})
	}
	return m.callRef(s, ref, first)
}

func (m *module) stateTcall(s backend.VM, ref Ref, timeout float64, first int) (int, error) {
	return m.timed(s, ref, func(st *State) (int, error) { return st.callInTurn(s, first, m, atMost(timeout)) })
}

func (m *module) stateTcallReentrant(s backend.VM, ref Ref, timeout float64, first int) (int, error) {
	return m.timed(s, ref, func(st *State) (int, error) { return st.callReentrant(s, first, m, atMost(timeout)) })
}

// atMost returns the patience of a call that waits some seconds at most.
func atMost(timeout float64) patience {
	return patience{timed: true, timeout: seconds.Duration(timeout)}
}

// timed returns the results of tcall for what call does.
func (m *module) timed(s backend.VM, ref Ref, call func(*State) (int, error)) (int, error) {
	st, ok := ref.(*State)
	if !ok {
		return 0, ErrOtherProcess
	}
	results, err := call(st)
	if err != nil && err != errTimeout {
		return 0, err
	}
	if !s.CheckStack(1) {
		return 0, ErrOutOfMemory.With("no room for the results on the caller's stack")
	}
	s.PushBoolean(err == nil)
	backend.Insert(s, s.GetTop()-results)
	return 1 + results, nil
}

func (m *module) stateIsowner(s backend.VM, ref Ref) (bool, error) {
	_, here := ref.(*State)
	_, refers := s.ToUserdata(1).(*reference)
	return here && !refers, nil
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
