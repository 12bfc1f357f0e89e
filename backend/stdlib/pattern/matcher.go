package pattern

import "strings"

const (
	// A search may take baseSteps, which is about half a second, and stepsPerByte for each byte of the subject. So what
	// is linear in the subject always succeeds.
	baseSteps    = 1 << 27
	stepsPerByte = 64
	// pollSteps is the number of steps after which a search checks whether it should stop.
	pollSteps = 1 << 14
)

// span is the place of a capture. The end of a position is isPlace.
type span struct{ start, end int }

const isPlace = -1

// Matcher finds a pattern in a subject. The zero value is ready for Init.
type Matcher struct {
	subject string
	program *Program
	stopped Stopper

	steps int // that are left
	poll  int // the number left at the next check
	spans [MaxCaptures]span
	match span // the last one
}

// choice is where a search can go on in another way: at an instruction that can match otherwise than it did at s.
type choice struct {
	pc, s, least int
}

// Stopper says when searches must end.
type Stopper interface {
	// Take reports whether to stop now.
	Take() bool
}

// Init prepares searches with a program in a subject. If stopped is not nil, they ask it regularly, and end with
// ErrStopped when it returns true.
func (m *Matcher) Init(subject string, p *Program, stopped Stopper) {
	m.subject, m.program, m.stopped = subject, p, stopped
	m.Renew(baseSteps + stepsPerByte*len(subject))
}

// Renew sets how many steps the following searches may take together. Init sets a number that suits the subject.
func (m *Matcher) Renew(steps int) {
	m.steps = steps
	m.poll = steps - pollSteps
}

// Anchored reports whether a match can only be where the search begins.
func (m *Matcher) Anchored() bool { return m.program.anchored }

// Find searches for the first match that begins at the offset from or after it. It returns the place of the match, or
// -1, -1 if there is none. The error is an *Error: the pattern is malformed or too complex, or the search was stopped.
func (m *Matcher) Find(from int) (start, end int, err error) {
	for at := from; ; at++ {
		if !m.program.anchored {
			at = m.candidate(at)
		}
		if at < 0 || at > len(m.subject) {
			break
		}
		pc, s := 0, at
		if text := m.program.leading; text > 0 && !m.program.anchored { // it stands there
			pc, s = 1, at+text
		}
		end, problem := m.run(pc, s)
		if problem != nil {
			return -1, -1, problem
		}
		if end >= 0 {
			m.match = span{at, end}
			return at, end, nil
		}
		if m.program.anchored {
			break
		}
	}
	return -1, -1, nil
}

// candidate returns the first place at or after s where a match can begin, -1 if there is none.
func (m *Matcher) candidate(s int) int {
	if s > len(m.subject) {
		return -1
	}
	switch p := m.program; {
	case p.prefix != "":
		i := strings.Index(m.subject[s:], p.prefix)
		if i < 0 {
			return -1
		}
		return s + i
	case p.starts != nil:
		for ; s < len(m.subject); s++ {
			if p.starts.has(m.subject[s]) {
				return s
			}
		}
		return -1
	}
	return s
}

// Captures returns the number of captures in the last match.
func (m *Matcher) Captures() int { return m.program.captures }

// Capture returns the place of capture i (from 0 on) in the last match. Capture 0 of a pattern without captures is the
// whole match. For a position capture, end is -1.
func (m *Matcher) Capture(i int) (start, end int, err error) {
	switch {
	case i < m.program.captures:
		if m.program.open&(1<<i) != 0 {
			return 0, 0, errUnfinished
		}
		return m.spans[i].start, m.spans[i].end, nil
	case i == 0:
		return m.match.start, m.match.end, nil
	}
	return 0, 0, errCaptureIndex
}

// spend counts steps and returns an error if the search must end.
func (m *Matcher) spend(steps int) *Error {
	m.steps -= steps
	if m.steps >= m.poll {
		return nil
	}
	if m.steps < 0 {
		return errTooComplex
	}
	m.poll = m.steps - pollSteps
	if m.stopped != nil && m.stopped.Take() {
		return ErrStopped
	}
	return nil
}

