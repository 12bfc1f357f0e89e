package mtmsg

import (
	"context"
	"fmt"
	"runtime"

	"github.com/mtstates/go-mtstates/backend"
)

// Reader takes a message and returns its values in parts. It may be used by one goroutine at a time.
type Reader struct {
	memory
	values []backend.Value // of the message
	read   int             // how many of them were returned
	held   luggage
}

// NewReader makes a reader. With a fixed size it takes only messages that fit.
func NewReader(options ...MemoryOption) *Reader { return &Reader{memory: newMemory(options)} }

// String returns what tostring returns in Lua: mtmsg.reader: 0x...
func (r *Reader) String() string { return fmt.Sprintf("%s: %p", readerType, r) }

// Source is what a reader takes messages from: a *Buffer or a *Listener.
type Source interface{ source() source }

func (b *Buffer) source() source   { return b.queue }
func (l *Listener) source() source { return l.feed }

// NextMsg replaces the message of the reader by the oldest one of a buffer or listener, and waits for one until ctx is
// done. The errors are those of [Buffer.Next] and [Listener.Next], and [ErrMessageSize] if the message does not fit
// into a fixed size; it stays where it is then. After an error the reader keeps its message.
func (r *Reader) NextMsg(ctx context.Context, from Source) error {
	got, err := r.next(from, limits{done: ctx.Done()})
	if err == nil && !got {
		return ctx.Err()
	}
	return err
}

// next takes a message within the limits, and reports whether there was one.
func (r *Reader) next(from Source, l limits) (got bool, err error) {
	old := r.values // is overwritten only if there is a message
	m, q, err := next(from.source(), old[:0], r.memory, l)
	runtime.KeepAlive(from)
	if err != nil || q == nil {
		return false, err
	}
	if len(m.values) < len(old) {
		clear(old[len(m.values):])
	}
	r.values, r.read = m.values, 0
	if l.vm != nil { // Go code may keep what the values hold
		r.held.replace(m.held, l.vm)
	}
	return true, nil
}

// Next returns the next values of the message, at most count of them, and none at its end.
func (r *Reader) Next(count int) []any {
	values := r.peek(count)
	r.read += len(values)
	return fromValues(values)
}

// peek returns the next values, at most count, without consuming them. The slice belongs to the reader.
func (r *Reader) peek(count int) []backend.Value {
	rest := r.values[r.read:]
	return rest[:min(max(count, 0), len(rest))]
}

// readerBytes is about what a reader, or a writer, takes without values.
const readerBytes = 160

// MemoryBytes returns about how many bytes the message takes.
func (r *Reader) MemoryBytes() int {
	return readerBytes + measured(r.values).bytes + valueBytes*cap(r.values)
}

// Clear drops the message.
func (r *Reader) Clear() {
	r.values, r.read = reuse(r.values), 0
	r.held.drop()
}
