package compare

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
)

func ran(name, version string, lines ...string) Run {
	return Run{Name: name, Version: version, Output: Output{Lines: lines}}
}

func TestJudge(t *testing.T) {
	const old, young = "Lua 5.1", "Lua 5.2"
	type lines = []string
	for _, test := range []struct {
		name       string
		a, b       lines // the backends
		puc1, puc2 lines // PUC Lua; nil when it did not run
		want       Kind
		all        bool
		wrong      []string
	}{
		{name: "same", a: lines{"1"}, b: lines{"1"}, puc1: lines{"1"}, puc2: lines{"1"}},
		{name: "as either", a: lines{"1", "y"}, b: lines{"1", "y"}, puc1: lines{"1", "x"}, puc2: lines{"0", "y"}},
		{name: "without PUC", a: lines{"1"}, b: lines{"1"}},
		{name: "value", a: lines{"1"}, b: lines{"2"}, puc1: lines{"1"}, puc2: lines{"1"}, want: ValueKind, wrong: lines{"b"}},
		{name: "value without PUC", a: lines{"1"}, b: lines{"2"}, want: ValueKind},
		{name: "a line more", a: lines{"1"}, b: lines{"1", "2"}, want: ValueKind},
		{name: "both are wrong", a: lines{"2"}, b: lines{"2"}, puc1: lines{"1"}, puc2: lines{"3"}, want: ValueKind, all: true, wrong: lines{"a", "b"}},
		{name: "each as its version", a: lines{"1"}, b: lines{"2"}, puc1: lines{"1"}, puc2: lines{"2"}, want: VersionKind},
		{name: "each as the other's version", a: lines{"2"}, b: lines{"1"}, puc1: lines{"1"}, puc2: lines{"2"}, want: ValueKind},
		{name: "syntax", a: lines{"syntax: f:1: no"}, b: lines{"1"}, puc1: lines{"1"}, puc2: lines{"1"}, want: SyntaxKind, wrong: lines{"a"}},
		{name: "message", a: lines{`false "f:1: oops"`}, b: lines{`false "f:1: no"`}, want: MessageKind},
		{name: "name", a: lines{`"f:1: attempt to call a nil value"`}, b: lines{`"f:1: attempt to call local 'x' (a nil value)"`}, want: NameKind},
		{name: "position", a: lines{`"f:1: oops"`}, b: lines{`"f:2: oops"`}, want: PositionKind},
		{name: "zero", a: lines{"-0 1"}, b: lines{"0 1"}, want: ZeroKind},
		{name: "no zero", a: lines{"-0.5"}, b: lines{"0.5"}, want: ValueKind},
		{name: "function", a: lines{"bad argument #1 to 'max' (no)"}, b: lines{"bad argument #1 to 'max' (no)"},
			puc1: lines{"bad argument #1 to '?' (no)"}, want: FunctionKind, all: true, wrong: lines{"a", "b"}},
		{name: "rounding", a: lines{"1.2345678901234"}, b: lines{"1.2345678901233"}, want: RoundingKind},
		{name: "worst", a: lines{"-0", "f:1: x", "1"}, b: lines{"0", "f:2: x", "2"}, want: ValueKind},
		{name: "sign of NaN", a: lines{"nan"}, b: lines{"-nan"}},
		{name: "digits", a: lines{"100000000000000000"[:16]}, b: lines{"1e+15"}},
		{name: "Go text", a: lines{"runtime error: index out of range [1]"}, b: lines{"x"}, want: GoTextKind, wrong: lines{"a"}},
	} {
		vms := []Run{ran("a", old, test.a...), ran("b", young, test.b...)}
		var puc []Run
		if test.puc1 != nil {
			puc = append(puc, ran(old, old, test.puc1...))
		}
		if test.puc2 != nil {
			puc = append(puc, ran(young, young, test.puc2...))
		}
		v := Judge(vms, puc)
		if v.Kind != test.want || v.All != test.all || !slices.Equal(v.Wrong, test.wrong) {
			t.Errorf("%s: %+v, want %q, all %v, wrong %v", test.name, v, test.want, test.all, test.wrong)
		}
	}
}

// TestAlone tells messages that PUC Lua of the same version raises too from those that it does not.
func TestAlone(t *testing.T) {
	const old, young = "Lua 5.1", "Lua 5.2"
	for _, test := range []struct {
		a, b, puc1, puc2 string
		kind             Kind // PositionKind when it is empty
		want             bool
	}{
		{a: "f:2: oops", b: "f:1: oops", puc1: "1", puc2: "f:1: oops", want: true},
		{a: "f:2: oops", b: "f:1: oops", puc1: "f:1: oops", puc2: "f:1: oops"},
		{a: "f:1: oops", b: "f:2: oops", puc1: "1", puc2: "f:1: oops"},
		{a: "f:2: oops", b: "f:3: oops", puc1: "1", puc2: "f:1: oops"},
		{a: "2", b: "1", puc1: "f:1: oops", puc2: "1", kind: ValueKind},
		{a: "f:1: no", b: "f:1: oops", puc1: "1", puc2: "f:1: oops", kind: MessageKind, want: true},
		{a: "f:1: no", b: "f:1: oops", puc1: "f:1: yes", puc2: "f:1: oops", kind: MessageKind},
	} {
		vms := []Run{ran("a", old, test.a), ran("b", young, test.b)}
		v := Judge(vms, []Run{ran(old, old, test.puc1), ran(young, young, test.puc2)})
		if test.kind == "" {
			test.kind = PositionKind
		}
		if v.Kind != test.kind || v.Alone != test.want || v.Unexplained() == test.want {
			t.Errorf("%+v: %+v", test, v)
		}
	}
}

