package mtstates_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages are the README and the guides.
var pages = []string{"../README.md", "guides/lua.md", "guides/go.md", "guides/operators.md", "guides/backends.md"}

// TestPages checks that the pages show what is compiled, run and there: their Lua is in the examples or in the guide that
// is run as a whole, their Go in the examples of this package or in the test of a backend, and their links lead to files.
func TestPages(t *testing.T) {
	sources := map[string][]string{
		"lua": append(texts(t, "examples/*.lua"), read(t, "guides/lua.md")),
		"go": {
			read(t, "example_test.go"), read(t, "guides_example_test.go"), read(t, "host/view_test.go"),
			strings.ReplaceAll(read(t, "../backend/golua/conformance_test.go"), "golua", "name"),
		},
	}
	shown := map[string]int{}
	for _, page := range pages {
		text := read(t, page)
		for _, block := range regexp.MustCompile("(?ms)^ *```(lua|go)\n(.*?)^ *```$").FindAllStringSubmatch(text, -1) {
			language, code := block[1], trimLines(block[2])
			shown[language]++
			if !containedIn(code, sources[language]) {
				t.Errorf("%s: no file that is compiled or run has this:\n%s", page, block[2])
			}
		}
		for _, link := range regexp.MustCompile(`\]\(([^):]+)\)`).FindAllStringSubmatch(text, -1) {
			file, section, _ := strings.Cut(link[1], "#")
			if file = filepath.Join(filepath.Dir(page), file); section == "" {
				if _, err := os.Stat(file); err != nil {
					t.Errorf("%s: %v", page, err)
				}
			} else if !slices.ContainsFunc(strings.Split(read(t, file), "\n"), func(line string) bool { return anchor(line) == section }) {
				t.Errorf("%s: %s has no section %s", page, file, section)
			}
		}
	}
	if shown["lua"] < 9 || shown["go"] < 10 {
		t.Errorf("found %v blocks of code", shown)
	}
}

// anchor returns the name by which links find a line, "" if it is not a heading.
func anchor(line string) string {
	if !strings.HasPrefix(line, "#") {
		return ""
	}
	words := strings.Fields(strings.ToLower(strings.TrimLeft(line, "#")))
	return strings.Join(words, "-")
}

// TestREADME checks that the README shows what the first script prints, and names the versions of the VMs in go.mod.
func TestREADME(t *testing.T) {
	readme := read(t, "../README.md")

	prints := regexp.MustCompile("(?s)hello.lua\\) [^`]*prints:\n\n```\n(.*?)```").FindStringSubmatch(readme)
	if prints == nil || !strings.Contains(read(t, "../tools/mtlua/testdata/examples.txtar"), "-- hello.out --\n"+prints[1]) {
		t.Errorf("the first script does not print %q", prints)
	}

	goMod := read(t, "../go.mod")
	versions := regexp.MustCompile(`\(https://(github\.com/[^)]+)\) \| Lua [0-9.]+ \| (v\S+)`).
		FindAllStringSubmatch(readme, -1)
	if len(versions) < 2 {
		t.Errorf("found the versions %v", versions)
	}
	for _, version := range versions {
		if !strings.Contains(goMod, version[1]+" "+version[2]+"\n") {
			t.Errorf("go.mod does not require %s %s", version[1], version[2])
		}
	}
}

func read(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func texts(t *testing.T, pattern string) (list []string) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		list = append(list, read(t, path))
	}
	return list
}

// containedIn reports whether one of the sources has the lines, whatever their indentation.
func containedIn(lines string, sources []string) bool {
	for _, source := range sources {
		if strings.Contains("\n"+trimLines(source), "\n"+lines) {
			return true
		}
	}
	return false
}

func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}
