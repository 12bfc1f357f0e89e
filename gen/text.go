package gen

import (
	"strings"

	"github.com/dave/jennifer/jen"
)

// commentWidth is the longest line of a comment, without its indentation and "// ".
const commentWidth = 110

// wrap breaks a text at spaces into lines of at most width bytes; longer words get lines of their own.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}

// comment returns a text as line comments.
func comment(text string) *jen.Statement {
	s := new(jen.Statement)
	for i, line := range wrap(text, commentWidth) {
		if i > 0 {
			s.Line()
		}
		s.Comment(line)
	}
	return s
}

// sentence returns a text with a full stop at its end.
func sentence(text string) string {
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
