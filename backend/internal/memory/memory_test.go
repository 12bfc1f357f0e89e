package memory

import (
	"testing"
	"unsafe"
)

func TestAddresses(t *testing.T) {
	a := NewAddresses()
	defer a.Free()
	values := make([]int64, 10_000)
	for round := range 2 {
		for i := range values {
			if got := a.Add(unsafe.Pointer(&values[i])); got != (round == 0) {
				t.Fatalf("round %d: Add of value %d is %t", round, i, got)
			}
		}
	}
	if a.Add(nil) {
		t.Error("nil is new")
	}
	text := string(make([]byte, 100))
	if n := a.Text(text); n != 112 {
		t.Errorf("a string of 100 bytes takes %d", n)
	}
	if n := a.Text(text[:50]); n != 0 {
		t.Errorf("the beginning of a string that was seen takes %d", n)
	}
}

func TestMaps(t *testing.T) {
	if !mapsKnown() {
		t.Fatal("the maps of this version of Go are not known: see goMap")
	}
	size := func(m map[int]int) int { return OfMap(*(*unsafe.Pointer)(unsafe.Pointer(&m)), 16) }
	if n := size(nil); n != 0 {
		t.Errorf("a nil map takes %d bytes", n)
	}
	m := map[int]int{}
	for i := range 100_000 {
		m[i] = i
	}
	full := size(m)
	if full < 100_000*17 || full > 400_000*17 {
		t.Errorf("100,000 entries take %d bytes", full)
	}
	for i := range 100_000 {
		delete(m, i)
	}
	if empty := size(m); empty != full {
		t.Errorf("an emptied map takes %d bytes, and full it took %d", empty, full)
	}
}
