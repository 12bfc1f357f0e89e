package mtstates

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
	"github.com/mtstates/go-mtstates/mtstates/internal/realm"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// Registry makes states and finds them by id and name. Scripts in VMs that [Registry.Preload] or [Registry.NewVM]
// prepared create and find their states in it.
type Registry struct {
	backend   backend.Backend
	libraries []string
	chosen    sync.Map // by backend: those of the libraries that it has
	modules   []Module
	outputs   outputs
	files     fs.FS
	exit      func(status int) // what os.exit calls
	maxStates int
	maxString int
	// maxThreads and maxMessageBytes are for the companion modules.
	maxThreads, maxMessageBytes int
	limits                      limits // of each VM
	path                        string
	behind                      string // the path that follows package.path
	noEnv                       bool   // whether the environment is ignored
	edition                     *edition
	interrupt                   bool // whether new states are interruptible
	isolated                    bool // whether what Go makes is
	threads                     *threads.Set
	// notifyError receives the errors of callbacks that a notification called.
	notifyError func(error)
	hooks       atomic.Pointer[[]CallHook] // nil if there are none
	notifying   atomic.Int64               // calls of State.Notify that have not returned
	dropping    sync.Mutex                 // held while a thread looks for dead states in a full registry
	states      object.Table[State]
	life        life
	writers     writers
	cluster     atomic.Pointer[Cluster] // nil unless the registry has joined one
	observed    atomic.Int64            // when a state was first asked for its Stats, since clockStart; 0 before
	pools       poolList
	sampler     backend.Sampler
	faults      []error // in options
	singletons  singletons
}

// Module is a Lua module written in Go. In every VM of a registry, require finds it under Name.
type Module struct {
	Name string
	// Open is a backend.Function that pushes the result of require; argument 1 is the name. It runs once in each VM of
	// registry r that requires the module; several goroutines may run it, and the functions that it pushes, at once.
	Open func(r *Registry, s backend.VM) int
}

// NewRegistry returns an empty registry whose new states are of backend b. The error joins what is wrong with the options:
// a library that b does not have, an edition that does not exist, or a negative number.
func NewRegistry(b backend.Backend, options ...Option) (*Registry, error) {
	r := &Registry{backend: b, edition: editions[0], notifyError: printNotifyError}
	for _, option := range options {
		if option != nil {
			option.applyToRegistry(r)
		}
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("mtstates: new registry: %w", err)
	}
	return r, nil
}

