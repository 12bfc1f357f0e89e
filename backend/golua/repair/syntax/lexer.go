package syntax

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// lexer takes source apart.
type lexer struct {
	source string
	pos    int
	line   int
}

// fail raises an error at a line, near what is said to be there; nothing for "".
func fail(line int, message, near string) {
	if near != "" {
		message += " near " + near
	}
	panic(&Error{line, message})
}

// near is how a token is called in messages. A zero is not, as in Lua.
func (l *lexer) near(t *token) string {
	switch t.kind {
	case character:
		if t.char == 0 {
			return ""
		}
		return quotedChar(t.char)
	case name, number:
		return quotedText(t.text)
	case text:
		if t.quote == 0 {
			return quotedText(l.source[t.start:t.end])
		}
		return quotedText(string(t.quote) + t.text + string(t.quote))
	}
	return t.kind.quoted()
}

func quotedText(text string) string { return "'" + backend.Quote(text) + "'" }

// peek returns the character n behind the position, 0 at the end.
func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.source) {
		return l.source[l.pos+n]
	}
	return 0
}

func isNewline(c byte) bool { return c == '\n' || c == '\r' }
func isDigit(c byte) bool   { return '0' <= c && c <= '9' }
func isLetter(c byte) bool  { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }
func isSpace(c byte) bool   { return c == ' ' || '\t' <= c && c <= '\r' }

func hexDigit(c byte) (n int, ok bool) {
	switch {
	case isDigit(c):
		return int(c - '0'), true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10, true
	}
	return 0, false
}

// newline skips the end of a line, which may be two different characters.
func (l *lexer) newline() {
	first := l.source[l.pos]
	l.pos++
	if c := l.peek(0); isNewline(c) && c != first {
		l.pos++
	}
	l.line++
}

// scan returns the next token.
func (l *lexer) scan() token {
	for l.pos < len(l.source) {
		switch c := l.source[l.pos]; {
		case isNewline(c):
			l.newline()
		case isSpace(c):
			l.pos++
		case c == '-' && l.peek(1) == '-':
			l.comment()
		case isLetter(c):
			return l.word()
		case isDigit(c) || c == '.' && isDigit(l.peek(1)):
			return l.numeral()
		case c == '"' || c == '\'':
			return l.shortString(c)
		case c == '[' && (l.peek(1) == '[' || l.peek(1) == '='):
			return l.longString()
		default:
			return l.operator(c)
		}
	}
	return token{kind: endOfSource, line: l.line}
}

func (l *lexer) word() token {
	start := l.pos
	for l.pos < len(l.source) && (isLetter(l.source[l.pos]) || isDigit(l.source[l.pos])) {
		l.pos++
	}
	word := l.source[start:l.pos]
	if len(word) <= len("function") {
		if k, ok := reserved[word]; ok {
			return token{kind: k, line: l.line}
		}
	}
	return token{kind: name, line: l.line, text: word}
}

func (l *lexer) operator(c byte) token {
	k := character
	switch next := l.peek(1); {
	case c == '.' && next == '.':
		if k = concat; l.peek(2) == '.' {
			k = dots
		}
	case c == ':' && next == ':':
		k = doubleColon
	case c == '=' && next == '=':
		k = equal
	case c == '<' && next == '=':
		k = lessOrEqual
	case c == '>' && next == '=':
		k = greaterOrEqual
	case c == '~' && next == '=':
		k = notEqual
	default:
		l.pos++
		return token{kind: k, line: l.line, char: c}
	}
	l.pos += len(words[k])
	return token{kind: k, line: l.line}
}

// comment skips a comment, up to the end of the line or of its long bracket.
func (l *lexer) comment() {
	l.pos += 2
	if level := l.longLevel(); level >= 0 {
		l.longBody(level, "unfinished long comment")
		return
	}
	if n := strings.IndexAny(l.source[l.pos:], "\n\r"); n >= 0 {
		l.pos += n
	} else {
		l.pos = len(l.source)
	}
}

// longLevel returns how many "=" the long bracket at the position has, -1 when there is none.
func (l *lexer) longLevel() int {
	if l.peek(0) != '[' {
		return -1
	}
	n := 1
	for l.peek(n) == '=' {
		n++
	}
	if l.peek(n) != '[' {
		return -1
	}
	return n - 1
}

func (l *lexer) longString() token {
	start, level := l.pos, l.longLevel()
	if level < 0 {
		for l.pos++; l.peek(0) == '='; l.pos++ {
		}
		fail(l.line, "invalid long string delimiter", quotedText(l.source[start:l.pos]))
	}
	body := l.longBody(level, "unfinished long string")
	return token{kind: text, line: l.line, text: body, start: start, end: l.pos}
}

