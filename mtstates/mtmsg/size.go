package mtmsg

import (
	"fmt"
	"unsafe"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// A message counts the bytes that it has in the serialised form of the original module: a header of one byte, or nine
// when the values have more than 254, and for each value a byte for its type and then
//
//	nil                  0
//	boolean              1
//	number               8
//	light userdata       8
//	string               1 and its length, or 8 and its length when that is above 255
//	object               8
//	table                8, and what its keys and values count if it is the first time in the message
const (
	shortHeader  = 1
	longHeader   = 9
	shortMessage = 254
	typeBytes    = 1
	wordBytes    = 8
	shortString  = 255
)

// valueBytes is what a value takes beside the bytes that it counts.
const valueBytes = int(unsafe.Sizeof(backend.Value{}))

// measure is what the values of a message are found to have.
type measure struct {
	bytes int // without the header of a message
	held  []*owner.Handle
}

// measured measures values.
func measured(values []backend.Value) (m measure) {
	var tables []*backend.NeutralTable
	for i := range values {
		m.add(&values[i])
		if values[i].Kind == backend.Table {
			tables = append(tables, values[i].Table())
		}
	}
	if len(tables) > 0 {
		m.addInside(tables)
	}
	return m
}

// addInside adds all keys and values in tables, each table once.
func (m *measure) addInside(pending []*backend.NeutralTable) {
	seen := map[*backend.NeutralTable]bool{}
	for len(pending) > 0 {
		t := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if seen[t] {
			continue
		}
		seen[t] = true
		fields := t.Fields()
		for i := range fields {
			for _, v := range [2]*backend.Value{&fields[i].Key, &fields[i].Value} {
				m.add(v)
				if v.Kind == backend.Table {
					pending = append(pending, v.Table())
				}
			}
		}
	}
}

// add adds a value, without what is in a table.
func (m *measure) add(v *backend.Value) {
	m.bytes += bytesOfValue(v)
	if v.Kind == backend.Userdata {
		if h, ok := v.Handle().(owner.Holder); ok {
			m.held = append(m.held, h.Held())
		}
	}
}

// bytesOfValue returns the bytes that a value counts, without what is in a table.
func bytesOfValue(v *backend.Value) int {
	switch v.Kind {
	case backend.Boolean:
		return typeBytes + 1
	case backend.Number, backend.LightUserdataType, backend.Userdata, backend.Table:
		return typeBytes + wordBytes
	case backend.String:
		length := len(v.Text())
		if length > shortString {
			return typeBytes + wordBytes + length
		}
		return typeBytes + 1 + length
	}
	return typeBytes
}

// withHeader returns the bytes that a message counts whose values count n bytes.
func withHeader(n int) int {
	if n > shortMessage {
		return n + longHeader
	}
	return n + shortHeader
}

// The defaults of size and grow.
const (
	defaultSize = 1024
	defaultGrow = 2
)

// memory bounds what a buffer, writer or reader holds.
type memory struct {
	size int     // in bytes
	grow float64 // 0 when the size is fixed
}

// unlimited is the memory of a message that is handed on at once.
var unlimited = memory{grow: defaultGrow}

// Growth below the least factor would copy too often, growth above the largest would waste memory.
const (
	leastFactor   = 1.25
	largestFactor = 8
)

// factor is the factor by which a block of memory grows.
func (m memory) factor() float64 { return min(max(m.grow, leastFactor), largestFactor) }

// fits reports whether the memory may ever hold that many bytes.
func (m memory) fits(bytes int) bool { return m.grow != 0 || bytes <= m.size }

// tooLarge returns the error for a message that the memory of owner can never hold.
func (m memory) tooLarge(owner string, bytes int) error {
	return ErrMessageSize.With(fmt.Sprintf("%s: %d bytes are more than the size of %d", owner, bytes, m.size))
}
