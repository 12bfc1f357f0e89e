package rewrite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"
)

func compileText(t *testing.T, source string) (*lua.FunctionProto, error) {
	t.Helper()
	chunk, err := parse.Parse(strings.NewReader(source), "test")
	if err != nil {
		t.Fatal(err)
	}
	return Compile(chunk, "test", Functions{}, lua.LNil)
}

func TestProbe(t *testing.T) {
	if err := probe(); err != nil {
		t.Error(err)
	}
}

// TestScopes compares the lines on which local variables are known with those where the source has them.
func TestScopes(t *testing.T) {
	const source = `local a = 1
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
	proto, err := compileText(t, source)
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
	// c is never visible; the instructions that go on with a loop have the line of its beginning
	want := "a 3-29 b 4-4 c 6-4 d 7-7 i 10-9 e 9-9 k 13-12 v 13-12 f 16-17 g 19-19 h 21-29 p 22-28 q 23-23 r 25-25"
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
