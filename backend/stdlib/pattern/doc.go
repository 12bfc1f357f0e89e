// Package pattern matches Lua patterns. It does not depend on a VM; package stdlib builds string.find, match, gmatch and gsub on it.
//
// A pattern is compiled once into a small program, which is cached, and run by a loop over an
// explicit stack of choices. A pattern is a sequence: it has quantifiers for single characters only. So each instruction has
// one choice at most, the stack is never longer than the program, captures are known when the pattern is compiled, and
// what one way has captured need not be taken back, because any other way captures it again before it is used.
//
// The package exists because no Go library that we know of does what a state with untrusted scripts needs:
//
//   - all of Lua's patterns, %f, %g and embedded zeros included. github.com/yuin/gopher-lua/pm has neither %f nor %g, and
//     accepts some malformed patterns.
//   - a bound on the work. A backtracking matcher can run for longer than the universe on thirty bytes, and nothing stops
//     a Go function from outside. Here each step is counted, too many end the search with an error, and a search asks from
//     time to time whether it shall go on.
//   - no allocation while it matches.
//
// A [Matcher] belongs to one goroutine. Bytes are bytes: classes are those of the C locale, for all 256 values.
package pattern
