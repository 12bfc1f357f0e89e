package shrink

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/tools/mtfuzz/internal/program"
)

// TestShrink takes what a program must still contain for what it shows.
func TestShrink(t *testing.T) {
	for _, needed := range []string{"coroutine.wrap", "__concat", " % ", ":gsub(", "while ", "select("} {
		root := programWith(t, needed)
		before := root.Size()
		Shrink(root, func(source string) bool { return strings.Contains(source, needed) })
		after := root.String()
		if !strings.Contains(after, needed) {
			t.Errorf("the smaller program has no %q any more:\n%s", needed, after)
		}
		if root.Size() > 90 {
			t.Errorf("of %d bytes %d are left around %q:\n%s", before, root.Size(), needed, after)
		}
	}
}

// TestShrinkNothing leaves a program of which everything is needed.
func TestShrinkNothing(t *testing.T) {
	root := programWith(t, "out(")
	before := root.String()
	Shrink(root, func(source string) bool { return source == before })
	if after := root.String(); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
}

func programWith(t *testing.T, text string) *program.Node {
	for number := range uint64(1000) {
		p := program.Generate(program.Seeded(5, number), program.Options{Coroutines: true})
		if strings.Contains(p.Root.String(), text) && p.Root.Size() > 400 {
			return p.Root
		}
	}
	t.Fatalf("no program has %q", text)
	return nil
}
