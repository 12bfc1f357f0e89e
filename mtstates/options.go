package mtstates

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// Option configures a new registry.
type Option interface{ applyToRegistry(*Registry) }

// StateOption configures a state that [Registry.NewState] makes, or the states of a pool.
type StateOption interface {
	PoolOption
	applyToState(*blueprint)
}

type (
	registryOption func(*Registry)
	stateOption    func(*blueprint)
)

func (o registryOption) applyToRegistry(r *Registry) { o(r) }

func (o stateOption) applyToState(b *blueprint) { o(b) }

func (o stateOption) applyToPool(p *poolOptions) { p.states = append(p.states, o) }

// WithModules adds modules for require to find in every new state.
func WithModules(modules ...Module) Option {
	return registryOption(func(r *Registry) { r.modules = append(r.modules, modules...) })
}

// WithGo makes require find a module of Go functions and other values, under their names in a map; maps in it become
// tables.
//
//	mtstates.WithGo("shop", map[string]any{
//		"price": func(ctx context.Context, id int) (Price, error) { ... },
//		"taxes": map[string]any{"full": 0.19, "reduced": 0.07},
//	})
//
// A function may have any parameters that [Results.Scan] can set, and any results that [State.Call] takes as arguments. If
// the first parameter is a context.Context, it is that of the call that runs the script. Missing arguments are nil, and an
// argument that does not fit its parameter raises "bad argument #1 to 'price' (integer expected, got string)". If the last
// result is an error, it is no result in Lua: unless it is nil, it is raised. Outside, errors.Is and errors.As find it in the
// error of the call, also when the script has caught the message and raised it again, alone or at the end of a longer one. A
// panic is raised as well, as a [*PanicError].
//
// Each state gets tables of its own, but all get the same functions: these may be called by several goroutines at once.
func WithGo(name string, values map[string]any) Option {
	return registryOption(func(r *Registry) {
		neutral, err := toValue(values)
		if err != nil {
			r.faults = append(r.faults, fmt.Errorf("module %q: %w", name, err))
			return
		}
		r.modules = append(r.modules, Module{name, func(_ *Registry, vm backend.VM) int {
			if err := crossing.Push(vm, []backend.Value{neutral}, vm.Env().Interrupt); err != nil {
				return raise(vm, crossingError(vm, err, name, 1))
			}
			return 1
		}})
	})
}

// WithLibraries chooses the standard libraries that exist in new states beside the base functions and package. Names
// are those of backend.Backend.Libraries, such as "os", or those of single functions, such as "os.time"; by default all
// exist. Without io, or with single functions of it, scripts have no dofile, loadfile and package.loadlib, require finds
// only modules of the registry, and the variables of the environment are ignored, see [WithoutEnvironment]: so without
// functions of io that open files, scripts cannot read any. Unknown names are errors of [NewRegistry]; states of other
// backends leave out what these do not have.
func WithLibraries(names ...string) Option {
	return registryOption(func(r *Registry) { r.libraries = append([]string{}, names...) })
}

// OutputOption is an option both of a registry and of a state.
type OutputOption interface {
	Option
	StateOption
}

// outputOption sets a writer for all states of a registry, or for one of them.
type outputOption struct {
	w      io.Writer
	choose func(*outputs) *io.Writer
}

func (o outputOption) applyToRegistry(r *Registry) { *o.choose(&r.outputs) = r.serialized(o.w) }

func (o outputOption) applyToState(b *blueprint) { *o.choose(&b.outputs) = b.registry.serialized(o.w) }

func (o outputOption) applyToPool(p *poolOptions) { p.states = append(p.states, o) }

// WithStdout sets where print and io.stdout write, for all states of a registry or for one. The default is the standard
// output of the process. The writer gets one Write at a time and, from states, only whole lines: what a call leaves of a
// line is written when the call ends, or when the script flushes io.stdout.
func WithStdout(w io.Writer) OutputOption {
	return outputOption{w, func(o *outputs) *io.Writer { return &o.stdout }}
}

// WithStderr is [WithStdout] for io.stderr.
func WithStderr(w io.Writer) OutputOption {
	return outputOption{w, func(o *outputs) *io.Writer { return &o.stderr }}
}

// WithFS makes require find modules in a file system, for example an embed.FS, also in states that cannot read files:
// a.b is a/b.lua or a/b/init.lua. It looks there after package.preload and before package.path. Several goroutines use the
// file system at once.
func WithFS(files fs.FS) Option {
	return registryOption(func(r *Registry) { r.files = files })
}

