package backend

import "unicode/utf8"

// MaxQuoted is the number of bytes of a name, an argument or a token that a message quotes at most.
const MaxQuoted = 500

// Quote returns what a message quotes of a text that a script may have made arbitrarily long: all of it, or its
// beginning and "...". So a message is never much longer than its own words.
func Quote(text string) string {
	const dots = "..."
	if len(text) <= MaxQuoted {
		return text
	}
	end := MaxQuoted - len(dots)
	for range utf8.UTFMax - 1 {
		if utf8.RuneStart(text[end]) {
			break
		}
		end--
	}
	return text[:end] + dots
}
