package mtmsg

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
)

// Store is a set of message buffers. The zero Store is empty and ready.
type Store struct {
	buffers object.Table[Buffer]
}

var lastID atomic.Int64

// Module returns the Lua module mtmsg over the store.
func (s *Store) Module() mtstates.Module {
	return mtstates.Module{Name: "mtmsg", Open: func(_ *mtstates.Registry, vm backend.State) int {
		return (&module{s}).open(vm)
	}}
}

// NewBuffer makes a buffer without a name.
func (s *Store) NewBuffer() *Buffer {
	b := &Buffer{store: s, id: lastID.Add(1)}
	s.buffers.Add(b, b.id, "", false)
	return b
}

// NewNamedBuffer makes a buffer with a name; the error is ErrObjectExists.
func (s *Store) NewNamedBuffer(name string) (*Buffer, error) {
	b := &Buffer{store: s, id: lastID.Add(1), name: name, named: true}
	if holder := s.buffers.Add(b, b.id, name, true); holder != nil {
		return nil, ErrObjectExists.With(holder.label())
	}
	return b, nil
}

// BufferByID returns the buffer with the id; the error is ErrUnknownObject.
func (s *Store) BufferByID(id int64) (*Buffer, error) {
	if b := s.buffers.ByID(id); b != nil {
		return b, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("buffer id %d", id))
}

// BufferByName returns the buffer with the name; the error is ErrUnknownObject.
func (s *Store) BufferByName(name string) (*Buffer, error) {
	if b := s.buffers.ByName(name); b != nil {
		return b, nil
	}
	return nil, ErrUnknownObject.With(fmt.Sprintf("buffer name %q", name))
}

var started = time.Now()

// Now returns the time in seconds since the epoch. It follows the monotonic clock, so it never runs backwards.
func Now() float64 {
	now := started.Add(time.Since(started))
	return float64(now.UnixNano()) / 1e9
}
