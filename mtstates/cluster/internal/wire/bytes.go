package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Version is the first byte of each message.
const Version = 1

// ErrMalformed is returned for a message that is not one of this format.
var ErrMalformed = errors.New("malformed message")

func malformed(what string) error { return fmt.Errorf("%w: %s", ErrMalformed, what) }

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes a message apart. After the first error all methods return zero values.
type reader struct {
	rest []byte
	err  error
}

func newReader(message []byte) reader {
	r := reader{rest: message}
	if v := r.byte(); r.err == nil && v != Version {
		r.fail(fmt.Sprintf("version %d instead of %d", v, Version))
	}
	return r
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = malformed(what)
	}
	r.rest = nil
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.fail("it ends early")
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uint64() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.fail("no number")
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// count returns the length of a list whose elements have at least size bytes.
func (r *reader) count(size int) int {
	n := r.uint64()
	if n > uint64(len(r.rest)/size) {
		r.fail("a length beyond the end")
		return 0
	}
	return int(n)
}

func (r *reader) string() string {
	n := r.count(1)
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

// end returns the first error; anything left is one.
func (r *reader) end() error {
	if r.err == nil && len(r.rest) > 0 {
		r.fail("bytes behind the end")
	}
	return r.err
}
