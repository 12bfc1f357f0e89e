package source

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestPrepare compares what the VM gets with what it should.
func TestPrepare(t *testing.T) {
	for source, want := range map[string]string{
		"--[=NOTE\nx = 1\n--[==\ny = 2 --[x":         "-- =NOTE\nx = 1\n-- ==\ny = 2 -- x",
		"--[==[ a\n]=] ]==]x=1":                      "--[==[ a\n]=] ]==]x=1",
		"x\v=\f1":                                    "x = 1",
		"x = '\v\f' .. [[\v]] --\v":                  "x = '\v\f' .. [[\v]] --\v",
		"return 0x10, 0X1p4, 1e2, .5, 3.":            "return 16, 16, 1e2, .5, 3.",
		"return 0xffffffffffffffff, 1e999, 0x1p4999": "return 1.8446744073709552e+19, 1e999, 1e999",
		`return "\255\0\
x", '\'"' , [=[ ]] ]=]`: "return \"\\255\\0\\\nx\", '\\'\"' , [=[ ]] ]=]",
		"a[b[1]] = {[c] = d[[e]]}": "a[b[1]] = {[c] = d[[e]]}",
	} {
		got, problem := Prepare(source)
		if problem != nil || got.Text != want {
			t.Errorf("%q: got %q, %v, want %q", source, got.Text, problem, want)
		}
	}
}

// wrong has source and the errors in it, as lua5.1 prints them.
var wrong = map[string]string{
	"return 1e":                             "1: malformed number near '1e'",
	"x = 3.5E+":                             "1: malformed number near '3.5E+'",
	"x = 1..2":                              "1: malformed number near '1..2'",
	"x = 0x":                                "1: malformed number near '0x'",
	"x = 0xg":                               "1: malformed number near '0xg'",
	"x = 3x":                                "1: malformed number near '3x'",
	"x = 1_0":                               "1: malformed number near '1_0'",
	"x = 1.2.3":                             "1: malformed number near '1.2.3'",
	"x = .5.":                               "1: malformed number near '.5.'",
	"x = 'abc":                              "1: unfinished string near '<eof>'",
	"x = 'abc\n'":                           "1: unfinished string near ''abc'",
	"x = [[\n\nabc":                         "3: unfinished long string near '<eof>'",
	"--[[\n\nabc":                           "3: unfinished long comment near '<eof>'",
	"x = [=abc":                             "1: invalid long string delimiter near '[='",
	"\n\nx = =":                             "3: unexpected symbol near '='",
	"x = }":                                 "1: unexpected symbol near '}'",
	"x = 1 y":                               "1: '=' expected near '<eof>'",
	"if x then":                             "1: 'end' expected near '<eof>'",
	"if x then\n\ny = 1\n":                  "4: 'end' expected (to close 'if' at line 1) near '<eof>'",
	"for i = 1 do end":                      "1: ',' expected near 'do'",
	"for i do end":                          "1: '=' or 'in' expected near 'do'",
	"for 1 = 1, 2 do end":                   "1: '<name>' expected near '1'",
	"for a, b = 1 do end":                   "1: 'in' expected near '='",
	"while x\ny()":                          "2: 'do' expected near 'y'",
	"repeat x()":                            "1: 'until' expected near '<eof>'",
	"function f(a, 1) end":                  "1: <name> or '...' expected near '1'",
	"function f(a,) end":                    "1: <name> or '...' expected near ')'",
	"function f(a b) end":                   "1: ')' expected near 'b'",
	"function f(..., a) end":                "1: ')' expected near ','",
	"function (a) end":                      "1: '<name>' expected near '('",
	"local function a.b() end":              "1: '(' expected near '.'",
	"local 1 = 2":                           "1: '<name>' expected near '1'",
	"return return":                         "1: unexpected symbol near 'return'",
	"break":                                 "1: no loop to break near '<eof>'",
	"while 1 do function f() break end end": "1: no loop to break near 'end'",
	"x":                                     "1: '=' expected near '<eof>'",
	"x.y":                                   "1: '=' expected near '<eof>'",
	"(x)":                                   "1: syntax error near '<eof>'",
	"f() = 1":                               "1: unexpected symbol near '='",
	"a, f() = 1":                            "1: syntax error near '='",
	"x = {1, 2":                             "1: '}' expected near '<eof>'",
	"x = {\n1, 2\n":                         "3: '}' expected (to close '{' at line 1) near '<eof>'",
	"x = {[1 = 2}":                          "1: ']' expected near '='",
	"x = {[1] 2}":                           "1: '=' expected near '2'",
	"x = f(1, 2":                            "1: ')' expected near '<eof>'",
	"x = (1\n2":                             "2: ')' expected (to close '(' at line 1) near '2'",
	"x:y = 1":                               "1: function arguments expected near '='",
	"function f() return ... end":           "1: cannot use '...' outside a vararg function near '...'",
	"x = 1 end":                             "1: '<eof>' expected near 'end'",
	"x = @":                                 "1: unexpected symbol near '@'",
	"x = ~1":                                "1: unexpected symbol near '~'",
	"x = 1 + ":                              "1: unexpected symbol near '<eof>'",
	"x = 'a' 'b'":                           "1: unexpected symbol near ''b''",
	"x = [[a]] [[b]]":                       "1: unexpected symbol near '[[b]]'",
	"x = a.1":                               "1: unexpected symbol near '.1'",
	"x = \x01":                              "1: unexpected symbol near 'char(1)'",
	"f\n(x) = 1":                            "2: ambiguous syntax (function call x new statement) near '('",
	"local x, = 1":                          "1: '<name>' expected near '='",
	"x = function end":                      "1: '(' expected near 'end'",
	"elseif":                                "1: '<eof>' expected near 'elseif'",
	`x = "\256"`:                            `1: escape sequence too large near '"'`,
}

