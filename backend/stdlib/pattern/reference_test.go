package pattern

import (
	"errors"
	"strings"
)

// This is a second matcher, made for being right and not for being fast: a pattern becomes a list of items, sets become
// tables of bytes, and what follows an item is a function. It knows well-formed patterns only.

type item struct {
	kind  byte // 's'ingle, '(', ')', 'p'osition, 'b'alance, 'f'rontier, '%' back reference, '$'
	set   [256]bool
	times byte // one of "*+-?", 0 for once
	x, y  byte // of a balance; y is the number of a back reference
}

// capture is one that the reference has found, with the size of its text or one of these.
type capture struct{ start, size int }

const (
	unfinished = -1
	position   = -2
)

var errReference = errors.New("not for the reference")

// parse returns the items of a pattern, or errReference when it is malformed.
func parse(p string) (items []item, anchored bool, err error) {
	defer func() {
		if recover() != nil { // an index behind the end of the pattern
			err = errReference
		}
	}()
	if anchored = strings.HasPrefix(p, "^"); anchored {
		p = p[1:]
	}
	open := 0
	for i := 0; i < len(p); {
		it := item{kind: 's'}
		switch c := p[i]; {
		case c == '(' && p[i+1] == ')':
			it.kind, i = 'p', i+2
		case c == '(':
			it.kind, open, i = '(', open+1, i+1
		case c == ')':
			it.kind, open, i = ')', open-1, i+1
			if open < 0 {
				return nil, false, errReference
			}
		case c == '$' && i+1 == len(p):
			it.kind, i = '$', i+1
		case c == '%' && p[i+1] == 'b':
			it.kind, it.x, it.y, i = 'b', p[i+2], p[i+3], i+4
		case c == '%' && p[i+1] == 'f':
			if p[i+2] != '[' {
				return nil, false, errReference
			}
			it.kind = 'f'
			it.set, i = parseSet(p, i+2)
		case c == '%' && p[i+1] >= '0' && p[i+1] <= '9':
			it.kind, it.y, i = '%', p[i+1]-'0', i+2
		default:
			it.set, i = parseSet(p, i)
			if i < len(p) && strings.IndexByte("*+-?", p[i]) >= 0 {
				it.times, i = p[i], i+1
			}
		}
		items = append(items, it)
	}
	if open != 0 {
		return nil, false, errReference
	}
	return items, anchored, nil
}

// parseSet reads a single-character item.
func parseSet(p string, i int) (set [256]bool, next int) {
	switch p[i] {
	case '.':
		for c := range set {
			set[c] = true
		}
		return set, i + 1
	case '%':
		addClass(&set, p[i+1])
		return set, i + 2
	case '[':
	default:
		set[p[i]] = true
		return set, i + 1
	}
	i++
	complement := p[i] == '^'
	if complement {
		i++
	}
	for first := i; p[i] != ']' || i == first; {
		end := strings.IndexByte(p[i+1:], ']') // a range needs something behind it
		switch {
		case p[i] == '%':
			addClass(&set, p[i+1])
			i += 2
		case p[i+1] == '-' && p[i+2] == '%': // Lua takes the percent sign for both, an end and an escape
			panic(errReference)
		case p[i+1] == '-' && p[i+2] != ']' && end >= 0:
			for c := int(p[i]); c <= int(p[i+2]); c++ {
				set[c] = true
			}
			i += 3
		default:
			set[p[i]] = true
			i++
		}
	}
	if complement {
		for c := range set {
			set[c] = !set[c]
		}
	}
	return set, i + 1
}