// WithExit makes os.exit call exit with the status, in all states, threads and VMs of the registry. Exit must not return:
// it ends the process, or the goroutine. Several goroutines may call it at once. Without it, os.exit raises an error, because the process is not the script's.
func WithExit(exit func(status int)) Option {
	return registryOption(func(r *Registry) { r.exit = exit })
}

// WithDeadlockDetection makes waits of scripts fail that nothing can end: when all threads wait for messages, for the end
// of threads or for states, without a timeout, the wait that began last raises mtmsg.error.deadlock, an error with that
// text, or [ErrDeadlock]. It is for programs whose scripts all run in one goroutine and in the threads that they start
// (llthreads2), and whose Go code neither adds messages nor stops waits from other goroutines: it would come too late.
func WithDeadlockDetection() Option {
	return registryOption(func(r *Registry) { r.threads = threads.New() })
}

// WithMaxStates limits the number of living states. Creating one more fails with [ErrOutOfMemory]. By default, and with
// 0, there is no limit.
func WithMaxStates(n int) Option {
	return registryOption(func(r *Registry) { r.maxStates = n })
}

// WithMaxThreads limits how many threads of llthreads2 exist that have a VM of their own: from new to the end of the code,
// or to join if the script waits for results. One more is [ErrOutOfMemory]. By default, and with 0, there is no limit.
func WithMaxThreads(n int) Option {
	return registryOption(func(r *Registry) { r.maxThreads = n })
}

// WithMaxMessageBytes limits what all messages in buffers of mtmsg take together, counted as for the size of a buffer. One
// more is mtmsg.ErrOutOfMemory. Package host hands it to the store of its buffers. By default, and with 0, there is no
// limit.
func WithMaxMessageBytes(n int) Option {
	return registryOption(func(r *Registry) { r.maxMessageBytes = n })
}

// LimitOption is an option both of a registry, for each of its states, threads and VMs, and of a state.
type LimitOption interface {
	Option
	StateOption
}

// limits are those of one VM, and of the states that the code in it makes; 0 stands for none.
type limits struct {
	memory, instructions int
	readOnlyGlobals      bool // of states
}

// limitOption sets a limit for all VMs of a registry, or for one state.
type limitOption struct {
	n      int
	choose func(*limits) *int
}

func (o limitOption) applyToRegistry(r *Registry) { *o.choose(&r.limits) = o.n }

func (o limitOption) applyToState(b *blueprint) { *o.choose(&b.limits) = o.n }

func (o limitOption) applyToPool(p *poolOptions) { p.states = append(p.states, o) }

// WithMaxMemory limits the memory, in bytes, that the values of one state hold: strings, tables, functions, coroutines, and
// the message writers and readers that it made. Code that makes more gets the error "not enough memory", which it may
// catch, at the latest when the state holds half as much again; when it goes on nevertheless, the call is ended. Outside,
// the error is [ErrOutOfMemory]. The state can be called again; what it keeps still counts. By default, and with 0, there
// is no limit. On a state the option overrides that of the registry.
func WithMaxMemory(bytes int) LimitOption {
	return limitOption{bytes, func(l *limits) *int { return &l.memory }}
}

// WithMaxInstructions limits how many instructions of the VM a call runs in a state, without those of other states that it
// calls. The next one ends the call with [ErrInterrupted], whose cause is [backend.ErrTooManyInstructions]; no pcall keeps
// it from that. The same call ends at the same place each time, on the same backend. By default, and with 0, there is no
// limit. On a state the option overrides that of the registry. A thread of llthreads2 counts as one call.
func WithMaxInstructions(n int) LimitOption {
	return limitOption{n, func(l *limits) *int { return &l.instructions }}
}

// check returns what is wrong with the limits.
func (l limits) check() error {
	var wrong []error
	if l.memory < 0 {
		wrong = append(wrong, fmt.Errorf("the limit of %d bytes of memory is negative", l.memory))
	}
	if l.instructions < 0 {
		wrong = append(wrong, fmt.Errorf("the limit of %d instructions is negative", l.instructions))
	}
	return errors.Join(wrong...)
}

// WithMaxString limits the size of strings in new states, in bytes. A library function or a concatenation with a longer
// result raises "not enough memory" in the state; a call that fails with it returns [ErrOutOfMemory]. The default, also
// for 0, is backend.DefaultMaxString.
func WithMaxString(n int) Option {
	return registryOption(func(r *Registry) { r.maxString = n })
}

// WithPath prepends templates such as "folder/?.lua" to package.path in new states, threads and VMs, so that require
// looks there first. A script may change package.path; that does not affect other states. Where scripts cannot read
// files, package.path does not exist.
func WithPath(templates ...string) Option {
	return registryOption(func(r *Registry) { r.path = strings.Join(templates, ";") })
}

