package mtmsg

import (
	"context"
	"fmt"
	"runtime"

	"github.com/mtstates/go-mtstates/backend"
)

// Reader takes a message and gives out its values in parts. It may be used by one goroutine at a time.
type Reader struct {
	memory
	values []backend.Value // of the message
	read   int             // how many of them were given out
}

// NewReader makes a reader. With a fixed size it takes messages up to that size.
func NewReader(options ...MemoryOption) *Reader { return &Reader{memory: newMemory(options)} }

// String returns what tostring gives: mtmsg.reader: 0x...
func (r *Reader) String() string { return fmt.Sprintf("%s: %p", readerType, r) }

// Source is where a reader takes messages from: a *Buffer or a *Listener.
type Source interface{ source() source }

func (b *Buffer) source() source   { return b.queue }
func (l *Listener) source() source { return l.feed }

// NextMsg takes the oldest message of a buffer or listener in the place of the present one, and waits for it until the
// context is done. The errors are those of Next, and ErrMessageSize when the message does not fit into a fixed size;
// then it stays where it is. After an error the reader has what it had.
func (r *Reader) NextMsg(ctx context.Context, from Source) error {
	got, err := r.next(from, limits{done: ctx.Done()})
	if err == nil && !got {
		return ctx.Err()
	}
	return err
}

// next takes a message within the limits, and tells whether it has.
func (r *Reader) next(from Source, l limits) (got bool, err error) {
	old := r.values // is overwritten only when there is a message
	values, q, err := next(from.source(), old[:0], r.memory, l)
	runtime.KeepAlive(from)
	if err != nil || q == nil {
		return false, err
	}
	if len(values) < len(old) {
		clear(old[len(values):])
	}
	r.values, r.read = values, 0
	return true, nil
}

// Next returns the next values of the message, at most count; none at its end.
func (r *Reader) Next(count int) []any {
	values := r.peek(count)
	r.read += len(values)
	return fromValues(values)
}

// peek returns the next values, at most count, without moving on. They are the reader's own.
func (r *Reader) peek(count int) []backend.Value {
	rest := r.values[r.read:]
	return rest[:min(max(count, 0), len(rest))]
}

// Clear drops the message.
func (r *Reader) Clear() { r.values, r.read = reuse(r.values), 0 }
