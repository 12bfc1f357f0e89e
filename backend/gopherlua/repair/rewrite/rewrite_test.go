package rewrite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
	"github.com/yuin/gopher-lua/parse"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/source"
)

func compileText(t *testing.T, source string) (*lua.FunctionProto, error) {
	t.Helper()
	chunk, prepared := parsed(t, source)
	return Compile(chunk, prepared, "test", Functions{}, lua.LNil)
}

func parsed(t *testing.T, text string) ([]ast.Stmt, source.Prepared) {
	t.Helper()
	prepared, problem := source.Prepare(text)
	if problem != nil {
		t.Fatal(problem)
	}
	chunk, err := parse.Parse(strings.NewReader(prepared.Text), "test")
	if err != nil {
		t.Fatal(err)
	}
	return chunk, prepared
}

// TestLines checks that the syntax tree and the lines of the source have the same order, in the suite's cases too.
func TestLines(t *testing.T) {
	sources := map[string]string{
		"names":        "function a.b.c() end function a.b:c() end a.b, c[d], e = f.g, 1",
		"constructors": "x = {a = b.c, [d.e] = f(), -g, {h = #i; j()}, [k.l] = {m = n.o}, p.q}",
		"operators":    "x = a.b + c.d * -e .. f.g .. h .. i:j(k.l) == not m.n and o.p or q.r ^ -s ^ 2 < (t .. u) .. v",
		"calls":        "a.b(c.d):e(f.g){h = 1}'i'.j[k](function(...) return l.m(...) end)",
		"loops": "for i = a.b, #c, -d do e.f = 1 end for k in g.h(), i.j do l.m = 1 end while n.o do p.q() end " +
			"repeat r.s = 1 until t.u if v.w then x.y() elseif z.a then b.c = 1 else return d.e end",
	}
	files, err := filepath.Glob("../../../../conformance/cases/profile/*/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases are found: ", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[file] = string(text)
	}
	for name, text := range sources {
		chunk, prepared := parsed(t, text)
		r := &rewriter{lines: append(prepared.Lines, -1), fieldLines: map[*ast.TableExpr][]int{}}
		if r.block(chunk); len(r.lines) != 1 {
			t.Errorf("%s: of %d lines %d are left", name, len(prepared.Lines), len(r.lines)-1)
		}
	}
}

func TestProbe(t *testing.T) {
	if err := probe(); err != nil {
		t.Error(err)
	}
}

// TestScopes compares the lines on which local variables are known with those where the source has them.
func TestScopes(t *testing.T) {
	const program = `local a = 1
do
  local b = a
  local c = b
end
do local d = a
  a = d
end
for i = 1, 2 do
  local e = i
end
for k, v in a do
  a = k
end
repeat local f = 1
  a = f
until f
while a do local g = a
  a = g
end
local function h(p, ...)
  if p then local q = p
    a = q
  else local r = p
    a = r
  end
  return p
end
a = h`
	proto, err := compileText(t, program)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var collect func(p *lua.FunctionProto)
	collect = func(p *lua.FunctionProto) {
		for _, v := range p.DbgLocals {
			if v.Name[0] != '(' && v.Name != "arg" {
				got = append(got, fmt.Sprintf("%s %d-%d", v.Name, p.DbgSourcePositions[v.StartPc], p.DbgSourcePositions[v.EndPc]))
			}
		}
		for _, inner := range p.FunctionPrototypes {
			collect(inner)
		}
	}
	collect(proto)
	// c is never visible; the instructions that go on with a loop have the line of its beginning, those that make a closure that
	// of its end
	want := "a 3-29 b 4-4 c 6-4 d 7-7 i 10-9 e 9-9 k 13-12 v 13-12 f 16-17 g 19-19 h 28-29 p 22-28 q 23-23 r 25-25"
	if text := strings.Join(got, " "); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

// TestLongFunctions checks that functions with many constants compile in time that grows with their number, or not at all.
func TestLongFunctions(t *testing.T) {
	generate := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, test := range map[string]struct{ source, want string }{
		"numbers":     {generate("x=%d.5 ", 40_000), ""},
		"strings":     {generate("x='%d' ", 40_000), ""},
		"fields":      {generate("x.a%d = x ", 40_000), ""},
		"constructor": {"x = {" + generate("a%[1]d = '%[1]d',", 40_000) + "}", ""},
		"too many":    {generate("x=%d.5 ", 270_000), "1: constant table overflow"},
		"globals":     {generate("x%d = 1 ", 20_000), "1: constant table overflow"},
		"methods":     {generate("x:a%d() ", 20_000), "1: constant table overflow"},
	} {
		start := time.Now()
		_, err := compileText(t, test.source)
		if got := fmt.Sprint(err); err != nil && got != test.want || err == nil && test.want != "" {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s: %v", name, d)
		}
	}
}
