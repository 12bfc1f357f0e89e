package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/compare"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/program"
)

// TestMain lets the test program be a worker, as mtfuzz itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerFlag {
		os.Exit(run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// FuzzPrograms runs programs that the fuzzer's bytes make on every backend. Without -fuzz it runs those of the corpus.
func FuzzPrograms(f *testing.F) {
	for _, seed := range []string{"", "a", "local function", "metatables and coroutines", "\x00\xff\x01\xfe\x02\xfd\x03\xfc"} {
		f.Add([]byte(strings.Repeat(seed, 40)))
	}
	for number := range uint64(40) {
		f.Add(bytesOf(program.Seeded(11, number)))
	}
	installed, missing := compare.InstalledPUC()
	fuzzer := fuzzer{puc: installed}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := program.Generate(program.Bytes(data), programOptions())
		s := subject{source: p.Root.String(), dialect: p.Dialect}
		var runs []compare.Run
		for _, b := range backends.All() {
			runs = append(runs, compare.Run{Name: b.Name(), Version: b.LuaVersion(), Output: compare.RunVM(b, s.source)})
		}
		puc, err := fuzzer.pucRuns([]subject{s})
		if err != nil {
			t.Fatal(err)
		}
		if v := compare.Judge(runs, puc[0]); isWrong(v, missing) {
			t.Errorf("%s\n%s\n%s", v.Kind, s.source, compare.Describe(v, append(runs, puc[0]...)))
		}
	})
}

// isWrong reports whether a difference should not be. What is left between the versions of Lua is known only where PUC Lua
// is installed; without it, only what no version does is wrong.
func isWrong(v compare.Verdict, missing []string) bool {
	return v.Unexplained() && (len(missing) == 0 || v.Kind.IsFault())
}

// bytesOf returns random bytes for a seed of the corpus.
func bytesOf(c program.Choices) []byte {
	data := make([]byte, 600)
	for i := range data {
		data[i] = byte(c.IntN(256))
	}
	return data
}

// TestSeries runs the first programs of a series, with PUC Lua where it is installed.
func TestSeries(t *testing.T) {
	var out bytes.Buffer
	r, err := fuzz(&commandLine{seed: 1, count: 100, shrink: true, puc: "auto"}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if r.programs != 100 {
		t.Errorf("%d programs ran, want 100", r.programs)
	}
	_, missing := compare.InstalledPUC()
	for _, found := range r.findings {
		if isWrong(found.verdict, missing) {
			t.Errorf("%s\n%s%s", found.verdict.Kind, found.source, found.lines)
		}
	}
}

func TestFiles(t *testing.T) {
	same := filepath.Join(t.TempDir(), "same.lua")
	if err := os.WriteFile(same, []byte("out(1, {2})"), 0o644); err != nil {
		t.Fatal(err)
	}
	different := filepath.Join(t.TempDir(), "different.lua")
	if err := os.WriteFile(different, []byte("out(_VERSION, setfenv)"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r, err := fuzz(&commandLine{files: []string{same, different}, puc: "off"}, &out)
	if err != nil || r.unexplained != 1 {
		t.Fatalf("%+v, want one difference; %v", r, err)
	}
	for _, b := range backends.All() {
		if line := b.Name() + ":"; !strings.Contains(out.String(), line) {
			t.Errorf("no line %q in\n%s", line, &out)
		}
	}
	if _, err := fuzz(&commandLine{files: []string{"missing.lua"}, puc: "off"}, &out); err == nil {
		t.Error("no error for a file that is not there")
	}
}

func TestPrint(t *testing.T) {
	var out bytes.Buffer
	if _, err := fuzz(&commandLine{seed: 1, first: 5, count: 2, print: true, puc: "off"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"-- --seed 1 --first 5 --count 1\n", "-- --seed 1 --first 6 --count 1\n",
		program.Generate(program.Seeded(1, 5), programOptions()).Root.String()} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
}

func TestParse(t *testing.T) {
	line, err := parse([]string{"--seed", "3", "--count", "10", "--shrink", "--puc", "off", "a.lua"})
	if err != nil || line.seed != 3 || line.count != 10 || !line.shrink || line.puc != "off" || len(line.files) != 1 {
		t.Errorf("%+v, %v", line, err)
	}
	for _, args := range [][]string{{"--puc", "5.1"}, {"--seed", "x"}, {"--unknown"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
}
