package mtmsg

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// Writer collects values and sends them as one message. It may be used by one goroutine at a time.
type Writer struct {
	memory
	values []backend.Value
	bytes  int // of the values
	held   luggage
}

// NewWriter makes a writer. With a fixed size it takes only messages that fit.
func NewWriter(options ...MemoryOption) *Writer { return &Writer{memory: newMemory(options)} }

// String returns what tostring returns in Lua: mtmsg.writer: 0x...
func (w *Writer) String() string { return fmt.Sprintf("%s: %p", writerType, w) }

// Add collects values. It accepts those that [modules.ToValue] accepts. The errors, which mean that nothing was added,
// are [*mtstates.ArgumentError], and [ErrMessageSize] if the values do not fit into a fixed size.
func (w *Writer) Add(values ...any) error {
	list, err := toValues(values, "add")
	if err != nil {
		return err
	}
	return w.collect(list, measured(list).bytes)
}

// addFrom adds values that were read from a VM.
func (w *Writer) addFrom(vm backend.VM, values []backend.Value) error {
	m := measured(values)
	if err := w.collect(values, m.bytes); err != nil {
		owner.Release(m.held...)
		return err
	}
	w.held.add(m.held, vm)
	return nil
}

// collect adds values that count some bytes.
func (w *Writer) collect(values []backend.Value, bytes int) error {
	bytes += w.bytes
	if !w.fits(withHeader(bytes)) {
		return w.tooLarge(writerType, withHeader(bytes))
	}
	w.values, w.bytes = append(w.values, values...), bytes
	return nil
}

// AddTo adds the collected values to the buffer as one message, and empties the writer. If the buffer has no room, or
// after an error, the writer keeps them. The results are those of [Buffer.Add].
func (w *Writer) AddTo(b *Buffer) (added bool, err error) { return w.send(b, false, nil) }

// SetIn is [Writer.AddTo] with [Buffer.Set] instead of [Buffer.Add].
func (w *Writer) SetIn(b *Buffer) error {
	_, err := w.send(b, true, nil)
	return err
}

// send adds or sets the message. vm is the VM in which that happens, nil for Go.
func (w *Writer) send(b *Buffer, set bool, vm backend.VM) (added bool, err error) {
	m := message{w.values, withHeader(w.bytes), w.held.take()}
	added, err = b.put(m, set, vm)
	if added {
		w.Clear()
	} else {
		w.held.add(m.held.list(), vm)
	}
	return added, err
}

// MemoryBytes returns about how many bytes the collected values take.
func (w *Writer) MemoryBytes() int { return readerBytes + w.bytes + valueBytes*cap(w.values) }

// Clear drops the collected values.
func (w *Writer) Clear() {
	w.values, w.bytes = reuse(w.values), 0
	w.held.drop()
}

// keptValues bounds the memory that is kept for reuse.
const keptValues = 1024

// reuse returns an empty list, in the memory of values unless that is too large.
func reuse(values []backend.Value) []backend.Value {
	if cap(values) > keptValues {
		return nil
	}
	clear(values)
	return values[:0]
}
