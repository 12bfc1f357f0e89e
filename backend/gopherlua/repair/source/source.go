// Package source reads Lua source before the VM's parser does. Only package gopherlua imports it.
//
// The faults: the VM's lexer takes malformed numerals for NaN, a comment that begins with "--[=" and has no second bracket
// for an error, \v and \f for unknown characters, and escapes above \255 for bytes; its parser follows brackets down to
// the end of the Go stack, and gives an operation the line of its beginning; and its messages name neither what was
// expected nor the token. [Prepare] finds all errors, changes what the VM would get wrong, and notes the lines. It does
// not look at the VM, so that there is nothing to probe. When the VM's lexer, messages and lines are Lua's, this package
// can go.
package source

import (
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// MaxLevels is how deeply blocks, brackets and expressions may be nested, as in PUC Lua.
const MaxLevels = 200

// TooManyLevels is the message for what is nested more deeply.
const TooManyLevels = "chunk has too many syntax levels"

// Error is a syntax error.
type Error struct {
	Line    int
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%d: %s", e.Line, e.Message) }

// token is a word of the language. Reserved words and operators are of a kind of their own.
type token struct {
	kind, text string
	line       int
}

// The kinds of tokens that have a text of their own.
const (
	endOfText = "<eof>"
	name      = "<name>"
	number    = "<number>"
	text      = "<string>"
)

// near returns a message with the token where the error was found, as Lua writes it.
func near(message string, t token) string { return message + " near '" + backend.Quote(t.text) + "'" }

// lexer takes source apart.
type lexer struct {
	text      string
	pos, line int
	done      strings.Builder // the text up to copied, in the VM's form
	copied    int
}

// put replaces the text from from to the position in what the VM gets.
func (l *lexer) put(from int, text string) {
	l.done.WriteString(l.text[l.copied:from])
	l.done.WriteString(text)
	l.copied = l.pos
}

func (l *lexer) prepared() string {
	if l.copied == 0 {
		return l.text
	}
	return l.done.String() + l.text[l.copied:]
}

// peek returns the character n behind the position, 0 at the end.
func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.text) {
		return l.text[l.pos+n]
	}
	return 0
}

// newline skips the end of a line, which may be two characters.
func (l *lexer) newline() {
	c := l.peek(0)
	l.pos++
	if d := l.peek(0); d != c && (d == '\n' || d == '\r') {
		l.pos++
	}
	l.line++
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// next returns the next token.
func (l *lexer) next() (token, *Error) {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == '\n' || c == '\r':
			l.newline()
		case c == ' ' || c == '\t':
			l.pos++
		case c == '\v' || c == '\f':
			l.pos++
			l.put(l.pos-1, " ")
		case c == '-' && l.peek(1) == '-':
			if problem := l.comment(); problem != nil {
				return token{}, problem
			}
		case isLetter(c):
			return l.word(), nil
		case isDigit(c) || c == '.' && isDigit(l.peek(1)):
			return l.numeral()
		case c == '"' || c == '\'':
			return l.quoted(c)
		case c == '[' && (l.peek(1) == '[' || l.peek(1) == '='):
			return l.long()
		default:
			return l.operator(), nil
		}
	}
	return token{endOfText, endOfText, l.line}, nil
}