// check reports what is wrong with the options.
func (r *Registry) check() error {
	if r.backend == nil {
		return errors.New("no backend is given")
	}
	wrong := r.faults
	for _, name := range r.libraries {
		if err := checkLibrary(r.backend, name); err != nil {
			wrong = append(wrong, err)
		}
	}
	if r.maxStates < 0 {
		wrong = append(wrong, fmt.Errorf("the limit of %d states is negative", r.maxStates))
	}
	if r.maxString < 0 {
		wrong = append(wrong, fmt.Errorf("the limit of %d bytes for strings is negative", r.maxString))
	}
	if r.maxThreads < 0 {
		wrong = append(wrong, fmt.Errorf("the limit of %d threads is negative", r.maxThreads))
	}
	if r.maxMessageBytes < 0 {
		wrong = append(wrong, fmt.Errorf("the limit of %d bytes for messages is negative", r.maxMessageBytes))
	}
	for i := range r.modules {
		if err := r.modules[i].check(r.backend); err != nil {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(append(wrong, r.limits.check())...)
}

func (m *Module) check(b backend.Backend) error {
	switch {
	case m.Name == "":
		return errors.New("a module has no name")
	case m.Name == "mtstates" || m.Name == "package" || slices.Contains(b.Libraries(), m.Name):
		return fmt.Errorf("module %q: there is a library of this name, which require would find", m.Name)
	case m.Open == nil:
		return fmt.Errorf("module %q has no Open", m.Name)
	}
	return nil
}

// Backend returns the backend of the registry.
func (r *Registry) Backend() backend.Backend { return r.backend }

// MaxThreads returns what [WithMaxThreads] has set, 0 for no limit.
func (r *Registry) MaxThreads() int { return r.maxThreads }

// MaxMessageBytes returns what [WithMaxMessageBytes] has set, 0 for no limit.
func (r *Registry) MaxMessageBytes() int { return r.maxMessageBytes }

// Preload makes require find mtstates and the registry's modules in a VM, for example one that the program made itself.
func (r *Registry) Preload(s backend.VM) { r.preload(s, nil, r.limits) }

// preload makes require find the registry's modules. run is that of the VM's state, nil for a VM that is not a state's, and
// limits are those of the states that the VM makes.
func (r *Registry) preload(s backend.VM, run *run, limits limits) {
	env := s.Env()
	own := &module{registry: r, run: run, env: env, realm: realm.Of(env), limits: limits}
	env.Keep(moduleKey{}, own)
	r.threads.Keep(env)
	backend.Preload(s, "mtstates", own.open)
	for _, m := range r.modules {
		backend.Preload(s, m.Name, func(s backend.VM) int { return m.Open(r, s) })
	}
}

// NewVM returns a new VM of backend b with the libraries and modules of the registry: not a state that can be called,
// but a place to run a script or a thread in. os.exit calls exit; nil stands for what [WithExit] has set. The caller
// closes the VM.
func (r *Registry) NewVM(b backend.Backend, exit func(status int)) (backend.VM, error) {
	return r.newVM(b, vmOptions{libraries: true, exit: exit, outputs: r.outputs, limits: r.limits, realm: r.newRealm(r.isolated)})
}

// NewInterruptibleVM is [Registry.NewVM] for code that i can stop.
func (r *Registry) NewInterruptibleVM(b backend.Backend, i *backend.Interrupt) (backend.VM, error) {
	return r.newVM(b, vmOptions{libraries: true, interrupt: i, outputs: r.outputs, limits: r.limits, realm: r.newRealm(r.isolated)})
}

// NewVMFor is [Registry.NewInterruptibleVM] for a thread that the code in a VM starts. It has the backend and the limits of
// that VM, and look-ups in it find what they find there.
func (r *Registry) NewVMFor(starter backend.VM, i *backend.Interrupt) (backend.VM, error) {
	o := vmOptions{libraries: true, interrupt: i, outputs: r.outputs, limits: r.limits}
	if m := moduleOf(starter); m != nil {
		o.limits, o.realm = m.limits, m.realm
	}
	return r.newVM(starter.Env().Backend, o)
}

func (r *Registry) newRealm(isolated bool) *realm.Realm {
	if isolated {
		return realm.New()
	}
	return nil
}

// vmOptions are the options of one VM, beyond those of the registry.
type vmOptions struct {
	libraries bool               // opened, not only found by require
	exit      func(int)          // what os.exit calls
	interrupt *backend.Interrupt // what stops the code in it
	run       *run               // of the VM's state; nil for a VM that is not a state's
	outputs   outputs
	limits    limits
	realm     *realm.Realm // of the code in the VM
}

func (r *Registry) newVM(b backend.Backend, o vmOptions) (backend.VM, error) {
	if b == nil {
		return nil, errors.New("mtstates: new state: no backend is given")
	}
	if o.exit == nil {
		o.exit = r.exit
	}
	if o.interrupt != nil {
		o.interrupt.Give(&r.sampler)
	}
	libraries := r.librariesOf(b)
	noFiles := !slices.Contains(libraries, "io")
	options := backend.Options{
		NoFiles:           noFiles,
		ReadOnlyGlobals:   o.limits.readOnlyGlobals && o.run != nil,
		MaxString:         r.maxString,
		MaxMemory:         o.limits.memory,
		MaxInstructions:   o.limits.instructions,
		Path:              r.path,
		FallbackPath:      r.behind,
		IgnoreEnvironment: r.noEnv || noFiles,
		Interrupt:         o.interrupt,
		FS:                r.files,
		Stdout:            o.outputs.stdout,
		Stderr:            o.outputs.stderr,
		Exit:              o.exit,
		Collect:           r.Collect,
	}
	if o.libraries {
		options.Open = libraries
	} else {
		options.Preload = libraries
	}
	vm, err := b.NewVM(options)
	if err != nil {
		return nil, fmt.Errorf("mtstates: new state: %w", err)
	}
	if o.run != nil {
		vm.Env().SetContext(o.run.context)
	}
	o.realm.Enter(vm.Env())
	r.preload(vm, o.run, o.limits)
	return vm, nil
}

// librariesOf returns the names in the options that backend b has: another one than the registry's may lack some.
func (r *Registry) librariesOf(b backend.Backend) []string {
	if r.libraries == nil {
		return b.Libraries()
	}
	if b == r.backend {
		return r.libraries // check has seen them
	}
	if names, ok := r.chosen.Load(b); ok {
		return names.([]string)
	}
	names := slices.DeleteFunc(slices.Clone(r.libraries), func(name string) bool { return checkLibrary(b, name) != nil })
	r.chosen.Store(b, names)
	return names
}

// checkLibrary returns an error if b has no library, or no function, with a name. Only a VM knows the functions.
func checkLibrary(b backend.Backend, name string) error {
	if slices.Contains(b.Libraries(), name) {
		return nil
	}
	vm, err := b.NewVM(backend.Options{Open: []string{name}})
	if err == nil {
		vm.Close()
	}
	return err
}

// StateByID returns the state with the given id. The error is [ErrUnknownObject].
func (r *Registry) StateByID(id int64) (*State, error) { return pinned(r.byID, id) }

// pinned returns what a look-up finds, for Go code. The look-up is repeated if the state has expired meanwhile.
func pinned[K any](find func(K) (*State, error), key K) (*State, error) {
	for {
		st, err := find(key)
		if err != nil || st.owned.Pin() {
			return st, err
		}
	}
}

func (r *Registry) byID(id int64) (*State, error) {
	if st := r.states.ByID(id); st != nil && st.known() {
		return st, nil
	}
	return nil, unknownID(id)
}

// stateByID is StateByID for the code in a realm.
func (r *Registry) stateByID(in *realm.Realm, id int64) (*State, error) {
	st, err := r.byID(id)
	if err == nil && st.realm != in {
		return nil, unknownID(id)
	}
	return st, err
}

func unknownID(id int64) error { return ErrUnknownObject.With(fmt.Sprintf("state id %d", id)) }

// StateByName returns the state with the given name; not one that an isolated state has made, see [Isolated]. The error is [ErrUnknownObject], or [ErrAmbiguousName] if several
// states have the name, which is possible in some editions.
func (r *Registry) StateByName(name string) (*State, error) {
	return pinned(func(name string) (*State, error) { return r.stateByName(nil, name) }, name)
}

// stateByName is StateByName for the code in a realm.
func (r *Registry) stateByName(in *realm.Realm, name string) (*State, error) {
	if !r.edition.sharedNames {
		if st := r.states.ByName(in.Key(name)); st != nil && st.known() {
			return st, nil
		}
	} else if st, ambiguous := r.states.NamedThat(in.Key(name), (*State).known); ambiguous {
		return nil, ErrAmbiguousName.With(fmt.Sprintf("state name %q", backend.Quote(name)))
	} else if st != nil {
		return st, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("state name %q", backend.Quote(name)))
}

// Len counts the living states. It visits each of them.
func (r *Registry) Len() int { return r.states.Len() }

// Collect runs the Go collector. When it returns, all states to which nothing refers are gone; dead values on the
// stacks of idle states do not count as references. collectgarbage does the same in the registry's VMs.
func (r *Registry) Collect() {
	scrubbed := r.scrubIdle()
	defer func() {
		for _, p := range scrubbed {
			if st := p.Value(); st != nil {
				st.restore()
			}
		}
	}()
	runtime.GC()
	runtime.GC() // frees what the first run left in the pools of VMs
}

// scrubIdle scrubs all idle states, and returns those that must be restored after a run of the collector.
func (r *Registry) scrubIdle() (scrubbed []weak.Pointer[State]) {
	for st := range r.states.All() {
		if st.scrub() {
			scrubbed = append(scrubbed, weak.Make(st))
		}
	}
	return scrubbed
}
