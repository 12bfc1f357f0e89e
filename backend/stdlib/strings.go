package stdlib

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

func stringLen(s backend.VM) int {
	s.PushNumber(float64(len(text(s, 1, "len"))))
	return 1
}

// stringSub is string.sub(s, i [, j]).
func stringSub(s backend.VM) int {
	t := text(s, 1, "sub")
	from, to := start(integer(s, 2, "sub"), len(t)), end(optInteger(s, 3, "sub", -1), len(t))
	if from >= to {
		s.PushString("")
	} else {
		s.PushString(cut(s, t, from, to))
	}
	return 1
}

// stringByte is string.byte(s [, i [, j]]).
func stringByte(s backend.VM) int {
	t, at := text(s, 1, "byte"), optInteger(s, 2, "byte", 1)
	from, to := start(at, len(t)), end(optInteger(s, 3, "byte", at), len(t))
	if from >= to {
		return 0
	}
	s.Env().Reserve((to - from) * slotBytes)
	if !s.CheckStack(to - from) {
		return raise(s, "stack overflow (string slice too long)")
	}
	for _, c := range []byte(t[from:to]) {
		s.PushNumber(float64(c))
	}
	return to - from
}

// stringChar is string.char(...).
func stringChar(s backend.VM) int {
	n := s.GetTop()
	checkSize(s, n)
	b := make([]byte, n)
	for i := range b {
		c := integer(s, i+1, "char")
		if c < 0 || c > 255 {
			return arg.Bad(s, i+1, "char", "value out of range")
		}
		b[i] = byte(c)
	}
	s.PushString(string(b))
	return 1
}

// stringRep is string.rep(s, n [, separator]).
func stringRep(s backend.VM) int {
	t, n, separator := text(s, 1, "rep"), integer(s, 2, "rep"), optText(s, 3, "rep", "")
	unit := len(t) + len(separator)
	if n < 1 || unit == 0 {
		s.PushString("")
		return 1
	}
	limit := s.Env().MaxString
	if len(t) > limit || n-1 > (limit-len(t))/unit {
		return backend.RaiseOutOfMemory()
	}
	s.Env().Reserve(len(t) + (n-1)*unit)
	s.PushString(repeat(s, t+separator, n-1, t))
	return 1
}

// repeat returns a text n times, and then the last one.
func repeat(s backend.VM, text string, n int, last string) string {
	size := len(text)*n + len(last)
	if size <= bytesPerPoll {
		return strings.Repeat(text, n) + last
	}
	times := max(1, bytesPerPoll/len(text))
	piece := strings.Repeat(text, times)
	var b strings.Builder
	b.Grow(size)
	for ; n > times; n -= times {
		poll(s)
		b.WriteString(piece)
	}
	b.WriteString(piece[:n*len(text)])
	b.WriteString(last)
	return b.String()
}

func stringUpper(s backend.VM) int { return mapCase(s, text(s, 1, "upper"), 'a', 'z') }

func stringLower(s backend.VM) int { return mapCase(s, text(s, 1, "lower"), 'A', 'Z') }

// mapCase pushes t with the case of the ASCII letters in a range changed; other bytes stay as they are.
func mapCase(s backend.VM, t string, from, to byte) int {
	for i := range len(t) {
		if c := t[i]; from <= c && c <= to {
			checkSize(s, len(t))
			var b strings.Builder
			b.Grow(len(t))
			b.WriteString(t[:i])
			for j, c := range []byte(t[i:]) {
				pollAt(s, j, bytesPerPoll)
				if from <= c && c <= to {
					c ^= 'a' - 'A'
				}
				b.WriteByte(c)
			}
			s.PushString(b.String())
			return 1
		}
	}
	s.PushString(t) // nothing to change
	return 1
}

func stringReverse(s backend.VM) int {
	t := text(s, 1, "reverse")
	checkSize(s, len(t))
	var b strings.Builder
	b.Grow(len(t))
	for i := len(t) - 1; i >= 0; i-- {
		pollAt(s, i, bytesPerPoll)
		b.WriteByte(t[i])
	}
	s.PushString(b.String())
	return 1
}
