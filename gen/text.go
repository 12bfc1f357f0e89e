package gen

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/mtstates/go-mtstates/spec"
)

// commentWidth is the longest line of a comment, without its indentation and "// ".
const commentWidth = 110

// wrap breaks a text at spaces into lines of at most width bytes; longer words get lines of their own. The rows of a
// table, lines that begin with "|", stay as they are, with an empty line before the table.
func wrap(text string, width int) []string {
	var lines, words []string
	flush := func() {
		lines = append(lines, fill(words, width)...)
		words = nil
	}
	inTable := false
	for line := range strings.SplitSeq(text, "\n") {
		isRow := strings.HasPrefix(line, "|")
		if !isRow {
			words = append(words, strings.Fields(line)...)
		} else {
			flush()
			if !inTable && len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, line)
		}
		inTable = isRow
	}
	flush()
	return lines
}

// fill puts as many words into each line as it holds.
func fill(words []string, width int) []string {
	var lines []string
	for _, word := range words {
		if last := len(lines) - 1; last >= 0 && len(lines[last])+1+len(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// comment returns a text as line comments.
func comment(text string) *jen.Statement {
	s := new(jen.Statement)
	for i, line := range wrap(text, commentWidth) {
		if i > 0 {
			s.Line()
		}
		s.Comment("// " + line) // a line that begins with /* is not one for jennifer
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

// inSentence returns a text as the rest of a sentence: it begins with a small letter unless its first word has several
// capitals.
func inSentence(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	if len(first) > 1 && strings.ToLower(first[1:]) != first[1:] {
		return text
	}
	return strings.TrimSpace(strings.ToLower(first) + " " + rest)
}

// oneLine returns a text without line breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// localName returns the last part of a module's name, which is what scripts call it.
func localName(m *spec.Module) string { return m.Name[strings.LastIndexByte(m.Name, '.')+1:] }
