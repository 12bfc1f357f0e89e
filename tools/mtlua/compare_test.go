package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend/selected"
)

// invocations are command lines that lua understands, with what lua does. The program is called lua in messages, and
// prompts and the version are left out.
var invocations = []struct {
	args   string // separated by spaces
	stdin  string
	env    []string
	out    string
	stderr string // its first line
	status int
	only   string // the version of Lua for which this is so, "" for all
}{
	{args: `-e print(1)`, out: "1\n"},
	{args: `-eprint(1)`, out: "1\n"},
	{args: `-e x=1 -e print(x)`, out: "1\n"},
	{args: `-e print(...)`, out: "\n"},
	{args: `-e error("x") -e print(1)`, stderr: "lua: (command line):1: x", status: 1},
	{args: `-e error("x",0)`, stderr: "lua: x", status: 1},
	{args: `-e x= -e print(1)`, stderr: "lua: (command line):1: unexpected symbol near <eof>", status: 1},
	{args: `-e return`, out: ""},
	{args: `-e os.exit(3)`, status: 3},
	{args: `-e os.exit(true)`, only: "Lua 5.2"},
	{args: `-e os.exit(false)`, status: 1, only: "Lua 5.2"},
	{args: `-l string -e print(string.rep("a",3))`, out: "aaa\n"},
	{args: `-lstring -e print(string.rep("a",3))`, out: "aaa\n"},
	{args: `-l other -e print(package.loaded.other)`, out: "other\n"},
	{args: `-l no.such`, stderr: "lua: module 'no.such' not found:", status: 1},
	{args: `-e print(1) -l no.such -e print(2)`, out: "1\n", stderr: "lua: module 'no.such' not found:", status: 1},
	{args: `-l string`, stdin: "print(1)", out: "1\n"},
	{args: `show.lua`, out: "0\n"},
	{args: `show.lua a b`, out: "2\ta\tb\n1=a 2=b\n"},
	{args: `show.lua -e -v -- -`, out: "4\t-e\t-v\t--\t-\n1=-e 2=-v 3=-- 4=-\n"},
	{args: `-e x=1 show.lua a`, out: "1\ta\n-2=-e -1=x=1 1=a\n"},
	{args: `-e x=1 -lstring -- show.lua a`, out: "1\ta\n-4=-e -3=x=1 -2=-lstring -1=-- 1=a\n"},
	{args: `-- show.lua`, out: "0\n-1=--\n"},
	{args: `-- -e`, stderr: "lua: cannot open -e", status: 1},
	{args: `-`, stdin: "print(#arg, arg[0], ...)", out: "0\t-\n"},
	{args: `- a b`, stdin: "print(#arg, arg[0], ...)", out: "2\t-\ta\tb\n"},
	{args: `-e print(1) -`, stdin: "print(arg[-2], ...)", out: "1\n-e\n"},
	{args: `-e print(1) - a`, stdin: "#!shebang\nprint(...)", out: "1\na\n"},
	{args: ``, stdin: "print(...)", out: "\n"},
	{args: ``, stdin: "#!shebang\nerror('x')", stderr: "lua: stdin:2: x", status: 1, only: "own"}, // lua ends with 0
	{args: ``, stdin: "return 5"},
	{args: `--`, stdin: "print(1)", out: "1\n"},
	{args: `-e print(1)`, stdin: "print(2)", out: "1\n"},
	{args: `missing.lua`, stderr: "lua: cannot open missing.lua", status: 1},
	{args: `syntax.lua`, stderr: "lua: syntax.lua:2: unexpected symbol near '='", status: 1},
	{args: `-e print(io.read())`, stdin: "line\n", out: "line\n"},
	{args: `-v`},
	{args: `-v -e print(1)`, out: "1\n"},
	{args: `-v -`, stdin: "print(1)", out: "1\n"},
	{args: `-v show.lua`, out: "0\n-1=-v\n"},
	{args: `-e`, stderr: "usage", status: 1},
	{args: `-l`, stderr: "usage", status: 1},
	{args: `-x`, stderr: "usage", status: 1},
	{args: `--foo`, stderr: "usage", status: 1},

	{args: `-i`},
	{args: `-i`, stdin: "print(1)", out: "1\n"},
	{args: `-i`, stdin: "=1,nil\n=\n= nil\nreturn 2\nreturn", out: "1\tnil\nnil\n2\n"},
	{args: `-i`, stdin: "x=1\nfor i=1,2 do\nprint(i)\nend\n=x\n", out: "1\n2\n1\n"},
	{args: `-i`, stdin: "x=[[a\n  b]]\n=x\n", out: "a\n  b\n"},
	{args: `-i`, stdin: "local x = 1\n=x\n", out: "nil\n"},
	{args: `-i`, stdin: "=...\nprint('a', ...)", out: "a\n"},
	{args: `-i`, stdin: "error('x')\nprint(1)\n", out: "1\n", stderr: "stdin:1: x"},
	{args: `-i`, stdin: "x x\nprint(1)\n", out: "1\n", stderr: "stdin:1: '=' expected near 'x'", only: "Lua 5.1"},
	{args: `-i`, stdin: "x x\nprint(1)\n", out: "1\n", stderr: "stdin:1: syntax error near 'x'", only: "Lua 5.2"},
	{args: `-i`, stdin: "x=1\n\ny=)\nprint(x)\n", out: "1\n", stderr: "stdin:1: unexpected symbol near ')'"},
	{args: `-i`, stdin: "print=nil\n=1\n", stderr: "error calling 'print' (attempt to call a nil value)"},
	{args: `-i`, stdin: "print=error\n=1\n", stderr: "error calling 'print' (1)"},
	{args: `-i`, stdin: "print('a', io.read(2))\nzz", out: "a\tzz\n", only: "own"}, // with a library for lines, lua reads elsewhere
	{args: `-i`, stdin: "os.exit(4)\nprint(1)", status: 4},
	{args: `-i`, stdin: "x = (1 +", out: ""},
	{args: `-i -e x=1`, stdin: "=x", out: "1\n"},
	{args: `-i -e error("x",0)`, stdin: "print(1)", stderr: "lua: x", status: 1},
	{args: `-e print(8) -i show.lua a`, stdin: "print(7)", out: "8\n1\ta\n-3=-e -2=print(8) -1=-i 1=a\n7\n"},
	{args: `-i -`, stdin: "print(7)", out: "7\n"},
	{args: `-i -v`, stdin: "print(7)", out: "7\n"},
	{args: `-i -- show.lua`, stdin: "=7", out: "0\n-2=-i -1=--\n7\n"},

	{args: `-v show.lua`, env: []string{"LUA_INIT=print('init', ...)"}, out: "init\n0\n-1=-v\n"},
	{args: `show.lua a`, env: []string{"LUA_INIT=@other.lua"}, out: "1\ta\n1=a\n"},
	{args: `show.lua`, env: []string{"LUA_INIT=error('x')"}, stderr: "lua: LUA_INIT:1: x", status: 1},
	{args: `-i`, stdin: "=y", env: []string{"LUA_INIT=y = 5"}, out: "5\n"},
	{args: `-E show.lua`, env: []string{"LUA_INIT=print('init')"}, out: "0\n-1=-E\n", only: "Lua 5.2"},
	{args: `-e print(package.path)`, env: []string{"LUA_PATH=a;b"}, out: "a;b\n"},
	{args: `-e print(package.path)`, env: []string{"LUA_PATH=a", "LUA_PATH_5_2=b"}, out: "b\n", only: "Lua 5.2"},
	{args: `-e print(package.path)`, env: []string{"LUA_PATH=a", "LUA_PATH_5_2=b"}, out: "a\n", only: "Lua 5.1"},
}

