package mtmsg

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// A message counts the bytes that it has in the serialised form of the original module: a header of one byte, or nine
// when the values have more than 254, and for each value a byte for its type and then
//
//	nil                  0
//	boolean              1
//	number               8
//	light userdata       8
//	string               1 and its length, or 8 and its length when that is above 255
const (
	shortHeader  = 1
	longHeader   = 9
	shortMessage = 254
	typeBytes    = 1
	wordBytes    = 8
	shortString  = 255
)

// bytesOf returns the bytes that values count, without the header of a message.
func bytesOf(values []backend.Value) int {
	n := len(values) * typeBytes
	for i := range values {
		switch values[i].Kind {
		case backend.Boolean:
			n++
		case backend.Number, backend.LightUserdataType:
			n += wordBytes
		case backend.String:
			length := len(values[i].Text())
			n += 1 + length
			if length > shortString {
				n += wordBytes - 1
			}
		}
	}
	return n
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
