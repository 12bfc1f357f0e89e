package crossing

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// Path leads from a value to one inside of it: the keys of the tables in between.
type Path []Step

// Step is one step of a path.
type Step struct {
	Key backend.Value
	// IsKey is set if the path does not lead to the value under Key, but to Key itself.
	IsKey bool
}

// Field returns the step to the value under a name.
func Field(name string) Step { return Step{Key: backend.StringValue(name)} }

// Element returns the step to the value under an integer.
func Element(n int) Step { return Step{Key: backend.NumberValue(float64(n))} }

// At returns " at " and the path, or nothing for an empty one.
func (p Path) At() string {
	if len(p) == 0 {
		return ""
	}
	return " at " + p.String()
}

// String returns the path as it stands in Lua code behind the name of a table: [1].handlers.open. Of a long
// path the end is kept. A step to a key is [key table].
func (p Path) String() string {
	text := ""
	for _, step := range slices.Backward(p) {
		longer := step.text() + text
		if len(longer) > backend.MaxQuoted {
			return "..." + text
		}
		text = longer
	}
	return strings.TrimPrefix(text, ".")
}

func (s Step) text() string {
	text := s.name()
	if s.IsKey {
		return "[key " + text + "]"
	}
	if s.Key.Kind == backend.String && isName(s.Key.Text()) {
		return "." + s.Key.Text()
	}
	return "[" + text + "]"
}

// name returns the key as it stands between brackets.
func (s Step) name() string {
	switch s.Key.Kind {
	case backend.Boolean:
		return strconv.FormatBool(s.Key.Boolean())
	case backend.Number:
		return backend.FormatNumber(s.Key.Number())
	case backend.String:
		return strconv.Quote(backend.Quote(s.Key.Text()))
	}
	return s.Key.Kind.String()
}

// isName reports whether a short text may stand behind a dot.
func isName(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '_', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case '0' <= c && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return text != "" && len(text) <= maxName && !slices.Contains(keywords, text)
}

// maxName is the number of bytes of the longest name that a path shows unquoted.
const maxName = 100

var keywords = []string{
	"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not",
	"or", "repeat", "return", "then", "true", "until", "while",
}
