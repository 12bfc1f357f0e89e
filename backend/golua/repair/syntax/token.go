package syntax

import "fmt"

// kind is what a token is.
type kind uint8

const (
	endOfSource kind = iota
	name
	number
	text
	character // that no token begins with, or that is one by itself; it is the text

	and
	breakWord
	do
	elseWord
	elseif
	end
	falseWord
	forWord
	function
	gotoWord
	ifWord
	in
	local
	nilWord
	not
	or
	repeat
	returnWord
	then
	trueWord
	until
	while

	concat
	dots
	equal
	greaterOrEqual
	lessOrEqual
	notEqual
	doubleColon
	kinds
)

// words are the reserved words and the tokens of several characters, as they are written.
var words = [kinds]string{
	endOfSource: "<eof>", name: "<name>", number: "<number>", text: "<string>",
	and: "and", breakWord: "break", do: "do", elseWord: "else", elseif: "elseif", end: "end", falseWord: "false",
	forWord: "for", function: "function", gotoWord: "goto", ifWord: "if", in: "in", local: "local", nilWord: "nil",
	not: "not", or: "or", repeat: "repeat", returnWord: "return", then: "then", trueWord: "true", until: "until",
	while:  "while",
	concat: "..", dots: "...", equal: "==", greaterOrEqual: ">=", lessOrEqual: "<=", notEqual: "~=", doubleColon: "::",
}

// reserved are the words that cannot be names.
var reserved = func() map[string]kind {
	m := map[string]kind{}
	for k := and; k <= while; k++ {
		m[words[k]] = k
	}
	return m
}()

// token is a word of the language.
type token struct {
	kind   kind
	line   int
	char   byte    // of a character
	number float64 // of a number
	text   string  // of a name or a string; of a number, as it is written
	quote  byte    // of a string; 0 for one in long brackets, whose text is then from start to end in the source
	start  int
	end    int
}

// is reports whether the token is the character c.
func (t *token) is(c byte) bool { return t.kind == character && t.char == c }

// Error is an error in the source.
type Error struct {
	Line    int
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%d: %s", e.Line, e.Message) }

// quoted is how a kind of tokens is called in messages: those that are always written alike in quotes.
func (k kind) quoted() string {
	if k <= text {
		return words[k]
	}
	return "'" + words[k] + "'"
}

// quotedChar is quoted for a character.
func quotedChar(c byte) string {
	if c < ' ' || c > '~' {
		return fmt.Sprintf("char(%d)", c)
	}
	return "'" + string(rune(c)) + "'"
}
