// Command mtgen writes the generated files of the repository from its spec. It has flags and file I/O only; what it
// writes is decided in package gen.
//
//	mtgen [--root DIR] [--check]
//
// It exits with 1, and writes nothing, when the spec has problems; with --check also when a file is not up to date.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/gen"
)

func main() {
	root := pflag.String("root", "", "root of the repository (default: the nearest folder above that has a go.mod)")
	check := pflag.Bool("check", false, "write nothing, but fail when a file is not up to date")
	pflag.Parse()
	if err := run(os.Stdout, *root, !*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run brings the repository at root up to date, or only says what is not.
func run(out io.Writer, root string, write bool) error {
	if root == "" {
		found, err := findRoot()
		if err != nil {
			return err
		}
		root = found
	}
	changes, err := gen.Sync(gen.Program{Root: root, Spec: "spec"}, write)
	if err != nil {
		return err
	}
	for _, c := range changes {
		fmt.Fprintln(out, c)
	}
	if len(changes) > 0 && !write {
		return errors.New("generated files are not up to date (go generate writes them)")
	}
	return nil
}

// findRoot returns the nearest folder with a go.mod, from the working directory upwards.
func findRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("there is no go.mod here or above; use --root")
		}
		folder = parent
	}
}
