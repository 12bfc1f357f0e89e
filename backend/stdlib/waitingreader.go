package stdlib

import (
	"errors"
	"io"

	"github.com/mtstates/go-mtstates/backend"
)

// errInterrupted ends a read; what it would have read stays for the next one.
var errInterrupted = errors.New("interrupted")

// raiseInterrupted raises the error of the interrupt that the state has taken.
func raiseInterrupted(s backend.VM) int {
	s.PushString(s.Env().Interrupt.Message())
	return s.Error()
}

// waitingReader reads from a terminal, a pipe or the like, where data may come late or never, so that an interrupt can
// end the wait.
type waitingReader struct {
	from      io.Reader
	interrupt *backend.Interrupt // of the state that reads, which may be nil
	begun     chan chunk         // receives the result of a read that goes on, nil if none does
	rest      chunk              // the result of a read, as far as it was not returned yet
}

// chunk is the result of a read.
type chunk struct {
	bytes []byte
	err   error
}

func (r *waitingReader) Read(p []byte) (int, error) {
	if len(r.rest.bytes) == 0 && r.rest.err == nil {
		if r.interrupt == nil && r.begun == nil {
			return r.from.Read(p)
		}
		if err := r.wait(len(p)); err != nil {
			return 0, err
		}
	}
	if n := copy(p, r.rest.bytes); n > 0 {
		r.rest.bytes = r.rest.bytes[n:]
		return n, nil
	}
	err := r.rest.err
	r.rest = chunk{}
	return 0, err
}

// maxWaited bounds what one wait reads: a pipe has no more at once.
const maxWaited = 64 << 10

// wait waits for the result of a read of up to size bytes.
func (r *waitingReader) wait(size int) error {
	if r.begun == nil {
		begun := make(chan chunk, 1)
		r.begun = begun
		go func() {
			bytes := make([]byte, min(size, maxWaited))
			n, err := r.from.Read(bytes)
			begun <- chunk{bytes[:n], err}
		}()
	}
	defer r.interrupt.Resume(r.interrupt.Pause())
	for {
		select {
		case r.rest = <-r.begun:
			r.begun = nil
			return nil
		case <-r.interrupt.Done():
			if r.interrupt.Take() {
				return errInterrupted
			}
		}
	}
}

// take waits until no other state reads from the file.
func (f *file) take(s backend.VM) {
	i := s.Env().Interrupt
	defer i.Resume(i.Pause())
	for {
		select {
		case f.lock <- struct{}{}:
			return
		case <-i.Done():
			if i.Take() {
				raiseInterrupted(s)
			}
		}
	}
}
