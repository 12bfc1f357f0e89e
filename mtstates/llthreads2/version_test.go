package llthreads2

import (
	"testing"

	"github.com/mtstates/go-mtstates/mtstates"
)

func TestVersionParts(t *testing.T) {
	for version, want := range map[string]struct {
		numbers [3]int
		suffix  string
	}{
		"0.1.0":       {[3]int{0, 1, 0}, ""},
		"12.3.45":     {[3]int{12, 3, 45}, ""},
		"1.2.3-rc.1":  {[3]int{1, 2, 3}, "rc.1"},
		"1.2.3+build": {[3]int{1, 2, 3}, "build"},
	} {
		if numbers, suffix := versionParts(version); numbers != want.numbers || suffix != want.suffix {
			t.Errorf("%s: got %v %q, want %v %q", version, numbers, suffix, want.numbers, want.suffix)
		}
	}
	if numbers, _ := versionParts(mtstates.Version); numbers == [3]int{} {
		t.Error("the module has no version")
	}
}
