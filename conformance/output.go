package conformance

import (
	"fmt"
	"strings"
)

// compare returns an error with the lines in which the output of a case differs from the expected one, if there is one.
func (c *luaCase) compare(output string) error {
	if !c.hasWant || output == c.want {
		return nil
	}
	got, want := strings.Split(output, "\n"), strings.Split(c.want, "\n")
	var differences []string
	for i := range max(len(got), len(want)) {
		g, w := lineOf(got, i), lineOf(want, i)
		if g != w {
			differences = append(differences, fmt.Sprintf("line %d: got %s, want %s", i+1, g, w))
		}
	}
	return fmt.Errorf("output is not that of %s:\n%s", strings.TrimSuffix(c.path, ".lua")+".out", strings.Join(differences, "\n"))
}

// lineOf returns a quoted line, or "nothing" behind the last one.
func lineOf(lines []string, i int) string {
	if i >= len(lines) {
		return "nothing"
	}
	return fmt.Sprintf("%q", lines[i])
}
