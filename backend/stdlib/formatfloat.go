package stdlib

import (
	"bytes"
	"math"
	"strconv"

	"github.com/mtstates/go-mtstates/backend"
)

// addFloat is %e, %f, %g and %a, in both cases of letters.
func (f *formatter) addFloat(s backend.VM, d directive, n float64) {
	sign := d.sign(math.Signbit(n) && !math.IsNaN(n))
	var room [400]byte // %.99f of the largest number needs 409; it grows then
	digits, prefix := room[:0], ""
	lower := d.verb | 0x20
	n = math.Abs(n)
	switch {
	case math.IsNaN(n):
		digits, d.zero = append(digits, "nan"...), false
	case math.IsInf(n, 0):
		digits, d.zero = append(digits, "inf"...), false
	case lower == 'a':
		digits, prefix = appendHex(digits, n, d), "0x"
	case lower == 'g':
		digits = appendShortest(digits, n, d)
	default:
		digits = appendFixed(digits, n, lower, d.orSix(), d)
	}
	if lower != d.verb {
		upperCase(digits)
		if prefix != "" {
			prefix = "0X"
		}
	}
	f.pad(s, d, sign+prefix, string(digits))
}

func (d directive) orSix() int {
	if d.precision < 0 {
		return 6
	}
	return d.precision
}

// appendFixed is %e and %f. C, like Go, writes at least two digits of exponent.
func appendFixed(b []byte, n float64, verb byte, precision int, d directive) []byte {
	b = strconv.AppendFloat(b, n, verb, precision, 64)
	if precision == 0 && d.alternate {
		b = insertPoint(b)
	}
	return b
}

// insertPoint inserts a point after a mantissa that has none.
func insertPoint(b []byte) []byte {
	i := bytes.IndexAny(b, "ep")
	if i < 0 {
		return append(b, '.')
	}
	b = append(b, 0)
	copy(b[i+1:], b[i:])
	b[i] = '.'
	return b
}

// appendShortest is %g: as many significant digits as the precision says, the shorter of %e and %f, without zeros at the
// end of the fraction unless the flag # keeps them.
func appendShortest(b []byte, n float64, d directive) []byte {
	precision := max(1, d.orSix())
	b = strconv.AppendFloat(b, n, 'e', precision-1, 64)
	e := bytes.IndexByte(b, 'e')
	exponent, _ := strconv.Atoi(string(b[e+1:]))
	if exponent >= -4 && exponent < precision {
		b = appendFixed(b[:0], n, 'f', precision-1-exponent, d)
		if !d.alternate {
			b = trimZeros(b)
		}
		return b
	}
	if d.alternate {
		if precision == 1 {
			b = insertPoint(b)
		}
		return b
	}
	return append(trimZeros(b[:e:e]), b[e:]...)
}

// trimZeros drops zeros at the end of a fraction, and the point if no digit is left.
func trimZeros(b []byte) []byte {
	if bytes.IndexByte(b, '.') < 0 {
		return b
	}
	return bytes.TrimSuffix(bytes.TrimRight(b, "0"), []byte("."))
}

// appendHex is %a without the 0x. C writes the exponent with as few digits as possible.
func appendHex(b []byte, n float64, d directive) []byte {
	b = append(b, strconv.FormatFloat(n, 'x', d.precision, 64)[2:]...)
	if d.alternate && bytes.IndexByte(b, '.') < 0 {
		b = insertPoint(b)
	}
	p := bytes.IndexByte(b, 'p')
	if len(b) == p+4 && b[p+2] == '0' {
		b = append(b[:p+2], b[p+3])
	}
	return b
}
