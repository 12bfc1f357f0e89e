package stdlib

import (
	"math"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// maxExact is the bound up to which Lua numbers represent every integer.
const maxExact = 1 << 53

// maxInteger bounds the integers that functions compute with. Sums and differences of two of them do not overflow, even
// where an int has 32 bits.
const maxInteger = min(maxExact, math.MaxInt/4)

// clamp truncates a number to an integer. Larger ones, infinity included, become the largest; NaN becomes the smallest,
// as it does in C on most machines.
func clamp(n float64) int {
	switch {
	case n >= maxInteger:
		return maxInteger
	case n >= -maxInteger:
		return int(n)
	}
	return -maxInteger
}

// integer returns argument i of a function; a fraction is cut off.
func integer(s backend.VM, i int, function string) int {
	return clamp(arg.Number(s, i, function))
}

// optInteger is integer for an argument that may be absent or nil.
func optInteger(s backend.VM, i int, function string, otherwise int) int {
	if s.Type(i) <= backend.Nil {
		return otherwise
	}
	return integer(s, i, function)
}

// text returns argument i of a function, a string or a number.
func text(s backend.VM, i int, function string) string { return arg.String(s, i, function) }

// optText is text for an argument that may be absent or nil.
func optText(s backend.VM, i int, function, otherwise string) string {
	if t, ok := arg.OptString(s, i, function); ok {
		return t
	}
	return otherwise
}

// raise raises a message that begins with the position of the function's caller.
func raise(s backend.VM, message string) int { return backend.Raise(s, message) }

// start converts the first position of a range in a string of the given length, negative from the end, to an offset,
// which is not negative but may be beyond the end.
func start(position, length int) int {
	if position < 0 {
		position += length + 1
	}
	return max(position, 1) - 1
}

// end converts the last position of a range in a string of the given length to the offset behind it.
func end(position, length int) int {
	if position < 0 {
		position += length + 1
	}
	return min(max(position, 0), length)
}
