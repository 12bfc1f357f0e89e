package backend

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/mtstates/go-mtstates/backend/stdio"
)

// Env is what the host has chosen for a VM, and what Go code keeps with it. A VM has one Env, which its coroutines
// share. Like the VM, it is used by one goroutine at a time.
type Env struct {
	// Options are those that NewVM got; MaxString and Exit are always set.
	Options
	// Backend is the backend that the VM belongs to.
	Backend Backend
	// Libraries are the VM's standard libraries.
	Libraries Libraries

	// Budget has what is left of the limits among the options; nil without any.
	Budget *Budget

	kept    []kept // few
	atClose []func()
	context func() context.Context

	interruptible func(on bool)
}

// NewEnv returns the Env of a new VM. Adapters call it, without options for a VM that the host has made itself.
func NewEnv(b Backend, o Options) *Env {
	if o.MaxString == 0 {
		o.MaxString = DefaultMaxString
	}
	if o.Exit == nil {
		o.Exit = func(int) {}
	}
	return &Env{Options: o, Backend: b}
}

// Variable returns a variable of the environment that configures Lua, such as LUA_PATH. A variable for the VM's version
// of Lua, such as LUA_PATH_5_2, overrides it.
func (e *Env) Variable(name string) (value string, ok bool) {
	if e.IgnoreEnvironment {
		return "", false
	}
	version := strings.ReplaceAll(strings.TrimPrefix(e.Backend.LuaVersion(), "Lua "), ".", "_")
	if value, ok := os.LookupEnv(name + "_" + version); ok {
		return value, true
	}
	return os.LookupEnv(name)
}

// WriteOutput writes text to Stdout, or to the standard output of the process.
func (e *Env) WriteOutput(text string) error {
	if e.Stdout == nil {
		_, err := stdio.Stdout.WriteString(text)
		return err
	}
	_, err := io.WriteString(e.Stdout, text)
	return err
}

// Context returns the context of what runs in the VM: the one that the host has set in a VM of its own, or
// context.Background unless SetContext has said where it is.
func (e *Env) Context() context.Context {
	if e.context == nil {
		return context.Background()
	}
	return e.context()
}

// HasContext reports whether Context may be another than context.Background.
func (e *Env) HasContext() bool { return e.context != nil }

// SetContext sets the function that Context calls. It is called by the goroutine that runs the VM, and must not return nil.
func (e *Env) SetContext(of func() context.Context) { e.context = of }

// SetInterruptible chooses whether the VM looks for its interrupt while it runs Lua code. A VM that was made with an
// interrupt looks for it from the start. It is called between runs, or by the function that runs, for the runs that this
// one begins; without an interrupt it does nothing.
func (e *Env) SetInterruptible(on bool) {
	if e.interruptible != nil {
		e.interruptible(on)
	}
}

// OnInterruptible sets the function that SetInterruptible calls. Adapters call it for a new VM that has an interrupt.
func (e *Env) OnInterruptible(set func(on bool)) { e.interruptible = set }

// Reserve raises the memory error if the VM may not allocate n more bytes at once. Functions call it before they make
// something large.
func (e *Env) Reserve(n int) {
	if !e.Budget.Reserve(n) {
		RaiseOutOfMemory()
	}
}

// Keep keeps a Go value with the VM under key, for [Env.Kept]. The key has a type of its own, like the keys of a
// context.
func (e *Env) Keep(key, value any) {
	for i := range e.kept {
		if e.kept[i].key == key {
			e.kept[i].value = value
			return
		}
	}
	e.kept = append(e.kept, kept{key, value})
}

type kept struct{ key, value any }

// Kept returns the Go value that was kept under key, nil if there is none.
func (e *Env) Kept(key any) any {
	for i := range e.kept {
		if e.kept[i].key == key {
			return e.kept[i].value
		}
	}
	return nil
}

// AtClose adds a function to those that are called when the VM is closed, before it frees anything. They do not use the VM.
func (e *Env) AtClose(f func()) { e.atClose = append(e.atClose, f) }

// Closing calls what AtClose has added. Adapters call it at the beginning of Close.
func (e *Env) Closing() {
	list := e.atClose
	e.atClose = nil
	for _, f := range list {
		f()
	}
}

// Libraries are the standard libraries of a VM, which package stdlib opens.
type Libraries interface {
	// Preload registers loader in package.preload, see Preload.
	Preload(vm VM, name string, loader Function)
	// Complete fills the table at index if it is one that is filled on use. Operations that read tables without
	// metamethods call it for tables, and strings, that have the lazy metatable of package stdlib.
	Complete(vm VM, index int)
	// PushModules pushes package.loaded and package.preload, nil for one that the VM does not have.
	PushModules(vm VM)
	// HasFunction reports whether the standard library module, "_G" for the base functions, has a function of that name.
	HasFunction(module, name string) bool
}

// Preload registers loader under name in package.preload, so that require(name) calls it with the name and keeps its
// result.
func Preload(vm VM, name string, loader Function) { vm.Env().Libraries.Preload(vm, name, loader) }
