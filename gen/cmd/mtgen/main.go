// Command mtgen writes the files that are generated from a spec: those of this repository, or Lua modules and backends of
// another program. It has flags and file I/O only; what it writes is decided in package gen, whose documentation says how
// to use it.
//
//	mtgen [--root DIR] [--spec DIR] [--out DIR] [--check]
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

// usage stands in front of the flags. It says all that a program needs to know to use mtgen.
const usage = `Usage: mtgen [flags]

Generates Go code, editor annotations and a manual from the YAML files of a spec, in the Go module of the working
directory:

  SPEC/modules/NAME.yaml  a Lua module written in Go: module_gen.go has the Go interfaces to implement, one for the
                          module and one for each class of objects, and registers it in any VM
  SPEC/errors.yaml        the errors of the modules: errors_gen.go has a Go sentinel and a Lua constant for each
  SPEC/vms/NAME.yaml      a backend for a VM: adapter_gen.go implements backend.VM with its expressions and helpers

A package stands in the folder OUT/PACKAGE, where PACKAGE is what the YAML file says. OUT/REFERENCE.md is the manual of
the modules, OUT/meta has their annotations for the Lua language server. Generated files say so in their first line;
one that is not generated any more is removed, and a file that does not say so is never touched.

Each problem of the spec is reported as FILE:LINE:COLUMN: MESSAGE, all of them at once, and nothing is written then.

Flags:
`

func main() {
	err := command(os.Stdout, os.Args[1:])
	if errors.Is(err, pflag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// command runs mtgen with arguments.
func command(out io.Writer, args []string) error {
	var p gen.Program
	flags := pflag.NewFlagSet("mtgen", pflag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		fmt.Fprint(out, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&p.Root, "root", "", "folder of the Go module (default: the nearest one above that has a go.mod)")
	flags.StringVar(&p.Spec, "spec", "spec", "folder of the spec, below the root")
	flags.StringVar(&p.Out, "out", ".", "folder of the packages, below the root")
	check := flags.Bool("check", false, "write nothing, but fail when a file is not up to date")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("mtgen: unexpected argument %q, see mtgen --help", flags.Arg(0))
	}
	return run(out, p, !*check)
}

// run brings a program up to date, or only says what is not.
func run(out io.Writer, p gen.Program, write bool) error {
	if p.Root == "" {
		found, err := findRoot()
		if err != nil {
			return err
		}
		p.Root = found
	}
	changes, err := gen.Sync(p, write)
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
