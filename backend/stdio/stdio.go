// Package stdio buffers the output of a process as C's standard library does. Package stdlib writes to files through it, and
// VMs write to [Stdout] unless the host has chosen another output.
//
// A [Writer] may be used by several goroutines. Nothing is buffered that a script has not asked for unless the program has
// called [Buffer]: a Go program has no last moment at which files that were never closed could be flushed. A program whose
// main purpose is to run scripts, and which knows when it ends, calls Buffer when it begins and [FlushAll] before it ends.
package stdio

import (
	"bufio"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
)

// DefaultSize is the size of buffers that nobody has chosen.
const DefaultSize = 4096

// Writer is a file, or another place for output, with a buffer that can be exchanged.
type Writer struct {
	mu     sync.Mutex
	to     io.Writer
	buffer *bufio.Writer // nil without buffer
	byLine bool          // it is flushed after a line
}

// NewWriter returns a Writer without buffer.
func NewWriter(to io.Writer) *Writer { return &Writer{to: to} }

// Write writes b. An error of a write that was delayed comes with a later one.
func (w *Writer) Write(b []byte) (int, error) { return w.WriteString(string(b)) }

// WriteString writes text.
func (w *Writer) WriteString(text string) (n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.buffer == nil {
		return io.WriteString(w.to, text)
	}
	if n, err = w.buffer.WriteString(text); err == nil && w.byLine && strings.IndexByte(text, '\n') >= 0 {
		err = w.buffer.Flush()
	}
	return n, err
}

// Flush hands on what is in the buffer.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.flush()
}

func (w *Writer) flush() error {
	if w.buffer == nil {
		return nil
	}
	return w.buffer.Flush()
}

// SetBuffer flushes the buffer and takes one of another size, 0 for none. With byLine it is flushed after each line.
func (w *Writer) SetBuffer(size int, byLine bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.flush(); err != nil {
		return err
	}
	w.buffer, w.byLine = nil, byLine
	if size > 0 {
		w.buffer = bufio.NewWriterSize(w.to, size)
	}
	return nil
}

// kept are the writers that FlushAll flushes.
var kept struct {
	mu      sync.Mutex
	writers map[*Writer]struct{}
}

// Keep lets FlushAll flush w, until Forget is called for it.
func Keep(w *Writer) {
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.writers == nil {
		kept.writers = map[*Writer]struct{}{}
	}
	kept.writers[w] = struct{}{}
}

// Forget is called when w was closed.
func Forget(w *Writer) {
	kept.mu.Lock()
	defer kept.mu.Unlock()
	delete(kept.writers, w)
}

// FlushAll flushes all writers that are kept. The program calls it before it ends.
func FlushAll() {
	kept.mu.Lock()
	defer kept.mu.Unlock()
	for w := range kept.writers {
		_ = w.Flush() // nobody is left to hear of it
	}
}

// Stdout is the standard output of the process.
var Stdout = NewWriter(standard{})

// standard is os.Stdout as it is when something is written.
type standard struct{}

func (standard) Write(b []byte) (int, error)          { return os.Stdout.Write(b) }
func (standard) WriteString(text string) (int, error) { return os.Stdout.WriteString(text) }

var buffers atomic.Bool

// Buffer lets Stdout, and files that are opened from now on, have a buffer of the default size; byLine says that Stdout is
// flushed after a line, as on a terminal. The program must call FlushAll before it ends.
func Buffer(byLine bool) {
	buffers.Store(true)
	Keep(Stdout)
	_ = Stdout.SetBuffer(DefaultSize, byLine) // which fails only when there was a buffer
}

// Buffers reports whether Buffer was called.
func Buffers() bool { return buffers.Load() }
