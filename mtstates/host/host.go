// Package host puts the modules together: a registry of states with the companion modules mtmsg and llthreads2. It is
// what a program starts from that runs scripts or embeds the modules into a VM of its own:
//
//	h := host.New(gopherlua.Backend)
//	h.Preload(gopherlua.Wrap(L)) // now require "mtstates" works in L
//	...
//	err := h.Wait()
//
// Like the core it imports no VM.
package host

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
	"github.com/mtstates/go-mtstates/mtstates/llthreads2"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// Host is a registry with the companion modules. Its parts may be used on their own from Go.
type Host struct {
	// States has the states; in its VMs require finds mtstates, mtmsg, llthreads2 and llthreads2.ex.
	States *mtstates.Registry
	// Buffers has the message buffers.
	Buffers *mtmsg.Store
	// Threads has the threads that scripts started.
	Threads *llthreads2.Group
}

// New returns a host whose new states are of backend b.
func New(b backend.Backend, options ...mtstates.Option) *Host {
	h := &Host{Buffers: &mtmsg.Store{}, Threads: &llthreads2.Group{}}
	modules := append([]mtstates.Module{h.Buffers.Module()}, h.Threads.Modules()...)
	h.States = mtstates.NewRegistry(b, append([]mtstates.Option{mtstates.WithModules(modules...)}, options...)...)
	return h
}

// Preload makes require find the modules in a VM that the program made itself. Its os.exit, print and collectgarbage
// stay what they are. The library package should be open before: a gopher-lua VM without it gets a package with which
// require finds preloaded modules and nothing else, which a later lua.OpenPackage replaces; in a go-lua VM the modules
// are found once the library is open.
func (h *Host) Preload(s backend.VM) { h.States.Preload(s) }

// NewVM returns a new VM with all libraries and modules to run a script in. exit is what os.exit calls, nil if scripts
// must not end the process. The caller closes it.
func (h *Host) NewVM(exit func(status int)) (backend.VM, error) {
	return h.States.NewVM(h.States.Backend(), exit)
}

// Wait waits for the threads that are not detached, as a Lua program does at its end. The error is that of joinable
// threads which failed and were not joined; they have reported it already, see llthreads2.Group.
func (h *Host) Wait() error { return h.Threads.Wait() }

// ErrorText returns the text of the error value that a failed protected call left on the top of a VM's stack. The
// stack may grow by some values.
func ErrorText(vm backend.VM, f *backend.Failure) string {
	return failure.Text(vm, f)
}
