package pattern

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// MaxCaptures is the largest number of captures in a pattern.
const MaxCaptures = 32

// operation is the kind of an instruction.
type operation uint8

const (
	matchEnd      operation = iota // the whole pattern has matched
	matchText                      // the text stands here
	matchOne                       // a byte of the set
	matchMost                      // as many bytes of the set as there are, at least least; then fewer
	matchFewest                    // no byte of the set; then more
	matchOptional                  // a byte of the set; then none
	beginCapture
	endCapture
	capturePosition
	repeatCapture // the text of a capture again
	matchBalanced // from first to last, with such pairs between
	matchFrontier // between a byte that is not in the set and one that is
	matchFinish   // the end of the subject
	raiseError    // the pattern is malformed from here on
)

// instruction is one step of a program.
type instruction struct {
	op          operation
	first, last byte
	least       uint8 // of matchMost
	greedy      bool  // of matchMost: fewer bytes cannot do where more do not
	capture     uint8
	text        string
	set         *set
}

// Program is a compiled pattern. It never changes.
type Program struct {
	source   string
	anchors  bool
	anchored bool // a match can only be where the search begins
	code     []instruction
	err      *Error // of raiseError
	captures int    // begun by the pattern
	open     uint32 // those that it does not end, as bits
	prefix   string // what each match begins with
	leading  int    // the length of the prefix when the first instruction is its
	starts   *set   // the bytes that each match begins with; nil when any will do, or none

	short [6]instruction // the code of most patterns, which so need no memory of its own
}

// cache is a table of recently compiled programs. If two patterns have the same place in it, the later one stays.
var cache [512]atomic.Pointer[Program]

var seed = maphash.MakeSeed()

// maxCached bounds the length of patterns that are cached.
const maxCached = 256

// Compile returns the program of a pattern. With anchors, a "^" at the front ties matches to the place where a search
// begins; without, as in gmatch, it is an ordinary character. A malformed pattern has a program as well: as in Lua, the
// error comes when a search reaches the fault.
func Compile(pattern string, anchors bool) *Program {
	if len(pattern) > maxCached {
		return compile(pattern, anchors)
	}
	place := &cache[maphash.String(seed, pattern)%uint64(len(cache))]
	if p := place.Load(); p != nil && p.source == pattern && p.anchors == anchors {
		return p
	}
	p := compile(strings.Clone(pattern), anchors)
	place.Store(p)
	return p
}

func compile(pattern string, anchors bool) *Program {
	p := &Program{source: pattern, anchors: anchors}
	p.code = p.short[:0]
	rest := pattern
	if anchors {
		rest, p.anchored = strings.CutPrefix(pattern, "^")
	}
	c := compiler{Program: p, common: commonSets(), rest: rest}
	for c.rest != "" && !c.failed {
		c.item()
	}
	c.emit(instruction{op: matchEnd})
	p.findStart()
	for i := range p.code {
		if in := &p.code[i]; in.op == matchMost {
			in.greedy = !p.canFollow(in.set, i+1)
		}
	}
	return p
}

// compiler compiles one pattern.
type compiler struct {
	*Program
	common *common
	rest   string // not compiled yet
	failed bool
	spans  [MaxCaptures]byte // of captures
}

// What is known of a capture.
const (
	begun = 1 + iota
	ended
	isPosition
)

func (c *compiler) emit(i instruction) { c.code = append(c.code, i) }

func (c *compiler) fail(err *Error) {
	c.emit(instruction{op: raiseError})
	c.err, c.failed = err, true
}

// take removes n bytes from the front of the rest and returns them.
func (c *compiler) take(n int) string {
	taken := c.rest[:n]
	c.rest = c.rest[n:]
	return taken
}

// item compiles the item at the front of the rest.
func (c *compiler) item() {
	switch {
	case strings.HasPrefix(c.rest, "()"):
		c.take(2)
		c.begin(capturePosition, isPosition)
	case c.rest[0] == '(':
		c.take(1)
		c.begin(beginCapture, begun)
	case c.rest[0] == ')':
		c.take(1)
		c.end()
	case c.rest == "$":
		c.take(1)
		c.emit(instruction{op: matchFinish})
	case strings.HasPrefix(c.rest, "%b"):
		c.take(2)
		if len(c.rest) < 2 {
			c.fail(errBalance)
			return
		}
		pair := c.take(2)
		c.emit(instruction{op: matchBalanced, first: pair[0], last: pair[1]})
	case strings.HasPrefix(c.rest, "%f"):
		c.take(2)
		if !strings.HasPrefix(c.rest, "[") {
			c.fail(errFrontier)
		} else if s, ok := c.character(); ok {
			c.emit(instruction{op: matchFrontier, set: s})
		}
	case len(c.rest) > 1 && c.rest[0] == '%' && '0' <= c.rest[1] && c.rest[1] <= '9':
		c.reference(c.take(2)[1])
	default:
		c.quantified()
	}
}

