package mtmsg_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// FuzzOperations performs operations on buffers, a listener, a reader and a writer, and on a model of them that is as
// simple as can be. Each byte of the input chooses an operation, an object or a value; results, errors, numbers of
// messages and notifications must be those of the model.
func FuzzOperations(f *testing.F) {
	for _, seed := range []string{
		"\x00\x00\x03\x00\x01\x02\x02\x00\x02\x00",                                             // add, take
		"\x00\x02\x02\x04\x04\x00\x02\x01\x04\x0d\x01\x02\x0e\x05\x0d\x01\x02",                 // a message that is too large
		"\x00\x03\x01\x01\x00\x04\x01\x02\x00\x03\x01\x03\x01\x04\x00\x03\x00\x03\x00\x03\x00", // turns at a listener
		"\x0f\x00\x01\x01\x00\x00\x01\x02\x02\x00\x04\x00\x01\x00\x01\x03",                     // notifier
		"\x0a\x03\x01\x02\x03\x0b\x00\x0a\x01\x05\x0c\x03\x0b\x04",                             // writer
		"\x06\x03\x01\x02\x03\x06\x03\x00\x07\x01\x03\x00\x08\x01\x02\x00\x08\x00\x02\x00",     // abort
		"\x00\x03\x00\x09\x03\x04\x09\x04\x04\x03\x00\x10\x07\x00\x03\x00\x05\x00",             // close
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, operations []byte) {
		w := newWorld(t, operations)
		for len(w.input) > 0 {
			w.step()
			w.settle()
			w.compare()
		}
	})
}

// world has objects and the model of each, under the same index.
type world struct {
	t     *testing.T
	input []byte
	trail []string // what was done, for messages

	store    mtmsg.Store
	buffers  []*mtmsg.Buffer
	listener *mtmsg.Listener
	reader   *mtmsg.Reader
	writer   *mtmsg.Writer

	models        []*modelBuffer
	turns         []*modelBuffer // of the listener, those with messages
	listens       modelSource
	storeAborted  bool
	read, written []any
}

const (
	fixedBuffer = 60
	fixedReader = 40
	fixedWriter = 100
)

// modelSource is what a message is taken from.
type modelSource struct{ closed, aborted bool }

// modelBuffer is a buffer that has nothing but what its documentation says.
type modelBuffer struct {
	modelSource
	listened  bool
	fixed     bool
	messages  [][]any
	notifier  *counter
	condition mtmsg.Condition
	wanted    int // notifications of all notifiers it had
}

// counter counts how often it is notified.
type counter struct{ n int }

func (c *counter) Notify() bool { c.n++; return true }
func (c *counter) Closed() bool { return false }

