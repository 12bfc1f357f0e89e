// Package traceback has what the tracebacks of all VMs share: their first line, and which functions of a deep stack they
// show. Only backends import it.
package traceback

import "github.com/mtstates/go-mtstates/backend"

// Title is the first line.
const Title = "stack traceback:"

// Empty is a traceback without functions.
const Empty = backend.TracebackText(Title)

// Gap is the line that stands for the functions in the middle, with the end of the line before.
const Gap = "\n\t..."

// maxShown is how many functions are shown; with more, the middle is left out. The numbers are those of PUC Lua.
const maxShown = 22

// First and Last are how many functions are shown of both ends of a deep stack.
const (
	First = 11
	Last  = 10
)

// Shows reports whether the traceback of a stack of depth functions shows number i of them, counted from 0.
func Shows(i, depth int) bool { return depth <= maxShown || i < First || i >= depth-Last }

// GapBefore reports whether the gap precedes line i, counted from 0, of the functions that are shown.
func GapBefore(i, depth int) bool { return depth > maxShown && i == First }
