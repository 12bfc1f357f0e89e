package program

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
)

var everything = Options{Coroutines: true}

// TestProgramsCompile compiles programs on every backend: what is not Lua shows nothing.
func TestProgramsCompile(t *testing.T) {
	for _, b := range backends.All() {
		vm, err := b.NewVM(backend.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer vm.Close()
		if err := vm.Load(Prelude, PreludeChunk, 0); err != nil {
			t.Fatal(err)
		}
		for number := range uint64(300) {
			source := Generate(Seeded(2, number), everything).Root.String()
			vm.SetTop(0)
			if err := vm.Load(source, Chunk, 0); err != nil {
				t.Errorf("%s: program %d: %v\n%s", b.Name(), number, err, source)
			}
		}
	}
}

func TestSameChoicesSameProgram(t *testing.T) {
	for _, choices := range []func() Choices{
		func() Choices { return Seeded(7, 7) },
		func() Choices { return Bytes([]byte("a program of these bytes, and of zeros behind them")) },
	} {
		first, second := Generate(choices(), everything).Root.String(), Generate(choices(), everything).Root.String()
		if first != second {
			t.Errorf("one program is\n%s\nthe other\n%s", first, second)
		}
	}
	if a, b := Generate(Seeded(7, 7), everything), Generate(Seeded(7, 8), everything); a.Root.String() == b.Root.String() {
		t.Errorf("two numbers of a series give the same program:\n%s", a.Root)
	}
}

// TestVariety looks for what programs must have at times, so that no part of the grammar is lost unseen.
func TestVariety(t *testing.T) {
	var all strings.Builder
	for number := range uint64(2000) {
		all.WriteString(Generate(Seeded(3, number), everything).Root.String())
	}
	text := all.String()
	for _, want := range []string{"goto ", "break", "coroutine.wrap", "coroutine.resume", "setmetatable", "__index", "__concat",
		"__le", "__call", "pcall(", "xpcall(", "error(", "...", "elseif", "repeat", "while", "for i = 3, 1, -1", "ipairs", "pairs(", "gmatch", "gsub",
		"string.format", "table.sort", "table.insert", "unpack(", "select(\"#\"", "loadstring", "local function", "function t1:", "return f1(",
		" % ", " .. ", "^", "#", "not ", "tonumber", "{...}", "] = "} {
		if !strings.Contains(text, want) {
			t.Errorf("no program has %q", want)
		}
	}
	for number := range uint64(200) {
		if source := Generate(Seeded(3, number), Options{}).Root.String(); strings.Contains(source, "coroutine.") {
			t.Errorf("program %d uses coroutines, which it must not:\n%s", number, source)
		}
	}
}

func TestString(t *testing.T) {
	b := block(
		statement("local a = $", Leaf(Number, "1")),
		statement("if $ then$$\nend", Leaf(Any, "a"),
			block(statement("out($)", list(", ", primaryForm(Any, "@.x", Leaf(Table, "{}")), primaryForm(Any, "@:y()", name(Table, "t"))))),
			list("", form(Fixed, "\nelse$", block(scoped(statement("return")))))),
	)
	want := "local a = 1\nif a then\n\tout(({}).x, t:y())\nelse\n\tdo\n\t\treturn\n\tend\nend\n"
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
