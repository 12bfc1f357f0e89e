package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"
)

const usage = `usage: mtfuzz [options] [file...]
Options:
      --seed N          the series of programs (default 1)
      --first N         the number of the first program in the series (default 0)
      --count N         how many programs to run (default 1000)
      --shrink          make programs that show a difference smaller
      --puc auto|off    compare with the lua5.1 and lua5.2 that are installed, or with none (default auto)
      --print           print the programs instead of running them
  -h, --help            show this text
Files are run instead of random programs.
`

// workerFlag is what mtfuzz calls itself with. Users have no use for it.
const workerFlag = "--worker"

// commandLine is what the arguments ask for.
type commandLine struct {
	seed, first, count  uint64
	shrink, print, help bool
	puc                 string
	worker              string // the backend of a process that runs programs for another mtfuzz
	files               []string
}

func parse(args []string) (*commandLine, error) {
	line := &commandLine{}
	flags := pflag.NewFlagSet("mtfuzz", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Uint64Var(&line.seed, "seed", 1, "")
	flags.Uint64Var(&line.first, "first", 0, "")
	flags.Uint64Var(&line.count, "count", 1000, "")
	flags.BoolVar(&line.shrink, "shrink", false, "")
	flags.StringVar(&line.puc, "puc", "auto", "")
	flags.BoolVar(&line.print, "print", false, "")
	flags.StringVar(&line.worker, workerFlag[len("--"):], "", "")
	flags.BoolVarP(&line.help, "help", "h", false, "")
	if err := flags.Parse(args); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return nil, err
	}
	if line.puc != "auto" && line.puc != "off" {
		return nil, fmt.Errorf("--puc %s: want auto or off", line.puc)
	}
	line.files = flags.Args()
	return line, nil
}
