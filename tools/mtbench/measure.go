package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

const module = "github.com/mtstates/go-mtstates/"

// suites are the benchmarks of a run, and how long each may take.
var suites = []struct {
	folder, pattern   string
	benchtime, hasten string // the latter with --quick
}{
	{"mtstates", "^BenchmarkCall$", "500ms", "100ms"},
	{"mtstates", "^BenchmarkLookup$", "500ms", "100ms"},
	{"mtstates", "^BenchmarkNewState$", "500ms", "100ms"},
	{"mtstates", "^BenchmarkMemory$", "1x", "1x"},
	{"mtstates", "^BenchmarkThreads$", "3s", "1s"},
	{"mtstates", "^BenchmarkScale$", "1x", ""},
	{"mtstates/mtmsg", ".", "300ms", "50ms"},
}

// runBenchmarks runs the suites one after the other and returns their output. Progress goes to w.
func runBenchmarks(quick bool, w io.Writer) ([]byte, error) {
	var all bytes.Buffer
	begin := time.Now()
	for i, suite := range suites {
		benchtime := suite.benchtime
		if quick {
			benchtime = suite.hasten
		}
		if benchtime == "" {
			continue
		}
		fmt.Fprintf(w, "[%d/%d] %s of %s\n", i+1, len(suites), strings.Trim(suite.pattern, "^$"), suite.folder)
		output, err := goTest(suite.folder, suite.pattern, benchtime, func(line string) {
			if name, _, ok := strings.Cut(line, "\t"); ok && strings.HasPrefix(name, "Benchmark") {
				fmt.Fprintf(w, "%7s  %s\n", time.Since(begin).Round(time.Second), strings.TrimSpace(name))
			}
		})
		if err != nil {
			return nil, fmt.Errorf("benchmarks of %s: %w\n%s", suite.folder, err, output)
		}
		all.Write(output)
	}
	return all.Bytes(), nil
}

// goTest runs the benchmarks of one package, and shows each line of the output when it arrives.
func goTest(folder, pattern, benchtime string, show func(line string)) ([]byte, error) {
	cmd := exec.Command("go", "test", "-run", "^$", "-bench", pattern, "-benchtime", benchtime, "-timeout", "30m", module+folder)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var output bytes.Buffer
	cmd.Stderr = &output
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	scanner := bufio.NewScanner(pipe)
	for scanner.Scan() {
		show(scanner.Text())
		lines.WriteString(scanner.Text() + "\n")
	}
	if err := cmd.Wait(); err != nil {
		return append(lines.Bytes(), output.Bytes()...), err
	}
	return lines.Bytes(), scanner.Err()
}
