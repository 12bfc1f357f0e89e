package stdlib

import "github.com/mtstates/go-mtstates/backend"

// checkSize raises the memory error for a string of n bytes that would be too long.
func checkSize(s backend.State, n int) {
	if n > s.MaxString() {
		s.RaiseOutOfMemory()
	}
}

// buffer collects a string up to a limit.
type buffer struct {
	bytes []byte
	limit int
}

// room raises the memory error when n more bytes would be too many.
func (b *buffer) room(s backend.State, n int) {
	if n > b.limit-len(b.bytes) {
		s.RaiseOutOfMemory()
	}
}

func (b *buffer) add(s backend.State, text string) {
	b.room(s, len(text))
	b.bytes = append(b.bytes, text...)
}
