package main

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/compare"
)

// report writes differences, each once.
type report struct {
	out         io.Writer
	programs    int
	unexplained int
	findings    []finding
	// kinds counts the programs with a difference by its kind, and by why it is allowed.
	kinds map[string]int
	// known has the verdict on each difference that was looked at, by its signature.
	known map[string]compare.Verdict
	// written has the programs that were written.
	written map[string]bool
}

// finding is a difference as it was written.
type finding struct {
	verdict compare.Verdict
	source  string
	lines   string // what each run printed where they differ
}

func newReport(out io.Writer) *report {
	return &report{out: out, kinds: map[string]int{}, known: map[string]compare.Verdict{}, written: map[string]bool{}}
}

// count counts a program with a difference.
func (r *report) count(v compare.Verdict) {
	if v.Unexplained() {
		r.unexplained++
		r.kinds[string(v.Kind)]++
	} else if v.Kind != compare.SameKind {
		r.kinds[fmt.Sprintf("%s: %s", v.Kind, v.Explained())]++
	}
}

// variable is what differs between findings that are the same: numbers and texts.
var variable = regexp.MustCompile(`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|"[^"]*"|'\w+'|\b(?:true|false|nil|function|inf|nan)\b`)

// signature is the same for differences that look the same.
func signature(v compare.Verdict, runs []compare.Run) string {
	text := fmt.Sprint(v.Kind, v.Wrong)
	for _, run := range runs {
		text += "\n" + variable.ReplaceAllString(compare.Message(run.At(v.Line)), "?")
	}
	return text
}

// write writes a difference, unless the same program was written before.
func (r *report) write(s subject, v compare.Verdict, runs []compare.Run) {
	if r.written[s.source] {
		return
	}
	r.written[s.source] = true
	found := finding{v, s.source, compare.Describe(v, runs)}
	r.findings = append(r.findings, found)
	fmt.Fprintf(r.out, "== %s", v.Kind)
	if len(v.Wrong) > 0 {
		fmt.Fprintf(r.out, " (%s)", strings.Join(v.Wrong, ", "))
	}
	fmt.Fprintf(r.out, ": %s\n%s%s\n", s.name, found.source, found.lines)
}

// summary writes how many programs were run and how many differ.
func (r *report) summary() {
	fmt.Fprintf(r.out, "%d programs, %d with an unexplained difference\n", r.programs, r.unexplained)
	for _, kind := range slices.Sorted(maps.Keys(r.kinds)) {
		fmt.Fprintf(r.out, "%7d %s\n", r.kinds[kind], kind)
	}
}
