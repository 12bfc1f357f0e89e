package main

import (
	"errors"
	"io"

	"github.com/spf13/pflag"
)

const usage = `usage: mtbench [options]
Options:
      --quick           run for some 20 seconds instead of two minutes, for a first look
      --read FILE       read the output of "go test -bench" from FILE instead of running the benchmarks
      --save FILE       write the output of the benchmarks to FILE
      --compare FILE    compare with what another run has written to FILE
      --markdown FILE   write the table to FILE as Markdown
      --svg FILE        write a chart of the ratios to FILE
  -h, --help            show this text
`

// commandLine is what the arguments ask for.
type commandLine struct {
	quick, help                        bool
	read, save, compare, markdown, svg string // files, "" for none
}

func parse(args []string) (*commandLine, error) {
	line := &commandLine{}
	flags := pflag.NewFlagSet("mtbench", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&line.quick, "quick", false, "")
	flags.BoolVarP(&line.help, "help", "h", false, "")
	flags.StringVar(&line.read, "read", "", "")
	flags.StringVar(&line.save, "save", "", "")
	flags.StringVar(&line.compare, "compare", "", "")
	flags.StringVar(&line.markdown, "markdown", "", "")
	flags.StringVar(&line.svg, "svg", "", "")
	if err := flags.Parse(args); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, errors.New("unexpected argument: " + flags.Arg(0))
	}
	return line, nil
}
