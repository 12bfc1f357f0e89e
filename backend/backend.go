package backend

import "io"

// Backend makes states of one Lua VM.
type Backend interface {
	// Name returns the name of the backend in spec/vms, such as "gopherlua".
	Name() string
	// LuaVersion returns the language version, such as "Lua 5.1".
	LuaVersion() string
	// Capabilities returns what the backend can do of what backends may lack.
	Capabilities() Capabilities
	// Libraries returns the names of the standard libraries that Options may name, sorted.
	Libraries() []string
	// Degraded returns the promises that the backend does not keep with the version of the VM that the program was built
	// with: none for the versions in backend/REPAIRS.md. Its first call, or the first VM, probes the VM.
	Degraded() []Degradation
	// NewVM returns a new VM with the base functions, package, and what the options name.
	// An unknown library name is an error.
	NewVM(Options) (VM, error)
}

// Options say what a new state has. The zero value is a state with the base functions and package alone.
type Options struct {
	// Open names the standard libraries that are opened as globals.
	Open []string
	// Preload names the standard libraries that only require finds.
	Preload []string
	// NoFiles leaves out what reads files beside the libraries: dofile, loadfile, package.loadlib, package.searchpath,
	// package.path, package.cpath and the searcher that finds Lua files. require finds preloaded modules only.
	NoFiles bool
	// Path stands in front of the package.path that the VM has otherwise: templates with "?", with ";" between them.
	Path string
	// MaxString is the size in bytes of the longest string that a library function or a concatenation makes; a longer
	// one raises "not enough memory". 0 means DefaultMaxString.
	MaxString int
	// Interrupt, when it is not nil, stops what runs in the state when another goroutine sets it. On gopher-lua looking for
	// it costs next to nothing, up to a tenth of the time of calls; on go-lua it is up to a fifth in tight loops, and hardly
	// anything in code that works with tables and strings (BenchmarkInterruptible in package mtstates). What waits in a Go
	// function is stopped only when that looks for the interrupt, see Env.Interrupt.
	Interrupt *Interrupt
	// Stdout receives what print and io.stdout write; nil means the process's standard output.
	Stdout io.Writer
	// Exit is what os.exit calls with the status; it does not return. With nil, os.exit raises an error.
	Exit func(status int)
	// Collect is what collectgarbage("collect") calls after it has scrubbed the stack of the running state;
	// nil means runtime.GC. It runs the Go collector twice, so that what VMs gave back to a sync.Pool is freed.
	Collect func()
}

// PathPrefix returns what stands in front of the VM's own package.path: Path and a ";", or "".
func (o Options) PathPrefix() string {
	if o.Path == "" {
		return ""
	}
	return o.Path + ";"
}

// DefaultMaxString is the default of Options.MaxString, 256 MiB.
const DefaultMaxString = 256 << 20

// MaxPrinted is the size in bytes beyond which print writes what it has so far: its arguments together may be far longer
// than a string.
const MaxPrinted = 1 << 20

// Function is a Go function that Lua can call. Its arguments are at the indexes 1 to s.Top(); it returns the number of
// its results, which are on the top of the stack.
type Function func(s VM) int

const (
	// MultipleResults, as the number of results of a call, asks for all that there are.
	MultipleResults = -1
	// NoRoom is the result of Transfer when the destination's stack cannot hold the values.
	NoRoom = -1
)
