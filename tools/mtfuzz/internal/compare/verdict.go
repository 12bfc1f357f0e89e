package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/conformance/gotext"
)

// Kind says in what outputs differ.
type Kind string

// The kinds, the worst first.
const (
	HangKind     Kind = "hang"     // a VM does not end the program
	CrashKind    Kind = "crash"    // a program ends the process of a VM
	PanicKind    Kind = "panic"    // a Go panic comes out of a VM
	GoTextKind   Kind = "Go text"  // the program sees the text of a Go run-time error
	SyntaxKind   Kind = "syntax"   // one compiles what another refuses
	ValueKind    Kind = "value"    // what is computed
	MessageKind  Kind = "message"  // other error messages
	NameKind     Kind = "name"     // the names of variables in error messages, and which argument is bad
	FunctionKind Kind = "function" // the names of functions in "bad argument"
	PositionKind Kind = "position" // the lines in error messages
	RoundingKind Kind = "rounding" // the last digits of numbers
	ZeroKind     Kind = "zero"     // the sign of a zero
	VersionKind  Kind = "version"  // each does what PUC Lua of its version does
	SameKind     Kind = ""         // all is the same
)

// IsFault reports whether the kind is one that no Lua shows, of any version.
func (k Kind) IsFault() bool {
	switch k {
	case HangKind, CrashKind, PanicKind, GoTextKind, SyntaxKind:
		return true
	}
	return false
}

// Verdict says whether the runs of a program differ.
type Verdict struct {
	Kind Kind
	// All is set when the backends agree and PUC Lua does not.
	All bool
	// Wrong are the names of the backends whose output is that of no PUC Lua, if one ran the program.
	Wrong []string
	// Line is the index of the first line that differs.
	Line int
	// Alone is set for messages when no PUC Lua of the version of a wrong backend comes to the line.
	Alone bool
}

// Explained returns why the difference is known and allowed, or "".
func (v Verdict) Explained() string {
	switch {
	case v.Kind == VersionKind:
		return "Lua 5.1 and 5.2 differ, and each backend does what its version does"
	case v.Alone:
		return "messages of Lua 5.1 and 5.2 differ, and PUC Lua of the version raises no error there"
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

// Judge compares the runs of a program line by line: those of backends with each other and with PUC Lua. A line is right when
// it is that of one of the PUC runs, as the profile follows Lua 5.1 in some things and 5.2 in others. The verdict is about the
// line with the worst difference.
func Judge(vms, puc []Run) Verdict {
	for _, run := range vms {
		if kind := faultKind(run.Output); kind != SameKind {
			return Verdict{Kind: kind, Wrong: []string{run.Name}, Line: faultLine(run.Output)}
		}
	}
	if n := compiled(vms); n != 0 && n != len(vms) {
		return Verdict{Kind: SyntaxKind, Wrong: wrongAt(0, vms, puc)}
	}
	longest := 0
	for _, run := range slices.Concat(vms, puc) {
		longest = max(longest, len(run.Lines))
	}
	var worst Verdict
	for i := range longest {
		if v := judgeLine(i, vms, puc); v.worse(worst) {
			worst = v
		}
	}
	return worst
}

func faultKind(o Output) Kind {
	switch {
	case o.Fault == Hang:
		return HangKind
	case o.Fault == Crash:
		return CrashKind
	case o.Fault == Panic:
		return PanicKind
	case gotext.Find(strings.Join(o.Lines, "\n")) != "":
		return GoTextKind
	}
	return SameKind
}

// faultLine returns the index of the line with the text of a Go run-time error, or else the last one.
func faultLine(o Output) int {
	for i, line := range o.Lines {
		if gotext.Find(line) != "" {
			return i
		}
	}
	return max(0, len(o.Lines)-1)
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

func judgeLine(i int, vms, puc []Run) Verdict {
	for _, run := range vms[1:] {
		kind := difference(run.At(i), vms[0].At(i))
		if kind != SameKind && eachAsItsVersion(i, vms, puc) {
			kind = VersionKind
		}
		if kind != SameKind {
			wrong := wrongAt(i, vms, puc)
			return Verdict{Kind: kind, Wrong: wrong, Line: i, Alone: areAlone(i, kind, wrong, vms, puc)}
		}
	}
	if len(puc) == 0 {
		return Verdict{}
	}
	var allowed []string
	for _, run := range puc {
		allowed = append(allowed, run.At(i))
	}
	return Verdict{Kind: difference(vms[0].At(i), allowed...), All: true, Wrong: names(vms), Line: i}
}

// eachAsItsVersion reports whether each backend prints what PUC Lua of its version prints.
func eachAsItsVersion(i int, vms, puc []Run) bool {
	for _, vm := range vms {
		if !slices.ContainsFunc(puc, func(p Run) bool {
			return p.Version == vm.Version && difference(vm.At(i), p.At(i)) == SameKind
		}) {
			return false
		}
	}
	return true
}

// areAlone reports whether PUC Lua of the versions of wrong backends has printed something else by the line, so that there
// is nothing to compare a message with.
func areAlone(line int, kind Kind, wrong []string, vms, puc []Run) bool {
	for _, vm := range vms {
		if !slices.Contains(wrong, vm.Name) {
			continue
		}
		if slices.ContainsFunc(puc, func(p Run) bool { return p.Version == vm.Version && !parted(line, kind, vm, p) }) {
			return false
		}
	}
	return len(wrong) > 0 && severity(kind) <= severity(MessageKind)
}

// parted reports whether two runs differ by more than the kind in one of the lines up to another.
func parted(line int, kind Kind, a, b Run) bool {
	for i := range line + 1 {
		if severity(difference(a.At(i), b.At(i))) > severity(kind) {
			return true
		}
	}
	return false
}

// worse reports whether the difference is worse than another.
func (v Verdict) worse(other Verdict) bool {
	if v.Unexplained() != other.Unexplained() {
		return v.Unexplained()
	}
	return severity(v.Kind) > severity(other.Kind)
}

// wrongAt returns the names of the VMs whose line is that of no PUC run.
func wrongAt(line int, vms, puc []Run) (wrong []string) {
	var allowed []string
	for _, run := range puc {
		allowed = append(allowed, run.At(line))
	}
	for _, run := range vms {
		if len(puc) > 0 && difference(run.At(line), allowed...) != SameKind {
			wrong = append(wrong, run.Name)
		}
	}
	return wrong
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
