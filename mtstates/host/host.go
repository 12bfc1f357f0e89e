// Package host combines a registry of states with the companion modules mtmsg and llthreads2. Programs that run
// scripts, or embed the modules into a VM of their own, start here:
//
//	h, err := host.New(gopherlua.Backend)
//	...
//	h.Preload(gopherlua.Wrap(l)) // now require "mtstates" works in l
//	...
//	err = h.Wait(ctx)
//
// Like the core, it imports no VM.
package host

import (
	"context"
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
	"github.com/mtstates/go-mtstates/mtstates/llthreads2"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// Host is a registry with the companion modules. Go programs may use its parts on their own.
type Host struct {
	// States is the registry. In its VMs require finds mtstates, mtmsg, llthreads2 and llthreads2.ex.
	States *mtstates.Registry
	// Buffers holds the message buffers.
	Buffers *mtmsg.Store
	// Threads holds the threads that scripts started.
	Threads *llthreads2.Group

	memory memory // of the states, for snapshots
}

// New returns a host for new states of backend b. The errors are those of [mtstates.NewRegistry].
func New(b backend.Backend, options ...mtstates.Option) (*Host, error) {
	h := &Host{Buffers: &mtmsg.Store{}, Threads: &llthreads2.Group{}}
	modules := append([]mtstates.Module{h.Buffers.Module()}, h.Threads.Modules()...)
	states, err := mtstates.NewRegistry(b, append([]mtstates.Option{mtstates.WithModules(modules...)}, options...)...)
	if err != nil {
		return nil, err
	}
	h.States, h.Buffers.MaxBytes = states, states.MaxMessageBytes()
	return h, nil
}

// Preload makes require find the modules in a VM that the program made itself. Its os.exit, print and collectgarbage
// stay as they are. The library package should be open before. If it is not, a gopher-lua VM gets a package with which
// require finds only preloaded modules, until lua.OpenPackage replaces it; in a go-lua VM require finds the modules
// once the library is open.
func (h *Host) Preload(s backend.VM) { h.States.Preload(s) }

// NewVM returns a new VM with all libraries and modules, to run a script in. os.exit calls exit; nil stands for what
// [mtstates.WithExit] has set. The caller closes the VM.
func (h *Host) NewVM(exit func(status int)) (backend.VM, error) {
	return h.States.NewVM(h.States.Backend(), exit)
}

// Wait waits for the threads that are not detached, as a Lua program does when it ends. The error is that of joinable
// threads which failed and were not joined. They have already reported it, see [llthreads2.Group]. When ctx is done first,
// it is that of ctx.
func (h *Host) Wait(ctx context.Context) error { return h.Threads.Wait(ctx) }

// Close stops the threads and closes all states, see [llthreads2.Group.Close] and [mtstates.Registry.Close]. The error
// reports what would not end.
func (h *Host) Close() error { return errors.Join(h.Threads.Close(), h.States.Close()) }

// Shutdown waits for the threads that are not detached, then lets the calls of states end, and closes all, see
// [mtstates.Registry.Shutdown]. When ctx ends first, it returns the error of ctx; Close then stops what still runs. The
// error may also be that of threads which failed, as for Wait.
func (h *Host) Shutdown(ctx context.Context) error {
	failed := h.Wait(ctx)
	if ctx.Err() != nil {
		return failed
	}
	if err := h.States.Shutdown(ctx); err != nil {
		return errors.Join(failed, err)
	}
	return errors.Join(failed, h.Threads.Close())
}

// ErrorText returns the text of the error value that a failed protected call left on the top of the stack. It may need
// a few more stack slots.
func ErrorText(vm backend.VM, f *backend.Failure) string {
	return failure.Text(vm, f)
}

// ErrorReport is ErrorText with the traceback, as a program prints an error that nothing caught. Each stack appears once.
func ErrorReport(vm backend.VM, f *backend.Failure) string {
	message, traceback := failure.Report(vm, f)
	return message + traceback
}
