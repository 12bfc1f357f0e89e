package pattern

import (
	"strings"
	"testing"
)

// benchmarks are searches that find something: in short subjects, where compiling is most of the work, and in a long one.
var benchmarks = []struct{ name, subject, pattern string }{
	{"character", "x.y", "%."},
	{"class", "key 12", "%d+"},
	{"set", "key_1 = 2", "[%w_]+"},
	{"trim", "  text ", "^%s*(.-)%s*$"},
	{"pair", "the key = value", "(%w+)%s*=%s*(%w+)"},
	{"date", "2026-01-31", "^(%d+)%-(%d+)%-(%d+)$"},
	{"long", strings.Repeat("the quick brown fox ", 50) + "key = value", "[%a_]+ ="},
}

// BenchmarkFind has each search with a pattern that is new, and with one that has been used before.
func BenchmarkFind(b *testing.B) {
	for _, c := range benchmarks {
		for _, use := range []struct {
			name    string
			program func(pattern string, anchors bool) *Program
		}{
			{"first", compileNew},
			{"cached", Compile},
		} {
			b.Run(c.name+"/"+use.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					var m Matcher
					m.Init(c.subject, use.program(c.pattern, true), nil)
					if start, _, _ := m.Find(0); start < 0 {
						b.Fatal("not found")
					}
				}
			})
		}
	}
}

// compileNew is Compile for a pattern that is not in the cache.
func compileNew(pattern string, anchors bool) *Program {
	return compile(strings.Clone(pattern), anchors)
}
