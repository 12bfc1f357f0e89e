package pattern

import "strings"

// set is a set of bytes.
type set [4]uint64

func (s *set) has(c byte) bool { return s[c>>6]>>(c&63)&1 != 0 }

func (s *set) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func (s *set) addRange(low, high byte) {
	for c := int(low); c <= int(high); c++ {
		s.add(byte(c))
	}
}

func (s *set) addAll(other set) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s set) complement() set {
	for i := range s {
		s[i] = ^s[i]
	}
	return s
}

// disjoint reports whether no byte is in both sets.
func (s *set) disjoint(other set) bool {
	for i := range s {
		if s[i]&other[i] != 0 {
			return false
		}
	}
	return true
}

func single(c byte) (s set) {
	s.add(c)
	return s
}

// ranges are the bytes of the classes in the C locale, as pairs of a first and a last byte.
var ranges = [...]struct {
	letter byte
	pairs  string
}{
	{'a', "azAZ"},
	{'c', "\x00\x1f\x7f\x7f"},
	{'d', "09"},
	{'g', "!~"},
	{'l', "az"},
	{'p', "!/:@[`{~"},
	{'s', "\t\r  "},
	{'u', "AZ"},
	{'w', "azAZ09"},
	{'x', "09afAF"},
	{'z', "\x00\x00"},
}

// class returns the set for % and a byte: a class, the complement of one for a capital letter, or the byte itself.
func class(letter byte) set {
	lower := letter | 0x20
	for _, r := range ranges {
		if r.letter != lower || !strings.ContainsRune(letters, rune(letter)) {
			continue
		}
		var s set
		for i := 0; i < len(r.pairs); i += 2 {
			s.addRange(r.pairs[i], r.pairs[i+1])
		}
		if letter != lower {
			return s.complement()
		}
		return s
	}
	return single(letter)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// members returns the set for the content of brackets in a pattern: members and ranges.
func members(content string) (s set) {
	content, negative := strings.CutPrefix(content, "^")
	for len(content) > 0 {
		switch {
		case content[0] == '%' && len(content) > 1:
			s.addAll(class(content[1]))
			content = content[2:]
		case len(content) > 2 && content[1] == '-':
			s.addRange(content[0], content[2])
			content = content[3:]
		default:
			s.add(content[0])
			content = content[1:]
		}
	}
	if negative {
		return s.complement()
	}
	return s
}

// contentEnd returns the end of the content of brackets at the front of the text: the closing bracket, which is a
// member if it comes first or after a percent sign. It is -1 if there is none.
func contentEnd(text string) int {
	i := 0
	if strings.HasPrefix(text, "^") {
		i++
	}
	for first := true; i < len(text); first = false {
		switch {
		case text[i] == ']' && !first:
			return i
		case text[i] == '%':
			i += 2
		default:
			i++
		}
	}
	return -1
}
