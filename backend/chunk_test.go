package backend_test

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// TestChunkID has names and what debug.getinfo of PUC Lua 5.2 gave as short_src for them.
func TestChunkID(t *testing.T) {
	long := strings.Repeat("0123456789", 7)
	for _, c := range []struct{ chunk, want string }{
		{"=stdin", "stdin"},
		{"=", ""},
		{"=" + long[:59], long[:59]},
		{"=" + long[:60], long[:59]},
		{"@script.lua", "script.lua"},
		{"@", ""},
		{"@" + long[:59], long[:59]},
		{"@" + long[:60], "..." + long[4:60]},
		{"return 1", `[string "return 1"]`},
		{"", `[string ""]`},
		{"a\nb", `[string "a..."]`},
		{"\n", `[string "..."]`},
		{long[:44], `[string "` + long[:44] + `"]`},
		{long[:44] + "\n", `[string "` + long[:44] + `..."]`},
		{long[:45], `[string "` + long[:45] + `..."]`},
		{long[:48], `[string "` + long[:45] + `..."]`},
		{long[:46] + "\nb", `[string "` + long[:45] + `..."]`},
		{long[:45] + "\nb", `[string "` + long[:45] + `..."]`},
	} {
		if got := backend.ChunkID(c.chunk); got != c.want {
			t.Errorf("ChunkID(%q) = %q, want %q", c.chunk, got, c.want)
		}
	}
}
