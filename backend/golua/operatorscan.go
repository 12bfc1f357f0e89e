package golua

import "strings"

// hasOperators tells whether Lua source has the operators .. or % outside of strings and comments. It may say so of
// source that is wrong.
func hasOperators(source string) bool {
	for i := 0; i < len(source); {
		switch source[i] {
		case '"', '\'':
			i = skipQuoted(source, i)
		case '[':
			i = skipLong(source, i)
		case '-':
			if !strings.HasPrefix(source[i:], "--") {
				i++
			} else if end := skipLong(source, i+2); end > i+3 {
				i = end
			} else {
				i = skipLine(source, i)
			}
		case '%':
			return true
		case '.':
			dots := len(source[i:]) - len(strings.TrimLeft(source[i:], "."))
			if dots == 2 || dots > 3 {
				return true
			}
			i += dots
		default:
			i++
		}
	}
	return false
}

// skipQuoted returns where the quoted string at i ends.
func skipQuoted(source string, i int) int {
	quote := source[i]
	for i++; i < len(source) && source[i] != quote; i++ {
		if source[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// skipLong returns where the string in long brackets at i ends, or i+1 when there is none.
func skipLong(source string, i int) int {
	if i >= len(source) || source[i] != '[' {
		return i + 1
	}
	rest := strings.TrimLeft(source[i+1:], "=")
	if rest == "" || rest[0] != '[' {
		return i + 1
	}
	level := len(source) - i - 1 - len(rest)
	end := strings.Index(rest, "]"+strings.Repeat("=", level)+"]")
	if end < 0 {
		return len(source)
	}
	return len(source) - len(rest) + end + level + 2
}

func skipLine(source string, i int) int {
	if end := strings.IndexByte(source[i:], '\n'); end >= 0 {
		return i + end
	}
	return len(source)
}
