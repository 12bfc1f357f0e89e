package stdlib

import (
	"strings"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// checkSize raises the memory error for a string of n bytes that would be too long.
func checkSize(s backend.VM, n int) {
	if n > s.Env().MaxString {
		backend.RaiseOutOfMemory()
	}
	s.Env().Reserve(n)
}

// cut returns the part of a string from first to behind. In a VM with a limit on memory it is a string of its own when it
// is much shorter: it would keep alive the whole, whose length the limit does not see.
func cut(s backend.VM, t string, first, behind int) string {
	if s.Env().MaxMemory > 0 && behind-first < len(t)/2 {
		return strings.Clone(t[first:behind])
	}
	return t[first:behind]
}

// maxKept is the size of the largest buffer that is kept for the next call.
const maxKept = 64 << 10

// buffer collects a string up to a limit. A function gets it from newBuffer and returns it with push. If the function
// raises instead, the buffer becomes garbage.
type buffer struct {
	bytes []byte
	limit int
}

var buffers = sync.Pool{New: func() any { return &buffer{bytes: make([]byte, 0, 512)} }}

func newBuffer(s backend.VM) *buffer {
	b := buffers.Get().(*buffer)
	b.limit = s.Env().MaxString
	return b
}

// push pushes the string. The buffer must not be used afterwards.
func (b *buffer) push(s backend.VM) {
	s.PushString(string(b.bytes))
	if cap(b.bytes) <= maxKept {
		b.bytes = b.bytes[:0]
		buffers.Put(b)
	}
}

// room raises the memory error if n more bytes would be too many. A function that adds many is interruptible there.
func (b *buffer) room(s backend.VM, n int) {
	if (len(b.bytes)+n)/bytesPerPoll != len(b.bytes)/bytesPerPoll {
		poll(s)
	}
	if n > b.limit-len(b.bytes) {
		backend.RaiseOutOfMemory()
	}
	if n += len(b.bytes); n > cap(b.bytes) {
		s.Env().Reserve(2 * n) // it grows, and becomes a string
	}
}

func (b *buffer) add(s backend.VM, text string) {
	b.room(s, len(text))
	b.bytes = append(b.bytes, text...)
}
