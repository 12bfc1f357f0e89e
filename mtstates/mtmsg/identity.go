package mtmsg

import (
	"sync/atomic"

	"github.com/mtstates/go-mtstates/mtstates/internal/object"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// The types of objects, as mtmsg.type and tostring show them.
const (
	bufferType   = "mtmsg.buffer"
	listenerType = "mtmsg.listener"
	writerType   = "mtmsg.writer"
	readerType   = "mtmsg.reader"
)

// lastID is the id of the latest buffer or listener.
var lastID atomic.Int64

// identity is the id and name of a buffer or listener.
type identity struct {
	typeName string
	id       int64
	name     string
	named    bool
	owned    owner.Owned
}

// ID returns the id, which no other buffer or listener of the process has or had.
func (i *identity) ID() int64 { return i.id }

// Name returns the name; ok is false if there is none.
func (i *identity) Name() (name string, ok bool) { return i.name, i.named }

// label names the object in messages.
func (i *identity) label() string { return object.Label(i.typeName, i.id, i.name, i.named) }

// expired reports whether the last handle of the object was released.
func (i *identity) expired() bool { return i.owned.Expired() }

// pin keeps the object from expiring, because Go code has it. It returns false if it has expired.
func (i *identity) pin() bool { return i.owned.Pin() }

func (i *identity) errClosed() error { return ErrObjectClosed.With(i.label()) }

func (i *identity) errDeadlock() error { return ErrDeadlock.With(i.label()) }

func (i *identity) errAborted() error { return ErrOperationAborted.With(i.label()) }
