package backend

import (
	"io"
	"io/fs"
)

// Backend makes VMs of one kind.
type Backend interface {
	// Name returns the name of the backend in spec/vms, such as "gopherlua".
	Name() string
	// LuaVersion returns the language version, such as "Lua 5.1".
	LuaVersion() string
	// Capabilities returns those capabilities that the backend has.
	Capabilities() Capabilities
	// Libraries returns the names of the standard libraries that Options may contain, sorted.
	Libraries() []string
	// Degraded returns the promises that the backend does not keep with the version of the VM that the program was built
	// with: none for the versions in backend/REPAIRS.md. Its first call, or the first VM, probes the VM.
	Degraded() []Degradation
	// NewVM returns a new VM with the base functions, package, and the libraries of the options. The error reports an
	// unknown name of a library or function.
	NewVM(Options) (VM, error)
}

// Options configure a new VM. The zero value stands for a VM with only the base functions and package.
type Options struct {
	// Open has the names of the standard libraries that are opened as globals. A name such as "os.time" stands for one
	// function of a library, which then has no others but those that are named as well.
	Open []string
	// Preload has the names of the standard libraries that only require finds.
	Preload []string
	// NoFiles leaves out all functions outside of the libraries that read files: dofile, loadfile, package.loadlib,
	// package.searchpath, package.path, package.cpath and the searcher for Lua files. require finds only preloaded
	// modules then.
	NoFiles bool
	// ReadOnlyGlobals lets Freeze make the globals read-only, and keeps the metatables of strings, files and host objects from
	// scripts.
	ReadOnlyGlobals bool
	// Path precedes the VM's own package.path, and FallbackPath follows it: templates with "?", separated by ";".
	Path, FallbackPath string
	// IgnoreEnvironment makes the VM ignore LUA_PATH and other variables of the environment, see Env.Variable.
	IgnoreEnvironment bool
	// MaxString is the size in bytes of the longest string that a library function or a concatenation may make; a
	// longer one raises "not enough memory". 0 stands for DefaultMaxString.
	MaxString int
	// MaxMemory is how many bytes the values of the VM may take, about: strings, tables, functions, coroutines, and what
	// userdata holds that is Sized. Code that makes more gets the error "not enough memory", at the latest when they take
	// half as much again. 0 stands for no limit, which costs nothing. See [Budget].
	MaxMemory int
	// MaxInstructions is how many instructions a call may run that is not made inside of another one, with all coroutines
	// and metamethods that run in it. The next one is the error "too many instructions", and so is each one after it until
	// the call has ended. The same code stops at the same place each time, but what an instruction is depends on the VM.
	// 0 stands for no limit.
	MaxInstructions int
	// Interrupt, when it is not nil, stops what runs in the state when another goroutine sets it. On gopher-lua looking for
	// it costs next to nothing, up to a tenth of the time of calls; on go-lua it is up to a fifth in tight loops, and hardly
	// anything in code that works with tables and strings (BenchmarkInterruptible in package mtstates). What waits in a Go
	// function is stopped only when that looks for the interrupt, see Env.Interrupt.
	Interrupt *Interrupt
	// FS is where require looks for modules after package.preload, also with NoFiles: a.b is a/b.lua or a/b/init.lua.
	FS fs.FS
	// Stdout receives the output of print and io.stdout; nil stands for the standard output of the process.
	Stdout io.Writer
	// Stderr receives the output of io.stderr; nil stands for the standard error of the process.
	Stderr io.Writer
	// Exit is called by os.exit with the status and must not return. If it is nil, os.exit raises an error.
	Exit func(status int)
	// Collect is what collectgarbage("collect") calls after it has scrubbed the stack of the running state;
	// nil means runtime.GC. It runs the Go collector twice, so that what VMs gave back to a sync.Pool is freed.
	Collect func()
}

// DefaultMaxString is the default of Options.MaxString, 256 MiB.
const DefaultMaxString = 256 << 20

// MaxPrinted is the size in bytes from which on print writes what it has so far: all arguments together may be far
// longer than a string.
const MaxPrinted = 1 << 20

// Function is a Go function that Lua can call. Its arguments are at the indexes 1 to s.GetTop(). It returns the number
// of its results, which are on the top of the stack.
type Function func(s VM) int

const (
	// MultipleResults, as the number of results of a call, stands for all results.
	MultipleResults = -1
	// NoRoom is the result of Transfer if the destination's stack cannot hold the values.
	NoRoom = -1
)
