package gopherlua

import (
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// scanSource finds what the VM's parser lets pass: brackets that are nested too deeply, of which parentheses leave no
// trace in the syntax tree, and escapes above \255 in strings. A text without either is not looked at closely.
func scanSource(source, name string) error {
	deep := strings.Count(source, "(")+strings.Count(source, "{")+strings.Count(source, "[") > maxLevels
	if !deep && !strings.Contains(source, `\`) {
		return nil
	}
	s := scanner{source: source}
	if problem := s.scan(); problem != "" {
		line := strings.Count(source[:min(s.pos, len(source))], "\n") + 1
		return &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s", name, line, problem)}
	}
	return nil
}

// scanner goes through a text by the few tokens that can hide brackets: strings and comments.
type scanner struct {
	source string
	pos    int
}

// scan returns what is wrong at pos, or "". What it cannot make sense of it leaves to the parser.
func (s *scanner) scan() string {
	depth := 0
	for s.pos < len(s.source) {
		switch c := s.source[s.pos]; c {
		case '(', '{':
			depth++
		case ')', '}', ']':
			depth--
		case '[':
			if s.skipLong() {
				continue
			}
			depth++
		case '-':
			if strings.HasPrefix(s.source[s.pos:], "--") {
				s.skipComment()
				continue
			}
		case '"', '\'':
			if problem := s.skipString(c); problem != "" {
				return problem
			}
			continue
		}
		if depth > maxLevels {
			return tooManyLevels
		}
		s.pos++
	}
	return ""
}

const tooManyLevels = "chunk has too many syntax levels"

// skipLong skips a string in long brackets, if there is one at pos.
func (s *scanner) skipLong() bool {
	rest := s.source[s.pos+1:]
	level := len(rest) - len(strings.TrimLeft(rest, "="))
	if !strings.HasPrefix(rest[level:], "[") {
		return false
	}
	end := strings.Index(rest, "]"+strings.Repeat("=", level)+"]")
	if end < 0 {
		s.pos = len(s.source)
	} else {
		s.pos += 1 + end + level + 2
	}
	return true
}

func (s *scanner) skipComment() {
	s.pos += 2
	if strings.HasPrefix(s.source[s.pos:], "[") && s.skipLong() {
		return
	}
	if end := strings.IndexByte(s.source[s.pos:], '\n'); end >= 0 {
		s.pos += end
	} else {
		s.pos = len(s.source)
	}
}

func (s *scanner) skipString(quote byte) string {
	for s.pos++; s.pos < len(s.source); s.pos++ {
		switch c := s.source[s.pos]; {
		case c == quote:
			s.pos++
			return ""
		case c == '\n': // not closed: for the parser
			return ""
		case c != '\\':
		case tooLarge(s.source[s.pos+1:]):
			return fmt.Sprintf(`escape sequence too large near '\%s'`, s.source[s.pos+1:s.pos+4])
		default:
			s.pos++
		}
	}
	return ""
}

// tooLarge tells whether a text begins with three digits that are no byte.
func tooLarge(digits string) bool {
	if len(digits) < 3 {
		return false
	}
	n := 0
	for _, c := range []byte(digits[:3]) {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	return n > 255
}
