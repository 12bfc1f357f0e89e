package tasks_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write README.md")

// tasks are the examples and what they show.
var tasks = []struct{ name, what string }{
	{"preload", "states for scripts in a VM of the program's own"},
	{"server", "1000 states behind net/http, called by 50 clients"},
	{"timeout", "timeout and cancel, of runs and of waits"},
	{"pool", "a pool of states, compiled once"},
	{"structs", "structs in, tables out"},
	{"functions", "Go functions and objects for scripts"},
	{"limits", "limits of memory and instructions"},
	{"sandbox", "a sandbox: chosen libraries, modules of the program, its output"},
	{"observe", "logs, metrics and a list of states"},
	{"reload", "new code while calls go on"},
}

const introduction = `# Ten tasks

What Go programs that embed Lua in many goroutines do, with mtstates and by hand on gopher-lua. The two examples of a task print
the same. Lines are those of code, without imports, comments and blank lines. ` + "`go test -update`" + ` counts them again.

| task | with mtstates | by hand |
| --- | --- | --- |
`

// TestLines compares how long the examples are, and prints it.
func TestLines(t *testing.T) {
	page := introduction
	for _, task := range tasks {
		ours, ourOutput := example(t, task.name+"_test.go")
		byHand, theirOutput := example(t, task.name+"_byhand_test.go")
		t.Logf("%-10s %4d lines, %4d by hand", task.name, ours, byHand)
		if ours >= byHand {
			t.Errorf("%s takes %d lines, by hand %d", task.name, ours, byHand)
		}
		if ourOutput == "" || ourOutput != theirOutput {
			t.Errorf("%s prints %q, by hand %q", task.name, ourOutput, theirOutput)
		}
		page += fmt.Sprintf("| %s | [%d](%s_test.go) | [%d](%s_byhand_test.go) |\n", task.what, ours, task.name, byHand, task.name)
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile("README.md"); err != nil || string(have) != page {
		t.Errorf("README.md is not up to date (go test -update writes it): %v", err)
	}
}

// example returns how many lines of code a file has behind its imports, and what its example prints.
func example(t *testing.T, path string) (lines int, output string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	imports := 0
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			imports = files.Position(g.End()).Line
		}
	}
	for _, c := range file.Comments {
		if found, ok := strings.CutPrefix(c.Text(), "Output:"); ok {
			output = strings.TrimSpace(found)
		}
	}
	code := map[int]bool{}
	var s scanner.Scanner
	s.Init(files.AddFile(path, -1, len(text)), text, nil, 0)
	for {
		at, tok, literal := s.Scan()
		if tok == token.EOF {
			return len(code), output
		}
		if tok == token.SEMICOLON && literal == "\n" {
			continue
		}
		for line := range 1 + strings.Count(literal, "\n") {
			if line += files.Position(at).Line; line > imports {
				code[line] = true
			}
		}
	}
}
