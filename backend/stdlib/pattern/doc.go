// Package pattern matches Lua patterns. It knows no VM; package stdlib builds string.find, match, gmatch and gsub on it.
//
// It is a port of the matcher in Lua's lstrlib.c (5.2) and not a library, because no Go library that we know of does what
// a state that runs foreign scripts needs:
//
//   - all of Lua's patterns, %f, %g and embedded zeros included. github.com/yuin/gopher-lua/pm has neither %f nor %g, and
//     accepts some malformed patterns.
//   - a bound on the work. A backtracking matcher can run for longer than the universe on thirty bytes, and nothing stops
//     a Go function from outside. Here each step is counted, and too many end the search with an error.
//   - no allocation while it matches.
//
// A [Matcher] belongs to one goroutine. Bytes are bytes: classes are those of the C locale, for all 256 values.
package pattern
