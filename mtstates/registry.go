package mtstates

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
)

// Registry knows a set of states by id and name. Scripts in the VMs that [Registry.Preload] or [Registry.NewVM]
// prepared create and find their states in it.
type Registry struct {
	backend   backend.Backend
	libraries []string
	modules   []Module
	stdout    io.Writer
	maxStates int
	maxString int
	path      string
	interrupt bool // whether new states are interruptible
	// notifyError receives the errors of callbacks that a notification called.
	notifyError func(error)
	notifying   atomic.Int64 // calls of State.Notify that have not returned
	dropping    sync.Mutex   // held by the thread that looks for dead states in a full registry
	states      object.Table[State]
}

// Module is a Lua module written in Go, which require finds under Name in every VM of a registry.
type Module struct {
	Name string
	// Open pushes what require returns, as a backend.Function whose argument 1 is the name. It runs once in each VM
	// that requires the module, which belongs to registry r.
	Open func(r *Registry, s backend.VM) int
}

// Option changes a new registry.
type Option func(*Registry)

// WithModules adds modules that require finds in every new state.
func WithModules(modules ...Module) Option {
	return func(r *Registry) { r.modules = append(r.modules, modules...) }
}

// WithLibraries chooses which standard libraries exist at all in new states, beyond the base functions and package:
// names as in backend.Backend.Libraries. Without this option all exist. Without io, scripts cannot read files in other
// ways either: dofile, loadfile and package.loadlib do not exist, and require finds only modules of the registry.
func WithLibraries(names ...string) Option {
	return func(r *Registry) { r.libraries = append([]string{}, names...) }
}

// WithStdout sets where print writes in new states; the default is the process's standard output.
func WithStdout(w io.Writer) Option {
	return func(r *Registry) { r.stdout = w }
}

// WithMaxStates limits how many states may live at a time; one more is ErrOutOfMemory. The default is no limit.
func WithMaxStates(n int) Option {
	return func(r *Registry) { r.maxStates = n }
}

// WithMaxString limits the strings in new states to a size in bytes: a longer result of a library function or of a
// concatenation raises "not enough memory" inside the state, and ErrOutOfMemory outside. The default is
// backend.DefaultMaxString.
func WithMaxString(n int) Option {
	return func(r *Registry) { r.maxString = n }
}

// WithPath puts templates such as "folder/?.lua" in front of package.path in new states, threads and VMs, so that
// require finds modules there first. A script may change its package.path, which is then its own: others begin with that
// of the registry. Where scripts cannot read files, there is no package.path.
func WithPath(templates ...string) Option {
	return func(r *Registry) { r.path = strings.Join(templates, ";") }
}

// WithInterrupt makes new states interruptible: State.Interrupt, and interrupt in Lua, stop what runs in them. It makes
// loops in them slower, see backend.Options.Interrupt.
func WithInterrupt() Option {
	return func(r *Registry) { r.interrupt = true }
}

// NewRegistry returns an empty registry whose new states are of backend b.
func NewRegistry(b backend.Backend, options ...Option) *Registry {
	r := &Registry{backend: b, notifyError: printNotifyError}
	for _, option := range options {
		option(r)
	}
	return r
}

// Backend returns the backend of new states.
func (r *Registry) Backend() backend.Backend { return r.backend }

// Preload makes require find mtstates and the registry's modules in a VM, such as one that the host program made
// itself.
func (r *Registry) Preload(s backend.VM) { r.preload(s, nil) }

// preload is Preload for a VM whose state runs calls at the depth; a VM of the host has nil.
func (r *Registry) preload(s backend.VM, depth *int) {
	backend.Preload(s, "mtstates", func(s backend.VM) int { return (&module{r, depth}).open(s) })
	for _, m := range r.modules {
		backend.Preload(s, m.Name, func(s backend.VM) int {
			if depth != nil {
				s.Env().Keep(depthKey{}, depth) // for NotifyFrom; a state without modules does not pay for it
			}
			return m.Open(r, s)
		})
	}
}

// NewVM returns a new VM of backend b with the registry's libraries and modules: not a state that can be called, but a
// place to run a script or a thread in. exit is what os.exit calls, nil if scripts must not end the process.
// The caller closes it.
func (r *Registry) NewVM(b backend.Backend, exit func(status int)) (backend.VM, error) {
	return r.newVM(b, vmOptions{libraries: true, exit: exit})
}

// NewInterruptibleVM is NewVM for code that i stops. os.exit raises an error in it.
func (r *Registry) NewInterruptibleVM(b backend.Backend, i *backend.Interrupt) (backend.VM, error) {
	return r.newVM(b, vmOptions{libraries: true, interrupt: i})
}

// vmOptions say what a new VM has beyond what all VMs of the registry have.
type vmOptions struct {
	libraries bool               // opened, and not only found by require
	exit      func(int)          // what os.exit calls
	interrupt *backend.Interrupt // what stops the code in it
	depth     *int               // at which a state runs calls; nil for a VM of the host
}

func (r *Registry) newVM(b backend.Backend, o vmOptions) (backend.VM, error) {
	if b == nil {
		return nil, errors.New("mtstates: new state: no backend is given")
	}
	libraries := r.librariesOf(b)
	options := backend.Options{
		NoFiles:   !slices.Contains(libraries, "io"),
		MaxString: r.maxString,
		Path:      r.path,
		Interrupt: o.interrupt,
		Stdout:    r.stdout,
		Exit:      o.exit,
		Collect:   r.Collect,
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
	r.preload(vm, o.depth)
	return vm, nil
}

func (r *Registry) librariesOf(b backend.Backend) []string {
	known := b.Libraries()
	if r.libraries == nil {
		return known
	}
	return slices.DeleteFunc(slices.Clone(known), func(name string) bool { return !slices.Contains(r.libraries, name) })
}

// StateByID returns the state with the id; the error is ErrUnknownObject.
func (r *Registry) StateByID(id int64) (*State, error) {
	if st := r.states.ByID(id); st != nil && st.known() {
		return st, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("state id %d", id))
}

// StateByName returns the state with the name; the error is ErrUnknownObject.
func (r *Registry) StateByName(name string) (*State, error) {
	if st := r.states.ByName(name); st != nil && st.known() {
		return st, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("state name %q", backend.Quote(name)))
}

// Len returns the number of living states. It looks at each.
func (r *Registry) Len() int { return r.states.Len() }

// Collect runs the Go collector so that all states which nothing refers to are gone when it returns: dead values on
// the stacks of idle states do not count as references. It is what collectgarbage does in the registry's VMs.
func (r *Registry) Collect() {
	r.scrubIdle()
	runtime.GC()
	runtime.GC() // frees what the first time left in the pools of VMs
}

func (r *Registry) scrubIdle() {
	for st := range r.states.All() {
		st.scrub()
	}
}
