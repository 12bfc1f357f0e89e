package conformance

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// The limits of cases that have them in their header.
const (
	caseMemory       = 4 << 20
	caseInstructions = 200_000
)

// execute runs a script in a VM of the target and returns what it printed, and whether no VM of the callee took
// part.
func execute(target Target, c *luaCase) (output string, alone bool, err error) {
	var out lockedBuffer
	options := []mtstates.Option{
		mtstates.WithStdout(&out),
		mtstates.WithModules(append(slices.Clone(sharedModules), hostModule)...),
		mtstates.WithDeadlockDetection(),
		mtstates.WithNotifyErrors(func(err error) { fmt.Fprintln(&out, err) }),
	}
	if c.edition != "" {
		options = append(options, mtstates.WithEdition(c.edition))
	}
	if c.maxMemory {
		options = append(options, mtstates.WithMaxMemory(caseMemory))
	}
	if c.readOnly {
		options = append(options, mtstates.WithReadOnlyGlobals())
	}
	if c.maxInstructions {
		options = append(options, mtstates.WithMaxInstructions(caseInstructions))
	}
	if c.interruptible {
		options = append(options, mtstates.WithInterrupt())
	}
	callee := &witness{Backend: target.Callee}
	h, err := host.New(callee, options...)
	if err != nil {
		return "", true, err
	}
	h.Threads.Stderr = io.Discard // cases let threads fail on purpose
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		return "", true, err
	}
	defer vm.Close()
	if err := vm.Load(c.source, c.chunk(), 0); err != nil {
		return "", true, err
	}
	if f := vm.PCall(0, 0); f != nil {
		err = fmt.Errorf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
	}
	if threads := h.Wait(context.Background()); err == nil {
		err = threads
	}
	return out.String(), !callee.made.Load(), err
}

// witness is a backend that knows whether it has made a VM.
type witness struct {
	backend.Backend
	made atomic.Bool
}

func (w *witness) NewVM(o backend.Options) (backend.VM, error) {
	w.made.Store(true)
	return w.Backend.NewVM(o)
}

// sharedModules are the scripts that all VMs of a case can require.
var sharedModules = []mtstates.Module{sharedModule("check"), sharedModule("owners"), sharedModule("failures")}

// sharedModule is the module cases/NAME.lua.
func sharedModule(name string) mtstates.Module {
	file := "cases/" + name + ".lua"
	return mtstates.Module{Name: name, Open: func(_ *mtstates.Registry, s backend.VM) int {
		source, err := files.ReadFile(file)
		if err == nil {
			err = s.Load(string(source), "@"+file, 0)
		}
		if err != nil {
			return modules.Raise(s, err)
		}
		s.Call(0, 1)
		return 1
	}}
}

// lockedBuffer is a buffer that several VMs print into.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
