package conformance

import (
	"fmt"
	"strings"
)

// compare returns an error with the lines in which the output of a case, on a version of Lua, differs from the expected one,
// if there is one.
func (c *luaCase) compare(version, output string) error {
	expected := c.wantOf(version)
	if !c.hasWant || output == expected {
		return nil
	}
	got, want := strings.Split(output, "\n"), strings.Split(expected, "\n")
	var differences []string
	for i := range max(len(got), len(want)) {
		g, w := lineOf(got, i), lineOf(want, i)
		if g != w {
			differences = append(differences, fmt.Sprintf("line %d: got %s, want %s", i+1, g, w))
		}
	}
	name := strings.TrimSuffix(c.path, ".lua")
	if _, ok := c.variants[version]; ok {
		name += versions[version]
	}
	return fmt.Errorf("output is not that of %s:\n%s", name+".out", strings.Join(differences, "\n"))
}

// lineOf returns a quoted line, or "nothing" behind the last one.
func lineOf(lines []string, i int) string {
	if i >= len(lines) {
		return "nothing"
	}
	return fmt.Sprintf("%q", lines[i])
}
