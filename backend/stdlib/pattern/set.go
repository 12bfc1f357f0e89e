package pattern

import (
	"strings"
	"sync"
)

// set is a set of bytes.
type set [4]uint64

func (s *set) has(c byte) bool { return s[c>>6]>>(c&63)&1 != 0 }

func (s *set) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func (s *set) addRange(low, high byte) {
	for c := int(low); c <= int(high); c++ {
		s.add(byte(c))
	}
}

func (s *set) addAll(other *set) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s *set) complement() {
	for i := range s {
		s[i] = ^s[i]
	}
}

// meets reports whether a byte is in both sets.
func (s *set) meets(other *set) bool {
	return s[0]&other[0]|s[1]&other[1]|s[2]&other[2]|s[3]&other[3] != 0
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

// common has the sets that patterns share. They never change.
type common struct {
	any    set
	single [256]set  // of each byte
	class  [256]*set // for % and a byte: a class, the complement of one for a capital letter, or the byte itself
}

var commonSets = sync.OnceValue(func() *common {
	c := &common{}
	c.any.complement()
	for b := range c.single {
		c.single[b].add(byte(b))
		c.class[b] = &c.single[b]
	}
	for _, r := range ranges {
		class, others := new(set), new(set)
		for i := 0; i < len(r.pairs); i += 2 {
			class.addRange(r.pairs[i], r.pairs[i+1])
		}
		*others = *class
		others.complement()
		c.class[r.letter], c.class[r.letter-'a'+'A'] = class, others
	}
	return c
})

// members fills the set for the content of brackets in a pattern: members and ranges.
func (c *common) members(s *set, content string) {
	content, negative := strings.CutPrefix(content, "^")
	for len(content) > 0 {
		switch {
		case content[0] == '%' && len(content) > 1:
			s.addAll(c.class[content[1]])
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
		s.complement()
	}
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