// run runs the program from an instruction on at s. It returns the end of the match, or -1.
func (m *Matcher) run(pc, s int) (end int, err *Error) {
	code, subject := m.program.code, m.subject
	var few [4]choice // the choices of most patterns
	choices := few[:0]
	for {
		if m.steps--; m.steps < m.poll {
			if err := m.spend(0); err != nil {
				return -1, err
			}
		}
		in := &code[pc]
		matches := false
		switch in.op {
		case matchEnd:
			return s, nil
		case matchText:
			if matches = strings.HasPrefix(subject[s:], in.text); matches {
				s += len(in.text)
			}
		case matchOne:
			if matches = s < len(subject) && in.set.has(subject[s]); matches {
				s++
			}
		case matchMost:
			most := s
			for most < len(subject) && in.set.has(subject[most]) {
				most++
			}
			if err := m.spend(most - s); err != nil {
				return -1, err
			}
			if least := s + int(in.least); most >= least {
				if most > least && !in.greedy && code[pc+1].op != matchEnd { // otherwise the most will do, or nothing
					choices = append(choices, choice{pc, most, least})
				}
				matches, s = true, most
			}
		case matchFewest:
			choices = append(choices, choice{pc: pc, s: s})
			matches = true
		case matchOptional:
			if matches = true; s < len(subject) && in.set.has(subject[s]) {
				choices = append(choices, choice{pc: pc, s: s})
				s++
			}
		case beginCapture:
			m.spans[in.capture].start, matches = s, true
		case endCapture:
			m.spans[in.capture].end, matches = s, true
		case capturePosition:
			m.spans[in.capture], matches = span{s, isPlace}, true
		case repeatCapture:
			if c := m.spans[in.capture]; c.end != isPlace && strings.HasPrefix(subject[s:], subject[c.start:c.end]) {
				if err := m.spend(c.end - c.start); err != nil {
					return -1, err
				}
				matches, s = true, s+c.end-c.start
			}
		case matchBalanced:
			behind, err := m.balanced(s, in)
			if err != nil {
				return -1, err
			}
			if matches = behind >= 0; matches {
				s = behind
			}
		case matchFrontier:
			matches = !in.set.has(m.at(s-1)) && in.set.has(m.at(s))
		case matchFinish:
			matches = s == len(subject)
		case raiseError:
			return -1, m.program.err
		}
		if matches {
			pc++
			continue
		}
		if choices, pc, s = m.retreat(choices); pc < 0 {
			return -1, nil
		}
	}
}

// at returns the byte of the subject at s, and zero before and after the subject.
func (m *Matcher) at(s int) byte {
	if s < 0 || s >= len(m.subject) {
		return 0
	}
	return m.subject[s]
}

// balanced returns the end of the text that begins at s and has as many of first as of last, or -1.
func (m *Matcher) balanced(s int, in *instruction) (behind int, err *Error) {
	if s >= len(m.subject) || m.subject[s] != in.first {
		return -1, nil
	}
	depth := 1
	for i := s + 1; i < len(m.subject); i++ {
		switch m.subject[i] {
		case in.last:
			if depth--; depth == 0 {
				return i + 1, m.spend(i - s)
			}
		case in.first:
			depth++
		}
	}
	return -1, m.spend(len(m.subject) - s)
}

// retreat goes back to the last choice and returns where the search goes on, -1 if no choice is left.
func (m *Matcher) retreat(choices []choice) (left []choice, pc, s int) {
	for len(choices) > 0 {
		top := len(choices) - 1
		c := &choices[top]
		switch in := &m.program.code[c.pc]; in.op {
		case matchMost:
			if m.fewer(c, &m.program.code[c.pc+1]) {
				return choices, c.pc + 1, c.s
			}
		case matchFewest:
			if c.s < len(m.subject) && in.set.has(m.subject[c.s]) {
				c.s++
				return choices, c.pc + 1, c.s
			}
		case matchOptional:
			return choices[:top], c.pc + 1, c.s
		}
		choices = choices[:top]
	}
	return nil, -1, -1
}

// fewer makes the choice one byte shorter, or so much shorter that the following text matches. It returns false if it
// cannot.
func (m *Matcher) fewer(c *choice, following *instruction) bool {
	if c.s == c.least {
		return false
	}
	c.s--
	if following.op == matchText {
		window := m.subject[c.least:min(c.s+1, len(m.subject))]
		i := strings.LastIndexByte(window, following.text[0])
		m.steps -= len(window) - max(i, 0)
		if i < 0 {
			return false
		}
		c.s = c.least + i
	}
	return true
}
