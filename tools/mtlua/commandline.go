package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

const usage = `usage: mtlua [options] [script [args]]
Options:
  -e, --execute chunk   run chunk
  -l, --library module  require module
      --interruptible   let state:interrupt stop states; their loops are slower then
  -E, --no-environment  ignore the environment: LUA_INIT, LUA_PATH and the like
  -v, --version         show the version, the backend, its Lua version, and any promise it cannot keep
  -h, --help            show this text
  -                     run the standard input as a script
`

// commandLine is what the arguments ask for.
type commandLine struct {
	steps   []step // -e and -l, in their order
	version bool
	help    bool
	noEnv   bool // -E
	// interruptible makes states interruptible.
	interruptible bool
	script        string // a file, "-" for the standard input, "" for none
	args          []string
	before        []string // the arguments before the script, for arg[-1] and below
}

// step is one -e or -l.
type step struct {
	require bool
	text    string
}

// stepFlag collects -e and -l in one list, because their order matters.
type stepFlag struct {
	line    *commandLine
	require bool
}

func (f stepFlag) String() string { return "" }
func (f stepFlag) Type() string   { return "string" }
func (f stepFlag) Set(text string) error {
	f.line.steps = append(f.line.steps, step{f.require, text})
	return nil
}

func parse(args []string) (*commandLine, error) {
	line := &commandLine{}
	flags := pflag.NewFlagSet("mtlua", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SetInterspersed(false) // options after the script are the script's
	flags.VarP(stepFlag{line, false}, "execute", "e", "")
	flags.VarP(stepFlag{line, true}, "library", "l", "")
	flags.BoolVar(&line.interruptible, "interruptible", false, "")
	flags.BoolVarP(&line.noEnv, "no-environment", "E", false, "")
	flags.BoolVarP(&line.version, "version", "v", false, "")
	flags.BoolVarP(&line.help, "help", "h", false, "")
	if err := flags.Parse(args); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return nil, err
	}
	rest := flags.Args()
	line.before = args[:len(args)-len(rest)]
	if len(rest) > 0 {
		line.script, line.args = rest[0], rest[1:]
	} else if len(line.steps) == 0 && !line.version && !line.help {
		line.script = "-"
	}
	return line, nil
}

// versionText returns the line with the versions, and one for each promise that the backend does not keep.
func versionText(b backend.Backend) string {
	var text strings.Builder
	fmt.Fprintf(&text, "mtlua %s (%s, %s)\n", mtstates.Version, b.Name(), b.LuaVersion())
	for _, d := range b.Degraded() {
		fmt.Fprintf(&text, "degraded: %s\n", d)
	}
	return text.String()
}
