package main

import (
	"fmt"
	"os"

	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/compare"
)

// The exit statuses besides 0.
const (
	statusDifferent = 1
	statusFailed    = 2
)

func main() { os.Exit(run(os.Args[1:])) }

// run does what the arguments say and returns the exit status.
func run(args []string) int {
	line, err := parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "mtfuzz: %v\n%s", err, usage)
		return statusFailed
	}
	if line.help {
		fmt.Print(usage)
		return 0
	}
	if line.worker != "" {
		if err := compare.Serve(line.worker, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintf(os.Stderr, "mtfuzz: %v\n", err)
			return statusFailed
		}
		return 0
	}
	report, err := fuzz(line, os.Stdout)
	if err != nil {
		fmt.Fprintf(os.Stderr, "mtfuzz: %v\n", err)
		return statusFailed
	}
	if report.unexplained > 0 {
		return statusDifferent
	}
	return 0
}
