package pattern

const (
	// MaxCaptures is how many captures a pattern may have.
	MaxCaptures = 32
	// maxDepth bounds the recursion of the matcher, as in Lua 5.2. A quantifier or capture costs one.
	maxDepth = 200
	// The steps that a search may take are baseSteps, about half a second, and stepsPerByte for each byte of the subject,
	// so that what is linear in the subject always ends well.
	baseSteps    = 1 << 27
	stepsPerByte = 64
)

// The size of a capture that is no text.
const (
	unfinished = -1
	position   = -2
)

type capture struct{ start, size int }

// Matcher finds a pattern in a subject. The zero value is ready for Init.
type Matcher struct {
	subject, pattern string

	anchored bool
	literal  int // the byte that each match begins with, or -1
	steps    int // that are left
	depth    int // that is left
	level    int // captures begun
	captures [MaxCaptures]capture

	start, end int // the last match
}

// Init prepares for searches of pattern in subject. With anchors, a "^" at the front of the pattern ties matches to the
// place where a search begins; without, as in gmatch, it is an ordinary character.
func (m *Matcher) Init(subject, pattern string, anchors bool) {
	m.subject, m.pattern = subject, pattern
	m.anchored = anchors && pattern != "" && pattern[0] == '^'
	if m.anchored {
		m.pattern = pattern[1:]
	}
	m.literal = firstLiteral(m.pattern)
	m.Renew(baseSteps + stepsPerByte*len(subject))
}

// Renew lets the following searches take so many steps together. Init sets a number that suits the subject.
func (m *Matcher) Renew(steps int) { m.steps = steps }

// Anchored reports whether a match can only be where the search begins.
func (m *Matcher) Anchored() bool { return m.anchored }

// Find searches for the first match that begins at the offset from or behind it. It returns where the match is, or -1, -1
// when there is none. The error is an *Error: the pattern is malformed, or too complex.
func (m *Matcher) Find(from int) (start, end int, err error) {
	defer func() {
		if e := recover(); e != nil {
			problem, ok := e.(*Error)
			if !ok {
				panic(e)
			}
			start, end, err = -1, -1, problem
		}
	}()
	m.depth = maxDepth
	for at := from; at <= len(m.subject); at++ {
		if m.literal >= 0 && !m.anchored {
			if at = m.nextLiteral(at); at < 0 {
				break
			}
		}
		m.level = 0
		if e := m.match(at, 0); e >= 0 {
			m.start, m.end = at, e
			return at, e, nil
		}
		if m.anchored {
			break
		}
	}
	return -1, -1, nil
}

// Captures returns how many captures the last match has.
func (m *Matcher) Captures() int { return m.level }

// Capture returns where capture i (from 0 on) of the last match is. Capture 0 of a pattern without captures is the
// whole match. For a position capture end is -1.
func (m *Matcher) Capture(i int) (start, end int, err error) {
	if i >= m.level {
		if i == 0 {
			return m.start, m.end, nil
		}
		return 0, 0, errCaptureIndex
	}
	c := m.captures[i]
	switch c.size {
	case unfinished:
		return 0, 0, errUnfinished
	case position:
		return c.start, -1, nil
	}
	return c.start, c.start + c.size, nil
}

// spend counts steps.
func (m *Matcher) spend(steps int) {
	if m.steps -= steps; m.steps < 0 {
		panic(errTooComplex)
	}
}

// match matches the pattern from p on at s. It returns the end of the match, or -1.
func (m *Matcher) match(s, p int) int {
	if m.depth--; m.depth == 0 {
		panic(errTooComplex)
	}
	s = m.matchItems(s, p)
	m.depth++
	return s
}

