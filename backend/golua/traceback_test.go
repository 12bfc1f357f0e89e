package golua

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

const deepSource = `local function f(n)
if n == 0 then error('deep') end
f(n - 1)
local x
end
local function g(n)
f(n)
local x
end
return g`

func TestTraceback(t *testing.T) {
	deeper := "\n\tfile.lua:3: in function 'f'"
	head := "stack traceback:\n\t[Go]: in function 'error'\n\tfile.lua:2: in function 'f'"
	tail := "\n\tfile.lua:7: in function <file.lua:6>"
	cut := head + strings.Repeat(deeper, 9) + "\n\t..." + strings.Repeat(deeper, 9) + tail
	s := newTestState(t, nil)
	loadChunk(t, s, deepSource, "@file.lua")
	s.Call(0, 1)
	for _, c := range []struct {
		depth int
		want  string
	}{
		{0, head + tail},
		{1, head + deeper + tail},
		{19, head + strings.Repeat(deeper, 19) + tail},
		{20, cut},
		{21, cut},
		{60, cut},
		{61, cut},
		{62, cut},
		{100, cut},
		{10000, cut},
	} {
		s.PushValue(1)
		s.PushNumber(float64(c.depth))
		failure := s.PCall(1, 0)
		if failure == nil || failure.Traceback.String() != c.want {
			t.Errorf("depth %d: %+v, want %q", c.depth, failure, c.want)
		}
		if text, _ := s.ToString(-1); text != "file.lua:2: deep" {
			t.Errorf("message %q", text)
		}
		s.SetTop(1)
	}
}

func TestTracebackLevels(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		if got := s.Traceback(0, 0).String(); got != "stack traceback:" {
			t.Errorf("at the base: %q", got)
		}
		if got := s.Where(0) + s.Where(1); got != "" {
			t.Errorf("where at the base: %q", got)
		}
		setFunction(s, "trace", func(s backend.VM) int {
			level, _ := s.ToNumber(1)
			s.PushString(s.Traceback(0, int(level)).String())
			s.PushString(s.Where(int(level)))
			return 2
		})
		for level, want := range []string{
			"\n\t[Go]: in function 'trace'\n\ttest:2: in function 'f'\n\ttest:5: in main chunk|",
			"\n\ttest:2: in function 'f'\n\ttest:5: in main chunk|test:2: ",
			"\n\ttest:5: in main chunk|test:5: ",
			"|",
		} {
			s.PushNumber(float64(level))
			setGlobal(s, "level")
			do(t, s, "local function f()\nlocal a, b = trace(level)\nreturn a .. '|' .. b\nend\nlocal r = f() return r")
			if text, _ := s.ToString(-1); text != "stack traceback:"+want {
				t.Errorf("level %d: %q", level, text)
			}
			s.SetTop(0)
		}
	})
}

func TestTracebackOfVMErrors(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		loadChunk(t, s, "local function f()\nlocal x = nil + 1\nend\nf()\nlocal y", "=test")
		failure := s.PCall(0, 0)
		want := "stack traceback:\n\ttest:2: in function 'f'\n\ttest:4: in main chunk"
		if failure == nil || failure.Traceback.String() != want {
			t.Errorf("%+v", failure)
		}
	})
}

func TestDebugTraceback(t *testing.T) {
	runPrintCases(t, []printCase{
		{"no message", "local s = debug.traceback() print(s)", "stack traceback:\n\ttest:1: in main chunk\n"},
		{"message and level", "local s = debug.traceback('m', 0) print(s)", "m\nstack traceback:\n\t[Go]: in function 'debug.traceback'\n\ttest:1: in main chunk\n"},
		{"other messages", "print(debug.traceback(true), type(debug.traceback({})), debug.traceback(7, 9))", "true\ttable\t7\nstack traceback:\n"},
		{"tail call", "local function f() return (debug.traceback()) end local function g() return f() end local s = g() print(s)", "stack traceback:\n\ttest:1: in function <test:1>\n\ttest:1: in main chunk\n"},
		{"metamethod", "local t = setmetatable({}, {__index = function() local s = debug.traceback() return s end}) local s = t.x print(s)", "stack traceback:\n\ttest:1: in function <test:1>\n\ttest:1: in main chunk\n"},
		{"library functions", "local s = ('x'):gsub('x', function() local s = debug.traceback() return s end) print(s)", "stack traceback:\n\ttest:1: in function <test:1>\n\t[Go]: in function 'string.gsub'\n\ttest:1: in main chunk\n"},
	})
}
