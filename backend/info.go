package backend

// Info is what VM.GetInfo tells about a function, and about the call of it when it runs. Fields are set by the letters of
// debug.getinfo.
type Info struct {
	// S: the name of the chunk as Load got it, "=[C]" for a Go function; "Lua", "main", "C", or "tail" for a call that a
	// tail call replaced; and the lines where the function begins and ends, -1 for a Go function.
	Source, What                 string
	LineDefined, LastLineDefined int
	// CurrentLine (l) is -1 when that is not known.
	CurrentLine int
	// n: how the function was named where it was called; both are empty when that is not known.
	Name, NameWhat string
	// u: NParams and IsVararg are those of the parameter list.
	NUps, NParams int
	IsVararg      bool
	// IsTailCall (t) is set for a function that a tail call called.
	IsTailCall bool
	// ActiveLines (L) are the lines that have code, nil for a Go function.
	ActiveLines []int
}
