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
	// kinds counts the programs with a difference by its kind, and by why it is allowed.
	kinds    map[string]int
	findings []finding
	// seen has the signatures of the differences that were reported, before and after their programs were made smaller.
	seen map[string]bool
}

// finding is a difference as it was written.
type finding struct {
	verdict compare.Verdict
	source  string
	lines   string // what each run printed where they differ
}

func newReport(out io.Writer) *report {
	return &report{out: out, kinds: map[string]int{}, seen: map[string]bool{}}
}

// isNew counts a difference and reports whether there was none like it.
func (r *report) isNew(v compare.Verdict, runs []compare.Run) bool {
	if v.Unexplained() {
		r.unexplained++
		r.kinds[string(v.Kind)]++
	} else {
		r.kinds[fmt.Sprintf("%s: %s", v.Kind, v.Explained())]++
	}
	return v.Unexplained() && r.first(signature(v, runs))
}

func (r *report) first(signature string) bool {
	seen := r.seen[signature]
	r.seen[signature] = true
	return !seen
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

// difference writes a difference, unless the same program or one that looks the same was written before.
func (r *report) difference(s subject, v compare.Verdict, runs []compare.Run) {
	if !r.first(s.source) {
		return
	}
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
