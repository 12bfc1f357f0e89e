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

// Registry makes states and finds them by id and name. Scripts in VMs that [Registry.Preload] or [Registry.NewVM]
// prepared create and find their states in it.
type Registry struct {
	backend   backend.Backend
	libraries []string
	modules   []Module
	stdout    io.Writer
	maxStates int
	maxString int
	path      string
	behind    string // the path that follows package.path
	noEnv     bool   // whether the environment is ignored
	interrupt bool   // whether new states are interruptible
	// notifyError receives the errors of callbacks that a notification called.
	notifyError func(error)
	notifying   atomic.Int64 // calls of State.Notify that have not returned
	dropping    sync.Mutex   // held while a thread looks for dead states in a full registry
	states      object.Table[State]
}

// Module is a Lua module written in Go. In every VM of a registry, require finds it under Name.
type Module struct {
	Name string
	// Open is a backend.Function that pushes the result of require; argument 1 is the name. It runs once in each VM of
	// registry r that requires the module.
	Open func(r *Registry, s backend.VM) int
}

// Option configures a new registry.
type Option func(*Registry)

// WithModules adds modules for require to find in every new state.
func WithModules(modules ...Module) Option {
	return func(r *Registry) { r.modules = append(r.modules, modules...) }
}

// WithLibraries chooses the standard libraries that exist in new states beside the base functions and package. Names
// are those of backend.Backend.Libraries; by default all exist. Without io, scripts cannot read files at all: dofile,
// loadfile and package.loadlib do not exist, and require finds only modules of the registry.
func WithLibraries(names ...string) Option {
	return func(r *Registry) { r.libraries = append([]string{}, names...) }
}

// WithStdout sets the output of print in new states. The default is the standard output of the process.
func WithStdout(w io.Writer) Option {
	return func(r *Registry) { r.stdout = w }
}

// WithMaxStates limits the number of living states. Creating one more fails with [ErrOutOfMemory]. By default there is
// no limit.
func WithMaxStates(n int) Option {
	return func(r *Registry) { r.maxStates = n }
}

// WithMaxString limits the size of strings in new states, in bytes. A library function or a concatenation with a longer
// result raises "not enough memory" in the state; a call that fails with it returns [ErrOutOfMemory]. The default is
// backend.DefaultMaxString.
func WithMaxString(n int) Option {
	return func(r *Registry) { r.maxString = n }
}

// WithPath prepends templates such as "folder/?.lua" to package.path in new states, threads and VMs, so that require
// looks there first. A script may change package.path; that does not affect other states. Where scripts cannot read
// files, package.path does not exist.
func WithPath(templates ...string) Option {
	return func(r *Registry) { r.path = strings.Join(templates, ";") }
}

// WithFallbackPath is WithPath with the templates behind package.path: require finds modules there last.
func WithFallbackPath(templates ...string) Option {
	return func(r *Registry) { r.behind = strings.Join(templates, ";") }
}

// WithoutEnvironment makes new states, threads and VMs ignore the variables of the environment that configure Lua:
// LUA_PATH, LUA_INIT, and those of one version of Lua, such as LUA_PATH_5_2.
func WithoutEnvironment() Option {
	return func(r *Registry) { r.noEnv = true }
}

// WithInterrupt makes new states interruptible, by [State.Interrupt] and by interrupt in Lua. Loops in such states are
// slower, see backend.Options.Interrupt.
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

// Backend returns the backend of the registry.
func (r *Registry) Backend() backend.Backend { return r.backend }

// Preload makes require find mtstates and the registry's modules in a VM, for example one that the program made itself.
func (r *Registry) Preload(s backend.VM) { r.preload(s, nil) }

// preload is Preload for a VM whose state runs calls at depth, nil for a VM of the host.
func (r *Registry) preload(s backend.VM, depth *int) {
	backend.Preload(s, "mtstates", func(s backend.VM) int { return (&module{r, depth}).open(s) })
	for _, m := range r.modules {
		backend.Preload(s, m.Name, func(s backend.VM) int {
			if depth != nil {
				s.Env().Keep(depthKey{}, depth) // for NotifyFrom; a state that opens no module does not pay for it
			}
			return m.Open(r, s)
		})
	}
}

// NewVM returns a new VM of backend b with the libraries and modules of the registry: not a state that can be called,
// but a place to run a script or a thread in. os.exit calls exit; nil forbids scripts to end the process. The caller
// closes the VM.
func (r *Registry) NewVM(b backend.Backend, exit func(status int)) (backend.VM, error) {
	return r.newVM(b, vmOptions{libraries: true, exit: exit})
}

// NewInterruptibleVM is [Registry.NewVM] for code that i can stop. os.exit raises an error in it.
func (r *Registry) NewInterruptibleVM(b backend.Backend, i *backend.Interrupt) (backend.VM, error) {
	return r.newVM(b, vmOptions{libraries: true, interrupt: i})
}

// vmOptions are the options of one VM, beyond those of the registry.
type vmOptions struct {
	libraries bool               // opened, not only found by require
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
		NoFiles:           !slices.Contains(libraries, "io"),
		MaxString:         r.maxString,
		Path:              r.path,
		FallbackPath:      r.behind,
		IgnoreEnvironment: r.noEnv,
		Interrupt:         o.interrupt,
		Stdout:            r.stdout,
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

// StateByID returns the state with the given id. The error is [ErrUnknownObject].
func (r *Registry) StateByID(id int64) (*State, error) {
	if st := r.states.ByID(id); st != nil && st.known() {
		return st, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("state id %d", id))
}

// StateByName returns the state with the given name. The error is [ErrUnknownObject].
func (r *Registry) StateByName(name string) (*State, error) {
	if st := r.states.ByName(name); st != nil && st.known() {
		return st, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("state name %q", backend.Quote(name)))
}

// Len counts the living states. It visits each of them.
func (r *Registry) Len() int { return r.states.Len() }

// Collect runs the Go collector. When it returns, all states to which nothing refers are gone; dead values on the
// stacks of idle states do not count as references. collectgarbage does the same in the registry's VMs.
func (r *Registry) Collect() {
	r.scrubIdle()
	runtime.GC()
	runtime.GC() // frees what the first run left in the pools of VMs
}

func (r *Registry) scrubIdle() {
	for st := range r.states.All() {
		st.scrub()
	}
}
