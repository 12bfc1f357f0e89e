package backend

import "unicode/utf8"

// MaxQuoted is how many bytes of a name, an argument or a token a message quotes.
const MaxQuoted = 500

// Quote returns what a message quotes of a text that a script may have made as long as it likes: all of it, or its
// beginning and "...". A message is so never much longer than its words.
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