// comment skips a comment. The VM takes any "--[=" for the beginning of a long one.
func (l *lexer) comment() *Error {
	l.pos += 2
	if level := l.longLevel(); level >= 0 {
		if l.longBody(level) {
			return nil
		}
		return &Error{l.line, near("unfinished long comment", token{text: endOfText})}
	}
	if l.peek(0) == '[' {
		l.pos++
		l.put(l.pos-1, " ")
	}
	if end := strings.IndexAny(l.text[l.pos:], "\n\r"); end >= 0 {
		l.pos += end
	} else {
		l.pos = len(l.text)
	}
	return nil
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

// longBody skips a long bracket and what is in it; it is false when that has no end.
func (l *lexer) longBody(level int) bool {
	start := l.pos + level + 2
	end := strings.Index(l.text[start:], "]"+strings.Repeat("=", level)+"]")
	stop := start + end
	if end < 0 {
		stop = len(l.text)
	}
	for l.pos = start; l.pos < stop; {
		if c := l.text[l.pos]; c == '\n' || c == '\r' {
			l.newline()
		} else {
			l.pos++
		}
	}
	l.pos = min(stop+level+2, len(l.text))
	return end >= 0
}

func (l *lexer) long() (token, *Error) {
	start, level := l.pos, l.longLevel()
	if level < 0 {
		for l.pos++; l.peek(0) == '='; l.pos++ {
		}
		return token{}, &Error{l.line, near("invalid long string delimiter", token{text: l.text[start:l.pos]})}
	}
	if !l.longBody(level) {
		return token{}, &Error{l.line, near("unfinished long string", token{text: endOfText})}
	}
	return token{text, l.text[start:l.pos], l.line}, nil
}

// reserved are the reserved words; "goto" is the VM's.
var reserved = map[string]bool{
	"and": true, "break": true, "do": true, "else": true, "elseif": true, "end": true, "false": true, "for": true,
	"function": true, "goto": true, "if": true, "in": true, "local": true, "nil": true, "not": true, "or": true,
	"repeat": true, "return": true, "then": true, "true": true, "until": true, "while": true,
}

func (l *lexer) word() token {
	start := l.pos
	for l.pos < len(l.text) && (isLetter(l.text[l.pos]) || isDigit(l.text[l.pos])) {
		l.pos++
	}
	word := l.text[start:l.pos]
	if reserved[word] {
		return token{word, word, l.line}
	}
	return token{name, word, l.line}
}

// numeral reads all that may belong to a number. The VM gets one that it does not read itself in decimal digits.
func (l *lexer) numeral() (token, *Error) {
	start, plain := l.pos, true
	for isDigit(l.peek(0)) || l.peek(0) == '.' {
		l.pos++
	}
	if l.pos-start > 1 && strings.Count(l.text[start:l.pos], ".") > 1 {
		plain = false
	}
	if c := l.peek(0); c|0x20 == 'e' {
		plain = false
		if l.pos++; l.peek(0) == '+' || l.peek(0) == '-' {
			l.pos++
		}
	}
	for isLetter(l.peek(0)) || isDigit(l.peek(0)) {
		plain = false
		l.pos++
	}
	t := token{number, l.text[start:l.pos], l.line}
	if plain {
		return t, nil
	}
	n, ok := backend.ParseNumber(t.text)
	if !ok {
		return token{}, &Error{l.line, near("malformed number", t)}
	}
	if strings.ContainsAny(t.text, "xX") {
		l.put(start, decimal(n))
	}
	return t, nil
}

// decimal writes a number that is not negative for the VM's lexer, which knows no infinity.
func decimal(n float64) string {
	if n > 1.7e308 {
		return "1e999"
	}
	return fmt.Sprintf("%.17g", n)
}

// quoted reads a string in quotes.
func (l *lexer) quoted(quote byte) (token, *Error) {
	start := l.pos
	for l.pos++; ; {
		switch c := l.peek(0); {
		case l.pos >= len(l.text):
			return token{}, &Error{l.line, near("unfinished string", token{text: endOfText})}
		case c == quote:
			l.pos++
			return token{text, l.text[start:l.pos], l.line}, nil
		case c == '\n' || c == '\r':
			return token{}, &Error{l.line, near("unfinished string", token{text: unescaped(l.text[start:l.pos])})}
		case c != '\\':
			l.pos++
		case l.peek(1) == '\n' || l.peek(1) == '\r':
			l.pos++
			l.newline()
		default:
			read := l.text[start:l.pos]
			l.pos++
			if n := l.escape(); n > 255 {
				return token{}, &Error{l.line, near("escape sequence too large", token{text: unescaped(read)})}
			}
		}
	}
}

// letters are the characters that have a letter behind a backslash.
var letters = map[byte]byte{'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// unescaped returns the beginning of a string in quotes as it was read. No number in it is too large.
func unescaped(written string) string {
	var read []byte
	l := lexer{text: written}
	for l.pos < len(written) {
		c := written[l.pos]
		l.pos++
		if c != '\\' || l.pos == len(written) {
			read = append(read, c)
			continue
		}
		at := l.pos
		n := l.escape()
		switch char, isLetter := letters[written[at]]; {
		case isDigit(written[at]):
			read = append(read, byte(n))
		case isLetter:
			read = append(read, char)
		case written[at] == '\n' || written[at] == '\r':
			l.pos = at
			l.newline()
			read = append(read, '\n')
		default:
			read = append(read, written[at])
		}
	}
	return string(read)
}

// escape skips what follows a backslash and returns the number in it.
func (l *lexer) escape() (n int) {
	if !isDigit(l.peek(0)) {
		l.pos = min(l.pos+1, len(l.text))
		return 0
	}
	for i := 0; i < 3 && isDigit(l.peek(0)); i++ {
		n = n*10 + int(l.text[l.pos]-'0')
		l.pos++
	}
	return n
}

// operators are those of more than one character, longer ones first.
var operators = []string{"...", "..", "==", "~=", "<=", ">=", "::"}

func (l *lexer) operator() token {
	rest := l.text[l.pos:]
	word := rest[:1]
	for _, o := range operators {
		if strings.HasPrefix(rest, o) {
			word = o
			break
		}
	}
	l.pos += len(word)
	shown := word
	if c := word[0]; c < ' ' || c == 0x7f {
		shown = fmt.Sprintf("char(%d)", c)
	}
	return token{word, shown, l.line}
}