// TestAsLua runs mtlua, and the lua of the VM's version where it is installed, with the same command lines.
func TestAsLua(t *testing.T) {
	version := selected.Default().LuaVersion()
	programs := []string{"mtlua"}
	if lua, err := exec.LookPath(strings.ReplaceAll(strings.ToLower(version), " ", "")); err == nil {
		programs = append(programs, lua)
	} else {
		t.Logf("not compared with %s, which is not installed", version)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"show.lua": "print(select('#', ...), ...)\nlocal t = {}\nfor i = -9, 9 do\n" +
			"if i ~= 0 and arg[i] and arg[i - 1] then t[#t + 1] = i .. '=' .. arg[i] end end\n" +
			"if #t > 0 then print(table.concat(t, ' ')) end",
		"other.lua":  "return 'other'",
		"syntax.lua": "local x\nx = = 1",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range invocations {
		for _, program := range programs {
			own := program == "mtlua"
			if test.only != "" && test.only != version && !(own && test.only == "own") {
				continue
			}
			command := exec.Command(program, strings.Fields(test.args)...)
			command.Dir, command.Stdin = dir, strings.NewReader(test.stdin)
			command.Env = append([]string{"HOME=" + dir, "TERM=dumb"}, test.env...)
			var stdout, stderr bytes.Buffer
			command.Stdout, command.Stderr = &stdout, &stderr
			err := command.Run()
			status := 0
			if ended := (*exec.ExitError)(nil); errors.As(err, &ended) {
				status = ended.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			out := withoutPrompts(stdout.String(), own)
			first := firstLine(stderr.String())
			if out != test.out || first != test.stderr || status != test.status {
				t.Errorf("%s %s < %q (%q):\nprints %q, %q, status %d\nwant   %q, %q, status %d", program, test.args, test.stdin,
					test.env, out, first, status, test.out, test.stderr, test.status)
			}
		}
	}
}

var (
	versionLine = regexp.MustCompile(`(?m)^(mtlua \d|Lua \d|degraded: ).*\n`)
	prompts     = regexp.MustCompile(`(?m)^(>+ )+(.*\n)?`)
)

// withoutPrompts removes the version and the prompts from what a program printed. With a library for lines, lua repeats
// the lines of its input behind the prompts.
func withoutPrompts(out string, own bool) string {
	out = versionLine.ReplaceAllString(out, "")
	if !own {
		return prompts.ReplaceAllString(out, "")
	}
	return prompts.ReplaceAllStringFunc(out, func(line string) string {
		rest := strings.TrimLeft(line, "> ")
		if rest == "\n" {
			return ""
		}
		return rest
	})
}

var (
	programName = regexp.MustCompile(`^\S*lua(5\.\d)?: `)
	missing     = regexp.MustCompile(`(cannot open \S+): No such file or directory$|(cannot open \S+)$`)
)

// firstLine returns the first line of an error output without what the programs write in different ways.
func firstLine(stderr string) string {
	stderr = versionLine.ReplaceAllString(stderr, "")
	line, rest, _ := strings.Cut(stderr, "\n")
	if strings.Contains(line+rest, "usage: ") {
		return "usage"
	}
	line = programName.ReplaceAllString(line, "lua: ")
	line = strings.ReplaceAll(line, "'<eof>'", "<eof>")
	return missing.ReplaceAllString(line, "$1$2")
}
