package boxes

import (
	"strings"
	"sync"
	"testing"
)

func TestBoxed(t *testing.T) {
	long := strings.Repeat("x", 4*maxBoxed)
	text := string([]byte("a name that comes again"))
	for _, s := range []string{"", "a", text, text, text, long, long, long[:maxBoxed], long[:maxBoxed], long[:maxBoxed]} {
		if got := Of(s); got != any(s) {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	if n := testing.AllocsPerRun(100, func() { Of(text) }); n != 0 {
		t.Errorf("a string that comes again costs %v allocations", n)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 10_000 {
				s := text[i%len(text):]
				if got := Of(s); got != any(s) {
					t.Errorf("%q becomes %q", s, got)
				}
			}
		})
	}
	wg.Wait()
}
