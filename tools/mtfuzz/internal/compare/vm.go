package compare

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/program"
)

// timeLimit is how long a program may run, and then how long it may take to be interrupted. Programs end by themselves
// within milliseconds. A variable for tests.
var timeLimit = 10 * time.Second

const (
	// maxString is the longest string of a program in bytes.
	maxString = 16 << 20
	// maxOutput is the longest output of a program in bytes.
	maxOutput = 1 << 20
)

// RunVM runs a program on a new VM of the backend.
func RunVM(b backend.Backend, source string) Output {
	interrupt := &backend.Interrupt{}
	stop := time.AfterFunc(timeLimit, func() { interrupt.Set(backend.InterruptAlways) })
	defer stop.Stop()
	ended := make(chan Output, 1)
	go func() { ended <- runToEnd(b, source, interrupt) }()
	select {
	case o := <-ended:
		return o
	case <-time.After(2 * timeLimit): // its goroutine goes on, as nothing can end it
		return Output{Fault: Hang}
	}
}

func runToEnd(b backend.Backend, source string, interrupt *backend.Interrupt) (o Output) {
	var printed limitedBuffer
	defer func() {
		if r := recover(); r != nil {
			o = newOutput(fmt.Sprintf("%s%spanic: %v", printed.String(), errorPrefix, r))
			o.Fault = Panic
		}
	}()
	vm, err := b.NewVM(backend.Options{
		Open:      b.Libraries(),
		NoFiles:   true,
		MaxString: maxString,
		Interrupt: interrupt,
		Stdout:    &printed,
		Collect:   func() {}, // what the Go collector does is not what is compared
	})
	if err != nil {
		return newOutput(errorPrefix + err.Error())
	}
	defer vm.Close()
	failure, text := runChunk(vm, program.Prelude, program.PreludeChunk)
	if text == "" {
		failure, text = runChunk(vm, source, program.Chunk)
	}
	o = newOutput(printed.String() + text)
	if failure != nil && failure.Interrupted {
		o.Fault = Hang
	}
	return o
}

// runChunk runs source and returns the line that says how it failed.
func runChunk(vm backend.VM, source, chunk string) (*backend.Failure, string) {
	if err := vm.Load(source, chunk, 0); err != nil {
		return nil, syntaxPrefix + err.Error()
	}
	failure := vm.PCall(0, 0)
	if failure == nil {
		return nil, ""
	}
	if vm.Type(-1) != backend.String {
		return failure, errorPrefix + "a " + vm.Type(-1).String() + " value"
	}
	text, _ := vm.ToString(-1)
	return failure, errorPrefix + text
}

// limitedBuffer keeps the first maxOutput bytes written to it.
type limitedBuffer struct {
	mu     sync.Mutex // a program that hangs may still write
	buffer bytes.Buffer
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.buffer.Write(p[:min(len(p), maxOutput-b.buffer.Len())])
	return len(p), nil
}

func (b *limitedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