func (m *Matcher) matchItems(s, p int) int {
	for p < len(m.pattern) {
		m.spend(1)
		switch m.pattern[p] {
		case '(':
			if p+1 < len(m.pattern) && m.pattern[p+1] == ')' {
				return m.startCapture(s, p+2, position)
			}
			return m.startCapture(s, p+1, unfinished)
		case ')':
			return m.endCapture(s, p+1)
		case '$':
			if p+1 == len(m.pattern) {
				if s == len(m.subject) {
					return s
				}
				return -1
			}
		case '%':
			if p+1 == len(m.pattern) {
				break // itemEnd has the error
			}
			switch c := m.pattern[p+1]; c {
			case 'b':
				if s = m.matchBalance(s, p+2); s < 0 {
					return -1
				}
				p += 4
				continue
			case 'f':
				if p = m.matchFrontier(s, p+2); p < 0 {
					return -1
				}
				continue
			case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
				if s = m.matchCapture(s, c); s < 0 {
					return -1
				}
				p += 2
				continue
			}
		}
		end := m.itemEnd(p)
		quantifier := byte(0)
		if end < len(m.pattern) {
			quantifier = m.pattern[end]
		}
		switch quantifier {
		case '?':
			if m.matchSingle(s, p, end) {
				if e := m.match(s+1, end+1); e >= 0 {
					return e
				}
			}
			p = end + 1
		case '+':
			if !m.matchSingle(s, p, end) {
				return -1
			}
			return m.maxExpand(s, s+1, p, end)
		case '*':
			return m.maxExpand(s, s, p, end)
		case '-':
			return m.minExpand(s, p, end)
		default:
			if !m.matchSingle(s, p, end) {
				return -1
			}
			s++
			p = end
		}
	}
	return s
}

// maxExpand matches as many of the item as there are from s on, then fewer and fewer down to least, until the rest of the
// pattern matches.
func (m *Matcher) maxExpand(s, least, p, end int) int {
	most := s
	for m.matchSingle(most, p, end) {
		most++
	}
	m.spend(most - s)
	if end+1 == len(m.pattern) {
		return max(most, least) // nothing follows, so the longest will do
	}
	for ; most >= least; most-- {
		if e := m.match(most, end+1); e >= 0 {
			return e
		}
	}
	return -1
}

func (m *Matcher) minExpand(s, p, end int) int {
	for {
		if e := m.match(s, end+1); e >= 0 {
			return e
		}
		if !m.matchSingle(s, p, end) {
			return -1
		}
		s++
		m.spend(1)
	}
}

func (m *Matcher) startCapture(s, p, size int) int {
	if m.level >= MaxCaptures {
		panic(errTooManyCaptures)
	}
	m.captures[m.level] = capture{s, size}
	m.level++
	e := m.match(s, p)
	if e < 0 {
		m.level--
	}
	return e
}

func (m *Matcher) endCapture(s, p int) int {
	open := m.level - 1
	for ; open >= 0; open-- {
		if m.captures[open].size == unfinished {
			break
		}
	}
	if open < 0 {
		panic(errPatternCapture)
	}
	m.captures[open].size = s - m.captures[open].start
	e := m.match(s, p)
	if e < 0 {
		m.captures[open].size = unfinished
	}
	return e
}

// matchBalance matches %bxy; p is where x is. The result is behind the match, or -1.
func (m *Matcher) matchBalance(s, p int) int {
	if p+1 >= len(m.pattern) {
		panic(errBalance)
	}
	if s >= len(m.subject) || m.subject[s] != m.pattern[p] {
		return -1
	}
	first, last, depth := m.pattern[p], m.pattern[p+1], 1
	for i := s + 1; i < len(m.subject); i++ {
		switch m.subject[i] {
		case last:
			if depth--; depth == 0 {
				m.spend(i - s)
				return i + 1
			}
		case first:
			depth++
		}
	}
	m.spend(len(m.subject) - s)
	return -1
}

// matchFrontier matches %f[set]; p is where the set is. The result is behind the set, or -1.
func (m *Matcher) matchFrontier(s, p int) int {
	if p >= len(m.pattern) || m.pattern[p] != '[' {
		panic(errFrontier)
	}
	end := m.itemEnd(p)
	var before, at byte // the end of the subject counts as a zero
	if s > 0 {
		before = m.subject[s-1]
	}
	if s < len(m.subject) {
		at = m.subject[s]
	}
	if m.inSet(before, p, end-1) || !m.inSet(at, p, end-1) {
		return -1
	}
	return end
}

// matchCapture matches the text of an earlier capture, whose digit is c. The result is behind the match, or -1.
func (m *Matcher) matchCapture(s int, digit byte) int {
	i := int(digit) - '1'
	if i < 0 || i >= m.level || m.captures[i].size == unfinished {
		panic(captureIndexErrors[digit-'0'])
	}
	c := m.captures[i]
	if c.size == position { // Lua compares with a size beyond all subjects
		return -1
	}
	if len(m.subject)-s < c.size || m.subject[c.start:c.start+c.size] != m.subject[s:s+c.size] {
		return -1
	}
	m.spend(c.size)
	return s + c.size
}
