package backend

// Info is the result of VM.GetInfo: what is known about a function and, if it is running, about its call. Letters of
// debug.getinfo select the fields.
type Info struct {
	// S: the name of the chunk as Load got it, "=[C]" for a Go function; "Lua", "main", "C", or "tail" for a call that a
	// tail call replaced; and the lines where the function begins and ends, -1 for a Go function.
	Source, What                 string
	LineDefined, LastLineDefined int
	// CurrentLine (l) is -1 if it is not known.
	CurrentLine int
	// n: how the caller names the function; both are empty if that is not known.
	Name, NameWhat string
	// u: NParams and IsVararg describe the parameter list.
	NUps, NParams int
	IsVararg      bool
	// IsTailCall (t) is set for a function that a tail call called.
	IsTailCall bool
	// ActiveLines (L) are the lines that have code, nil for a Go function.
	ActiveLines []int
}
