package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const module = "github.com/mtstates/go-mtstates/"

// suites are the benchmarks of a run, and how long each may take. Look-ups have a number of rounds instead: Go's collector runs
// before each attempt at a number, and takes long with a million states.
var suites = []struct {
	folder, pattern, benchtime string
	// quick and hasten are the pattern and the time with --quick; no time stands for none of them.
	quick, hasten string
}{
	{"mtstates", "^BenchmarkCall$", "300ms", "^BenchmarkCall$", "50ms"},
	{"mtstates", "^BenchmarkLookup$", "100000x", "^BenchmarkLookup$/^states=(1|10000)$", "100000x"},
	{"mtstates", "^BenchmarkNewState$", "300ms", "^BenchmarkNewState$", "50ms"},
	{"mtstates", "^BenchmarkMemory$", "1x", "^BenchmarkMemory$", "1x"},
	{"mtstates", "^BenchmarkThreads$", "1s", "^BenchmarkThreads$", "200ms"},
	{"mtstates", "^BenchmarkScale$", "1x", "", ""},
	{"mtstates/mtmsg", ".", "200ms", ".", "20ms"},
}

// runBenchmarks runs the suites one after the other and returns their output. Progress goes to w.
func runBenchmarks(quick bool, w io.Writer) ([]byte, error) {
	tests, err := newTests()
	if err != nil {
		return nil, err
	}
	defer tests.remove()
	var all bytes.Buffer
	begin := time.Now()
	for i, suite := range suites {
		pattern, benchtime := suite.pattern, suite.benchtime
		if quick {
			pattern, benchtime = suite.quick, suite.hasten
		}
		if benchtime == "" {
			continue
		}
		fmt.Fprintf(w, "[%d/%d] %s of %s\n", i+1, len(suites), strings.Trim(suite.pattern, "^$"), suite.folder)
		output, err := tests.run(suite.folder, pattern, benchtime, func(line string) {
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

// tests are the test programs of packages, each built once.
type tests struct {
	folder string
	built  map[string]program
}

// program is a test program, and the folder in which it runs.
type program struct{ file, folder string }

func newTests() (*tests, error) {
	folder, err := os.MkdirTemp("", "mtbench")
	return &tests{folder, map[string]program{}}, err
}

func (t *tests) remove() { _ = os.RemoveAll(t.folder) }

func (t *tests) build(name string) (program, error) {
	if p, ok := t.built[name]; ok {
		return p, nil
	}
	folder, err := exec.Command("go", "list", "-f", "{{.Dir}}", module+name).Output()
	if err != nil {
		return program{}, err
	}
	p := program{filepath.Join(t.folder, fmt.Sprint(len(t.built), ".exe")), strings.TrimSpace(string(folder))}
	if output, err := exec.Command("go", "test", "-c", "-o", p.file, module+name).CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("%w\n%s", err, output)
	}
	t.built[name] = p
	return p, nil
}

// run runs the benchmarks of one package, and shows each line of the output when it arrives.
func (t *tests) run(name, pattern, benchtime string, show func(line string)) ([]byte, error) {
	p, err := t.build(name)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(p.file, "-test.run", "^$", "-test.bench", pattern, "-test.benchtime", benchtime, "-test.timeout", "30m")
	cmd.Dir = p.folder
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
