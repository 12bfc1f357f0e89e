package syntax

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// wrong has source and the error in it, as lua5.2 names it.
var wrong = map[string]string{
	"x = =":                                 "1: unexpected symbol near '='",
	"x = }":                                 "1: unexpected symbol near '}'",
	"x = 1 y":                               "1: syntax error near <eof>",
	"x":                                     "1: syntax error near <eof>",
	"f() = 1":                               "1: syntax error near '='",
	"(x)":                                   "1: syntax error near <eof>",
	"a, f() = 1":                            "1: syntax error near '='",
	"if x then":                             "1: 'end' expected near <eof>",
	"if x then\n\ny()\n":                    "4: 'end' expected (to close 'if' at line 1) near <eof>",
	"for i = 1 do end":                      "1: ',' expected near 'do'",
	"for i do end":                          "1: '=' or 'in' expected near 'do'",
	"for 1 = 2, 3 do end":                   "1: <name> expected near '1'",
	"for a, b = 1 do end":                   "1: 'in' expected near '='",
	"while x\ny()":                          "2: 'do' expected near 'y'",
	"repeat x()":                            "1: 'until' expected near <eof>",
	"function f(a, 1) end":                  "1: <name> or '...' expected near '1'",
	"function f(a,) end":                    "1: <name> or '...' expected near ')'",
	"function f(a b) end":                   "1: ')' expected near 'b'",
	"function (a) end":                      "1: <name> expected near '('",
	"local function a.b() end":              "1: '(' expected near '.'",
	"local 1 = 2":                           "1: <name> expected near '1'",
	"return return":                         "1: unexpected symbol near 'return'",
	"break":                                 "1: <break> at line 1 not inside a loop",
	"do break end\n\nx = 1":                 "3: <break> at line 1 not inside a loop",
	"x = {1, 2":                             "1: '}' expected near <eof>",
	"x = {\n1, 2\n":                         "3: '}' expected (to close '{' at line 1) near <eof>",
	"x = {[1 = 2}":                          "1: ']' expected near '='",
	"x = {[1] 2}":                           "1: '=' expected near '2'",
	"x = f(1, 2":                            "1: ')' expected near <eof>",
	"x = (1\n2":                             "2: ')' expected (to close '(' at line 1) near '2'",
	"x:y = 1":                               "1: function arguments expected near '='",
	"function f() return ... end":           "1: cannot use '...' outside a vararg function near '...'",
	"x = 1 end":                             "1: <eof> expected near 'end'",
	"x = @":                                 "1: unexpected symbol near '@'",
	"x = ~1":                                "1: unexpected symbol near '~'",
	"x = 1 + ":                              "1: unexpected symbol near <eof>",
	"x = 'a' 'b'":                           "1: unexpected symbol near ''b''",
	"x = [[a]] [[b]]":                       "1: unexpected symbol near '[[b]]'",
	"x = 'abc":                              "1: unfinished string near <eof>",
	"x = 'abc\n'":                           "1: unfinished string near ''abc'",
	"x = [[\n\nabc":                         "3: unfinished long string near <eof>",
	"--[[\nabc":                             "2: unfinished long comment near <eof>",
	"x = [=abc":                             "1: invalid long string delimiter near '[='",
	"elseif":                                "1: <eof> expected near 'elseif'",
	"x = function end":                      "1: '(' expected near 'end'",
	"f(":                                    "1: unexpected symbol near <eof>",
	"f(,)":                                  "1: unexpected symbol near ','",
	"x.1 = 2":                               "1: syntax error near '.1'",
	"x.y.z":                                 "1: syntax error near <eof>",
	"local x, = 1":                          "1: <name> expected near '='",
	"do\n\nend end":                         "3: <eof> expected near 'end'",
	"and":                                   "1: unexpected symbol near 'and'",
	"x = not":                               "1: unexpected symbol near <eof>",
	"x = #":                                 "1: unexpected symbol near <eof>",
	"x = 3x":                                "1: syntax error near <eof>",
	"x = 1e":                                "1: malformed number near '1e'",
	"x = 3.5E+":                             "1: malformed number near '3.5E+'",
	"x = 1..2":                              "1: malformed number near '1..2'",
	"x = 0x":                                "1: malformed number near '0x'",
	"x = 0xg":                               "1: malformed number near '0x'",
	"x = 1.2.3":                             "1: malformed number near '1.2.3'",
	"x = .5.":                               "1: malformed number near '.5.'",
	"x = 0x1p":                              "1: malformed number near '0x1p'",
	"x = 0x.p1":                             "1: malformed number near '0x.p1'",
	"x = '\\q'":                             "1: invalid escape sequence near '\\q'",
	"x = '\\xg1'":                           "1: hexadecimal digit expected near '\\xg'",
	"x = '\\x1'":                            "1: hexadecimal digit expected near '\\x1''",
	"x = '\\300'":                           "1: decimal escape too large near '\\300'",
	"x = '\\x":                              "1: hexadecimal digit expected near '\\x'",
	"x = '\\":                               "1: unfinished string near <eof>",
	"x = '\\1":                              "1: unfinished string near <eof>",
	"goto x":                                "1: no visible label 'x' for <goto> at line 1",
	"goto x do ::x:: end":                   "1: no visible label 'x' for <goto> at line 1",
	"::a:: ::a::":                           "1: label 'a' already defined on line 1",
	"::a::\n::a::":                          "2: label 'a' already defined on line 1",
	"do goto x local y ::x:: y() end":       "1: <goto x> at line 1 jumps into the scope of local 'y'",
	"repeat goto x; local y; ::x:: until y": "1: <goto x> at line 1 jumps into the scope of local 'y'",
	"while 1 do function f() break end end": "1: <break> at line 1 not inside a loop",
	"function f() goto x end ::x::":         "1: no visible label 'x' for <goto> at line 1",
	"return 1,":                             "1: unexpected symbol near <eof>",
	"return 1 2":                            "1: <eof> expected near '2'",
	"x = 1, ":                               "1: unexpected symbol near <eof>",
	"local x = ":                            "1: unexpected symbol near <eof>",
	"a.b:c = 1":                             "1: function arguments expected near '='",
	"f{} = 1":                               "1: syntax error near '='",
	"f'x' = 1":                              "1: syntax error near '='",
	"x = \x01":                              "1: unexpected symbol near char(1)",
	"x = \xc3\xa9":                          "1: unexpected symbol near char(195)",
	"\x00":                                  "1: unexpected symbol",
	"x = 'a\\\nb' 'c'":                      "2: unexpected symbol near ''c''",
	"x = '\\65\\066' 'c'":                   "1: unexpected symbol near ''c''",
	"f\n(x) = 1":                            "2: syntax error near '='",
	"for i = 1, 2, 3, 4 do end":             "1: 'do' expected near ','",
	"for i in x do":                         "1: 'end' expected near <eof>",
	"for i, in x do end":                    "1: <name> expected near 'in'",
	"for i in x end":                        "1: 'do' expected near 'end'",
	"if x do end":                           "1: 'then' expected near 'do'",
	"if x then else elseif y then end":      "1: 'end' expected near 'elseif'",
	"local function f":                      "1: '(' expected near <eof>",
	"function f.1() end":                    "1: '(' expected near '.1'",
	"function f:a.b() end":                  "1: '(' expected near '.'",
	"x = [==[a]=]":                          "1: unfinished long string near <eof>",
	"x = {a = }":                            "1: unexpected symbol near '}'",
	"x = {a b}":                             "1: '}' expected near 'b'",
	"x = {;}":                               "1: unexpected symbol near ';'",
	"x = {,}":                               "1: unexpected symbol near ','",
	"x = a.":                                "1: <name> expected near <eof>",
	"x = a:":                                "1: <name> expected near <eof>",
	"x = a[":                                "1: unexpected symbol near <eof>",
	"x = a[]":                               "1: unexpected symbol near ']'",
	"x = a[1":                               "1: ']' expected near <eof>",
	"local ... = 1":                         "1: <name> expected near '...'",
	"x, y":                                  "1: '=' expected near <eof>",
	"x, 1 = 2":                              "1: unexpected symbol near '1'",
	"x = 1 = 2":                             "1: unexpected symbol near '='",
	"not x":                                 "1: unexpected symbol near 'not'",
	"-x":                                    "1: unexpected symbol near '-'",
	"1":                                     "1: unexpected symbol near '1'",
	"'a'":                                   "1: unexpected symbol near ''a''",
	"::1::":                                 "1: <name> expected near '1'",
	"::a":                                   "1: '::' expected near <eof>",
	"goto 1":                                "1: <name> expected near '1'",
	"goto":                                  "1: <name> expected near <eof>",
	"return;;":                              "1: <eof> expected near ';'",
	"x = function(...a) end":                "1: ')' expected near 'a'",
	"x = function(a...) end":                "1: ')' expected near '...'",
	"local a <const> = 1":                   "1: unexpected symbol near '<'",
	"x = 5 // 2":                            "1: unexpected symbol near '/'",
	"x = a & b":                             "1: unexpected symbol near '&'",
}