func TestErrors(t *testing.T) {
	for source, want := range wrong {
		got := found(source)
		if got == nil {
			t.Errorf("%q: no error", source)
		} else if text := line(got); text != want {
			t.Errorf("%q: got %s, want %s", source, text, want)
		}
	}
}

func found(source string) *Error {
	_, problem := Prepare(source)
	return problem
}

func line(e *Error) string { return fmt.Sprintf("%d: %s", e.Line, e.Message) }

// TestNoProblem has no error in what is right.
func TestNoError(t *testing.T) {
	for _, source := range []string{
		"", "return", "return 1, 2;", "local a, b = 1, ...", "a.b[c]:d{1, x = 2, [3] = 4; f()}.e = 1",
		"for i = 1, 2, 3 do break end for k, v in pairs(t) do if x then break end end",
		"repeat local x until x == 1 while x do end do end", "local function f(...) return ... end",
		"function a.b:c(x, ...) return function() end, -x^2 .. 'y' end", "goto a ::a::", "f'x' f[[y]] f{}",
		"x = not not - #a and b or c == d", "f(\n)", "a = b\nc = d(e)",
	} {
		if e := found(source); e != nil {
			t.Errorf("%q: %s", source, line(e))
		}
	}
}

// TestAsLua compares the messages with those of lua5.1, where it is installed.
func TestAsLua(t *testing.T) {
	lua, err := exec.LookPath("lua5.1")
	if err != nil {
		t.Skip("lua5.1 is not installed")
	}
	const program = `local _, m = loadstring(io.read("*a"), "=s") io.write(m or "")`
	for source := range wrong {
		command := exec.Command(lua, "-e", program)
		command.Stdin = strings.NewReader(source)
		out, err := command.Output()
		if err != nil {
			t.Fatal(err)
		}
		want := strings.TrimPrefix(string(out), "s:")
		if got := found(source); got == nil || line(got) != want {
			t.Errorf("%q: got %v, lua5.1 %s", source, got, want)
		}
	}
}

// TestLongSource checks that the time is in proportion to the length.
func TestLongSource(t *testing.T) {
	for _, part := range []string{"x = 1 ", "--[=\n", "f{a, b}", "x = 0x10 ", "[[", "'\\"} {
		start := time.Now()
		found(strings.Repeat(part, 200_000))
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%q: %v", part, d)
		}
	}
	if e := found("x = " + strings.Repeat("{", 1_000_000)); e == nil || e.Message != TooManyLevels {
		t.Errorf("got %v", e)
	}
}