// longBody skips a long bracket and returns what is in it, where each end of a line is one newline and the first is left
// out.
func (l *lexer) longBody(level int, unfinished string) string {
	closing := "]" + strings.Repeat("=", level) + "]"
	l.pos += level + 2
	if isNewline(l.peek(0)) {
		l.newline()
	}
	size := strings.Index(l.source[l.pos:], closing)
	stop := l.pos + size
	if size < 0 {
		stop = len(l.source)
	}
	body := l.source[l.pos:stop]
	for l.pos < stop {
		if isNewline(l.source[l.pos]) {
			l.newline()
		} else {
			l.pos++
		}
	}
	if size < 0 {
		fail(l.line, unfinished, words[endOfSource])
	}
	l.pos += len(closing)
	if strings.Contains(body, "\r") {
		body = newlines.Replace(body)
	}
	return body
}

var newlines = strings.NewReplacer("\r\n", "\n", "\n\r", "\n", "\r", "\n")

// numeral reads what looks like a number: digits, which may be hexadecimal, points, and exponents with their sign.
func (l *lexer) numeral() token {
	start, exponent := l.pos, byte('e')
	if l.peek(0) == '0' && l.peek(1)|0x20 == 'x' {
		l.pos += 2
		exponent = 'p'
	}
	for {
		c := l.peek(0)
		_, isHex := hexDigit(c)
		switch {
		case c|0x20 == exponent:
			l.pos++
			if c := l.peek(0); c == '+' || c == '-' {
				l.pos++
			}
		case isHex || c == '.':
			l.pos++
		default:
			written := l.source[start:l.pos]
			n, ok := backend.ParseNumber(written)
			if !ok {
				fail(l.line, "malformed number", quotedText(written))
			}
			return token{kind: number, line: l.line, number: n, text: written}
		}
	}
}

// escapes are the characters that have a letter behind a backslash.
var escapes = map[byte]byte{
	'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\', '"': '"', '\'': '\'',
}

// shortString reads a string in quotes.
func (l *lexer) shortString(quote byte) token {
	l.pos++
	start := l.pos
	var read []byte // when the text is not as it is written
	changed := false
	so := func() string { return string(quote) + string(append(read, l.source[start:l.pos]...)) }
	for {
		switch c := l.peek(0); {
		case l.pos >= len(l.source):
			fail(l.line, "unfinished string", words[endOfSource])
		case isNewline(c):
			fail(l.line, "unfinished string", quotedText(so()))
		case c == quote:
			t := token{kind: text, line: l.line, quote: quote, text: l.source[start:l.pos]}
			if changed {
				t.text = string(append(read, t.text...))
			}
			l.pos++
			return t
		case c == '\\':
			changed = true
			read = append(read, l.source[start:l.pos]...)
			read = l.escape(read)
			start = l.pos
		default:
			l.pos++
		}
	}
}

// escape reads a backslash and what follows it.
func (l *lexer) escape(read []byte) []byte {
	begin := l.pos
	l.pos++
	c := l.peek(0)
	if char, ok := escapes[c]; ok {
		l.pos++
		return append(read, char)
	}
	switch {
	case l.pos >= len(l.source): // found at the next look
		return read
	case isNewline(c):
		l.newline()
		return append(read, '\n')
	case c == 'z':
		for l.pos++; l.pos < len(l.source) && isSpace(l.source[l.pos]); {
			if isNewline(l.source[l.pos]) {
				l.newline()
			} else {
				l.pos++
			}
		}
		return read
	case c == 'x':
		n := 0
		for range 2 {
			l.pos++
			digit, ok := hexDigit(l.peek(0))
			if !ok {
				l.failEscape(begin, "hexadecimal digit expected")
			}
			n = n*16 + digit
		}
		l.pos++
		return append(read, byte(n))
	case isDigit(c):
		n := 0
		for i := 0; i < 3 && isDigit(l.peek(0)); i++ {
			n = n*10 + int(l.peek(0)-'0')
			l.pos++
		}
		if n > 255 {
			l.pos--
			l.failEscape(begin, "decimal escape too large")
		}
		return append(read, byte(n))
	}
	l.failEscape(begin, "invalid escape sequence")
	return nil
}

// failEscape raises an error with the escape that begins at a position, up to the character that is read.
func (l *lexer) failEscape(begin int, message string) {
	fail(l.line, message, quotedText(l.source[begin:min(l.pos+1, len(l.source))]))
}