func (c *compiler) begin(op operation, span byte) {
	if c.captures == MaxCaptures {
		c.fail(errTooManyCaptures)
		return
	}
	c.spans[c.captures] = span
	if span == begun {
		c.open |= 1 << c.captures
	}
	c.emit(instruction{op: op, capture: uint8(c.captures)})
	c.captures++
}

// end ends the latest capture that is still open.
func (c *compiler) end() {
	for i := c.captures - 1; i >= 0; i-- {
		if c.spans[i] == begun {
			c.spans[i] = ended
			c.open &^= 1 << i
			c.emit(instruction{op: endCapture, capture: uint8(i)})
			return
		}
	}
	c.fail(errPatternCapture)
}

func (c *compiler) reference(digit byte) {
	i := int(digit) - '1'
	if i < 0 || i >= c.captures || c.spans[i] == begun {
		c.fail(captureIndexErrors[digit-'0'])
		return
	}
	c.emit(instruction{op: repeatCapture, capture: uint8(i)})
}

// quantified compiles a single character and its quantifier.
func (c *compiler) quantified() {
	literal := strings.IndexByte(".[%", c.rest[0]) < 0
	front := c.rest
	s, ok := c.character()
	if !ok {
		return
	}
	quantifier := byte(0)
	if c.rest != "" {
		quantifier = c.rest[0]
	}
	i := instruction{set: s}
	switch quantifier {
	case '*':
		i.op = matchMost
	case '+':
		i.op, i.least = matchMost, 1
	case '-':
		i.op = matchFewest
	case '?':
		i.op = matchOptional
	default:
		if literal {
			c.text(front[:1])
		} else if front[0] == '%' && s == &c.common.single[front[1]] {
			c.text(front[1:2])
		} else {
			c.emit(instruction{op: matchOne, set: s})
		}
		return
	}
	c.take(1)
	c.emit(i)
}

// text compiles a literal character, which is what the pattern has before the rest. Several in a row are one
// instruction: a part of the pattern, as long as no percent sign is between them.
func (c *compiler) text(character string) {
	if n := len(c.code); n > 0 && c.code[n-1].op == matchText {
		last := &c.code[n-1]
		end := len(c.source) - len(c.rest)
		if begin := end - len(last.text) - 1; begin >= 0 && c.source[begin:end-1] == last.text {
			last.text = c.source[begin:end]
		} else {
			last.text += character
		}
		return
	}
	c.emit(instruction{op: matchText, text: character})
}

// character consumes a single character, a class or a set.
func (c *compiler) character() (s *set, ok bool) {
	switch c.rest[0] {
	case '.':
		c.take(1)
		return &c.common.any, true
	case '%':
		if len(c.rest) == 1 {
			c.fail(errEndsInPercent)
			return nil, false
		}
		return c.common.class[c.take(2)[1]], true
	case '[':
		c.take(1)
		end := contentEnd(c.rest)
		if end < 0 {
			c.fail(errSet)
			return nil, false
		}
		s = new(set)
		c.common.members(s, c.take(end))
		c.take(1)
		return s, true
	}
	return &c.common.single[c.take(1)[0]], true
}

// findStart records how a match begins, so that searches can skip places where none can.
func (p *Program) findStart() {
	for i := range p.code {
		switch in := &p.code[i]; in.op {
		case beginCapture, capturePosition: // both match nothing
			continue
		case matchText:
			p.prefix = in.text
			if i == 0 {
				p.leading = len(in.text)
			}
		case matchOne:
			p.starts = in.set
		case matchMost:
			if in.least > 0 {
				p.starts = in.set
			}
		}
		return
	}
}

// canFollow reports whether a match from the instruction at pc on can begin with a byte of the set, or be empty.
func (p *Program) canFollow(s *set, pc int) bool {
	for ; ; pc++ {
		switch in := &p.code[pc]; in.op {
		case beginCapture, endCapture, capturePosition:
		case matchText:
			return s.has(in.text[0])
		case matchOne:
			return s.meets(in.set)
		case matchBalanced:
			return s.has(in.first)
		case matchFinish: // no byte
			return false
		case matchMost, matchFewest, matchOptional:
			if s.meets(in.set) {
				return true
			}
			if in.least > 0 {
				return false
			}
		default:
			return true
		}
	}
}
