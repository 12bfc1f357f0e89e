package mtmsg

import (
	"fmt"
	"iter"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
	"github.com/mtstates/go-mtstates/mtstates/internal/realm"
)

// Store is a set of message buffers and listeners. The zero Store is empty and ready.
type Store struct {
	// MaxBytes limits what all messages in the buffers take together, counted as for Size; 0 stands for no limit. It is set
	// before the first buffer is made.
	MaxBytes int

	bytes     atomic.Int64
	buffers   object.Table[Buffer]
	listeners object.Table[Listener]
	aborted   atomic.Bool

	whole *Store // of which this is the part of a realm, nil for none
	parts parts
}

// Module returns the Lua module mtmsg with the buffers and listeners of the store.
func (s *Store) Module() mtstates.Module {
	return mtstates.Module{Name: "mtmsg", Open: func(_ *mtstates.Registry, vm backend.VM) int {
		return (&module{store: s.partFor(realm.Of(vm.Env()))}).open(vm)
	}}
}

// BufferOption configures a new buffer: Named, Size, Grow.
type BufferOption interface{ applyToBuffer(*identity, *memory) }

// ListenerOption configures a new listener: Named.
type ListenerOption interface{ applyToListener(*identity) }

// MemoryOption configures a new writer or reader: Size, Grow.
type MemoryOption interface{ applyToMemory(*memory) }

// Named sets the name of a new buffer or listener. Several may have the same name, but then the name finds none of
// them.
type Named string

// Size is the size of a new buffer, writer or reader in bytes, which matters if Grow is 0; the default is 1024. The
// manual of mtmsg.newbuffer says how bytes are counted. A negative size panics where it is used.
type Size int

// Grow is the factor by which the memory of a buffer, writer or reader grows when it is full; the default is 2, and 0
// fixes the size. A negative factor and NaN panic where they are used.
type Grow float64

func (n Named) applyToBuffer(i *identity, _ *memory) { n.applyToListener(i) }
func (n Named) applyToListener(i *identity)          { i.name, i.named = string(n), true }
func (n Size) applyToBuffer(_ *identity, m *memory)  { n.applyToMemory(m) }
func (f Grow) applyToBuffer(_ *identity, m *memory)  { f.applyToMemory(m) }

func (n Size) applyToMemory(m *memory) {
	if n < 0 {
		panic(fmt.Sprintf("mtmsg: Size %d is negative", n))
	}
	m.size = int(n)
}

func (f Grow) applyToMemory(m *memory) {
	if !(f >= 0) {
		panic(fmt.Sprintf("mtmsg: Grow %v is not at least 0", float64(f)))
	}
	m.grow = float64(f)
}

// newMemory returns the memory of a writer or reader.
func newMemory(options []MemoryOption) memory {
	m := memory{defaultSize, defaultGrow}
	for _, option := range options {
		option.applyToMemory(&m)
	}
	return m
}

// Buffers yields the buffers that are not closed, in no particular order. Those made in the meantime may be missed.
func (s *Store) Buffers() iter.Seq[*Buffer] {
	return allIn(s, func(part *Store) iter.Seq[*Buffer] { return part.buffers.All() })
}

// Listeners yields the listeners that are not closed, in no particular order. Those made in the meantime may be missed.
func (s *Store) Listeners() iter.Seq[*Listener] {
	return allIn(s, func(part *Store) iter.Seq[*Listener] { return part.listeners.All() })
}

// BufferByID returns the buffer with the given id. The error is [ErrUnknownObject].
func (s *Store) BufferByID(id int64) (*Buffer, error) { return pinned(s.bufferByID, id) }

// BufferByName returns the buffer with the given name. The errors are [ErrUnknownObject], and [ErrAmbiguousName] if
// several buffers have the name.
func (s *Store) BufferByName(name string) (*Buffer, error) { return pinned(s.bufferByName, name) }

// ListenerByID returns the listener with the given id. The error is [ErrUnknownObject].
func (s *Store) ListenerByID(id int64) (*Listener, error) { return pinned(s.listenerByID, id) }

// ListenerByName returns the listener with the given name. The errors are [ErrUnknownObject], and [ErrAmbiguousName] if
// several listeners have the name.
func (s *Store) ListenerByName(name string) (*Listener, error) { return pinned(s.listenerByName, name) }

// pinned returns what a look-up finds, for Go code. The look-up is repeated if the object has expired meanwhile.
func pinned[K any, T interface{ pin() bool }](find func(K) (T, error), key K) (T, error) {
	for {
		object, err := find(key)
		if err != nil || object.pin() {
			return object, err
		}
	}
}

func (s *Store) bufferByID(id int64) (*Buffer, error) { return known(s.buffers.ByID(id), "buffer", id) }

func (s *Store) bufferByName(name string) (*Buffer, error) { return named(&s.buffers, "buffer", name) }

func (s *Store) listenerByID(id int64) (*Listener, error) {
	return known(s.listeners.ByID(id), "listener", id)
}

func (s *Store) listenerByName(name string) (*Listener, error) {
	return named(&s.listeners, "listener", name)
}

// expiring is what a look-up finds as long as it has not expired.
type expiring[T any] interface {
	*T
	expired() bool
}

func known[T any, P expiring[T]](object P, kind string, id int64) (*T, error) {
	if object == nil || object.expired() {
		return nil, ErrUnknownObject.With(fmt.Sprintf("%s id %d", kind, id))
	}
	return object, nil
}

func named[T any, P expiring[T]](table *object.Table[T], kind, name string) (P, error) {
	object, ambiguous := table.NamedThat(name, func(object *T) bool { return !P(object).expired() })
	if ambiguous {
		return nil, ErrAmbiguousName.With(fmt.Sprintf("%s name %q", kind, backend.Quote(name)))
	}
	if object == nil {
		return nil, ErrUnknownObject.With(fmt.Sprintf("%s name %q", kind, backend.Quote(name)))
	}
	return object, nil
}