func newWorld(t *testing.T, input []byte) *world {
	w := &world{t: t, input: input, reader: mtmsg.NewReader(mtmsg.Size(fixedReader), mtmsg.Grow(0))}
	w.writer = mtmsg.NewWriter(mtmsg.Size(fixedWriter), mtmsg.Grow(0))
	w.listener = w.store.NewListener()
	for i := range 5 {
		m := &modelBuffer{fixed: i%2 == 0, listened: i >= 2, notifier: &counter{}}
		var options []mtmsg.BufferOption
		if m.fixed {
			options = append(options, mtmsg.Size(fixedBuffer), mtmsg.Grow(0))
		}
		b := w.store.NewBuffer(options...)
		if m.listened {
			var err error
			if b, err = w.listener.NewBuffer(options...); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.SetNotifier(m.notifier, m.condition); err != nil {
			t.Fatal(err)
		}
		w.buffers, w.models = append(w.buffers, b), append(w.models, m)
	}
	return w
}

// choose takes a number below n from the input.
func (w *world) choose(n int) int {
	if len(w.input) == 0 {
		return 0
	}
	c := int(w.input[0])
	w.input = w.input[1:]
	return c % n
}

func (w *world) flag() bool { return w.choose(2) == 1 }

func (w *world) values() []any {
	list := make([]any, w.choose(4))
	for i := range list {
		list[i] = []any{nil, true, false, 1.5, -1.0, "", "a", strings.Repeat("s", 20), strings.Repeat("s", 255),
			strings.Repeat("l", 256)}[w.choose(10)]
	}
	return list
}

// step performs the operation that the input has next, on the objects and on the model.
func (w *world) step() {
	operation := w.choose(17)
	switch operation {
	case 3, 5, 7, 8, 10, 14, 16:
	case 13:
		w.readMessage()
		return
	default:
		i := w.choose(len(w.buffers))
		w.onBuffer(operation, w.buffers[i], w.models[i])
		return
	}
	switch operation {
	case 3:
		values, ok, err := w.listener.TryNext()
		m, want := w.nextOf(w.listens, w.openListened(), w.turns)
		w.same("listener:next", m != nil, ok)
		w.sameTaken(m, values, err, want)
		w.endTurn(m)
	case 5:
		w.fails("listener:clear", w.listener.Clear(), w.listens.closedError())
		for _, m := range w.listened() {
			w.remove(m, len(m.messages))
		}
	case 7:
		flag := w.flag()
		w.fails("listener:abort", w.listener.Abort(flag), w.listens.closedError())
		w.listens.aborted = flag
	case 8:
		w.storeAborted = w.flag()
		w.store.Abort(w.storeAborted)
	case 10:
		values := w.values()
		fits := size(slices.Concat(w.written, values)) <= fixedWriter
		w.fails("writer:add", w.writer.Add(values...), unless(fits, mtmsg.ErrMessageSize))
		if fits {
			w.written = append(w.written, values...)
		}
	case 14:
		n := min(w.choose(4), len(w.read))
		w.same("reader:next", w.read[:n:n], w.reader.Next(n))
		w.read = w.read[n:]
	case 16:
		if w.choose(8) == 7 { // rarely, because little is left to do then
			w.listener.Close()
			w.listens.closed = true
			for _, m := range w.models {
				if m.listened {
					m.close()
				}
			}
		}
	}
}

// onBuffer performs an operation on a buffer.
func (w *world) onBuffer(operation int, b *mtmsg.Buffer, m *modelBuffer) {
	switch operation {
	case 0, 1: // addmsg, setmsg
		w.put(m, w.values(), operation == 1, func(values []any) (bool, error) {
			if operation == 1 {
				return true, b.Set(values...)
			}
			return b.Add(values...)
		})
	case 2:
		values, ok, err := b.TryNext()
		next, want := w.nextOf(m.modelSource, true, []*modelBuffer{m})
		w.same("buffer:next", next != nil, ok)
		w.sameTaken(next, values, err, want)
	case 4:
		w.fails("buffer:clear", b.Clear(), m.closedError())
		w.remove(m, len(m.messages))
	case 6:
		flag := w.flag()
		w.fails("buffer:abort", b.Abort(flag), m.closedError())
		m.aborted = flag
	case 9:
		if w.choose(4) == 0 {
			b.Close()
			m.close()
		}
	case 11, 12: // addmsg and setmsg of the writer
		added := w.put(m, slices.Clone(w.written), operation == 12, func([]any) (bool, error) {
			if operation == 12 {
				return true, w.writer.SetIn(b)
			}
			return w.writer.AddTo(b)
		})
		if added {
			w.written = nil
		}
	case 15:
		w.fails("buffer:notifier", b.SetNotifier(nil, mtmsg.Condition{}), m.closedError())
		m.condition = mtmsg.Condition{Below: w.flag(), Threshold: w.choose(4)}
		w.fails("buffer:notifier", b.SetNotifier(m.notifier, m.condition), m.closedError())
	}
}

// put adds or sets a message and reports whether it was added.
func (w *world) put(m *modelBuffer, values []any, set bool, put func([]any) (bool, error)) bool {
	added, err := put(values)
	bytes := size(values)
	switch {
	case m.closed:
		w.fails("put", err, mtmsg.ErrObjectClosed)
		return false
	case m.fixed && bytes > fixedBuffer:
		w.fails("put", err, mtmsg.ErrMessageSize)
		return false
	case !set && m.fixed && m.bytes()+bytes > fixedBuffer:
		w.fails("put", err, nil)
		w.same("put adds", false, added)
		return false
	}
	w.fails("put", err, nil)
	w.same("put adds", true, added)
	removed := set && len(m.messages) > 0
	if set {
		m.messages = nil
	}
	m.messages = append(m.messages, values)
	if m.condition.Below {
		m.expect(removed && len(m.messages) < m.condition.Threshold)
	} else {
		m.expect(len(m.messages) > m.condition.Threshold)
	}
	return true
}

// readMessage lets the reader take a message. The context is done, so that it waits for none.
func (w *world) readMessage() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	source, state, open, from := mtmsg.Source(w.listener), w.listens, w.openListened(), w.turns
	if i := w.choose(len(w.buffers) + 1); i < len(w.buffers) {
		source, state, open, from = w.buffers[i], w.models[i].modelSource, true, w.models[i:i+1]
	}
	err := w.reader.NextMsg(ctx, source)
	m, want := w.nextOf(state, open, from)
	switch {
	case m == nil && want == nil:
		want = context.Canceled
	case m != nil && size(m.messages[0]) > fixedReader:
		want = mtmsg.ErrMessageSize
	case m != nil:
		w.read = m.messages[0]
		w.remove(m, 1)
		if source == mtmsg.Source(w.listener) {
			w.endTurn(m)
		}
	}
	w.fails("reader:nextmsg", err, want)
}

