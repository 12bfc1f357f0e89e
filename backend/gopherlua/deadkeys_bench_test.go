package gopherlua

import (
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// BenchmarkDropDeadKeys walks 1,000 tables with 100 fields each; compare it with one run of the Go collector.
func BenchmarkDropDeadKeys(b *testing.B) {
	vm, err := Backend.NewVM(backend.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer vm.Close()
	const source = "all = {} for i = 1, 1000 do local t = {} for j = 1, 50 do t[j] = j t['k' .. j] = t end all[i] = t end"
	if err := vm.Load(source, "=bench", 0); err != nil {
		b.Fatal(err)
	}
	vm.Call(0, 0)
	l := vm.(state).l
	dataOf(l).hasUserdata = true
	b.Run("walk", func(b *testing.B) {
		for b.Loop() {
			dataOf(l).dead.Drop(l)
		}
	})
	b.Run("collector", func(b *testing.B) {
		for b.Loop() {
			runtime.GC()
		}
	})
}
