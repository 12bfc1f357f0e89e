package backend

import "strings"

// maxShownChunk is how many bytes of a chunk's name messages and tracebacks show: one less than the 60 bytes that Lua's
// manual has for lua_Debug.short_src in a default build, because C strings end with a zero.
const maxShownChunk = 59

// ChunkID returns the printable form of a chunk's name for messages and tracebacks. A name that begins with "=" is shown
// as it is, cut at its end. A file name, behind "@", keeps its end, which says more. Other names are source text: shown
// is the first line of it in quotes.
func ChunkID(chunk string) string {
	if name, ok := strings.CutPrefix(chunk, "="); ok {
		return name[:min(len(name), maxShownChunk)]
	}
	if path, ok := strings.CutPrefix(chunk, "@"); ok {
		return keepEnd(path, maxShownChunk)
	}
	return `[string "` + firstLine(chunk, maxShownChunk-len(`[string ""]`)) + `"]`
}

const ellipsis = "..."

// keepEnd returns the text, or an ellipsis and as much of its end as fits into size bytes.
func keepEnd(text string, size int) string {
	if len(text) <= size {
		return text
	}
	return ellipsis + text[len(text)-size+len(ellipsis):]
}

// firstLine returns the first line of the text, or an ellipsis behind what fits of it in size bytes when that is not all.
// As in Lua 5.2, a line is whole only when it leaves room for the ellipsis and a byte more.
func firstLine(text string, size int) string {
	size -= len(ellipsis)
	line, _, goesOn := strings.Cut(text, "\n")
	if !goesOn && len(line) < size {
		return line
	}
	return line[:min(len(line), size)] + ellipsis
}
