package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/internal/gotext"
)

// Kind says in what outputs differ.
type Kind string

// The kinds, the worst first.
const (
	HangKind     Kind = "hang"     // a VM does not end the program
	PanicKind    Kind = "panic"    // a Go panic comes out of a VM
	GoTextKind   Kind = "Go text"  // the program sees the text of a Go run-time error
	SyntaxKind   Kind = "syntax"   // one compiles what another refuses
	ValueKind    Kind = "value"    // what is computed
	MessageKind  Kind = "message"  // other error messages
	NameKind     Kind = "name"     // the names of variables and functions in error messages
	FunctionKind Kind = "function" // the names of functions in "bad argument"
	PositionKind Kind = "position" // the lines in error messages
	VersionKind  Kind = "version"  // each does what PUC Lua of its version does
	RoundingKind Kind = "rounding" // the last digits of numbers
	ZeroKind     Kind = "zero"     // the sign of a zero
	SameKind     Kind = ""         // all is the same
)

// Verdict says whether the runs of a program differ.
type Verdict struct {
	Kind Kind
	// All is set when the backends agree and PUC Lua does not.
	All bool
	// Wrong are the names of the backends whose output is that of no PUC Lua, if one ran the program.
	Wrong []string
	// Line is the index of the first line that differs.
	Line int
}

// Explained returns why the difference is known and allowed, or "".
func (v Verdict) Explained() string {
	switch {
	case v.Kind == VersionKind:
		return "Lua 5.1 and 5.2 differ, and each backend does what its version does"
	case v.Kind == ZeroKind:
		return "gopher-lua forgets the sign of a zero that an operation gives (its known_failing.txt)"
	case v.Kind == RoundingKind && v.All:
		return "powers and functions of math are rounded as Go does it, not as the C library"
	case v.Kind == FunctionKind && v.All:
		return "PUC Lua names a function after where it was called or found, the backends after what it is"
	}
	return ""
}

// Unexplained reports whether there is a difference that should not be.
func (v Verdict) Unexplained() bool { return v.Kind != SameKind && v.Explained() == "" }

// Run is the output of a program with one Lua.
type Run struct {
	Name    string
	Version string // of the language, such as "Lua 5.1"
	Output
}

// Judge compares the runs of a program: those of backends with each other and then with PUC Lua. A line is right when it is
// that of one of the PUC runs, as the profile follows Lua 5.1 in some things and 5.2 in others.
func Judge(vms, puc []Run) Verdict {
	for _, run := range vms {
		if kind := faultKind(run.Output); kind != SameKind {
			return Verdict{Kind: kind, Wrong: []string{run.Name}, Line: max(0, len(run.Lines)-1)}
		}
	}
	if !agree(vms) && eachAsItsVersion(vms, puc) {
		return Verdict{Kind: VersionKind}
	}
	if compiled(vms) != 0 && compiled(vms) != len(vms) {
		return Verdict{Kind: SyntaxKind, Wrong: wrongAt(0, vms, puc)}
	}
	for _, run := range vms[1:] {
		if kind, line := difference(run.Output, vms[0].Output); kind != SameKind {
			return Verdict{Kind: kind, Wrong: wrongAt(line, vms, puc), Line: line}
		}
	}
	if len(puc) == 0 {
		return Verdict{}
	}
	kind, line := difference(vms[0].Output, outputs(puc)...)
	if kind == SameKind {
		return Verdict{}
	}
	return Verdict{Kind: kind, All: true, Wrong: names(vms), Line: line}
}

func faultKind(o Output) Kind {
	switch {
	case o.Fault == Hang:
		return HangKind
	case o.Fault == Panic:
		return PanicKind
	case gotext.Find(strings.Join(o.Lines, "\n")) != "":
		return GoTextKind
	}
	return SameKind
}

// agree reports whether all runs have the same output.
func agree(runs []Run) bool {
	for _, run := range runs[1:] {
		if kind, _ := difference(run.Output, runs[0].Output); kind != SameKind {
			return false
		}
	}
	return true
}

// eachAsItsVersion reports whether each backend prints what PUC Lua of its version prints.
func eachAsItsVersion(vms, puc []Run) bool {
	for _, vm := range vms {
		if !slices.ContainsFunc(puc, func(p Run) bool {
			kind, _ := difference(vm.Output, p.Output)
			return p.Version == vm.Version && kind == SameKind
		}) {
			return false
		}
	}
	return true
}

// compiled counts the runs in which the program was compiled.
func compiled(runs []Run) (n int) {
	for _, run := range runs {
		if !strings.HasPrefix(run.At(len(run.Lines)-1), syntaxPrefix) {
			n++
		}
	}
	return n
}

// difference compares an output with what it may be, line by line. It returns the worst kind of difference and the first
// line with one of that kind.
func difference(o Output, allowed ...Output) (Kind, int) {
	longest := len(o.Lines)
	for _, a := range allowed {
		longest = max(longest, len(a.Lines))
	}
	worst, at := len(reductions), 0
	for i := range longest {
		var lines []string
		for _, a := range allowed {
			lines = append(lines, a.At(i))
		}
		if rank := rankOf(o.At(i), lines); rank < worst {
			worst, at = rank, i
		}
	}
	if worst == len(reductions) {
		return SameKind, 0
	}
	return reductions[worst].kind, at
}

// wrongAt returns the names of the VMs whose line is that of no PUC run.
func wrongAt(line int, vms, puc []Run) (wrong []string) {
	var allowed []string
	for _, run := range puc {
		allowed = append(allowed, normal(run.At(line)))
	}
	for _, run := range vms {
		if len(puc) > 0 && !slices.Contains(allowed, normal(run.At(line))) {
			wrong = append(wrong, run.Name)
		}
	}
	return wrong
}

func outputs(runs []Run) (all []Output) {
	for _, run := range runs {
		all = append(all, run.Output)
	}
	return all
}

func names(runs []Run) (all []string) {
	for _, run := range runs {
		all = append(all, run.Name)
	}
	return all
}

// Describe writes what each run printed in the line that differs.
func Describe(v Verdict, runs []Run) string {
	var text strings.Builder
	for _, run := range runs {
		fmt.Fprintf(&text, "%-10s %s\n", run.Name+":", run.At(v.Line))
	}
	return text.String()
}
