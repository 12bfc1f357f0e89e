package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/tools/internal/clusterflags"
)

const usage = `usage: mtlua [options] [script [args]]
Options:
  -e, --execute chunk   run chunk
  -l, --library module  require module, and store the result in a global of that name
  -i, --interactive     show a prompt after the chunks and the script
  -v, --version         show the version, the backend, its Lua version, and any promise it cannot keep
  -c, --cluster url     also find the states that other processes share through the NATS servers at url, and share states
      --name name       the name of the cluster, main by default
      --creds file      credentials for the servers, as nsc writes them; a name and a password may be in the url
      --tlsca file      trust the authorities in file, for servers with TLS
      --tlscert file    the certificate of this program, for servers that want one
      --tlskey file     its key
  -E, --no-environment  ignore the environment: LUA_INIT, LUA_PATH and the like
  -W, --warnings        warn on the standard error output of promises that the backend cannot keep
      --inspect address serve the live view of states, threads and buffers, such as at localhost:6060
      --edition name    use another edition of the modules: 0.4 for scripts for the released module
      --max-memory size give each state, thread and the script a limit on its memory, such as 64MiB or 1GiB
      --cpuprofile file write a profile of the Lua code that runs, for "go tool pprof"
      --watch           run the script again whenever a Lua file in its folder, or below, changes
  -h, --help            show this text
  --                    end the options
  -                     end the options, and run the standard input as a script
Without a script, -e and -v, mtlua shows a prompt on a terminal, and runs the standard input elsewhere.
`

// commandLine is what the arguments ask for.
type commandLine struct {
	steps    []step // -e and -l, in their order
	version  bool
	help     bool
	cluster  string // -c, the servers; "" for none
	security clusterflags.Flags
	noEnv    bool   // -E
	warn     bool   // -W
	edition  string // of the modules
	inspect  string // the address of the live view, "" for none
	watch    bool
	// cpuProfile is the file for a profile, "" for none.
	cpuProfile string
	// maxMemory is the limit of each VM in bytes, 0 for none.
	maxMemory byteSize
	// interactive asks for the prompt.
	interactive bool
	script      string // a file, "-" for the standard input, "" for none
	stdin       bool   // run the standard input although no argument says so
	args        []string
	before      []string // the arguments before the script, for arg[-1] and below
}

// nothingToRun reports whether the arguments name nothing to run and nothing to show, so that the standard input is run.
func (l *commandLine) nothingToRun() bool {
	return l.script == "" && !l.version && !l.interactive && !slices.ContainsFunc(l.steps, func(s step) bool { return !s.require })
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
	flags.StringVarP(&line.cluster, "cluster", "c", "", "")
	line.security.Add(flags)
	flags.BoolVarP(&line.noEnv, "no-environment", "E", false, "")
	flags.BoolVarP(&line.warn, "warnings", "W", false, "")
	flags.StringVar(&line.inspect, "inspect", "", "")
	flags.StringVar(&line.cpuProfile, "cpuprofile", "", "")
	flags.BoolVarP(&line.interactive, "interactive", "i", false, "")
	flags.BoolVarP(&line.version, "version", "v", false, "")
	flags.StringVar(&line.edition, "edition", mtstates.Editions()[0], "")
	flags.Var(&line.maxMemory, "max-memory", "")
	flags.BoolVar(&line.watch, "watch", false, "")
	flags.BoolVarP(&line.help, "help", "h", false, "")
	if err := flags.Parse(args); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return nil, err
	}
	if line.cluster == "" && line.security.Given() {
		return nil, errors.New("--name, --creds, --tlsca, --tlscert and --tlskey need --cluster")
	}
	rest := flags.Args()
	line.before = args[:len(args)-len(rest)]
	if len(rest) > 0 {
		line.script, line.args = rest[0], rest[1:]
	}
	return line, nil
}

// versionText returns the line with the versions, and one for each promise that the backend does not keep.
func versionText(b backend.Backend) string {
	return fmt.Sprintf("mtlua %s (%s, %s)\n", mtstates.Version, b.Name(), b.LuaVersion()) + degradedText(b, "degraded: ")
}

// degradedText returns a line, with a prefix, for each promise that the backend does not keep.
func degradedText(b backend.Backend, prefix string) string {
	var text strings.Builder
	for _, d := range b.Degraded() {
		fmt.Fprintf(&text, "%s%s\n", prefix, d)
	}
	return text.String()
}