// right has source without an error.
var right = []string{
	"", "return", "return 1, 2;", "local a, b = 1, ...", "a.b[c]:d{1, x = 2, [3] = 4; f()}.e = 1",
	"for i = 1, 2, 3 do break end for k, v in pairs(t) do if x then break end end",
	"repeat local x until x == 1 while x do end do end", "local function f(...) return ... end",
	"function a.b:c(x, ...) return function() end, -x^2 .. 'y' end", "goto a ::a::", "f'x' f[[y]] f{}",
	"x = not not - #a and b or c == d", "f(\n)", "a = b\nc = d(e)", "f\n(x)", ";;; ::a:: ; ::b:: ;", "x = 0x.8p-3 + 0XA.Fp+1 + .5e-3 + 3. + 0x10",
	"for i = 1, 3 do if i == 2 then goto continue end f(i) ::continue:: end", "do goto x end do ::x:: end ::x::",
	"x = 'a\\z  \n\t b\\x41\\065\\\n'", "--[==[ ]] \n ]==] --[=x\nx = 1 --", "#", "x = \"\\'\" .. '\"'",
	"goto x; local y; ::x::",
	"goto x; local y; ::x:: ; ::z::",
	"a.b:c()",
	"x = ...",
}

func TestErrors(t *testing.T) {
	for source, want := range wrong {
		_, err := Parse(source, nil)
		var problem *Error
		if !errors.As(err, &problem) {
			t.Errorf("%q: %v, want %s", source, err, want)
		} else if err.Error() != want {
			t.Errorf("%q: got %s, want %s", source, err, want)
		}
	}
}

