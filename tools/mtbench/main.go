package main

import (
	"bytes"
	"fmt"
	"os"
)

// The exit statuses besides 0.
const (
	statusMissed = 1
	statusFailed = 2
)

func main() { os.Exit(run(os.Args[1:])) }

// run does what the arguments say and returns the exit status.
func run(args []string) int {
	line, err := parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "mtbench: %v\n%s", err, usage)
		return statusFailed
	}
	if line.help {
		fmt.Print(usage)
		return 0
	}
	met, err := report(line)
	if err != nil {
		fmt.Fprintf(os.Stderr, "mtbench: %v\n", err)
		return statusFailed
	}
	if !met {
		return statusMissed
	}
	return 0
}

// report measures, prints and writes what the command line asks for; met reports whether all budgets are.
func report(line *commandLine) (met bool, err error) {
	output, err := benchmarkOutput(line)
	if err != nil {
		return false, err
	}
	if line.save != "" {
		if err := os.WriteFile(line.save, output, 0o644); err != nil {
			return false, err
		}
	}
	after, err := readResults(bytes.NewReader(output))
	if err != nil {
		return false, err
	}
	var before *results
	if line.compare != "" {
		if before, err = readFile(line.compare); err != nil {
			return false, err
		}
	}
	for name, ns := range measureCModule(line.quick) {
		after.addC(name, ns)
	}
	verdicts := judge(after, line.quick)
	fmt.Print(textTable(after, verdicts))
	if before != nil {
		fmt.Print("\n" + comparisonTable(before, after).Render() + "\n")
	}
	if line.markdown != "" {
		if err := os.WriteFile(line.markdown, []byte(markdownTable(after, verdicts)), 0o644); err != nil {
			return false, err
		}
	}
	if line.svg != "" {
		if err := writeChart(line.svg, after); err != nil {
			return false, err
		}
	}
	for _, v := range verdicts {
		if v.state == missed || v.state == notMeasured {
			return false, nil
		}
	}
	return true, nil
}

func benchmarkOutput(line *commandLine) ([]byte, error) {
	if line.read != "" {
		return os.ReadFile(line.read)
	}
	return runBenchmarks(line.quick, os.Stderr)
}
