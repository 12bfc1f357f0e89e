package gopherlua

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/source"
)

// evaluate runs a chunk in a new state and returns what it returned, or the error, as print shows it.
func evaluate(t *testing.T, source string) string {
	t.Helper()
	s := newTestState(t, backend.Options{})
	if err := s.Load(source, "=test", 0); err != nil {
		return err.Error()
	}
	if failure := s.PCall(0, backend.MultipleResults); failure != nil {
		return "error " + backend.ToStringMeta(s, -1)
	}
	var values []string
	for i := 1; i <= s.GetTop(); i++ {
		values = append(values, backend.ToStringMeta(s, i))
	}
	return strings.Join(values, " ")
}

func TestConcat(t *testing.T) {
	const log = `local function v(x, log) log[#log + 1] = x return x end
		local m = {} m.__concat = function(a, b)
			return (type(a) == "table" and "T" or a) .. "|" .. (type(b) == "table" and "T" or b)
		end
		local o = setmetatable({}, m) `
	many := strings.Repeat(`"a" .. `, 149) + `"b"`
	for name, test := range map[string]struct{ source, want string }{
		"strings":             {`return "a" .. "b", ("x" .. "y"):upper(), #("a" .. "b" .. "c")`, "ab XY 3"},
		"numbers":             {`return 1 .. 2, 2^53 .. "", -0.5 .. "", 1e100 .. "", 1/0 .. "", -1/0 .. "", 0.1 + 0.2 .. ""`, "12 9007199254740992 -0.5 1e+100 inf -inf 0.3"},
		"order":               {log + `local l = {} local s = v("a", l) .. v("b", l) .. v("c", l) return s, table.concat(l)`, "abc abc"},
		"one value of a call": {`local function f() return "x", "y" end return "a" .. f(), "a" .. (f()), f() .. "b"`, "ax ax xb"},
		"one vararg":          {`local function f(...) return "a" .. ... end return f("x", "y")`, "ax"},
		"no tail call":        {`local function f() return "a" .. "b" end return f(), (f())`, "ab ab"},
		"in a list":           {`local t = {"a" .. "b", "c" .. "d"} return #t, t[2], select("#", "a" .. "b")`, "2 cd 1"},
		"into its operand":    {`local function f(s) s = s .. "x" s = "y" .. s .. s return s end return f("a")`, "yaxax"},
		"as condition":        {`if "a" .. "b" == "ab" and "x" .. "y" then return "yes" end`, "yes"},
		"as key":              {`local t = {["a" .. "b"] = 1} t["c" .. "d"] = 2 return t.ab, t["c" .. "d"]`, "1 2"},
		"metamethods":         {log + `return "x" .. o, o .. "x", 1 .. o .. 2, o .. o, "a" .. "b" .. o .. "c" .. "d"`, "x|T T|x 1T|2 T|T abT|cd"},
		"grouped":             {log + `return ("a" .. o) .. "b", "a" .. (o .. "b")`, "a|Tb aT|b"},
		"many":                {"return #(" + many + ")", "150"},
		"many, with a call":   {`local function f() return "x", "y" end local a = "z" return #(` + strings.Repeat("a .. ", 120) + "f())", "121"},
		"nil":                 {"local n\nreturn 'a' ..\nn", "error test:3: attempt to concatenate local 'n' (a nil value)"},
		"nil on the left":     {"return nil .. 'a'", "error test:1: attempt to concatenate a nil value"},
		"boolean":             {"return 'a' .. true .. 'b'", "error test:1: attempt to concatenate a boolean value"},
		"two tables":          {"return {} .. 'b'", "error test:1: attempt to concatenate a table value"},
		"nil among many":      {"return " + strings.Repeat("'a' .. ", 120) + "nil", "error test:1: attempt to concatenate a nil value"},
		"marks in the source": {`return "\0mtstates .." .. "x", "\0mtstates ..." .. 1`, "\x00mtstates ..x \x00mtstates ...1"},
		"level of error":      {log + "m.__concat = function() error('e', 2) end\nlocal x = 'a' ..\no", "error test:7: e"},
		"level of getinfo":    {log + `m.__concat = function() return debug.getinfo(2, "l").currentline, 1 end return "a" .. o`, "5"},
		"traceback":           {log + `m.__concat = function() return debug.traceback() end return ("a" .. o):find("mtstates")`, "nil"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := evaluate(t, test.source); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestStatements(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"swap":                {`local a, b = 1, 2 a, b = b, a return a, b`, "2 1"},
		"rotate":              {`local a, b, c = 1, 2, 3 a, b, c = b, c, a return a, b, c`, "2 3 1"},
		"keys first":          {`local i, t = 1, {} i, t[i] = i + 1, 20 return i, t[1], t[2]`, "2 20 nil"},
		"table first":         {`local t = {1} local u = t t, t[1] = {2}, 3 return t[1], u[1]`, "2 3"},
		"call in parentheses": {`local function g(a, b) return a .. b end local function f(s) s = (g("y", s)) return s end return f("a")`, "ya"},
		"call and more":       {`local function g(a, b) return a .. b end local function f(s) s = (g("y", s)), 1 return s end return f("a")`, "ya"},
		"call for two":        {`local function g(a, b) return a .. b end local t = 1 local function f(s) s, t = (g("y", s)) return s, t end return f("a")`, "ya nil"},
		"and without second":  {`local t, x, y = {k = false}, 1, 2 x = t.k and 5 y = t.z and x or t.k return x, y`, "false false"},
		"and in a parameter":  {`local function f(p, q) p = q and nil and 1 q = (not q) and p return p, q end return f(1, 2)`, "nil false"},
		"or without second":   {`local t, x = {k = 3}, 1 x = t.k or 5 return x, (function(p) p = t.z or t.k return p end)(1)`, "3 3"},
		"and for an upvalue":  {`local t, x = {}, 1 (function() x = t.k and 1 end)() return x`, "nil"},
		"too few":             {`local a, b = 1, 2 a, b = b return a, b`, "2 nil"},
		"too many":            {`local a, b = 1, 2 a, b = b, a, error return a, b`, "2 1"},
		"call at the end":     {`local function f() return 3, 4 end local a, b, c = 1, 2 a, b, c = b, f() return a, b, c`, "2 3 4"},
		"globals":             {`x, y = 1, 2 x, y = y, x return x, y`, "2 1"},
		"upvalues":            {`local a, b = 1, 2 local function f() a, b = b, a end f() return a, b`, "2 1"},
		"own value":           {`local f = function() return f end return f()`, "nil"},
		"outer value":         {`local f = 1 local f = function() return f end return f()`, "1"},
		"local function":      {`local function f(n) return n == 0 and "end" or f(n - 1) end return f(3)`, "end"},
		"for next, t":         {`local n = 0 for _, v in next, {1, 2, 3, x = 4} do n = n + v end return n`, "10"},
		"for f, s, c":         {`local n = 0 for i in function(s, c) if c < s then return c + 1 end end, 3, 0 do n = n + i end return n`, "6"},
		"for f":               {`local i = 0 local n = 0 for v in function() i = i + 1 if i < 4 then return i end end do n = n + v end return n`, "6"},
		"for with more names": {`for a, b, c, d, e in (function() return function(s, x) if not x then return 1, 2 end end end)() do return a, b, c, d, e end`, "1 2 nil nil nil"},
		"for and calls":       {`local function f() return {5}, nil end local n for _, v in next, f() do n = v end return n`, "5"},
		"closures of for":     {`local t = {} for _, v in next, {1, 2} do t[#t + 1] = function() v = v + 10 return v end end return t[1](), t[1](), t[2]()`, "11 21 12"},
		"break in for":        {`for i = "1", "9" do if i == 3 then return i end end`, "3"},
		"upvalues and break": {`local f local function use() local p, q, r, s, t, u, v = 1, 2, 3, 4, 5, 6, 7 return p end
			for i = 1, 3 do if i == 2 then local a = 1 f = function() a = a + 1 return a end break end end
			local x, y, z = 100, 200, 300 use() return f(), f(), x, y, z`, "2 3 100 200 300"},
		"numerals":         {`return 010, 08, 0x10, 1e2, 1e999, 99999999999999999999`, "10 8 16 100 inf 1e+20"},
		"long table":       {"local t = {" + strings.Repeat("1,", 30000) + "2} return #t, t[1], t[25551], t[30001]", "30001 1 1 2"},
		"long inner table": {"local t = {{" + strings.Repeat("1,", 26000) + "2}, {3}} return #t, #t[1], t[1][26001], t[2][1]", "2 26001 2 3"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := evaluate(t, test.source); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	for source, want := range map[string]string{
		"local t = {} return t.x.y": "attempt to index field 'x' (a nil value)",
		"local t = {} t.x.y = 1":    "attempt to index field 'x' (a nil value)",
		"local f f()":               "attempt to call local 'f' (a nil value)",
		"local t = {} t:f()":        "attempt to call method 'f' (a nil value)",
		"return (1)()":              "attempt to call a number value",
		"for x in 5 do end":         "attempt to call a number value",
		"return {} + 1":             "attempt to perform arithmetic on a table value",
		"return 1 + {}":             "attempt to perform arithmetic on a table value",
		"return 'x' + 1":            "attempt to perform arithmetic on a string value",
		"return '1' + nil":          "attempt to perform arithmetic on a nil value",
		"return -{}":                "attempt to perform arithmetic on a table value",
		"return -'x'":               "attempt to perform arithmetic on a string value",
		"return #5":                 "attempt to get length of a number value",
		"return {} < {}":            "attempt to compare two table values",
		"return nil < 1":            "attempt to compare nil with number",
		"local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x": "loop in gettable",
	} {
		if got := evaluate(t, source); got != "error test:1: "+want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
	if got := evaluate(t, `error("__len undefined", 0)`); got != "error __len undefined" {
		t.Errorf("a script's own message became %q", got)
	}
}

func TestNesting(t *testing.T) {
	for name, test := range map[string]struct {
		open, middle, close string
		deep                int
	}{
		"tables":      {"{", "", "}", 1_000_000},
		"parentheses": {"(", "1", ")", 1_000_000},
		"indexes":     {"x[", "1", "]", 100_000},
		"calls":       {"f(", "", ")", 100_000},
		"functions":   {"function() return ", "1", " end", 100_000},
		"minus":       {"- ", "1", "", 1_000_000},
		"not":         {"not ", "1", "", 100_000},
		"powers":      {"2 ^ ", "1", "", 100_000},
		"additions":   {"1 + ", "1", "", 100_000},
		"call chains": {"f", "()", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := compile("return "+strings.Repeat(test.open, 50)+test.middle+strings.Repeat(test.close, 50), "=deep"); err != nil {
				t.Error(err)
			}
			if test.deep == 0 {
				return
			}
			_, err := compile("return "+strings.Repeat(test.open, test.deep)+test.middle+strings.Repeat(test.close, test.deep), "=deep")
			if err == nil || err.Error() != "deep:1: "+source.TooManyLevels {
				t.Error(err)
			}
		})
	}
	flat := "local a = 1 return a" + strings.Repeat(" + a", 3000)
	if _, err := compile(flat, "=flat"); err != nil {
		t.Error(err)
	}
	if _, err := compile("if a then"+strings.Repeat(" elseif a then", 3000)+" end", "=flat"); err != nil {
		t.Error(err)
	}
	hidden := `return "` + strings.Repeat("(", 1000) + `", '` + strings.Repeat("{", 1000) + `', [==[` + strings.Repeat("[", 1000) +
		`]==] --[[` + strings.Repeat("(", 1000) + "]]\n--" + strings.Repeat("(", 1000)
	if _, err := compile(hidden, "=hidden"); err != nil {
		t.Error(err)
	}
}

func TestCodeCache(t *testing.T) {
	a := newTestState(t, backend.Options{})
	const source = "return function() return 'cached' end"
	for range 2 {
		if err := a.Load(source, "=cache", 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Load(source, "=other", 0); err != nil {
		t.Fatal(err)
	}
	first, second, other := a.l.ToFunction(1), a.l.ToFunction(2), a.l.ToFunction(3)
	if first == second || first.Proto != second.Proto || first.Proto == other.Proto {
		t.Error("functions must differ and share the code of one name")
	}
}
