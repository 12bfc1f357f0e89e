package spec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file of the spec.
type Pos struct {
	// File is the path of the file, such as "spec/vms/golua.yaml".
	File string
	// Line and Column count from 1.
	Line, Column int
}

// String returns "spec/vms/golua.yaml:42:7".
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Problem is a mistake in the spec.
type Problem struct {
	Pos
	Message string
}

// String returns "spec/vms/golua.yaml:42:7: message".
func (p Problem) String() string { return p.Pos.String() + ": " + p.Message }

// Problems is the error of [Load]: all mistakes, sorted by place, each once.
type Problems []Problem

// Error returns one problem per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps *Problems) add(at Pos, format string, args ...any) {
	*ps = append(*ps, Problem{at, fmt.Sprintf(format, args...)})
}

// tidy sorts by file, line, column and message and drops repetitions.
func (ps *Problems) tidy() {
	slices.SortStableFunc(*ps, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Message, b.Message),
		)
	})
	*ps = slices.Compact(*ps)
}