func TestJudgeFaults(t *testing.T) {
	for fault, want := range map[Fault]Kind{Hang: HangKind, Panic: PanicKind, Crash: CrashKind} {
		bad := ran("b", "Lua 5.2", "1")
		bad.Fault = fault
		if v := Judge([]Run{ran("a", "Lua 5.1", "1"), bad}, nil); v.Kind != want || !slices.Equal(v.Wrong, []string{"b"}) {
			t.Errorf("fault %d: %+v, want %q", fault, v, want)
		}
	}
}

var runs = []struct {
	source string
	want   []string
}{
	{"out()", []string{""}},
	{"out(1, 'a\\n\"', {2, x = {}}, nil, true, 1/0, 0/0, 0.1, print, {[{}] = 1})",
		[]string{`1 "a<10><34>" {["x"]={},[1]=2} nil true inf nan 0.1 function {[{}]=1}`}},
	{"out(1) error('no')", []string{"1", "error: f:1: no"}},
	{"error({})", []string{"error: a table value"}},
	{"x =", []string{"syntax: f:1: unexpected symbol near "}},
	{"try(function() error('no', 0) end) out(len{1, 2}, len{nil, 2}, #seq{nil, 2}, unpack{1, 2})", []string{`"error" "no"`, "2 -1 0 1 2"}},
	{"local function f() enter() return 1, f() end f()", []string{"error: out of fuel"}},
	{"for i = 1, 1000 do out(i) end", nil},
}

// TestMain lets the test program be a worker.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "worker" {
		if err := Serve(os.Args[2], os.Stdin, os.Stdout); err != nil {
			panic(err)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestRun runs programs as the backends and PUC Lua do, with the same results.
func TestRun(t *testing.T) {
	for _, b := range backends.All() {
		for _, test := range runs {
			checkRun(t, b.Name(), test.source, RunVM(b, test.source), test.want)
		}
		w := worker(t, b)
		for _, test := range runs {
			checkRun(t, b.Name()+" in a process", test.source, runIn(t, w, test.source), test.want)
		}
	}
	installed, missing := InstalledPUC()
	t.Logf("not installed: %v", missing)
	for _, lua := range installed {
		var sources []string
		for _, test := range runs {
			sources = append(sources, test.source)
		}
		sources = append(sources, "os.exit(0)", "out(2)")
		outputs, err := lua.Run(sources)
		if err != nil {
			t.Fatal(err)
		}
		for i, test := range runs {
			checkRun(t, lua.Version, test.source, outputs[i], test.want)
		}
		if len(outputs) != len(sources) || outputs[len(runs)].Fault != Crash || outputs[len(runs)+1].At(0) != "2" {
			t.Errorf("%s: the programs behind one that ends the process: %+v", lua.Version, outputs[len(runs):])
		}
	}
}

func checkRun(t *testing.T, name, source string, got Output, want []string) {
	if want == nil { // too much output
		if len(got.Lines) != 200 {
			t.Errorf("%s: %s: %d lines", name, source, len(got.Lines))
		}
		return
	}
	for i, line := range got.Lines {
		if strings.HasPrefix(line, syntaxPrefix) { // what is near is written in two ways
			got.Lines[i], _, _ = strings.Cut(line, "near ")
			got.Lines[i] += "near "
		}
	}
	if !slices.Equal(got.Lines, want) || got.Fault != NoFault {
		t.Errorf("%s: %s\nprints %q, want %q", name, source, got.Lines, want)
	}
}

// TestCrash ends the process of a worker, which the next program must not feel.
func TestCrash(t *testing.T) {
	for _, b := range backends.All() {
		w := worker(t, b)
		o := runIn(t, w, `local all = {} for i = 1, 1e6 do all[i] = ("x"):rep(1e6) .. i end`)
		if o.Fault != Crash || o.At(0) != "error: more than 256 MiB of memory" {
			t.Errorf("%s: %+v", b.Name(), o)
		}
		checkRun(t, b.Name(), "out(1)", runIn(t, w, "out(1)"), []string{"1"})
	}
}

// TestHang runs programs that do not end by themselves.
func TestHang(t *testing.T) {
	before := timeLimit
	timeLimit = 50 * time.Millisecond
	defer func() { timeLimit = before }()
	for _, b := range backends.All() {
		for _, source := range []string{"while true do end", "out(1) while true do pcall(function() while true do end end) end"} {
			if o := RunVM(b, source); o.Fault != Hang {
				t.Errorf("%s: %s: %+v", b.Name(), source, o)
			}
		}
	}
}

func worker(t *testing.T, b backend.Backend) *Worker {
	w := &Worker{Backend: b, Command: []string{os.Args[0], "worker"}}
	t.Cleanup(w.Close)
	return w
}

func runIn(t *testing.T, w *Worker, source string) Output {
	o, err := w.Run(source)
	if err != nil {
		t.Fatal(err)
	}
	return o
}
