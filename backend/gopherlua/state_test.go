package gopherlua

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// run runs a chunk in a new state with all libraries and returns what it printed.
func run(t *testing.T, source string) string {
	t.Helper()
	var out bytes.Buffer
	s, err := Backend.NewVM(backend.Options{Open: Backend.Libraries(), Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Load(source, "=test", 0); err != nil {
		t.Fatal(err)
	}
	if failure := s.PCall(0, 0); failure != nil {
		t.Fatalf("%s\n%s", backend.ToStringMeta(s, -1), failure.Traceback)
	}
	return out.String()
}

func TestBaseFunctions(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"error position", `print(pcall(function() error("m") end))`, "false\ttest:1: m\n"},
		{"error level 2", "local function f()\nerror('m', 2) end\nprint(pcall(function()\nf()\nend))", "false\ttest:4: m\n"},
		{"error level 0", `print(pcall(error, "m", 0))`, "false\tm\n"},
		{"error table", `print(select(2, pcall(error, {code = 7})).code)`, "7\n"},
		{"error nil", `print(pcall(error))`, "false\tnil\n"},
		{"assert", `print(pcall(assert, false), pcall(assert, nil, "m"), select(2, pcall(assert, false, {c = 1})).c)`, "false\tfalse\t1\n"},
		{"assert message", `print(select(2, pcall(assert, false)))`, "assertion failed!\n"},
		{"xpcall arguments", `print(xpcall(function(...) return ... end, print, 1, 2))`, "true\t1\t2\n"},
		{"xpcall handler", `print(xpcall(function() error("m", 0) end, function(e) return e .. "!" end))`, "false\tm!\n"},
		{"tonumber", `print(tonumber("1e2"), tonumber("0x10"), tonumber("ff", 16), tonumber("z"), tonumber("7", 8), tonumber(" 5 "))`, "100\t16\t255\tnil\t7\t5\n"},
		{"numbers", `print(2^53, 1/0, -1/0, 0.1 + 0.2, 1e100, 100, math.huge)`, "9007199254740992\tinf\t-inf\t0.3\t1e+100\t100\tinf\n"},
		{"load", `print(load("return 1 + 1")(), loadstring("return 3")(), load(function() return nil end))`, "2\t3\tfunction"},
		{"load syntax error", `print(load("x ="))`, "nil\t[string \"x =\"]:1: unexpected symbol near '<eof>'\n"},
		{"require string", `print(require "string" == string, package.loaded.io == io, _G._G == _G)`, "true\ttrue\ttrue\n"},
		{"collectgarbage", `print(collectgarbage(), collectgarbage("count") > 0, collectgarbage("step", 1e9))`, "0\ttrue\ttrue\n"},
		{"os.exit", `print(pcall(os.exit, 3))`, "false\tos.exit is not available in this state\n"},
		{"string methods", `print(("x"):rep(3), ("a,b"):find(",", 1, true), ("k=v"):match("(%w+)=(%w+)"))`, "xxx\t2\tk\tv\n"},
		{"gmatch", `for w in ("a b"):gmatch("%a") do print(w) end`, "a\nb\n"},
		{"coroutines", `print(coroutine.wrap(function() coroutine.yield(1) end)())`, "1\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := run(t, test.source)
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("printed %q, want %q", got, test.want)
			}
		})
	}
}

func TestMissingModule(t *testing.T) {
	got := run(t, `package.path = "./?.lua"; print(pcall(require, "no.such"))`)
	want := "false\tmodule 'no.such' not found:\n\tno field package.preload['no.such']\n\tno file './no/such.lua'\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTraceback(t *testing.T) {
	s, _ := Backend.NewVM(backend.Options{Open: []string{"debug"}})
	defer s.Close()
	source := "local function f(n)\nif n == 0 then error('deep') end\nf(n - 1)\nlocal x\nend\nlocal function g(n)\nf(n)\nlocal x\nend\nreturn g"
	if err := s.Load(source, "@file.lua", 0); err != nil {
		t.Fatal(err)
	}
	s.Call(0, 1)
	for _, test := range []struct {
		depth float64
		want  string
	}{
		{1, "stack traceback:\n\t[Go]: in function 'error'\n\tfile.lua:2: in function 'f'\n\tfile.lua:3: in function 'f'\n\tfile.lua:7: in function <file.lua:6>"},
		{30, "\n\tfile.lua:3: in function 'f'\n\t...\n\tfile.lua:3: in function"},
	} {
		s.PushValue(1)
		s.PushNumber(test.depth)
		failure := s.PCall(1, 0)
		if failure == nil || !strings.Contains(failure.Traceback.String(), test.want) {
			t.Errorf("depth %v: %+v, want %q", test.depth, failure, test.want)
		}
		if text, _ := s.ToString(-1); text != "file.lua:2: deep" {
			t.Errorf("message %q", text)
		}
		s.SetTop(1)
	}
}

func TestGoPanics(t *testing.T) {
	s, _ := Backend.NewVM(backend.Options{})
	defer s.Close()
	for name, f := range map[string]backend.Function{
		"boom": func(backend.VM) int { panic("boom") },
		"42":   func(backend.VM) int { panic(42) },
		"runtime error: invalid memory address or nil pointer dereference": func(backend.VM) int {
			var p *struct{ x int }
			return p.x
		},
	} {
		s.PushFunction(f)
		failure := s.PCall(0, 0)
		text, _ := s.ToString(-1)
		if failure == nil || text != name {
			t.Errorf("%v %q, want %q", failure, text, name)
		}
		s.SetTop(0)
	}
}

func TestStackOverflow(t *testing.T) {
	s, _ := Backend.NewVM(backend.Options{})
	defer s.Close()
	for range 2 {
		if err := s.Load("local function f() return 1 + f() end return f()", "=deep", 0); err != nil {
			t.Fatal(err)
		}
		failure := s.PCall(0, 0)
		if failure == nil || !failure.OutOfMemory {
			t.Errorf("%+v %v", failure, backend.ToStringMeta(s, -1))
		}
		s.SetTop(0)
	}
}
