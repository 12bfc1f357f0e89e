package backend

import "strings"

const maxChunkID = 59 // the longest short source, LUA_IDSIZE without its end mark

// ChunkID returns the short form of a chunk's name for messages and tracebacks, as in Lua: "=name" becomes name,
// "@file" becomes file (shortened at its front), and source text becomes [string "first line..."].
func ChunkID(chunk string) string {
	switch {
	case strings.HasPrefix(chunk, "="):
		return chunk[1:min(len(chunk), maxChunkID+1)]
	case strings.HasPrefix(chunk, "@"):
		if len(chunk)-1 <= maxChunkID {
			return chunk[1:]
		}
		return "..." + chunk[len(chunk)-maxChunkID+3:]
	}
	const front, back, dots = `[string "`, `"]`, "..."
	line, _, cut := strings.Cut(chunk, "\n")
	if room := maxChunkID - len(front) - len(back); cut || len(line) > room {
		return front + line[:min(len(line), room-len(dots))] + dots + back
	}
	return front + line + back
}
