package main

import (
	"fmt"
	"io"
	"os"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/compare"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/program"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/shrink"
)

// subject is a program to run.
type subject struct {
	name    string
	source  string
	dialect program.Dialect
	// root is the tree of the program, nil for a file.
	root *program.Node
}

// batch is how many programs one process of PUC Lua runs.
const batch = 250

// fuzz runs what the command line asks for, writes the differences to out and returns them.
func fuzz(line *commandLine, out io.Writer) (*report, error) {
	subjects, err := subjectsOf(line)
	if err != nil {
		return nil, err
	}
	f := &fuzzer{report: newReport(out), shrink: line.shrink}
	if err := f.startWorkers(); err != nil {
		return nil, err
	}
	defer f.close()
	if line.puc == "auto" {
		var missing []string
		f.puc, missing = compare.InstalledPUC()
		for _, command := range missing {
			fmt.Fprintf(out, "not compared with %s, which is not installed\n", command)
		}
	}
	var next []subject
	for s := range subjects {
		if line.print {
			fmt.Fprintf(out, "-- %s\n%s\n", s.name, s.source)
			continue
		}
		next = append(next, s)
		if len(next) == batch {
			if err := f.run(next); err != nil {
				return nil, err
			}
			next = nil
		}
	}
	if err := f.run(next); err != nil {
		return nil, err
	}
	if !line.print {
		f.report.summary()
	}
	return f.report, nil
}

// subjectsOf returns the programs that the command line asks for.
func subjectsOf(line *commandLine) (func(yield func(subject) bool), error) {
	var files []subject
	for _, file := range line.files {
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		files = append(files, subject{name: file, source: string(source)})
	}
	return func(yield func(subject) bool) {
		for _, s := range files {
			if !yield(s) {
				return
			}
		}
		if len(files) > 0 {
			return
		}
		for number := line.first; number < line.first+line.count; number++ {
			p := program.Generate(program.Seeded(line.seed, number), programOptions())
			name := fmt.Sprintf("--seed %d --first %d --count 1", line.seed, number)
			if !yield(subject{name, p.Root.String(), p.Dialect, p.Root}) {
				return
			}
		}
	}, nil
}

// programOptions are those for what all backends can do.
func programOptions() program.Options {
	o := program.Options{Coroutines: true}
	for _, b := range backends.All() {
		o.Coroutines = o.Coroutines && b.Capabilities().Has(backend.CapCoroutines)
	}
	return o
}

type fuzzer struct {
	workers []*compare.Worker
	puc     []compare.PUC
	shrink  bool
	report  *report
}

// run runs programs and reports what differs.
func (f *fuzzer) run(subjects []subject) error {
	runs, err := f.pucRuns(subjects)
	if err != nil {
		return err
	}
	for i, s := range subjects {
		v, err := f.judge(s, runs[i])
		if err != nil {
			return err
		}
		f.report.count(v)
		f.report.programs++
	}
	return nil
}

// judge returns the verdict on a program: on one that is smaller when it shows a difference which no other showed.
func (f *fuzzer) judge(s subject, puc []compare.Run) (compare.Verdict, error) {
	vms, err := f.vmRuns(s.source)
	if err != nil {
		return compare.Verdict{}, err
	}
	v := compare.Judge(vms, puc)
	if !v.Unexplained() {
		return v, nil
	}
	key := signature(v, append(vms, puc...))
	if known, ok := f.report.known[key]; ok {
		return known, nil
	}
	if f.shrink && s.root != nil {
		if s, v, vms, puc, err = f.smaller(s, v); err != nil {
			return v, err
		}
	}
	f.report.known[key] = v
	if v.Unexplained() {
		f.report.write(s, v, append(vms, puc...))
	}
	return v, nil
}

// startWorkers makes a worker for each backend, of this program.
func (f *fuzzer) startWorkers() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, b := range backends.All() {
		f.workers = append(f.workers, &compare.Worker{Backend: b, Command: []string{self, workerFlag}})
	}
	return nil
}

func (f *fuzzer) close() {
	for _, w := range f.workers {
		w.Close()
	}
}

func (f *fuzzer) vmRuns(source string) (runs []compare.Run, err error) {
	for _, w := range f.workers {
		o, err := w.Run(source)
		if err != nil {
			return nil, err
		}
		runs = append(runs, compare.Run{Name: w.Backend.Name(), Version: w.Backend.LuaVersion(), Output: o})
	}
	return runs, nil
}

// pucRuns runs the programs on each PUC Lua that knows their dialect and returns the runs of each program.
func (f *fuzzer) pucRuns(subjects []subject) ([][]compare.Run, error) {
	runs := make([][]compare.Run, len(subjects))
	for _, lua := range f.puc {
		var sources []string
		var indexes []int
		for i, s := range subjects {
			if s.dialect == program.Both || lua.Version == "Lua 5.2" {
				sources = append(sources, s.source)
				indexes = append(indexes, i)
			}
		}
		outputs, err := lua.Run(sources)
		if err != nil {
			return nil, err
		}
		for i, output := range outputs {
			runs[indexes[i]] = append(runs[indexes[i]], compare.Run{Name: lua.Version, Version: lua.Version, Output: output})
		}
	}
	return runs, nil
}

// smaller makes a program smaller as long as it shows a difference of the same kind, and returns its new runs and verdict,
// now with every PUC Lua that compiles it.
func (f *fuzzer) smaller(s subject, v compare.Verdict) (subject, compare.Verdict, []compare.Run, []compare.Run, error) {
	var failed error
	judge := func(source string, dialect program.Dialect) (compare.Verdict, []compare.Run, []compare.Run) {
		vms, err := f.vmRuns(source)
		if err != nil {
			failed = err
			return compare.Verdict{}, nil, nil
		}
		if !v.All && compare.Judge(vms, nil).Kind == compare.SameKind { // then PUC Lua need not run
			return compare.Verdict{}, vms, nil
		}
		puc, err := f.pucRuns([]subject{{source: source, dialect: dialect}})
		if err != nil {
			failed = err
			return compare.Verdict{}, vms, nil
		}
		return compare.Judge(vms, puc[0]), vms, puc[0]
	}
	shrink.Shrink(s.root, func(source string) bool {
		got, _, _ := judge(source, s.dialect)
		return failed == nil && got.Kind == v.Kind && got.All == v.All
	})
	s.source = s.root.String()
	v, vms, puc := judge(s.source, program.Both)
	return s, v, vms, puc, failed
}
