package main

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/compare"
)

// operands are expressions of all forms whose value is wrong for most operations. surroundings declares what is in them.
var operands = []string{"l", "G", "u", "t.x", "t.a.b", "t[1]", "t[k]", `t["x y"]`, "t:m()", "id()", "(...)", "string.nothing", "(l)", `("x").y`,
	"ut.x", "ut[1]", "t[2^53]", "(nil)", "({})", "(function() end)", "(true)", "(l or u)", "(u and l)", "(l or t.x)", "(t and t.x)",
	"(t.x or t.y)", "(t.x and 1 or G)", "(not t)", "((8 or 1) and t.x)", "(nil or t.x)", "(t == u)"}

// operations are statements with a wrong operand in the place of "@".
var operations = []string{"return 1 + @", "return @ - 1", "return 'a' * @", "return @ / 'a'", "return @ % @", "return 2 ^ @", "return 1 .. @",
	"return @ .. 1", "return 'a' .. 1 .. @ .. 'b'", "return 1 < @", "return @ <= 1", "return 1 > @", "return @ >= 1", "return 'a' < @",
	"return -@", "return #@", "return @.foo", "return @[l]", "local z = @.foo.bar.baz", "local z = @:foo()", "return @:foo()",
	"local z = @()", "return @(1, 2)", "for i = @, 1 do end", "for i = 1, @ do end", "for i = 1, 2, @ do end", "for i in @ do end",
	"for i in ipairs({@()}) do end", "t[@] = 1", "return {[@] = 1}"}

// assignments are statements with a variable in the place of "@".
var assignments = []string{"@.foo = 1", "@[1] = 1", "@.foo.bar = 1", "@[k] = 1", "@.x.y.z()", "@.x, l = 1, 2", "function @.f() end", "function @.f.g() end"}

// functions are those whose arguments are checked alike in Lua 5.1 and 5.2, and in the same order.
var functions = []string{"string.byte", "string.find", "string.format", "string.gmatch", "string.gsub", "string.len", "string.lower", "string.match",
	"string.reverse", "string.sub", "string.upper", "table.insert", "table.remove", "table.sort", "math.abs", "math.max", "math.min",
	"math.floor", "math.random", "math.modf", "math.frexp", "math.sqrt", "tostring", "type", "select", "setmetatable", "getmetatable",
	"rawget", "rawset", "rawequal", "next", "pairs", "ipairs", "pcall", "coroutine.resume", "coroutine.status", "io.type", "os.getenv"}

// arguments are lists of which most are wrong for a function.
var arguments = []string{"", "nil", "1", `"x"`, "{}", "true", "rawget", "-1", `"x", nil`, `"x", {}`, `"x", "y", {}`, "{}, nil", `{}, "x"`, "{}, 1, {}",
	`"x", 1, {}`, `"x", "%d", true`, "{}, 1, 2, true"}

// methods are called with "." and with ":".
var methods = []string{"rep", "byte", "find", "format", "gmatch", "gsub", "len", "lower", "match", "reverse", "sub", "upper", "nothing"}

const surroundings = `local u, ut = nil, {} return (function(...) local l, p, k, t = nil, ..., "key", {a = {}, m = function() end}
local function id() end %s end)({})`

// wrongSource has a line with wrong source, or right source that looks wrong, for each error of syntax. "|" stands for a
// newline.
//
//go:embed testdata/syntax.txt
var wrongSource string

// script prints a message, which Lua 5.1 and 5.2 print with their words.
type script struct {
	source string
	// only52 is set for what Lua 5.1 does not know, while every backend does.
	only52 bool
}

func scripts() (all []script) {
	add := func(statement string, only52 bool) {
		call := strings.ReplaceAll(fmt.Sprintf(surroundings, statement), "\n", " ")
		all = append(all, script{fmt.Sprintf("local f = loadstring(%s, '=f') local ok, m = pcall(coroutine.wrap(f)) print(ok and 'ok' or tostring(m))", luaString(call)), only52})
	}
	statement := func(text string) { add(text, false) }
	for _, operand := range operands {
		for _, operation := range operations {
			statement(strings.ReplaceAll(operation, "@", operand))
		}
		for _, assignment := range assignments {
			if !strings.HasPrefix(operand, "(") && !strings.HasSuffix(operand, ")") && (assignment[0] == '@' || !strings.Contains(operand, "[")) {
				statement(strings.ReplaceAll(assignment, "@", operand))
			}
		}
	}
	for _, list := range arguments {
		for _, f := range functions {
			statement(fmt.Sprintf("return %s(%s)", f, list))
		}
		for _, method := range methods {
			only52 := method == "rep" // whose separator is new
			add(fmt.Sprintf(`return ("x"):%s(%s)`, method, list), only52)
			add(fmt.Sprintf(`return ("x").%s(%s)`, method, list), only52)
		}
	}
	for line := range strings.Lines(wrongSource) {
		source := strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "|", "\n")
		only52 := strings.Contains(source, "goto") || strings.Contains(source, "::") || strings.Contains(source, ";")
		all = append(all, script{fmt.Sprintf("local f, m = loadstring(%s, '=f') print(m or 'ok')", luaString(source)), only52})
	}
	return all
}

// luaString quotes a text for any Lua.
func luaString(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		fmt.Fprintf(&b, `\%03d`, c)
	}
	return `"` + b.String() + `"`
}

// calledNames are the names of functions in messages: PUC Lua names them after where they were called or found.
var calledNames = regexp.MustCompile(`(bad argument #-?\d+ to) '[^']*'`)

// TestMessages compares messages with those of the PUC Lua of each backend's version, where that is installed.
func TestMessages(t *testing.T) {
	installed, _ := compare.InstalledPUC()
	for _, b := range backends.All() {
		i := slices.IndexFunc(installed, func(p compare.PUC) bool { return p.Version == b.LuaVersion() })
		if i < 0 {
			t.Logf("%s is not installed, so %s is not compared with it", b.LuaVersion(), b.Name())
			continue
		}
		var sources []string
		for _, s := range scripts() {
			if !s.only52 || b.LuaVersion() == "Lua 5.2" {
				sources = append(sources, s.source)
			}
		}
		outputs, err := installed[i].Run(sources)
		if err != nil {
			t.Fatal(err)
		}
		for n, source := range sources {
			compareMessage(t, b, source, outputs[n])
		}
	}
}

func compareMessage(t *testing.T, b backend.Backend, source string, want compare.Output) {
	t.Helper()
	shown := func(o compare.Output) string {
		return calledNames.ReplaceAllString(strings.Join(o.Lines, "\n"), "$1 ''")
	}
	if got, want := shown(compare.RunVM(b, source)), shown(want); got != want {
		t.Errorf("%s: %s\ngot  %s\nwant %s", b.Name(), plainText(source), got, want)
	}
}

// plainText is a text as it was before luaString.
func plainText(text string) string {
	return regexp.MustCompile(`\\\d{3}`).ReplaceAllStringFunc(text, func(code string) string {
		n, _ := strconv.Atoi(code[1:])
		return string(rune(n))
	})
}