func TestNoErrors(t *testing.T) {
	for _, source := range right {
		if strings.HasPrefix(source, "#") {
			continue // Lua's load skips it in files only
		}
		if _, err := Parse(source, nil); err != nil {
			t.Errorf("%q: %v", source, err)
		}
	}
}

// TestLikeLua compares the tables with what lua5.2 says.
func TestLikeLua(t *testing.T) {
	lua, err := exec.LookPath("lua5.2")
	if err != nil {
		t.Skip(err)
	}
	check := func(source, want string) {
		program := "local _, m = load(io.read('*a'), '=x') io.write(m or '')"
		run := exec.Command(lua, "-e", program)
		run.Stdin = strings.NewReader(source)
		got, err := run.Output()
		if text := strings.TrimPrefix(string(got), "x:"); err != nil || text != want {
			t.Errorf("%q: %v, got %s, want %s", source, err, text, want)
		}
	}
	for source, want := range wrong {
		check(source, want)
	}
	for _, source := range right {
		if !strings.HasPrefix(source, "#") {
			check(source, "")
		}
	}
}

func TestInterrupt(t *testing.T) {
	stop := errors.New("stop")
	asked := 0
	_, err := Parse(strings.Repeat("x = 1 ", 10*checkedTokens), func() error {
		if asked++; asked == 3 {
			return stop
		}
		return nil
	})
	if err != stop || asked != 3 {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

// TestNesting checks that source which is nested too deeply is refused, and that what is only long is not.
func TestNesting(t *testing.T) {
	const n = 100_000
	repeat := strings.Repeat
	for name, c := range map[string]struct {
		source string
		fits   bool
	}{
		"parentheses": {"return " + repeat("(", n) + "1" + repeat(")", n), false},
		"tables":      {"return " + repeat("{", n) + repeat("}", n), false},
		"functions":   {repeat("return function() ", n) + repeat("end ", n), false},
		"blocks":      {repeat("do ", n) + repeat("end ", n), false},
		"unary":       {"return " + repeat("- ", n) + "1", false},
		"powers":      {"return 1" + repeat("^1", n), false},
		"targets":     {"a" + repeat(", a", n) + " = 1", false},
		"indexes":     {"return a" + repeat("[a", n) + repeat("]", n), false},
		"sums":        {"return 1" + repeat("+1", n), true},
		"and":         {"return a" + repeat(" and a", n), true},
		"calls":       {"f" + repeat("()", n), true},
		"fields":      {"return a" + repeat(".a", n), true},
		"elseif":      {"if a then " + repeat("elseif a then ", n) + "end", true},
		"labels":      {repeat("goto a do ::b:: end ", n) + "::a::", true},
		"list":        {"return {" + repeat("1,", n) + "}", true},
		"statements":  {repeat("x = 1 ", n), true},
	} {
		if _, err := Parse(c.source, nil); (err == nil) != c.fits {
			t.Errorf("%s: %v", name, err)
		}
	}
}
