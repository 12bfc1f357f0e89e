package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mtstates/go-mtstates/spec"
)

// pageFile is the page of coverage, in the folder of this package.
const pageFile = "COVERAGE.md"

// updateCommand is the command that writes the page, from the root of the repository.
const updateCommand = "go test ./conformance -run TestBackends -update"

const pageHead = `<!-- Written by ` + updateCommand + `; do not edit. -->

# Coverage

What the project promises, the cases that prove it, and how they end on each backend. The columns "A calls B" are mixed
registries: scripts on A, states on B. The sentences are those of ` + "`spec/`" + `, the cases those of ` + "`conformance/`" + `: a
path is a script below ` + "`cases`" + `, the others are written in Go.

`

// uncovered returns the entries that no case proves, and the unknown entries that cases name.
func uncovered(entries []spec.Entry, cases []testCase) []string {
	var problems []string
	proved := map[string]bool{}
	for _, c := range cases {
		for _, id := range c.entries() {
			proved[id] = true
			if !slices.ContainsFunc(entries, func(e spec.Entry) bool { return e.ID == id }) {
				problems = append(problems, fmt.Sprintf("%s: the spec has no %q", c.name(), id))
			}
		}
	}
	for _, e := range entries {
		if !proved[e.ID] {
			problems = append(problems, "no case proves "+e.ID)
		}
	}
	return problems
}

// page returns the page of coverage.
func page(entries []spec.Entry, cases []testCase, targets []Target, result func(Target, testCase) outcome) string {
	var b strings.Builder
	b.WriteString(pageHead)
	summary(&b, cases, targets, result)
	group := ""
	for _, e := range entries {
		if e.Group != group {
			group = e.Group
			fmt.Fprintf(&b, "## %s\n\n", group)
			heads := []string{"entry", "cases"}
			for _, target := range targets {
				heads = append(heads, target.String())
			}
			row(&b, heads...)
			fmt.Fprintf(&b, "|%s\n", strings.Repeat("---|", len(heads)))
		}
		provers := slices.DeleteFunc(slices.Clone(cases), func(c testCase) bool { return !slices.Contains(c.entries(), e.ID) })
		cells := []string{"`" + e.ID + "`: " + opening(e.Text), names(provers)}
		for _, target := range targets {
			cells = append(cells, verdict(provers, func(c testCase) outcome { return result(target, c) }))
		}
		row(&b, cells...)
		if next := slices.Index(entries, e) + 1; next == len(entries) || entries[next].Group != group {
			b.WriteByte('\n')
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// summary counts the outcomes of the cases.
func summary(b *strings.Builder, cases []testCase, targets []Target, result func(Target, testCase) outcome) {
	heads := []string{"cases that"}
	pass, known, unfit := []string{"pass"}, []string{"are known to fail"}, []string{"do not concern the backend"}
	for _, target := range targets {
		heads = append(heads, target.String())
		var passing, failing, other int
		for _, c := range cases {
			switch o := result(target, c); {
			case o.unfit != "":
				other++
			case o.known != "" || o.err != nil:
				failing++
			default:
				passing++
			}
		}
		pass = append(pass, strconv.Itoa(passing))
		known = append(known, strconv.Itoa(failing))
		unfit = append(unfit, strconv.Itoa(other))
	}
	row(b, heads...)
	fmt.Fprintf(b, "|%s\n", strings.Repeat("---|", len(heads)))
	row(b, pass...)
	row(b, known...)
	row(b, unfit...)
	b.WriteByte('\n')
}

func row(b *strings.Builder, cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// opening returns the first paragraph of a text. What follows, such as a table, does not fit into a cell.
func opening(text string) string {
	first, _, _ := strings.Cut(text, "\n\n")
	return first
}

func names(cases []testCase) string {
	var list []string
	for _, c := range cases {
		list = append(list, "`"+c.name()+"`")
	}
	return strings.Join(list, "<br>")
}

// verdict sums up the outcomes of the cases of one entry on one target. Cases that do not concern the target count only
// when there are no others.
func verdict(cases []testCase, result func(testCase) outcome) string {
	var unfit, bad []string
	for _, c := range cases {
		switch o := result(c); {
		case o.unfit != "":
			unfit = append(unfit, o.unfit)
		case o.known != "" || o.err != nil:
			bad = append(bad, fmt.Sprintf("`%s` %s", c.name(), o))
		}
	}
	switch {
	case len(cases) == 0:
		return "no case"
	case len(bad) > 0:
		return strings.Join(bad, "<br>")
	case len(unfit) > 0 && len(unfit) == len(cases):
		return strings.Join(slices.Compact(slices.Sorted(slices.Values(unfit))), "<br>")
	}
	return "passes"
}
