package golua

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// TestNotedFunctions checks that a script which loads without end does not make the list of functions grow without end.
func TestNotedFunctions(t *testing.T) {
	vm, err := newVM(backend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	d := dataOf(vm.(state).l)
	for i := range 2000 {
		if err := vm.Load(fmt.Sprintf("return function() return function() return %d end end", i), "=test", 0); err != nil {
			t.Fatal(err)
		}
		vm.SetTop(0)
		if i%100 == 0 {
			vm.ScrubStack()
			runtime.GC()
		}
	}
	if n := d.Noted.Len(); n == 0 || n > 1000 {
		t.Errorf("%d functions are noted", n)
	}
}
