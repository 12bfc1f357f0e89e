package pattern

import "strings"

// itemEnd returns where the single-character item that begins at p ends.
func (m *Matcher) itemEnd(p int) int {
	c := m.pattern[p]
	p++
	switch c {
	case '%':
		if p == len(m.pattern) {
			panic(errEndsInPercent)
		}
		return p + 1
	case '[':
		return m.setEnd(p)
	}
	return p
}

// setEnd returns where the set ends whose content begins at p. A bracket right at the front is a member of the set.
func (m *Matcher) setEnd(p int) int {
	if p < len(m.pattern) && m.pattern[p] == '^' {
		p++
	}
	for first := true; first || p >= len(m.pattern) || m.pattern[p] != ']'; first = false {
		if p >= len(m.pattern) {
			panic(errSet)
		}
		p++
		if m.pattern[p-1] == '%' && p < len(m.pattern) {
			p++ // such as %]
		}
	}
	return p + 1
}

// matchSingle reports whether the byte at s matches the item from p to end.
func (m *Matcher) matchSingle(s, p, end int) bool {
	if s >= len(m.subject) {
		return false
	}
	c := m.subject[s]
	switch m.pattern[p] {
	case '.':
		return true
	case '%':
		return inClass(c, m.pattern[p+1])
	case '[':
		return m.inSet(c, p, end-1)
	}
	return m.pattern[p] == c
}

// inSet reports whether c is in the set whose brackets are at p and last.
func (m *Matcher) inSet(c byte, p, last int) bool {
	in := true
	p++
	if m.pattern[p] == '^' {
		in = false
		p++
	}
	for ; p < last; p++ {
		switch low := m.pattern[p]; {
		case low == '%':
			p++
			if inClass(c, m.pattern[p]) {
				return in
			}
		case m.pattern[p+1] == '-' && p+2 < last:
			p += 2
			if low <= c && c <= m.pattern[p] {
				return in
			}
		case low == c:
			return in
		}
	}
	return !in
}

// The classes of the C locale, a bit each.
const (
	alpha = 1 << iota
	digit
	lower
	upper
	space
	cntrl
	punct
	xdigit
	zero
)

const (
	alnum = alpha | digit
	graph = alpha | digit | punct
)

// classOf has the bits of the class that a letter stands for; 0 for bytes that stand for themselves.
var classOf = [256]uint16{
	'a': alpha, 'c': cntrl, 'd': digit, 'g': graph, 'l': lower, 'p': punct, 's': space, 'u': upper, 'w': alnum,
	'x': xdigit, 'z': zero,
}

// bitsOf has the classes that a byte is in.
var bitsOf = makeBits()

func makeBits() (bits [256]uint16) {
	for i := range bits {
		c := byte(i)
		within := func(low, high byte, class uint16) {
			if low <= c && c <= high {
				bits[i] |= class
			}
		}
		within('a', 'z', alpha|lower)
		within('A', 'Z', alpha|upper)
		within('0', '9', digit|xdigit)
		within('a', 'f', xdigit)
		within('A', 'F', xdigit)
		within('\t', '\r', space)
		within(' ', ' ', space)
		within(0, 0, zero)
		within(0, 31, cntrl)
		within(127, 127, cntrl)
		within('!', '/', punct)
		within(':', '@', punct)
		within('[', '`', punct)
		within('{', '~', punct)
	}
	return bits
}

// inClass reports whether c matches % followed by class. An upper-case letter is the complement of its class.
func inClass(c, class byte) bool {
	if bits := classOf[class]; bits != 0 {
		return bitsOf[c]&bits != 0
	}
	if bits := classOf[class|0x20]; bits != 0 && 'A' <= class && class <= 'Z' {
		return bitsOf[c]&bits == 0
	}
	return class == c
}

// firstLiteral returns the byte that each match of the pattern begins with, or -1 when that is not plain to see.
func firstLiteral(pattern string) int {
	if pattern == "" {
		return -1
	}
	c, rest := pattern[0], pattern[1:]
	switch {
	case strings.IndexByte("(.[$)", c) >= 0:
		return -1
	case c == '%':
		if rest == "" || bitsOf[rest[0]]&punct == 0 {
			return -1
		}
		c, rest = rest[0], rest[1:]
	}
	if rest != "" && strings.IndexByte("*?-", rest[0]) >= 0 {
		return -1
	}
	return int(c)
}

// nextLiteral returns where the literal is at or behind s, or -1.
func (m *Matcher) nextLiteral(s int) int {
	i := strings.IndexByte(m.subject[s:], byte(m.literal))
	if i < 0 {
		return -1
	}
	return s + i
}