// nextOf returns the first buffer with a message of a source, or the reason why there is none; open says that a message may
// come.
func (w *world) nextOf(state modelSource, open bool, from []*modelBuffer) (first *modelBuffer, err error) {
	switch {
	case state.closed:
		return nil, mtmsg.ErrObjectClosed
	case state.aborted || w.storeAborted:
		return nil, mtmsg.ErrOperationAborted
	}
	if n := slices.IndexFunc(from, (*modelBuffer).ready); n >= 0 {
		return from[n], nil
	}
	if !open {
		return nil, mtmsg.ErrNoBuffers
	}
	return nil, nil
}

// endTurn moves a buffer, which may be nil, behind the others that the listener takes messages from.
func (w *world) endTurn(m *modelBuffer) {
	if n := slices.Index(w.turns, m); n >= 0 {
		w.turns = append(slices.Delete(w.turns, n, n+1), m)
	}
}

// settle gives each buffer of the listener with messages a turn.
func (w *world) settle() {
	w.turns = slices.DeleteFunc(w.turns, func(m *modelBuffer) bool { return !m.ready() })
	for _, m := range w.listened() {
		if m.ready() && !slices.Contains(w.turns, m) {
			w.turns = append(w.turns, m)
		}
	}
}

// sameTaken compares what was taken with the oldest message of m, which may be nil, and takes that out.
func (w *world) sameTaken(m *modelBuffer, values []any, err, want error) {
	w.fails("next", err, want)
	if m == nil {
		return
	}
	w.same("message", m.messages[0], values)
	w.remove(m, 1)
}

// remove takes out the n oldest messages.
func (w *world) remove(m *modelBuffer, n int) {
	m.messages = m.messages[n:]
	m.expect(n > 0 && m.condition.Below && len(m.messages) < m.condition.Threshold)
}

// listened returns the models of the listener's buffers.
func (w *world) listened() (all []*modelBuffer) {
	for _, m := range w.models {
		if m.listened {
			all = append(all, m)
		}
	}
	return all
}

func (w *world) openListened() bool {
	return slices.ContainsFunc(w.listened(), func(m *modelBuffer) bool { return !m.closed })
}

// compare compares all that can be seen without changing anything.
func (w *world) compare() {
	for i, m := range w.models {
		n, err := w.buffers[i].Len()
		w.fails("msgcnt", err, m.closedError())
		w.same("msgcnt", len(m.messages), n)
		w.same("notifications", m.wanted, m.notifier.n)
		aborted, err := w.buffers[i].Aborted()
		w.fails("isabort", err, m.closedError())
		w.same("isabort", !m.closed && (m.aborted || w.storeAborted), aborted)
	}
}

func (w *world) same(what string, want, got any) {
	w.t.Helper()
	w.trail = append(w.trail, fmt.Sprintf("%s: %v", what, want))
	if reflect.ValueOf(want).Kind() == reflect.Slice && reflect.ValueOf(want).Len() == 0 && reflect.ValueOf(got).Len() == 0 {
		return
	}
	if !reflect.DeepEqual(want, got) {
		w.t.Fatalf("got %v after\n%s", got, strings.Join(w.trail, "\n"))
	}
}

func (w *world) fails(what string, got, want error) {
	w.t.Helper()
	w.trail = append(w.trail, fmt.Sprintf("%s: %v", what, want))
	if !errors.Is(got, want) {
		w.t.Fatalf("got %v after\n%s", got, strings.Join(w.trail, "\n"))
	}
}

func (m *modelBuffer) ready() bool { return len(m.messages) > 0 }

func (m *modelBuffer) bytes() (n int) {
	for _, message := range m.messages {
		n += size(message)
	}
	return n
}

func (m *modelBuffer) close() { m.closed, m.messages = true, nil }

func (m *modelBuffer) expect(notification bool) {
	if notification {
		m.wanted++
	}
}

func (s modelSource) closedError() error { return unless(!s.closed, mtmsg.ErrObjectClosed) }

func unless(ok bool, err error) error {
	if ok {
		return nil
	}
	return err
}

// size returns the bytes of a message as the manual of mtmsg.newbuffer counts them.
func size(values []any) int {
	n := 0
	for _, v := range values {
		n++
		switch v := v.(type) {
		case bool:
			n++
		case float64:
			n += 8
		case string:
			n += 1 + len(v)
			if len(v) > 255 {
				n += 7
			}
		}
	}
	if n > 254 {
		return n + 9
	}
	return n + 1
}