func addClass(set *[256]bool, class byte) {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	const signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	members := map[byte]string{
		'a': letters + strings.ToUpper(letters), 'd': "0123456789", 'l': letters, 'p': signs, 's': " \t\n\v\f\r",
		'u': strings.ToUpper(letters), 'x': "0123456789abcdefABCDEF", 'z': "\x00",
	}
	members['w'] = members['a'] + members['d']
	members['g'] = members['w'] + signs
	control := []byte{127}
	for c := range byte(32) {
		control = append(control, c)
	}
	members['c'] = string(control)
	if text, ok := members[class]; ok {
		for _, c := range []byte(text) {
			set[c] = true
		}
		return
	}
	text, ok := members[class|0x20]
	if !ok || class < 'A' || class > 'Z' {
		set[class] = true
		return
	}
	for c := range set {
		if strings.IndexByte(text, byte(c)) < 0 {
			set[c] = true
		}
	}
}

// reference is a search under way.
type reference struct {
	subject string
	steps   int
	caps    []capture
}

// find returns what describe returns; err is errReference when the pattern is malformed, or takes long.
func (r *reference) find(pattern string, from int) (start, end int, err error) {
	items, anchored, err := parse(pattern)
	if err != nil {
		return 0, 0, err
	}
	defer func() {
		if e := recover(); e == errReference {
			err = errReference
		} else if e != nil {
			panic(e)
		}
	}()
	for at := from; at <= len(r.subject); at++ {
		r.caps = nil
		end := -1
		if r.match(items, at, func(s int) bool { end = s; return true }) {
			return at, end, nil
		}
		if anchored {
			break
		}
	}
	return -1, -1, nil
}

// match matches the items at s and what then follows.
func (r *reference) match(items []item, s int, then func(int) bool) bool {
	if r.steps++; r.steps > 100000 {
		panic(errReference)
	}
	if len(items) == 0 {
		return then(s)
	}
	it, rest := items[0], items[1:]
	saved := append([]capture(nil), r.caps...)
	ok := r.matchItem(it, rest, s, then)
	if !ok {
		r.caps = saved
	}
	return ok
}

func (r *reference) matchItem(it item, rest []item, s int, then func(int) bool) bool {
	goOn := func(s int) bool { return r.match(rest, s, then) }
	fits := func(i int) bool { return i < len(r.subject) && it.set[r.subject[i]] }
	byteAt := func(i int) byte {
		if i < 0 || i >= len(r.subject) {
			return 0
		}
		return r.subject[i]
	}
	switch it.kind {
	case '(', 'p':
		if len(r.caps) == MaxCaptures {
			panic(errReference)
		}
		size := unfinished
		if it.kind == 'p' {
			size = position
		}
		r.caps = append(r.caps, capture{s, size})
		return goOn(s)
	case ')':
		for i := len(r.caps) - 1; i >= 0; i-- {
			if r.caps[i].size == unfinished {
				r.caps = append([]capture(nil), r.caps...)
				r.caps[i].size = s - r.caps[i].start
				return goOn(s)
			}
		}
		panic(errReference)
	case '$':
		return s == len(r.subject) && goOn(s)
	case 'f':
		return !it.set[byteAt(s-1)] && it.set[byteAt(s)] && goOn(s)
	case '%':
		if it.y == 0 || int(it.y) > len(r.caps) || r.caps[it.y-1].size == unfinished {
			panic(errReference)
		}
		c := r.caps[it.y-1]
		if c.size == position {
			return false
		}
		text := r.subject[c.start : c.start+c.size]
		return strings.HasPrefix(r.subject[s:], text) && goOn(s+len(text))
	case 'b':
		if byteAt(s) != it.x || s == len(r.subject) {
			return false
		}
		depth := 1
		for i := s + 1; i < len(r.subject); i++ {
			if r.subject[i] == it.y {
				if depth--; depth == 0 {
					return goOn(i + 1)
				}
			} else if r.subject[i] == it.x {
				depth++
			}
		}
		return false
	}
	most := s
	for it.times != 0 && fits(most) && (it.times != '?' || most == s) {
		most++
	}
	switch it.times {
	case '-':
		for i := s; i <= most; i++ {
			if goOn(i) {
				return true
			}
		}
		return false
	case 0:
		return fits(s) && goOn(s+1)
	}
	least := s
	if it.times == '+' {
		least++
	}
	for i := most; i >= least; i-- {
		if goOn(i) {
			return true
		}
	}
	return false
}
