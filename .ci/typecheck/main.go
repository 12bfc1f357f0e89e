// Typecheck reports what the compiler would say about packages for other platforms, without the minutes that compiling the
// standard library for each of them takes:
//
//	go run -modfile=.ci/tools.mod ./.ci/typecheck linux/arm,windows/amd64 ./...
//
// Only .ci/run uses it.
package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: typecheck GOOS/GOARCH,... PACKAGE...")
		os.Exit(2)
	}
	failed := false
	for platform := range strings.SplitSeq(os.Args[1], ",") {
		if err := check(platform, os.Args[2:]); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", platform, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

// check prints the errors in the packages that match the patterns.
func check(platform string, patterns []string) error {
	system, processor, _ := strings.Cut(platform, "/")
	found, err := packages.Load(&packages.Config{
		Mode:      packages.LoadAllSyntax | packages.NeedModule,
		ParseFile: parse,
		// The flags say which go.mod this program itself was built with.
		Env: append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0", "GOFLAGS="),
	}, patterns...)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("no packages match %q", patterns)
	}
	failed := false
	for _, p := range found {
		for _, err := range p.Errors {
			fmt.Fprintln(os.Stderr, err)
			failed = true
		}
	}
	if failed {
		return errors.New("does not compile")
	}
	fmt.Printf("%s: %d packages\n", platform, len(found))
	return nil
}

// parse leaves out what is inside of functions of the standard library and of other modules: only their declarations matter here.
func parse(files *token.FileSet, name string, source []byte) (*ast.File, error) {
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil || strings.HasPrefix(name, folder) {
		return file, err
	}
	for _, declaration := range file.Decls {
		if f, ok := declaration.(*ast.FuncDecl); ok {
			f.Body = nil
		}
	}
	return file, nil
}

// folder is that of the project, in which this program runs.
var folder = func() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return dir + string(filepath.Separator)
}()