// WithFallbackPath is WithPath with the templates behind package.path: require finds modules there last.
func WithFallbackPath(templates ...string) Option {
	return registryOption(func(r *Registry) { r.behind = strings.Join(templates, ";") })
}

// WithoutEnvironment makes new states, threads and VMs ignore the variables of the environment that configure Lua:
// LUA_PATH, LUA_INIT, and those of one version of Lua, such as LUA_PATH_5_2.
func WithoutEnvironment() Option {
	return registryOption(func(r *Registry) { r.noEnv = true })
}

// WithInterrupt makes new states interruptible, by [State.Interrupt] and by interrupt in Lua. Loops in such states are
// slower, see backend.Options.Interrupt.
func WithInterrupt() Option {
	return registryOption(func(r *Registry) { r.interrupt = true })
}

// IsolationOption is an option both of a registry, for what the program makes, and of a state.
type IsolationOption interface {
	Option
	StateOption
}

type isolation struct{}

func (isolation) applyToRegistry(r *Registry) { r.isolated = true }

func (isolation) applyToState(b *blueprint) { b.isolated = true }

func (i isolation) applyToPool(p *poolOptions) { p.states = append(p.states, i) }

// Isolated keeps the code in a state from finding what others made: look-ups by id and name, of states and of the buffers
// and listeners of mtmsg, find only what the state itself made, and what the states and threads that it made have made in
// turn. Nothing there is found by others either, names are free that others use, and mtmsg.abort concerns only what is
// found. Other objects the state knows when it was given handles of them. It finds no states of other processes. Go programs
// find the states inside by id, and in [Registry.All]. As an option of a registry it isolates each state and each VM that
// the program makes.
func Isolated() IsolationOption { return isolation{} }

// ReadOnlyOption is an option both of a registry and of a state.
type ReadOnlyOption interface {
	Option
	StateOption
}

type readOnlyGlobals struct{}

func (readOnlyGlobals) applyToRegistry(r *Registry) { r.limits.readOnlyGlobals = true }

func (readOnlyGlobals) applyToState(b *blueprint) { b.limits.readOnlyGlobals = true }

func (o readOnlyGlobals) applyToPool(p *poolOptions) { p.states = append(p.states, o) }

// WithReadOnlyGlobals makes the globals of a state, and of the states that it makes, read-only when its setup has run, so that
// no call changes what the next one finds: the table of globals, the tables of the standard libraries and of the host's modules
// with all tables in them, package.loaded, package.preload and the list of searchers. Assignments, and library functions that
// would change them, raise an error; require still loads modules. getmetatable and debug.getmetatable return nothing with which
// the metatables of these tables, of strings, files and host objects could be changed. The setup itself may change the tables.
//
// What is not global stays as it is: local variables of the setup, and tables of its own, also those in global variables. The
// functions of a state may choose other globals for themselves (_ENV, setfenv), and change what libraries keep elsewhere, such
// as the file of io.output or the seed of math.random. Access to a global variable takes a little longer.
func WithReadOnlyGlobals() ReadOnlyOption { return readOnlyGlobals{} }

// WithNotifyErrors sets the function that receives errors of callbacks which a notification called; no caller sees
// these errors. Several goroutines may call it at once. By default, and with nil, errors are printed to the standard error
// of the process, and so is a panic of handle.
func WithNotifyErrors(handle func(error)) Option {
	return registryOption(func(r *Registry) {
		if r.notifyError = handle; handle == nil {
			r.notifyError = printNotifyError
		}
	})
}

// Named sets the name of the new state.
func Named(name string) StateOption {
	return stateOption(func(b *blueprint) { b.name, b.named = name, true })
}

// Kept lets the registry keep the new state alive until it is closed, so that the program needs no variable for it. The
// state usually has a name.
func Kept() StateOption {
	return stateOption(func(b *blueprint) { b.kept = true })
}

// ChunkName names the setup in messages and tracebacks: a file name, or any text after "=". Without it they show the
// beginning of the setup.
func ChunkName(name string) StateOption {
	return stateOption(func(b *blueprint) {
		if b.chunk = name; !strings.HasPrefix(name, "=") && !strings.HasPrefix(name, "@") {
			b.chunk = "@" + name
		}
	})
}

// On chooses another backend for the new state than that of the registry.
func On(other backend.Backend) StateOption {
	return stateOption(func(b *blueprint) { b.backend = other })
}

// BaseOnly opens only the base functions and package in the new state. require finds the other libraries.
func BaseOnly() StateOption {
	return stateOption(func(b *blueprint) { b.libraries = false })
}

// Arguments sets the arguments of the setup.
func Arguments(args ...any) StateOption {
	return stateOption(func(b *blueprint) { b.args = append(b.args, args...) })
}
