package main

import (
	"fmt"
	"os"

	"golang.org/x/term"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

func main() { os.Exit(run(os.Args[1:])) }

// run does what the arguments say and returns the exit status.
func run(args []string) int {
	line, err := parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "mtlua: %v\n%s", err, usage)
		return 1
	}
	if line.help {
		fmt.Print(usage)
		return 0
	}
	if line.watch {
		return watched(line)
	}
	if line.nothingToRun() {
		line.interactive = term.IsTerminal(int(os.Stdin.Fd()))
		line.stdin = !line.interactive
	}
	if line.version || line.interactive {
		fmt.Print(versionText(selected.Default()))
	}
	if line.warn {
		fmt.Fprint(os.Stderr, degradedText(selected.Default(), "mtlua: warning: degraded: "))
	}
	mtstates.SetCollectorFloor(mtstates.DefaultCollectorFloor)
	return execute(line)
}
