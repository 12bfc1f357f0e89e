package compare

import "strings"

// Output is what a program printed and how it ended.
type Output struct {
	// Lines are those that were printed. The last one is the error that ended the program, or the syntax error for which
	// it was not run, if there was one.
	Lines []string
	// Fault is set when the run did not end as those of programs do.
	Fault Fault
}

// Fault is how a run ended that did not end by itself.
type Fault int

// The faults.
const (
	NoFault Fault = iota
	Panic         // a Go panic came out of the VM
	Crash         // the process ended
	Hang          // it did not end
)

// What stands in front of the last line of a program that was not compiled or failed. The driver of PUC Lua writes the same.
const (
	syntaxPrefix = "syntax: "
	errorPrefix  = "error: "
)

func newOutput(text string) Output {
	if text == "" {
		return Output{}
	}
	return Output{Lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}
}

// text is what newOutput makes the output of.
func (o Output) text() string {
	if len(o.Lines) == 0 {
		return ""
	}
	return strings.Join(o.Lines, "\n") + "\n"
}

// At returns a line, or a text that no program prints behind the last one.
func (o Output) At(i int) string {
	if i < 0 || i >= len(o.Lines) {
		return "(nothing)"
	}
	return o.Lines[i]
}
